"""Meeting queries: the list (keyset pagination), the filter counts, and the detail page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, true

from app.database import db, read_connection
from app.meetings import pasted_ids, search
from app.meetings.cursor import Cursor
from app.meetings.list_query import ListQuery, ListQueryShape, MeetingFilter, Query, limited
from app.models import (
    Action,
    AuditEvent,
    ImportState,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
)
from app.models import participant as participants
from app.models.journal import BATCH_ACTIONS, IMPORT_ACTIONS, IS_CALL
from app.models.sending import batch_may_send

PAGE_SIZE = 25
# Filter counts stop here, so that their cost is bounded.
COUNT_CAP = 100


@dataclass(frozen=True)
class MeetingPage:
    """One page of the list, in the order of its filter, with the cursors of both neighbours.

    A row has the columns of the meeting, and its participant counts: `people` (without discarded),
    `problems`, `sending`.
    """

    rows: Sequence[Row[Any]]
    previous: Cursor | None
    next: Cursor | None


def get_page(
    meeting_filter: MeetingFilter | None,
    q: str,
    now: datetime,
    after: Cursor | None = None,
    before: Cursor | None = None,
    created_by: str | None = None,
) -> MeetingPage:
    """A page of the list: at most 25 meetings after or before a cursor (keyset pagination: constant cost).

    Args:
        meeting_filter: the filter; None for all that is not discarded.
        q: terms that must each occur in the title or a participant's name or email; ignores case and accents.
            Or a join link, or an id.
        now: the boundary between upcoming and past.
        after: the last meeting of the page before.
        before: the first meeting of the page after.
        created_by: only meetings created by this user name; None: all meetings.
    """
    is_forward = before is None
    cursor = after or before
    ascending = (meeting_filter == MeetingFilter.UPCOMING) == is_forward
    scope = ListQuery.for_filter(meeting_filter, created_by, now, ascending=ascending)
    if cursor:
        scope = scope.after(cursor)
    if terms := search.tokenize_query(q):
        ids = pasted_ids.parse(q)
        meeting_ids = pasted_ids.find_meeting_ids(db.session(), scope, ids, PAGE_SIZE + 1)
        if not ids.is_link:
            meeting_ids += search.find_meeting_ids(db.session(), scope, terms, PAGE_SIZE + 1)
        rows = list(db.session.execute(_counted_ids_query(scope.shape), {"ids": meeting_ids}))
    else:
        rows = list(db.session.connection().execute(_counted_page_query(scope.shape), scope.parameters))
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE] if is_forward else rows[:PAGE_SIZE][::-1]
    return _build_page(
        rows,
        has_previous=has_more if not is_forward else after is not None,
        has_next=has_more or not is_forward,
    )


def count_meetings(now: datetime, created_by: str | None = None) -> dict[MeetingFilter, int]:
    """How many meetings each filter has; `COUNT_CAP` means that many or more. See `get_page`."""
    scopes = [
        ListQuery.for_filter(meeting_filter, created_by, now, ascending=True)
        for meeting_filter in MeetingFilter
    ]
    parameters = {name: value for scope in scopes for name, value in scope.parameters.items()}
    numbers = (
        db.session.connection()
        .execute(_filter_counts_query(tuple(scope.shape for scope in scopes)), parameters)
        .one()
    )
    return dict(zip(MeetingFilter, numbers, strict=True))


def get_paused_meeting_ids(meeting_ids: Sequence[int]) -> frozenset[int]:
    """The ids of these meetings that have a paused import, or one of a paused batch."""
    if not meeting_ids:
        return frozenset()
    is_paused = or_(
        ParticipantImport.state == ImportState.PAUSED, ~batch_may_send(ParticipantImport.batch_id)
    )
    query = select(ParticipantImport.meeting_id).where(
        ParticipantImport.meeting_id.in_(meeting_ids), is_paused
    )
    return frozenset(db.session.scalars(query))


def count_links_to_hand_over(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many participants of each of these meetings have a link that was not handed over; only where any."""
    if not meeting_ids:
        return {}
    rows = db.session.connection().execute(_links_to_hand_over_query(), {"ids": meeting_ids})
    return {row.meeting_id: row.number for row in rows}


