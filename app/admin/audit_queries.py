"""Audit queries, newest first, with keyset pagination on (at, id): constant cost at any depth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.admin import accounts
from app.audit import Actor, record_event
from app.database import db, write_transaction
from app.meetings import search
from app.meetings.list_query import ListQuery
from app.models import AuditAction, AuditEvent, JournalEntry, Meeting, Participant
from app.utils.text import fold_for_search
from app.web.activity_text import ACTOR_LABELS

Column = ColumnElement[Any] | InstrumentedAttribute[Any]

PAGE_SIZE = 50
EXPORT_BATCH_SIZE = 500
MAX_MATCHED_MEETINGS = 100
MAX_MATCHED_ACCOUNTS = 20
MAX_ID = 2**63 - 1


class InvalidCursor(Exception):
    """The cursor's event does not exist."""


@dataclass(frozen=True)
class AuditFilter:
    """The filters of the audit; an event must match all that are set.

    `usernames`: of actors or targets, as stored (fixed words where authentication is off). `meeting_ids`:
    ours. `since` is inclusive, `until` exclusive.
    """

    usernames: frozenset[str] | None = None
    meeting_ids: frozenset[int] | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class AuditPage:
    """A page of events, newest first, with the cursors of both neighbours.

    A row has the event's columns, and `title` of its meeting, `name` of its participant, `outcome` and
    `request` of its journal entry.
    """

    rows: Sequence[Row[Any]]
    newer_cursor: int | None
    older_cursor: int | None


def get_page(
    audit_filter: AuditFilter, after: int | None = None, before: int | None = None, size: int = PAGE_SIZE
) -> AuditPage:
    """A page: the events that follow one of this id (older ones), or that come before one (newer ones).

    Raises:
        InvalidCursor: there is no event of this id.
    """
    if not (audit_filter.usernames is None or audit_filter.usernames) or not (
        audit_filter.meeting_ids is None or audit_filter.meeting_ids
    ):
        return AuditPage([], None, None)
    is_forward = before is None
    cursor_id = after if is_forward else before
    cursor = None if cursor_id is None else _get_cursor(cursor_id)
    ids = _event_ids_query(audit_filter, size + 1, cursor, newest_first=is_forward)
    rows = db.session.execute(_events_query(ids)).all()
    more = len(rows) > size
    rows = rows[:size] if is_forward else rows[-size:]
    if not rows:
        return AuditPage(rows, None, None)
    has_previous = more if not is_forward else after is not None
    has_next = more or not is_forward
    return AuditPage(rows, rows[0].id if has_previous else None, rows[-1].id if has_next else None)


def export_events(audit_filter: AuditFilter, actor: Actor) -> Iterator[Row[Any]]:
    """Audit the export, then iterate over all events, newest first, in batches."""
    with write_transaction() as session:
        record_event(session, AuditAction.EXPORTED, actor, detail={"what": "audit"})
    return _iter_all_events(audit_filter)


def resolve_usernames(searched_name: str) -> frozenset[str]:
    """The user names that a search means: the exact match, or else all names that contain the terms."""
    actors = {
        actor
        for actor, name in ACTOR_LABELS.items()
        if fold_for_search(searched_name) == fold_for_search(str(name))
    }
    return accounts.find_usernames(searched_name, MAX_MATCHED_ACCOUNTS) | actors | {searched_name}


def resolve_meeting_ids(text: str) -> frozenset[int]:
    """The meetings that a search means: the one with this id, and the nearest ones that contain the terms."""
    by_id = {int(text)} if text.isascii() and text.isdigit() and int(text) <= MAX_ID else set()
    query_terms = search.tokenize_query(text)
    if not query_terms:
        return frozenset(by_id)
    list_query = ListQuery.for_filter(None, None, datetime.now(UTC), ascending=False)
    return frozenset(
        by_id | set(search.find_meeting_ids(db.session(), list_query, query_terms, MAX_MATCHED_MEETINGS))
    )


