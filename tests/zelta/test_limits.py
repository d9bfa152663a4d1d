"""How long to wait, out of headers of every style."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.zelta.rate_limit_headers import RateLimit, parse_rate_limit, parse_retry_after

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
UNIX = int(NOW.timestamp())
SLOW_CLOCK = NOW - timedelta(hours=3)


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"retry-after": " 1.5 "}, 1.5),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "1e3"}, None),
        ({"Retry-After": "99999999"}, 86_400),
        ({"Retry-After": http_date(NOW + timedelta(seconds=90))}, 90),
        ({"Retry-After": http_date(NOW - timedelta(seconds=90))}, 0),
        ({"Retry-After": http_date(SLOW_CLOCK + timedelta(seconds=30)), "Date": http_date(SLOW_CLOCK)}, 30),
        ({"RateLimit-Reset": "45"}, 45),
        ({"ratelimit-reset": str(UNIX + 20)}, 20),
        ({"X-RateLimit-Reset": str(UNIX + 20)}, 20),
        ({"X-RateLimit-Reset": str((UNIX + 20) * 1000)}, 20),
        ({"RateLimit-Reset": str(int(SLOW_CLOCK.timestamp()) + 12), "Date": http_date(SLOW_CLOCK)}, 12),
        ({"RateLimit-Reset": str(UNIX - 20)}, 0),
        ({"RateLimit-Reset": str(UNIX + 20), "Date": "yesterday"}, 20),
        ({"Retry-After": "3", "RateLimit-Reset": "45"}, 3),
        ({"Retry-After": "nonsense", "RateLimit-Reset": "45"}, 45),
    ],
)
def test_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert parse_retry_after(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "window"),
    [
        ({}, None),
        ({"RateLimit-Limit": "x"}, None),
        (
            {"RateLimit-Limit": "60", "RateLimit-Remaining": "12", "RateLimit-Reset": "9.5"},
            RateLimit(60, 12, 9.5),
        ),
        ({"x-ratelimit-limit": "60, 60;w=60", "X-RateLimit-Remaining": "0"}, RateLimit(60, 0, None)),
        ({"RateLimit-Remaining": "-1", "RateLimit-Limit": "60"}, RateLimit(60, None, None)),
    ],
)
def test_window(headers: dict[str, str], window: RateLimit | None) -> None:
    assert parse_rate_limit(headers, NOW) == window


NAMES = st.sampled_from(["Retry-After", "RateLimit-Reset", "X-RateLimit-Reset", "RateLimit-Limit", "Date"])
VALUES = st.one_of(
    st.text(),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes(timezones=st.just(UTC)).map(http_date),
)


@given(st.dictionaries(NAMES, VALUES))
def test_any_headers(headers: dict[str, str]) -> None:
    for seconds in (
        parse_retry_after(headers, NOW),
        (parse_rate_limit(headers, NOW) or RateLimit(None, None, None)).reset_after,
    ):
        assert seconds is None or 0 <= seconds <= 86_400