def get_meeting(meeting_id: int) -> Meeting:
    """A meeting by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return db.session.get_one(Meeting, meeting_id)


def get_created_meeting(meeting_id: int) -> tuple[MeetingState, int | None]:
    """The state of a meeting that this request created, and the id of its unsent import.

    It reads on a connection of its own: the request's session may hold a snapshot from before the meeting.
    """
    draft_query = (
        select(ParticipantImport.id)
        .where(ParticipantImport.meeting_id == meeting_id, ParticipantImport.state == ImportState.DRAFT)
        .order_by(ParticipantImport.id)
    )
    with read_connection() as connection:
        state = connection.scalars(select(Meeting.state).where(Meeting.id == meeting_id)).one()
        return state, connection.scalar(draft_query.limit(1))


def list_unsent(meeting_id: int) -> Sequence[Participant]:
    """The participants of a meeting who were refused or not sent."""
    states = (ParticipantState.REFUSED, ParticipantState.NOT_SENT)
    return db.session.scalars(
        select(Participant).where(Participant.meeting_id == meeting_id, Participant.state.in_(states))
    ).all()


def get_names(participant_ids: Collection[int]) -> dict[int, str]:
    """The names of participants by our ids."""
    if not participant_ids:
        return {}
    query = select(Participant.id, Participant.name).where(Participant.id.in_(participant_ids))
    return {row.id: row.name for row in db.session.execute(query)}


def get_activity(meeting_id: int, limit: int = 50) -> Sequence[Row[AuditEvent, JournalEntry | None]]:
    """The latest audit events of a meeting, newest first, with the journal entry of each call.

    The calls of a list are left out: the event that sent the list says how many people it had.
    """
    query = (
        select(AuditEvent, JournalEntry)
        .outerjoin(JournalEntry, JournalEntry.id == AuditEvent.entry_id)
        .where(
            AuditEvent.meeting_id == meeting_id,
            or_(JournalEntry.from_outbox.is_not(true()), JournalEntry.participant_id.is_(None)),
        )
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )
    return db.session.execute(query).all()


def get_last_calls(participant_ids: Sequence[int]) -> dict[int, JournalEntry]:
    """The newest call about each of these participants.

    Later decisions (a token shown) do not count: they do not change the state at Zelta.
    """
    newest = (
        select(func.max(JournalEntry.id))
        .where(JournalEntry.participant_id.in_(participant_ids), IS_CALL)
        .group_by(JournalEntry.participant_id)
    )
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.id.in_(newest)))
    return {entry.participant_id: entry for entry in entries if entry.participant_id is not None}


def is_adopted(meeting_id: int) -> bool:
    """Whether a meeting was created elsewhere and added here by its id."""
    query = select(JournalEntry.action).where(JournalEntry.meeting_id == meeting_id)
    return db.session.scalar(query.order_by(JournalEntry.id).limit(1)) == Action.ADOPT_MEETING


def get_last_meeting_entry(meeting_id: int) -> JournalEntry | None:
    """The newest call or decision about a meeting itself, not about its participants or imports."""
    about_itself = (
        JournalEntry.meeting_id == meeting_id,
        JournalEntry.participant_id.is_(None),
        JournalEntry.action.not_in((*IMPORT_ACTIONS, *BATCH_ACTIONS)),
    )
    return db.session.scalar(
        select(JournalEntry).where(*about_itself).order_by(JournalEntry.id.desc()).limit(1)
    )


_LIST_COLUMNS = (
    Meeting.id,
    Meeting.title,
    Meeting.starts_at,
    Meeting.time_zone,
    Meeting.state,
    Meeting.cancellation,
    Meeting.id_source,
    Meeting.created_by,
    Meeting.cancellation_refused,
    Meeting.draft_row_count,
    Meeting.kept_row_count,
    Meeting.series_id,
    Meeting.series_position,
)


# Cached statements.
@lru_cache(maxsize=64)
def _counted_page_query(shape: ListQueryShape) -> Query:
    """The first page of a scope."""
    page_query = shape.apply_order(select(*_LIST_COLUMNS).where(*shape.conditions()))
    return _counts_query(limited(page_query, PAGE_SIZE + 1), shape)


@lru_cache(maxsize=64)
def _counted_ids_query(shape: ListQueryShape) -> Query:
    """The meetings with these `ids`, in the order of a scope."""
    return _counts_query(
        select(*_LIST_COLUMNS).where(Meeting.id.in_(bindparam("ids", expanding=True))), shape
    )


def _counts_query(meetings: Query, shape: ListQueryShape) -> Query:
    """Meetings with their people counted, in the order of a scope."""
    page = meetings.subquery("page")
    participant_count = func.count(Participant.meeting_id)  # not the id: this is in the index
    count_columns = (
        participant_count.filter(Participant.state != "discarded").label("people"),
        participant_count.filter(participants.HAS_PROBLEM).label("problems"),
        participant_count.filter(participants.IN_PROGRESS).label("sending"),
        participant_count.filter(participants.IN_OUTBOX).label("queued"),
    )
    query = (
        select(*page.c, *count_columns)
        .outerjoin(Participant, Participant.meeting_id == page.c.id)
        .group_by(*page.c)
    )
    return shape.apply_order(query, page.c.starts_at, page.c.id)


@lru_cache(maxsize=1)
def _links_to_hand_over_query() -> Query:
    return (
        select(Participant.meeting_id, func.count().label("number"))
        .where(Participant.meeting_id.in_(bindparam("ids", expanding=True)), participants.TO_HAND_OVER)
        .group_by(Participant.meeting_id)
    )


@lru_cache(maxsize=2)
def _filter_counts_query(shapes: tuple[ListQueryShape, ...]) -> Query:
    """A row of numbers: how many each of these scopes has, up to `COUNT_CAP`."""
    subqueries = [
        limited(select(Meeting.id).where(*shape.conditions()), COUNT_CAP).subquery() for shape in shapes
    ]
    return select(*(select(func.count()).select_from(subquery).scalar_subquery() for subquery in subqueries))


def _build_page(rows: Sequence[Row[Any]], *, has_previous: bool, has_next: bool) -> MeetingPage:
    if not rows:
        return MeetingPage(rows, None, None)
    first_cursor, last_cursor = (Cursor(row.starts_at, row.id) for row in (rows[0], rows[-1]))
    return MeetingPage(rows, first_cursor if has_previous else None, last_cursor if has_next else None)
