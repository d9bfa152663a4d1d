"""Batches of meetings that are not finished, for the box of the home page: one row a batch, at a bounded cost."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from app.database import db
from app.meetings.list_query import Query, limited
from app.models import Batch, BatchState, Meeting, MeetingState, Participant, ParticipantImport
from app.models import participant as participants

MAX_BATCHES = 20
_WAITING = (MeetingState.QUEUED, MeetingState.CLAIMED, MeetingState.SENDING)


def find_unfinished_batches(created_by: str | None) -> Sequence[Row[Any]]:
    """The newest batches that have meetings or people still to be sent.

    Returns:
        Rows of `batch_id`, `state`, `id` and `title` of its first meeting, and the numbers `total` and `waiting`
        of its meetings.
    """
    query = _batches_query(has_creator=created_by is not None)
    return db.session.connection().execute(query, {"maker": created_by} if created_by else {}).all()


def _newest_query(*, has_creator: bool) -> Query:
    query = select(Batch.id, Batch.state).where(Batch.state.in_((BatchState.RUNNING, BatchState.PAUSED)))
    if has_creator:
        query = query.where(Batch.created_by == bindparam("maker"))
    return query.order_by(Batch.id.desc())


@lru_cache(maxsize=2)
def _batches_query(*, has_creator: bool) -> Query:
    newest = limited(_newest_query(has_creator=has_creator), MAX_BATCHES).subquery("newest")
    of_batch = Meeting.batch_id == newest.c.id
    is_waiting = (of_batch, Meeting.state.in_(_WAITING))
    waiting = select(func.count(Meeting.id)).where(*is_waiting).correlate(newest).scalar_subquery()
    total = select(func.count(Meeting.id)).where(of_batch).correlate(newest).scalar_subquery()
    first_id = select(func.min(Meeting.id)).where(of_batch).correlate(newest).scalar_subquery()
    has_people = (
        select(Participant.id)
        .join(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(ParticipantImport.batch_id == newest.c.id, participants.IN_PROGRESS)
        .correlate(newest)
        .exists()
    )
    first = (
        select(
            newest.c.id.label("batch_id"),
            newest.c.state,
            first_id.label("first_id"),
            waiting.label("waiting"),
            total.label("total"),
        )
        .where(or_(select(Meeting.id).where(*is_waiting).correlate(newest).exists(), has_people))
        .subquery("first")
    )
    return (
        select(first.c.batch_id, first.c.state, Meeting.id, Meeting.title, first.c.waiting, first.c.total)
        .join_from(first, Meeting, Meeting.id == first.c.first_id)
        .order_by(first.c.batch_id)
    )
