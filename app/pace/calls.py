"""The one row of the pace, and what of the journal it is reckoned from: which calls are under way, and which count."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, false, func, select
from sqlalchemy.orm import Session

from app.models import JournalEntry, Pace, utc_now
from app.models.base import UtcDateTime
from app.models.journal import CALLS, Ending

MINUTE = 60.0
INFERRED_WINDOWS = 10


def limit_of(pace: Pace | Row[Any], now: datetime, usual_rate: int) -> tuple[int, float]:
    """How many calls may go in how many seconds; 0 calls for no limit.

    What had to be concluded from a 429 is forgotten when none has come for long: it may have been somebody else's.
    """
    if pace.call_limit is None or pace.window_seconds is None:
        return usual_rate, MINUTE
    if pace.inferred_at is not None:
        good_for = timedelta(seconds=max(MINUTE, INFERRED_WINDOWS * (pace.announced_window_seconds or 0)))
        if now - pace.inferred_at > good_for:
            return usual_rate, MINUTE
    return pace.call_limit, pace.window_seconds


def locked(session: Session) -> tuple[Pace, datetime]:
    """The pace, which is ours until the transaction ends, and the database's clock."""
    pace, now = session.execute(_locking()).one()
    return pace, now


# The statements of every call are put together once: that takes longer than they run.
@cache
def _locking() -> Select[Pace, datetime]:
    query = select(Pace, utc_now()).where(Pace.id == 1)
    return query.with_for_update().execution_options(populate_existing=True)


@cache
def everything_known() -> Select[*tuple[Any, ...]]:
    """What is known of the pace, and the database's clock as `now`; nothing is locked."""
    return select(*Pace.__table__.columns, utc_now().label("now")).where(Pace.id == 1)


@cache
def mean_duration() -> Select[float]:
    """Milliseconds of one call lately."""
    lately = (
        select(JournalEntry.duration_ms)
        .where(JournalEntry.duration_ms.is_not(None), CALLS)
        .order_by(JournalEntry.finished_at.desc())
        .limit(20)
        .subquery()
    )
    return select(func.avg(lately.c.duration_ms))


@cache
def counted_since() -> Select[int, datetime | None]:
    """How many calls were counted since a moment, and the first of them."""
    return select(func.count(), func.min(JournalEntry.finished_at)).where(
        *counted(bindparam("since", type_=UtcDateTime()))
    )


@cache
def anything_under_way() -> Select[int]:
    """A call that is under way, if there is any."""
    return select(JournalEntry.id).where(JournalEntry.outcome.is_(None), CALLS).limit(1)


@cache
def calls_under_way() -> Select[int]:
    """How many calls are under way."""
    return select(func.count()).select_from(JournalEntry).where(JournalEntry.outcome.is_(None), CALLS)


@cache
def somebodys_own() -> Select[int]:
    """An action of a person, under way."""
    return anything_under_way().where(JournalEntry.from_outbox == false())


def counted(since: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Calls that the API has counted since then, as far as we can know."""
    return (CALLS, JournalEntry.finished_at > since, JournalEntry.outcome != Ending.NOT_SENT)