def _iter_all_events(audit_filter: AuditFilter) -> Iterator[Row[Any]]:
    after: int | None = None
    while True:
        batch = get_page(audit_filter, after, size=EXPORT_BATCH_SIZE)
        db.session.rollback()  # a slow download must not hold a connection or an open transaction
        yield from batch.rows
        if batch.older_cursor is None:
            return
        after = batch.older_cursor


def _get_cursor(event_id: int) -> tuple[datetime, int]:
    occurred_at = db.session.scalar(select(AuditEvent.created_at).where(AuditEvent.id == event_id))
    if occurred_at is None:
        raise InvalidCursor(event_id)
    return occurred_at, event_id


def _event_ids_query(
    audit_filter: AuditFilter, limit: int, cursor: tuple[datetime, int] | None, *, newest_first: bool
) -> Select[int]:
    """The ids of the next events after or before a cursor."""

    def ordered(query: Select[*tuple[Any, ...]], at: Column, event_id: Column) -> Select[Any]:
        order = (at.desc(), event_id.desc()) if newest_first else (at, event_id)
        return query.order_by(*order).limit(limit)

    keyset = tuple_(AuditEvent.created_at, AuditEvent.id)
    query = select(AuditEvent.created_at, AuditEvent.id).where(*_filter_conditions(audit_filter))
    if cursor is not None:
        query = query.where(keyset < tuple_(*cursor) if newest_first else keyset > tuple_(*cursor))
    if audit_filter.meeting_ids is not None:
        # MATERIALIZED: select the meeting's few events first; otherwise the planner may scan all events.
        meeting_events = (
            query.where(AuditEvent.meeting_id.in_(audit_filter.meeting_ids)).cte().prefix_with("MATERIALIZED")
        )
        return ordered(select(meeting_events.c.id), meeting_events.c.created_at, meeting_events.c.id)
    # One limited, ordered subquery per condition: each can use an index, whatever a person's event count.
    parts = [
        ordered(query.where(person_condition), AuditEvent.created_at, AuditEvent.id).subquery()
        for person_condition in _person_conditions(audit_filter)
    ]
    merged = union_all(*(select(part) for part in parts)).subquery()
    # Remove duplicates: an account can be both actor and target of an event.
    return ordered(
        select(merged.c.id).group_by(merged.c.created_at, merged.c.id), merged.c.created_at, merged.c.id
    )


def _person_conditions(audit_filter: AuditFilter) -> list[ColumnElement[bool]]:
    if audit_filter.usernames is None:
        return [true()]
    columns = (AuditEvent.actor, AuditEvent.target_username)
    return [column == person for person in sorted(audit_filter.usernames) for column in columns]


def _filter_conditions(audit_filter: AuditFilter) -> Iterator[ColumnElement[bool]]:
    if audit_filter.meeting_ids is not None and audit_filter.usernames is not None:
        usernames = audit_filter.usernames
        yield or_(AuditEvent.actor.in_(usernames), AuditEvent.target_username.in_(usernames))
    if audit_filter.action is not None:
        yield AuditEvent.action == audit_filter.action
    if audit_filter.since is not None:
        yield AuditEvent.created_at >= audit_filter.since
    if audit_filter.until is not None:
        yield AuditEvent.created_at < audit_filter.until


def _events_query(ids: Select[int]) -> Select[Any]:
    event = AuditEvent
    query = select(
        *(
            event.id,
            event.created_at,
            event.action,
            event.actor,
            event.ip_address,
            event.target_username,
            event.detail,
        ),
        *(event.meeting_id, event.participant_id, event.entry_id, Meeting.title, Participant.name),
        *(JournalEntry.outcome, JournalEntry.request),
    )
    return (
        query.outerjoin(Meeting, Meeting.id == event.meeting_id)
        .outerjoin(Participant, Participant.id == event.participant_id)
        .outerjoin(JournalEntry, JournalEntry.id == event.entry_id)
        .where(event.id.in_(ids))
        .order_by(event.created_at.desc(), event.id.desc())
    )
