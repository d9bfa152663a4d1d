"""The pace of calls, shared by every process through one row of the database, since the limit belongs to the key.

What the API allows is taken from its own words: `RateLimit-*` on any answer, `Retry-After` on a 429. The calls made
so far need no record of their own: they stand in the journal, each with the moment at which it ended. That moment
is never before the one at which the API counted the call, so a slot that is reckoned from it is never early, and no
rounded second is added on top.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    false,
    func,
    select,
)
from sqlalchemy.orm import Session

from app.models import JournalEntry, Pace, utc_now
from app.models.base import UtcDateTime
from app.models.journal import Ending
from app.zelta.limits import RateLimit
from app.zelta.outcome import Facts, Reason, Verdict

MINUTE = 60.0
USUAL_SECONDS = 0.5
"""Of one call, while nothing is known of them."""
# While others are under way and the next slot depends on when they end, or somebody waits in front of a page.
SOON_SECONDS = 0.05
FEW = 10
"""Calls; as many as may be under way beside the one that an answer tells of."""
OUTAGES_IN_A_ROW = 5
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
LONGEST_WINDOW = 3600.0
INFERRED_WINDOWS = 10
# Ends of calls that say nothing of the API.
OUR_OWN = {Reason.INTERRUPTED, Reason.NOT_STARTED}


def wait_before(session: Session, usual_rate: int) -> float:
    """Seconds that a call of the outbox still has to wait; 0 lets it go, as part of the same transaction.

    Args:
        session: a write transaction; the row stays locked until it ends, so that nobody else takes the same slot.
        usual_rate: calls a minute as long as the API has named no limit; 0 for none.
    """
    pace, now = _locked(session)
    if pace.blocked_until is not None and pace.blocked_until > now:
        return (pace.blocked_until - now).total_seconds()
    # A person's own action goes first; and whatever is under way, while the API is being tried.
    before = _in_flight() if pace.probing_since else _somebodys_own()
    if session.scalar(before) is not None:
        return SOON_SECONDS
    calls, seconds = _limit(pace, now, usual_rate)
    return _until_slot(session, now, calls, seconds) if calls else 0.0


def learn(session: Session, begun_at: datetime, verdict: Verdict, facts: Facts) -> None:
    """Take from the end of a call, whoever made it, what it says of the pace.

    Args:
        session: a write transaction, in which this should come last: everybody waits for the one row.
        begun_at: when the call began, by the database's clock.
        verdict: how it ended.
        facts: what the API said with it.
    """
    pace, now = _locked(session)
    held_until = pace.blocked_until
    if facts.limits is not None:
        _learn_limit(session, pace, facts.limits, now)
    if facts.reason == Reason.RATE_LIMITED:
        _hold_back(session, pace, facts, now, held_until)
    elif verdict in {Verdict.DONE, Verdict.REFUSED}:
        pace.outages, pace.strikes = 0, 0
        _got_through(pace, begun_at, facts, now)
    elif facts.reason not in OUR_OWN:
        _wait_out(pace, now)


@dataclass(frozen=True)
class Outlook:
    """About how many seconds are left, and until when nothing at all goes, if the API is away or at its limit."""

    seconds: float
    waits_until: datetime | None


def outlook(connection: Connection, remaining: int, usual_rate: int, concurrency: int) -> Outlook:
    """How so many calls of the outbox will get on from now, at the pace that is known."""
    pace = connection.execute(_known()).one()
    blocked = max(0.0, (pace.blocked_until - pace.now).total_seconds()) if pace.blocked_until else 0.0
    waits_until = pace.blocked_until if blocked > MINUTE or (blocked and pace.probing_since) else None
    mean = connection.scalar(_mean_duration())
    each = (float(mean) / 1000 if mean is not None else USUAL_SECONDS) / concurrency
    calls, seconds = _limit(pace, pace.now, usual_rate)
    if not calls:
        return Outlook(blocked + remaining * each, waits_until)
    since = pace.now - timedelta(seconds=seconds)
    used, oldest = connection.execute(_used(), {"since": since}).one()
    later = remaining - max(0, calls - used)
    if later <= 0:
        return Outlook(blocked + remaining * each, waits_until)
    reopens = (oldest + timedelta(seconds=seconds) - pace.now).total_seconds() if oldest else seconds
    windows, rest = divmod(later - 1, calls)
    return Outlook(max(blocked, reopens) + windows * seconds + (rest + 1) * each, waits_until)


def _limit(pace: Pace | Row[Any], now: datetime, usual_rate: int) -> tuple[int, float]:
    """How many calls may go in how many seconds; 0 calls for no limit.

    What had to be concluded from a 429 is forgotten when none has come for long: it may have been somebody else's.
    """
    if pace.calls is None or pace.seconds is None:
        return usual_rate, MINUTE
    if pace.inferred_at is not None:
        good_for = timedelta(seconds=max(MINUTE, INFERRED_WINDOWS * (pace.announced or 0)))
        if now - pace.inferred_at > good_for:
            return usual_rate, MINUTE
    return pace.calls, pace.seconds


def _locked(session: Session) -> tuple[Pace, datetime]:
    """The pace, which is ours until the transaction ends, and the database's clock."""
    pace, now = session.execute(_locking()).one()
    return pace, now


