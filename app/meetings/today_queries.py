"""What needs a coordinator today: a few rows of each kind, read from indexes at a bounded cost."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Text, bindparam, cast, func, or_, select

from app.database import db
from app.meetings.cursor import Cursor
from app.meetings.list_query import MAX_ID, ListQuery, ListQueryShape, MeetingFilter, Query, limited
from app.models import CancellationState, ImportState, Meeting, MeetingState, Participant, ParticipantImport
from app.models import participant as participants
from app.utils.timezones import ASSUMED_MEETING_DURATION

HAND_OVER_AHEAD = timedelta(hours=48)
# Each query reads no more than so many meetings or imports.
MAX_MEETINGS = 25
MAX_NEAR_MEETINGS = 100
MAX_IMPORTS = 100


def find_attention(now: datetime, created_by: str | None) -> Sequence[Row[Any]]:
    """The next meetings that need attention and are not over, with what they need it for."""
    scope = ListQuery.for_filter(MeetingFilter.ATTENTION, created_by, now, ascending=True)
    scope = scope.after(Cursor(now - ASSUMED_MEETING_DURATION, MAX_ID))
    return db.session.connection().execute(_attention_query(scope.shape), scope.parameters).all()


def find_links_to_hand_over(now: datetime, created_by: str | None, limit: int) -> Sequence[Row[Any]]:
    """The meetings that begin within 48 hours and have links that were not handed over, with their `pending`."""
    scope = ListQuery.for_filter(MeetingFilter.UPCOMING, created_by, now, ascending=True)
    scope = scope.until(Cursor(now + HAND_OVER_AHEAD, MAX_ID - 1))
    query = _links_query(scope.shape, limit)
    return db.session.connection().execute(query, scope.parameters).all()


def find_unfinished_imports(created_by: str | None) -> Sequence[Row[Any]]:
    """The newest imports of open meetings that have participants still to be sent, with their `pending`."""
    query = _imports_query(has_creator=created_by is not None)
    return db.session.connection().execute(query, {"maker": created_by} if created_by else {}).all()


def find_unsent_imports(meeting_ids: Sequence[int]) -> dict[int, int]:
    """Of each of these meetings, the import with unsent rows that comes first."""
    if not meeting_ids:
        return {}
    rows = db.session.connection().execute(_unsent_imports_query(), {"ids": meeting_ids})
    return {row.meeting_id: row.id for row in rows}


@lru_cache(maxsize=4)
def _attention_query(shape: ListQueryShape) -> Query:
    columns = (
        *(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.state, Meeting.cancellation),
        *(Meeting.cancellation_refused, Meeting.problem_count),
        *(Meeting.draft_row_count, Meeting.kept_row_count),
    )
    return limited(shape.apply_order(select(*columns).where(*shape.conditions())), MAX_MEETINGS)


@lru_cache(maxsize=4)
def _links_query(shape: ListQueryShape, limit: int) -> Query:
    columns = (Meeting.id, Meeting.title, Meeting.starts_at, Meeting.state, Meeting.cancellation)
    near_query = shape.apply_order(select(*columns).where(*shape.conditions()))
    near = limited(near_query, MAX_NEAR_MEETINGS).subquery("near")
    to_hand_over = (Participant.meeting_id == near.c.id, participants.TO_HAND_OVER)
    # Correlated subqueries, not a join: for a join a planner might read all participants.
    pending = select(func.count(Participant.meeting_id)).where(*to_hand_over).correlate(near)
    query = (
        select(near.c.id, near.c.title, near.c.starts_at, pending.scalar_subquery().label("pending"))
        .where(
            near.c.state == MeetingState.SCHEDULED,
            or_(near.c.cancellation.is_(None), near.c.cancellation == CancellationState.NOT_SENT),
            select(Participant.meeting_id).where(*to_hand_over).correlate(near).exists(),
        )
        .order_by(near.c.starts_at, near.c.id)
    )
    return limited(query, limit)


@lru_cache(maxsize=2)
def _imports_query(*, has_creator: bool) -> Query:
    columns = (
        *(ParticipantImport.id, ParticipantImport.meeting_id),
        *(ParticipantImport.state, ParticipantImport.batch_id),
    )
    newest = limited(select(*columns).order_by(ParticipantImport.id.desc()), MAX_IMPORTS).subquery("newest")
    in_progress = (Participant.import_id == newest.c.id, participants.IN_PROGRESS)
    pending = select(func.count(Participant.import_id)).where(*in_progress).correlate(newest)
    query = (
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            newest.c.state.label("import_state"),
            pending.scalar_subquery().label("pending"),
        )
        .join_from(newest, Meeting, Meeting.id == newest.c.meeting_id)
        .where(
            newest.c.state.in_((ImportState.RUNNING, ImportState.PAUSED)),
            # Those of a batch are part of its line.
            or_(newest.c.batch_id.is_(None), newest.c.state == ImportState.PAUSED),
            select(Participant.import_id).where(*in_progress).correlate(newest).exists(),
            Meeting.state == MeetingState.SCHEDULED,
            or_(Meeting.cancellation.is_(None), Meeting.cancellation == CancellationState.NOT_SENT),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return query.where(Meeting.created_by == bindparam("maker")) if has_creator else query


@lru_cache(maxsize=1)
def _unsent_imports_query() -> Query:
    return (
        select(ParticipantImport.meeting_id, func.min(ParticipantImport.id).label("id"))
        .where(
            ParticipantImport.meeting_id.in_(bindparam("ids", expanding=True)),
            ParticipantImport.state != ImportState.STOPPED,
            cast(ParticipantImport.rows, Text) != "[]",
        )
        .group_by(ParticipantImport.meeting_id)
    )
