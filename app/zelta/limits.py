"""What an answer's headers say about pace: how long to wait, and how much of the rate limit is left.

Pure: headers and the present moment go in, seconds come out. Nothing here sleeps or looks at a clock. A server's moments are
compared with the same answer's own `Date`, because its clock and ours differ; without one, with the moment given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 86_400.0
"""Seconds. A longer wait (or a nonsensical one) is taken as a day."""

MOST_CALLS = 1_000_000
"""A limit above this is as good as none, and is taken as this: a database's integers have an end."""

UNIX_SECONDS_FROM = 1e8
"""A reset at or above this is a moment (seconds since 1970), below it is seconds from now: 1e8 s would be three years."""

UNIX_MILLISECONDS_FROM = 1e11

_NUMBER = re.compile(r"\s*([0-9]{1,40}(?:\.[0-9]{1,40})?)\s*(?:[,;].*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The window that an answer described; `None` where it said nothing usable. `reset_after` is in seconds."""

    limit: int | None
    remaining: int | None
    reset_after: float | None


def rate_limit(headers: Mapping[str, str], now: datetime) -> RateLimit | None:
    """Read `RateLimit-*` (or `X-RateLimit-*`); `None` when the answer has none of them."""
    found = _lowered(headers)
    limit, remaining = _count(_field(found, "limit")), _count(_field(found, "remaining"))
    reset_after = _reset_after(_field(found, "reset"), _server_time(found, now))
    if limit is None and remaining is None and reset_after is None:
        return None
    return RateLimit(limit, remaining, reset_after)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the API asks a refused caller to wait: `Retry-After`, else the window's reset, else `None`."""
    found = _lowered(headers)
    moment = _server_time(found, now)
    asked = _seconds_or_date(found.get("retry-after"), moment)
    return asked if asked is not None else _reset_after(_field(found, "reset"), moment)


def clock_ahead(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds by which the server's clock is ahead of ours, from the answer's `Date`; `None` where it has none."""
    moment = _http_date(_lowered(headers).get("date"))
    return (moment - now).total_seconds() if moment else None


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _field(headers: Mapping[str, str], name: str) -> str | None:
    return headers.get(f"ratelimit-{name}", headers.get(f"x-ratelimit-{name}"))


def _server_time(headers: Mapping[str, str], now: datetime) -> datetime:
    return _http_date(headers.get("date")) or now


def _number(text: str | None) -> float | None:
    match = _NUMBER.fullmatch(text) if text else None
    return float(match[1]) if match else None


def _count(text: str | None) -> int | None:
    number = _number(text)
    return min(int(number), MOST_CALLS) if number is not None else None


def _http_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _seconds_or_date(text: str | None, now: datetime) -> float | None:
    seconds = _number(text)
    if seconds is None:
        moment = _http_date(text)
        seconds = (moment - now).total_seconds() if moment else None
    return _clamped(seconds)


def _reset_after(text: str | None, now: datetime) -> float | None:
    value = _number(text)
    if value is None or value < UNIX_SECONDS_FROM:
        return _clamped(value)
    moment = value / 1000 if value >= UNIX_MILLISECONDS_FROM else value
    return _clamped(moment - now.timestamp())


def _clamped(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT)