# The statements of every call are put together once: that takes longer than they run.
@cache
def _locking() -> Select[Pace, datetime]:
    query = select(Pace, utc_now()).where(Pace.id == 1)
    return query.with_for_update().execution_options(populate_existing=True)


@cache
def _known() -> Select[*tuple[Any, ...]]:
    return select(*Pace.__table__.columns, utc_now().label("now")).where(Pace.id == 1)


@cache
def _mean_duration() -> Select[float]:
    """Milliseconds of one call lately."""
    lately = (
        select(JournalEntry.duration_ms)
        .where(JournalEntry.duration_ms.is_not(None), _is_call())
        .order_by(JournalEntry.ended_at.desc())
        .limit(20)
        .subquery()
    )
    return select(func.avg(lately.c.duration_ms))


@cache
def _used() -> Select[int, datetime | None]:
    """How many calls were counted since a moment, and the first of them."""
    return select(func.count(), func.min(JournalEntry.ended_at)).where(
        *_counted(bindparam("since", type_=UtcDateTime()))
    )


@cache
def _in_flight() -> Select[int]:
    return select(JournalEntry.id).where(JournalEntry.ending.is_(None), _is_call()).limit(1)


@cache
def _flying() -> Select[int]:
    """How many calls are under way."""
    return select(func.count()).select_from(JournalEntry).where(JournalEntry.ending.is_(None), _is_call())


@cache
def _somebodys_own() -> Select[int]:
    """An action of a person, under way."""
    return _in_flight().where(JournalEntry.from_outbox == false())


def _is_call() -> ColumnElement[bool]:
    return JournalEntry.expires_at.is_not(None)


