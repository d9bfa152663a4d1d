"""Learn the limit and window from responses; a circuit breaker opens after consecutive failures."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.http_client.errors import FailureReason
from app.models import RateLimitState
from app.rate_limit.queries import (
    MINUTE_SECONDS,
    counted_since_query,
    effective_limit,
    in_flight_count_query,
    lock_state,
)
from app.utils.outcome import Outcome
from app.zelta.outcome import CallDetails
from app.zelta.rate_limit_headers import RateLimit

MIN_SAMPLE_CALLS = 10
"""The tolerance for other calls in flight when a response is evaluated."""
FAILURE_THRESHOLD = 5
BACKOFF_INITIAL_SECONDS = 2.0
BACKOFF_MAX_SECONDS = 60.0
MAX_WINDOW_SECONDS = 3600.0
# Failures on our side, which say nothing about the API.
LOCAL_FAILURE_REASONS = {FailureReason.INTERRUPTED, FailureReason.NOT_STARTED}


def observe_response(session: Session, begun_at: datetime, outcome: Outcome, details: CallDetails) -> None:
    """Update the rate limit state from the outcome of a call, interactive or not.

    Args:
        session: a write transaction; call this last (lock order), since all processes wait for this row.
        begun_at: when the call started, by the database clock.
        outcome: how it ended.
        details: what the API said with it.
    """
    state, now = lock_state(session)
    previous_blocked_until = state.blocked_until
    if details.rate_limit is not None:
        _update_limit(session, state, details.rate_limit, now)
    if details.reason == FailureReason.RATE_LIMITED:
        _on_rate_limited(session, state, details, now, previous_blocked_until)
    elif outcome in {Outcome.DONE, Outcome.REFUSED}:
        state.consecutive_failures, state.consecutive_429s = 0, 0
        _on_success(state, begun_at, details, now)
    elif details.reason not in LOCAL_FAILURE_REASONS:
        _on_failure(state, now)


def _on_success(state: RateLimitState, begun_at: datetime, details: CallDetails, now: datetime) -> None:
    if state.probing_since is None:
        return
    if begun_at > state.probing_since:
        state.probing_since = None
        # Clear a wait of hours: this call has just shown that the API accepts calls again.
        if (
            state.blocked_until is not None
            and (state.blocked_until - now).total_seconds() > BACKOFF_MAX_SECONDS
        ):
            state.blocked_until = now
    elif (
        details.rate_limit is None
        and state.call_limit is not None
        and state.announced_window_seconds is not None
    ):
        # The API had counted this call before the 429, but it was in flight here: raise the limit by one.
        state.call_limit += 1


def _update_limit(session: Session, state: RateLimitState, limits: RateLimit, now: datetime) -> None:
    if limits.limit and limits.reset_after:
        if state.call_limit != limits.limit:
            state.call_limit, state.announced_window_seconds = limits.limit, None
        state.inferred_at = None
        if _window_is_shorter(session, state, limits.limit, limits, now):
            state.announced_window_seconds = None
        _update_window(state, limits.reset_after)
    if limits.remaining == 0 and limits.reset_after:
        state.probing_since = now
        if not _own_calls_fill_window(session, state, now):
            _block_for(state, now, limits.reset_after)


def _window_is_shorter(
    session: Session, state: RateLimitState, calls: int, limits: RateLimit, now: datetime
) -> bool:
    """Whether the window is certainly shorter than assumed, for example after one wrong header."""
    if (
        limits.remaining is None
        or limits.reset_after is None
        or state.announced_window_seconds is None
        or state.window_seconds is None
    ):
        return False
    if limits.reset_after > state.announced_window_seconds / 2:
        return False
    server_count = calls - limits.remaining
    if server_count == 1:  # this very call opened the window
        return True
    since = now - timedelta(seconds=state.window_seconds)
    own_count, _first = session.execute(counted_since_query(), {"since": since}).one()
    return own_count > 2 * server_count + MIN_SAMPLE_CALLS


def _update_window(state: RateLimitState, announced: float) -> None:
    """The window is the longest reset that the API announces: later responses announce the rest of it.

    Whole seconds may be rounded up by one. Subtract that second and send one probe call; if the API
    rejects it, the announced window was exact (see `_on_rate_limited`).
    """
    if state.announced_window_seconds is None or announced > state.announced_window_seconds:
        state.announced_window_seconds = min(announced, MAX_WINDOW_SECONDS)
        state.window_seconds = max(state.announced_window_seconds - 1, state.announced_window_seconds / 2)


def _own_calls_fill_window(session: Session, state: RateLimitState, now: datetime) -> bool:
    """Whether our own calls fill the window: then their end times give a better estimate of the next slot."""
    if state.call_limit is None or state.window_seconds is None:
        return False
    since = now - timedelta(seconds=state.window_seconds)
    used, _first = session.execute(counted_since_query(), {"since": since}).one()
    return used + (session.scalar(in_flight_count_query()) or 0) >= state.call_limit


def _on_rate_limited(
    session: Session,
    state: RateLimitState,
    details: CallDetails,
    now: datetime,
    previous_blocked_until: datetime | None,
) -> None:
    """Wait as long as a 429 asks for. `previous_blocked_until`: when the wait before this one ends, or ended."""
    already_blocked = previous_blocked_until is not None and previous_blocked_until > now
    state.probing_since = now
    if not details.retry_after_explicit or not details.retry_after_seconds:
        if not already_blocked:
            _block_for(state, now, min(BACKOFF_MAX_SECONDS, 2.0**state.consecutive_429s))
            state.consecutive_429s += 1
        return
    if not already_blocked and details.rate_limit is None:
        _infer_limit(session, state, details.retry_after_seconds, now, previous_blocked_until)
    elif not already_blocked:
        state.window_seconds = state.announced_window_seconds
        _measure_window(session, state, details, now, previous_blocked_until)
    _block_for(state, now, details.retry_after_seconds)


def _measure_window(
    session: Session,
    state: RateLimitState,
    details: CallDetails,
    now: datetime,
    previous_blocked_until: datetime | None,
) -> None:
    """Measure the window if only the limit is announced: our calls since the last block filled it."""
    limit, retry_after = details.rate_limit and details.rate_limit.limit, details.retry_after_seconds
    if not limit or not retry_after:
        return
    since = now - timedelta(seconds=max(MINUTE_SECONDS, retry_after))
    since = max(since, previous_blocked_until) if previous_blocked_until else since
    call_count, first = session.execute(counted_since_query(), {"since": since}).one()
    # Some concurrent calls may have succeeded without having been recorded yet.
    in_flight = session.scalar(in_flight_count_query()) or 0
    if not limit - in_flight <= call_count <= limit + MIN_SAMPLE_CALLS:
        return
    observed_window = min((now - (first or now)).total_seconds() + retry_after, MAX_WINDOW_SECONDS)
    if state.announced_window_seconds is None or observed_window > state.announced_window_seconds:
        state.call_limit, state.announced_window_seconds, state.window_seconds = (
            limit,
            observed_window,
            observed_window,
        )


def _infer_limit(
    session: Session,
    state: RateLimitState,
    retry_after: float,
    now: datetime,
    previous_blocked_until: datetime | None,
) -> None:
    """Infer the limit from `Retry-After` alone: the recent calls filled it; the first one leaves then.

    A first 429 after a few calls says nothing about the limit: another client may have used it up.
    """
    is_known = effective_limit(state, now, 0)[0] > 0
    if not is_known:
        state.call_limit, state.announced_window_seconds = None, None
    lookback_seconds = state.announced_window_seconds or max(MINUTE_SECONDS, retry_after)
    since = now - timedelta(seconds=lookback_seconds)
    recently_blocked = previous_blocked_until is not None and previous_blocked_until > since
    if not is_known and previous_blocked_until is not None:
        since = max(since, previous_blocked_until)
    call_count, first = session.execute(counted_since_query(), {"since": since}).one()
    is_small_sample = call_count < MIN_SAMPLE_CALLS and not is_known and not recently_blocked
    if not call_count or first is None or is_small_sample:
        return
    # Other clients may use part of the limit: do not let the inferred limit shrink without bound.
    limit = state.call_limit or 0
    state.call_limit = max(min(call_count, limit or call_count), limit // 2)
    state.inferred_at = now
    if is_known:
        # The API rejected the probe call: the announced window was exact.
        state.window_seconds = state.announced_window_seconds
    else:
        _update_window(state, (now - first).total_seconds() + retry_after)


def _on_failure(state: RateLimitState, now: datetime) -> None:
    """Open the circuit breaker after FAILURE_THRESHOLD failures: exponential backoff, then half-open."""
    state.consecutive_failures += 1
    if state.consecutive_failures >= FAILURE_THRESHOLD:
        state.probing_since = now
        exponent = min(state.consecutive_failures - FAILURE_THRESHOLD, 10)
        _block_for(state, now, min(BACKOFF_MAX_SECONDS, BACKOFF_INITIAL_SECONDS * 2.0**exponent))


def _block_for(state: RateLimitState, now: datetime, seconds: float) -> None:
    blocked_until = now + timedelta(seconds=seconds)
    state.blocked_until = max(state.blocked_until or blocked_until, blocked_until)
