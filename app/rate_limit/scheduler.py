"""Scheduling: when the next outbox call may be sent, and how long an import will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from app.models import JournalEntry, RateLimitState
from app.rate_limit.queries import (
    MINUTE_SECONDS,
    counted_conditions,
    counted_since_query,
    effective_limit,
    in_flight_count_query,
    in_flight_query,
    interactive_calls_query,
    lock_state,
    mean_duration_query,
    state_query,
)

DEFAULT_CALL_SECONDS = 0.5
"""The assumed duration of a call while none has been measured."""
# Poll interval while the next slot depends on calls in flight, or an interactive call is in flight.
RETRY_POLL_SECONDS = 0.05


def seconds_until_slot(session: Session, default_rate: int) -> float:
    """Seconds that an outbox call must wait; 0: it may be sent, recorded in the same transaction.

    Args:
        session: a write transaction; the row stays locked until it ends, so no other sender takes the slot.
        default_rate: calls a minute as long as the API has named no limit; 0 for none.
    """
    state, now = lock_state(session)
    return _wait_seconds(session, state, now, default_rate)


def current_wait_seconds(connection: Connection, default_rate: int) -> float:
    """Seconds that an outbox call would have to wait now; takes no lock, so it reserves no slot."""
    state = connection.execute(state_query()).one()
    return _wait_seconds(connection, state, state.now, default_rate)


def _wait_seconds(
    connection: Session | Connection, state: RateLimitState | Row[Any], now: datetime, default_rate: int
) -> float:
    if state.blocked_until is not None and state.blocked_until > now:
        return (state.blocked_until - now).total_seconds()
    # Interactive calls go first. Half-open: only one call in flight.
    blocking_query = in_flight_query() if state.probing_since else interactive_calls_query()
    if connection.scalar(blocking_query) is not None:
        return RETRY_POLL_SECONDS
    calls, seconds = effective_limit(state, now, default_rate)
    return _seconds_until_window_slot(connection, now, calls, seconds) if calls else 0.0


@dataclass(frozen=True)
class SendEstimate:
    """Estimated seconds left, and until when calls are blocked (API unavailable or at its limit)."""

    seconds: float
    blocked_until: datetime | None


def estimate_duration(
    connection: Connection, remaining: int, default_rate: int, concurrency: int
) -> SendEstimate:
    """Estimate how long the remaining outbox calls will take under the current limit."""
    state = connection.execute(state_query()).one()
    blocked_seconds = (
        max(0.0, (state.blocked_until - state.now).total_seconds()) if state.blocked_until else 0.0
    )
    blocked_until = (
        state.blocked_until
        if blocked_seconds > MINUTE_SECONDS or (blocked_seconds and state.probing_since)
        else None
    )
    mean_ms = connection.scalar(mean_duration_query())
    seconds_per_call = (float(mean_ms) / 1000 if mean_ms is not None else DEFAULT_CALL_SECONDS) / concurrency
    calls, seconds = effective_limit(state, state.now, default_rate)
    if not calls:
        return SendEstimate(blocked_seconds + remaining * seconds_per_call, blocked_until)
    since = state.now - timedelta(seconds=seconds)
    used, oldest = connection.execute(counted_since_query(), {"since": since}).one()
    calls_after_window = remaining - max(0, calls - used)
    if calls_after_window <= 0:
        return SendEstimate(blocked_seconds + remaining * seconds_per_call, blocked_until)
    window_reopens_in = (
        (oldest + timedelta(seconds=seconds) - state.now).total_seconds() if oldest else seconds
    )
    windows, remainder = divmod(calls_after_window - 1, calls)
    return SendEstimate(
        max(blocked_seconds, window_reopens_in) + windows * seconds + (remainder + 1) * seconds_per_call,
        blocked_until,
    )


def _seconds_until_window_slot(
    connection: Session | Connection, now: datetime, calls: int, seconds: float
) -> float:
    window = timedelta(seconds=seconds)
    in_flight = connection.scalar(in_flight_count_query())
    if (free := calls - (in_flight or 0)) <= 0:
        return RETRY_POLL_SECONDS
    # The `free`-th newest call: the next slot opens when it leaves the window.
    ended_at = connection.scalar(
        select(JournalEntry.finished_at)
        .where(*counted_conditions(now - window))
        .order_by(JournalEntry.finished_at.desc())
        .offset(free - 1)
        .limit(1)
    )
    return max(0.0, (ended_at + window - now).total_seconds()) if ended_at is not None else 0.0