def _counted(since: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Calls that the API has counted since then, as far as we can know."""
    return (_is_call(), JournalEntry.ended_at > since, JournalEntry.ending != Ending.NOT_SENT)


def _until_slot(session: Session, now: datetime, calls: int, seconds: float) -> float:
    window = timedelta(seconds=seconds)
    flying = session.scalar(_flying())
    if (free := calls - (flying or 0)) <= 0:
        return SOON_SECONDS
    # The one whose place is taken next: with `free` later ones, the window is full until it leaves.
    ended = session.scalar(
        select(JournalEntry.ended_at)
        .where(*_counted(now - window))
        .order_by(JournalEntry.ended_at.desc())
        .offset(free - 1)
        .limit(1)
    )
    return max(0.0, (ended + window - now).total_seconds()) if ended is not None else 0.0


def _got_through(pace: Pace, begun_at: datetime, facts: Facts, now: datetime) -> None:
    if pace.probing_since is None:
        return
    if begun_at > pace.probing_since:
        pace.probing_since = None
        # A wait of hours was not meant so, or is over: somebody's own call has just shown that there is room.
        if pace.blocked_until is not None and (pace.blocked_until - now).total_seconds() > LONGEST_PAUSE:
            pace.blocked_until = now
    elif facts.limits is None and pace.calls is not None and pace.announced is not None:
        # It was counted before the one that met the limit, and was not yet there to be counted by us.
        pace.calls += 1


def _learn_limit(session: Session, pace: Pace, limits: RateLimit, now: datetime) -> None:
    if limits.limit and limits.reset_after:
        if pace.calls != limits.limit:
            pace.calls, pace.announced = limits.limit, None
        pace.inferred_at = None
        if _is_shorter(session, pace, limits.limit, limits, now):
            pace.announced = None
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
        or pace.announced is None
        or pace.seconds is None
    ):
        return False
    if limits.reset_after > pace.announced / 2:
        return False
    counted = calls - limits.remaining
    if counted == 1:  # this very call opened the window
        return True
    since = now - timedelta(seconds=pace.seconds)
    ours = session.scalar(select(func.count()).select_from(JournalEntry).where(*_counted(since))) or 0
    return ours > 2 * counted + FEW


def _learn_window(pace: Pace, announced: float) -> None:
    """The window is the longest wait that the API names: later answers name what is left of it.

    Whole seconds say up to one too much. The window is taken without that one, and one call tries it first; should
    the API refuse that, it was no rounding (see `_hold_back`).
    """
    if pace.announced is None or announced > pace.announced:
        pace.announced = min(announced, LONGEST_WINDOW)
        pace.seconds = max(pace.announced - 1, pace.announced / 2)


def _explained(session: Session, pace: Pace, now: datetime) -> bool:
    """Whether our own calls account for a window without a place: then their ends say better when one is free."""
    if pace.calls is None or pace.seconds is None:
        return False
    since = now - timedelta(seconds=pace.seconds)
    used = session.scalar(select(func.count()).select_from(JournalEntry).where(*_counted(since))) or 0
    return used + (session.scalar(_flying()) or 0) >= pace.calls


def _hold_back(
    session: Session, pace: Pace, facts: Facts, now: datetime, held_until: datetime | None
) -> None:
    """Wait as long as a 429 asks for. `held_until`: when the wait before this one ends, or ended."""
    already_held = held_until is not None and held_until > now
    pace.probing_since = now
    if not facts.retry_told or not facts.retry_after:
        if not already_held:
            _block(pace, now, min(LONGEST_PAUSE, 2.0**pace.strikes))
            pace.strikes += 1
        return
    if not already_held and facts.limits is None:
        _infer_limit(session, pace, facts.retry_after, now, held_until)
    elif not already_held:
        pace.seconds = pace.announced
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
    went, first = session.execute(_used(), {"since": since}).one()
    # Of those that went together with this one, some may have got through and not have said so yet.
    flying = session.scalar(_flying()) or 0
    if not limit - flying <= went <= limit + FEW:
        return
    seen = min((now - (first or now)).total_seconds() + retry_after, LONGEST_WINDOW)
    if pace.announced is None or seen > pace.announced:
        pace.calls, pace.announced, pace.seconds = limit, seen, seen


def _infer_limit(
    session: Session, pace: Pace, retry_after: float, now: datetime, held_until: datetime | None
) -> None:
    """From `Retry-After` alone: so many calls went lately, and the first of them leaves the window by then.

    A first 429 after a few calls says nothing of the limit: somebody else may have used it up.
    """
    known = _limit(pace, now, 0)[0] > 0
    if not known:
        pace.calls, pace.announced = None, None
    reach = (pace.announced if known else None) or max(MINUTE, retry_after)
    since = now - timedelta(seconds=reach)
    lately_held = held_until is not None and held_until > since
    if not known and held_until is not None:
        since = max(since, held_until)
    went, first = session.execute(_used(), {"since": since}).one()
    if not went or first is None or (went < FEW and not known and not lately_held):
        return
    # Others take their part of it now and then: that must not make ours ever smaller.
    pace.calls, pace.inferred_at = max(min(went, pace.calls or went), (pace.calls or 0) // 2), now
    if known:
        pace.seconds = pace.announced  # the second was no rounding
    else:
        _learn_window(pace, (now - first).total_seconds() + retry_after)


def _wait_out(pace: Pace, now: datetime) -> None:
    """After several failures in a row: growing pauses, and one call at a time until one gets through."""
    pace.outages += 1
    if pace.outages >= OUTAGES_IN_A_ROW:
        pace.probing_since = now
        exponent = min(pace.outages - OUTAGES_IN_A_ROW, 10)
        _block(pace, now, min(LONGEST_PAUSE, FIRST_PAUSE * 2.0**exponent))


def _block(pace: Pace, now: datetime, seconds: float) -> None:
    until = now + timedelta(seconds=seconds)
    pace.blocked_until = max(pace.blocked_until or until, until)
