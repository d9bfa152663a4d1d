"""Queries: the rate limit state, and the journal's calls in flight and in the window."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, false, func, or_, select
from sqlalchemy.orm import Session

from app.models import Action, JournalEntry, RateLimitState, utc_now
from app.models.base import UtcDateTime
from app.models.journal import IS_CALL
from app.utils.outcome import Outcome

MINUTE_SECONDS = 60.0
INFERRED_LIMIT_WINDOWS = 10


def effective_limit(state: RateLimitState | Row[Any], now: datetime, default_rate: int) -> tuple[int, float]:
    """The effective limit: calls and window seconds; 0 calls: unlimited.

    An inferred limit expires when no 429 has come for long: another client may have caused it.
    """
    if state.call_limit is None or state.window_seconds is None:
        return default_rate, MINUTE_SECONDS
    if state.inferred_at is not None:
        valid_for = timedelta(
            seconds=max(MINUTE_SECONDS, INFERRED_LIMIT_WINDOWS * (state.announced_window_seconds or 0))
        )
        if now - state.inferred_at > valid_for:
            return default_rate, MINUTE_SECONDS
    return state.call_limit, state.window_seconds


def lock_state(session: Session) -> tuple[RateLimitState, datetime]:
    """The state, locked FOR UPDATE until the transaction ends, and the database clock."""
    state, now = session.execute(_lock_state_query()).one()
    return state, now


# Cached statements.
@cache
def _lock_state_query() -> Select[RateLimitState, datetime]:
    query = select(RateLimitState, utc_now()).where(RateLimitState.id == 1)
    return query.with_for_update().execution_options(populate_existing=True)


@cache
def state_query() -> Select[*tuple[Any, ...]]:
    """The state and the database clock as `now`, without a lock."""
    return select(*RateLimitState.__table__.columns, utc_now().label("now")).where(RateLimitState.id == 1)


@cache
def mean_duration_query() -> Select[float]:
    """The mean duration of the last 20 calls, in milliseconds."""
    recent = (
        select(JournalEntry.duration_ms)
        .where(JournalEntry.duration_ms.is_not(None), IS_CALL)
        .order_by(JournalEntry.finished_at.desc())
        .limit(20)
        .subquery()
    )
    return select(func.avg(recent.c.duration_ms))


@cache
def counted_since_query() -> Select[int, datetime | None]:
    """How many calls were counted since a moment, and the first of them."""
    return select(func.count(), func.min(JournalEntry.finished_at)).where(
        *counted_conditions(bindparam("since", type_=UtcDateTime()))
    )


@cache
def in_flight_query() -> Select[int]:
    """A call in flight, if there is any."""
    return select(JournalEntry.id).where(JournalEntry.outcome.is_(None), IS_CALL).limit(1)


@cache
def in_flight_count_query() -> Select[int]:
    """The number of calls in flight."""
    return select(func.count()).select_from(JournalEntry).where(JournalEntry.outcome.is_(None), IS_CALL)


@cache
def interactive_calls_query() -> Select[int]:
    """An interactive call in flight."""
    return in_flight_query().where(JournalEntry.from_outbox == false())


@cache
def recent_interactive_query() -> Select[int]:
    """An interactive call that ended since a moment; not a created meeting, whose list may be all that runs."""
    is_by_hand = or_(JournalEntry.action != Action.CREATE_MEETING, JournalEntry.outcome != Outcome.DONE)
    is_recent = (IS_CALL, JournalEntry.finished_at > bindparam("since", type_=UtcDateTime()))
    return select(JournalEntry.id).where(*is_recent, JournalEntry.from_outbox == false(), is_by_hand).limit(1)


def counted_conditions(since: datetime | BindParameter[datetime]) -> tuple[ColumnElement[bool], ...]:
    """The calls that the API has counted since then, as far as known."""
    return (IS_CALL, JournalEntry.finished_at > since, JournalEntry.outcome != Outcome.NOT_SENT)
