"""What the end of a call teaches of the pace: a limit, a window, a wait, an outage."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.models import Pace
from app.pace.calls import MINUTE, calls_under_way, counted_since, limit_of, locked
from app.zelta.limits import RateLimit
from app.zelta.outcome import Facts, Reason, Verdict

FEW = 10
"""Calls; as many as may be under way beside the one that an answer tells of."""
OUTAGES_IN_A_ROW = 5
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
LONGEST_WINDOW = 3600.0
# Ends of calls that say nothing of the API.
OUR_OWN = {Reason.INTERRUPTED, Reason.NOT_STARTED}


def learn(session: Session, begun_at: datetime, verdict: Verdict, facts: Facts) -> None:
    """Take from the end of a call, whoever made it, what it says of the pace.

    Args:
        session: a write transaction, in which this should come last: everybody waits for the one row.
        begun_at: when the call began, by the database's clock.
        verdict: how it ended.
        facts: what the API said with it.
    """
    pace, now = locked(session)
    held_until = pace.blocked_until
    if facts.limits is not None:
        _learn_limit(session, pace, facts.limits, now)
    if facts.reason == Reason.RATE_LIMITED:
        _hold_back(session, pace, facts, now, held_until)
    elif verdict in {Verdict.DONE, Verdict.REFUSED}:
        pace.consecutive_failures, pace.consecutive_429s = 0, 0
        _got_through(pace, begun_at, facts, now)
    elif facts.reason not in OUR_OWN:
        _wait_out(pace, now)


def _got_through(pace: Pace, begun_at: datetime, facts: Facts, now: datetime) -> None:
    if pace.probing_since is None:
        return
    if begun_at > pace.probing_since:
        pace.probing_since = None
        # A wait of hours was not meant so, or is over: somebody's own call has just shown that there is room.
        if pace.blocked_until is not None and (pace.blocked_until - now).total_seconds() > LONGEST_PAUSE:
            pace.blocked_until = now
    elif facts.limits is None and pace.call_limit is not None and pace.announced_window_seconds is not None:
        # It was counted before the one that met the limit, and was not yet there to be counted by us.
        pace.call_limit += 1


def _learn_limit(session: Session, pace: Pace, limits: RateLimit, now: datetime) -> None:
    if limits.limit and limits.reset_after:
        if pace.call_limit != limits.limit:
            pace.call_limit, pace.announced_window_seconds = limits.limit, None
        pace.inferred_at = None
        if _is_shorter(session, pace, limits.limit, limits, now):
            pace.announced_window_seconds = None
        _learn_window(pace, limits.reset_after)
    if limits.remaining == 0 and limits.reset_after:
        pace.probing_since = now
        if not _explained(session, pace, now):
            _block(pace, now, limits.reset_after)


def _is_shorter(session: Session, pace: Pace, calls: int, limits: RateLimit, now: datetime) -> bool:
    """Whether the window is certainly shorter than was thought, as after one answer that named a wrong one."""
    if (
        limits.remaining is None
        or limits.reset_after is None
        or pace.announced_window_seconds is None
        or pace.window_seconds is None
    ):
        return False
    if limits.reset_after > pace.announced_window_seconds / 2:
        return False
    theirs = calls - limits.remaining
    if theirs == 1:  # this very call opened the window
        return True
    since = now - timedelta(seconds=pace.window_seconds)
    ours, _first = session.execute(counted_since(), {"since": since}).one()
    return ours > 2 * theirs + FEW


def _learn_window(pace: Pace, announced: float) -> None:
    """The window is the longest wait that the API names: later answers name what is left of it.

    Whole seconds say up to one too much. The window is taken without that one, and one call tries it first; should
    the API refuse that, it was no rounding (see `_hold_back`).
    """
    if pace.announced_window_seconds is None or announced > pace.announced_window_seconds:
        pace.announced_window_seconds = min(announced, LONGEST_WINDOW)
        pace.window_seconds = max(pace.announced_window_seconds - 1, pace.announced_window_seconds / 2)


def _explained(session: Session, pace: Pace, now: datetime) -> bool:
    """Whether our own calls account for a window without a place: then their ends say better when one is free."""
    if pace.call_limit is None or pace.window_seconds is None:
        return False
    since = now - timedelta(seconds=pace.window_seconds)
    used, _first = session.execute(counted_since(), {"since": since}).one()
    return used + (session.scalar(calls_under_way()) or 0) >= pace.call_limit


def _hold_back(
    session: Session, pace: Pace, facts: Facts, now: datetime, held_until: datetime | None
) -> None:
    """Wait as long as a 429 asks for. `held_until`: when the wait before this one ends, or ended."""
    already_held = held_until is not None and held_until > now
    pace.probing_since = now
    if not facts.retry_told or not facts.retry_after:
        if not already_held:
            _block(pace, now, min(LONGEST_PAUSE, 2.0**pace.consecutive_429s))
            pace.consecutive_429s += 1
        return
    if not already_held and facts.limits is None:
        _infer_limit(session, pace, facts.retry_after, now, held_until)
    elif not already_held:
        pace.window_seconds = pace.announced_window_seconds
        _measure_window(session, pace, facts, now, held_until)
    _block(pace, now, facts.retry_after)


def _measure_window(
    session: Session, pace: Pace, facts: Facts, now: datetime, held_until: datetime | None
) -> None:
    """Where the limit is told and the window is not, or only what is left of it: our own calls since the last wait filled it."""
    limit, retry_after = facts.limits and facts.limits.limit, facts.retry_after
    if not limit or not retry_after:
        return
    since = now - timedelta(seconds=max(MINUTE, retry_after))
    since = max(since, held_until) if held_until else since
    went, first = session.execute(counted_since(), {"since": since}).one()
    # Of those that went together with this one, some may have got through and not have said so yet.
    flying = session.scalar(calls_under_way()) or 0
    if not limit - flying <= went <= limit + FEW:
        return
    seen = min((now - (first or now)).total_seconds() + retry_after, LONGEST_WINDOW)
    if pace.announced_window_seconds is None or seen > pace.announced_window_seconds:
        pace.call_limit, pace.announced_window_seconds, pace.window_seconds = limit, seen, seen


def _infer_limit(
    session: Session, pace: Pace, retry_after: float, now: datetime, held_until: datetime | None
) -> None:
    """From `Retry-After` alone: so many calls went lately, and the first of them leaves the window by then.

    A first 429 after a few calls says nothing of the limit: somebody else may have used it up.
    """
    known = limit_of(pace, now, 0)[0] > 0
    if not known:
        pace.call_limit, pace.announced_window_seconds = None, None
    reach = (pace.announced_window_seconds if known else None) or max(MINUTE, retry_after)
    since = now - timedelta(seconds=reach)
    lately_held = held_until is not None and held_until > since
    if not known and held_until is not None:
        since = max(since, held_until)
    went, first = session.execute(counted_since(), {"since": since}).one()
    if not went or first is None or (went < FEW and not known and not lately_held):
        return
    # Others take their part of it now and then: that must not make ours ever smaller.
    pace.call_limit, pace.inferred_at = (
        max(min(went, pace.call_limit or went), (pace.call_limit or 0) // 2),
        now,
    )
    if known:
        pace.window_seconds = pace.announced_window_seconds  # the second was no rounding
    else:
        _learn_window(pace, (now - first).total_seconds() + retry_after)


def _wait_out(pace: Pace, now: datetime) -> None:
    """After several failures in a row: growing pauses, and one call at a time until one gets through."""
    pace.consecutive_failures += 1
    if pace.consecutive_failures >= OUTAGES_IN_A_ROW:
        pace.probing_since = now
        exponent = min(pace.consecutive_failures - OUTAGES_IN_A_ROW, 10)
        _block(pace, now, min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**exponent))


def _block(pace: Pace, now: datetime, seconds: float) -> None:
    until = now + timedelta(seconds=seconds)
    pace.blocked_until = max(pace.blocked_until or until, until)
