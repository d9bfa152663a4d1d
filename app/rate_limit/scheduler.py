"""Scheduling: when the next outbox call may be sent, and how long an import will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from app.models import JournalEntry, RateLimitState
from app.rate_limit.learner import FAILURE_THRESHOLD
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
    recent_interactive_query,
    state_query,
)

DEFAULT_CALL_SECONDS = 0.5
"""The assumed duration of a call while none has been measured."""
# Poll interval while the next slot depends on calls in flight, or an interactive call is in flight.
RETRY_POLL_SECONDS = 0.05
# One call in so many is kept for interactive calls, for so many windows after the latest of them.
RESERVED_SHARE = 10
RESERVED_WINDOWS = 2


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
    calls, seconds = _outbox_limit(connection, state, now, default_rate)
    return _seconds_until_window_slot(connection, now, calls, seconds) if calls else 0.0


def _outbox_limit(
    connection: Session | Connection, state: RateLimitState | Row[Any], now: datetime, default_rate: int
) -> tuple[int, float]:
    """The effective limit without the calls that are kept for interactive calls while people make any."""
    calls, seconds = effective_limit(state, now, default_rate)
    since = now - timedelta(seconds=RESERVED_WINDOWS * seconds)
    if calls > 1 and connection.scalar(recent_interactive_query(), {"since": since}) is not None:
        calls -= max(1, calls // RESERVED_SHARE)
    return calls, seconds


@dataclass(frozen=True)
class SendEstimate:
    """Estimated seconds left, and until when calls are blocked.

    `is_outage`: they are blocked since the API does not respond, and not by its rate limit.
    """

    seconds: float
    blocked_until: datetime | None
    is_outage: bool
    calls_per_minute: int | None


def estimate_duration(
    connection: Connection, remaining: int, default_rate: int, concurrency: int
) -> SendEstimate:
    """Estimate how long the remaining outbox calls will take under the current limit.

    Args:
        connection: for the state and the journal.
        remaining: calls in the queue, up to the last one in question.
        default_rate: as for `seconds_until_slot`.
        concurrency: calls in flight at once.
    """
    state = connection.execute(state_query()).one()
    blocked_seconds = (
        max(0.0, (state.blocked_until - state.now).total_seconds()) if state.blocked_until else 0.0
    )
    is_blocked = blocked_seconds > MINUTE_SECONDS or (blocked_seconds and state.probing_since)
    mean_ms = connection.scalar(mean_duration_query())
    seconds_per_call = (float(mean_ms) / 1000 if mean_ms is not None else DEFAULT_CALL_SECONDS) / concurrency
    calls, window_seconds = effective_limit(state, state.now, default_rate)
    return SendEstimate(
        seconds=max(
            blocked_seconds + remaining * seconds_per_call,
            _estimate_under_limit(connection, state, remaining, default_rate, seconds_per_call),
        ),
        blocked_until=state.blocked_until if is_blocked else None,
        is_outage=state.consecutive_failures >= FAILURE_THRESHOLD,
        calls_per_minute=round(calls * MINUTE_SECONDS / window_seconds) or None,
    )


def _estimate_under_limit(
    connection: Connection, state: Row[Any], remaining: int, default_rate: int, seconds_per_call: float
) -> float:
    """When the last of the remaining calls ends if only the limit delays it; 0 if it delays none."""
    calls, seconds = _outbox_limit(connection, state, state.now, default_rate)
    since = state.now - timedelta(seconds=seconds)
    used, oldest = connection.execute(counted_since_query(), {"since": since}).one()
    calls_after_window = remaining - max(0, calls - used)
    if not calls or calls_after_window <= 0:
        return 0.0
    blocked_until = state.blocked_until or state.now
    reopens_at = max(blocked_until, (oldest or state.now) + timedelta(seconds=seconds))
    reopens_in: float = (reopens_at - state.now).total_seconds()
    windows, remainder = divmod(calls_after_window - 1, calls)
    # Calls slower than the limit would count twice: the window passes meanwhile.
    return reopens_in + windows * seconds + min((remainder + 1) * seconds_per_call, seconds)


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
