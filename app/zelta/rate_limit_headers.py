"""Parse rate limit headers: how long to wait, and how much of the limit is left.

Pure: takes headers and the current time, returns seconds; never sleeps or reads a clock. Server times are
compared with the response's own `Date`, since clocks differ; without one, with the given time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT_SECONDS = 86_400.0
"""Seconds: longer or invalid waits are capped at one day."""

MAX_LIMIT_CALLS = 1_000_000
"""Higher limits are capped: database integers are bounded."""

MIN_UNIX_SECONDS = 1e8
"""A reset at or above this is a Unix time; below, it is seconds from now (1e8 s is three years)."""

MIN_UNIX_MILLISECONDS = 1e11

_NUMBER = re.compile(r"\s*([0-9]{1,40}(?:\.[0-9]{1,40})?)\s*(?:[,;].*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The announced window; `None` for missing or unusable fields. `reset_after` is in seconds."""

    limit: int | None
    remaining: int | None
    reset_after: float | None


def parse_rate_limit(headers: Mapping[str, str], now: datetime) -> RateLimit | None:
    """Read `RateLimit-*` (or `X-RateLimit-*`); `None` when the answer has none of them."""
    lowercase_headers = _lowercase_names(headers)
    limit, remaining = (
        _parse_count(_rate_limit_field(lowercase_headers, "limit")),
        _parse_count(_rate_limit_field(lowercase_headers, "remaining")),
    )
    reset_after = _parse_reset(
        _rate_limit_field(lowercase_headers, "reset"), _server_time(lowercase_headers, now)
    )
    if limit is None and remaining is None and reset_after is None:
        return None
    return RateLimit(limit, remaining, reset_after)


def parse_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait after a refusal: `Retry-After`, else the window's reset, else `None`."""
    lowercase_headers = _lowercase_names(headers)
    server_time = _server_time(lowercase_headers, now)
    seconds = _parse_seconds_or_date(lowercase_headers.get("retry-after"), server_time)
    return (
        seconds
        if seconds is not None
        else _parse_reset(_rate_limit_field(lowercase_headers, "reset"), server_time)
    )


def clock_skew(headers: Mapping[str, str], now: datetime) -> float | None:
    """Clock skew: seconds by which the server's clock is ahead, from `Date`; `None` if missing."""
    server_time = _parse_http_date(_lowercase_names(headers).get("date"))
    return (server_time - now).total_seconds() if server_time else None


def _lowercase_names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _rate_limit_field(headers: Mapping[str, str], name: str) -> str | None:
    return headers.get(f"ratelimit-{name}", headers.get(f"x-ratelimit-{name}"))


def _server_time(headers: Mapping[str, str], now: datetime) -> datetime:
    return _parse_http_date(headers.get("date")) or now


def _parse_number(text: str | None) -> float | None:
    match = _NUMBER.fullmatch(text) if text else None
    return float(match[1]) if match else None


def _parse_count(text: str | None) -> int | None:
    number = _parse_number(text)
    return min(int(number), MAX_LIMIT_CALLS) if number is not None else None


def _parse_http_date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        parsed = parsedate_to_datetime(text)
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _parse_seconds_or_date(text: str | None, now: datetime) -> float | None:
    seconds = _parse_number(text)
    if seconds is None:
        moment = _parse_http_date(text)
        seconds = (moment - now).total_seconds() if moment else None
    return _clamp(seconds)


def _parse_reset(text: str | None, now: datetime) -> float | None:
    value = _parse_number(text)
    if value is None or value < MIN_UNIX_SECONDS:
        return _clamp(value)
    reset_at = value / 1000 if value >= MIN_UNIX_MILLISECONDS else value
    return _clamp(reset_at - now.timestamp())


def _clamp(seconds: float | None) -> float | None:
    return None if seconds is None else min(max(seconds, 0.0), MAX_WAIT_SECONDS)
