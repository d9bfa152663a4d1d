"""Reading the audit, newest first: pages by keyset, each found by an index, so that they cost the same in an audit of any length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts import users
from app.audit import By, record
from app.database import db, transaction
from app.meetings import search
from app.meetings.scope import Scope
from app.models import AuditEvent, Deed, JournalEntry, Meeting, Participant
from app.site.words import ACTORS
from app.text import fold

Column = ColumnElement[Any] | InstrumentedAttribute[Any]

PAGE_SIZE = 50
EXPORTED_AT_ONCE = 500
MOST_MEETINGS = 100
MOST_PEOPLE = 20
LARGEST_ID = 2**63 - 1


class NoSuchPlace(Exception):
    """There is no event of this id to begin from."""


@dataclass(frozen=True)
class Wanted:
    """Which events: those that fulfil all of these, as far as they are given.

    `people`: user names (or words for who acts where nobody signs in) of who did it or to whom it was done. `meeting_ids`:
    ours. `since` and `until`: from the one on, before the other.
    """

    people: frozenset[str] | None = None
    meeting_ids: frozenset[int] | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Slice:
    """Some events, newest first, and the ids to go on from on either side.

    A row has the event's columns, and `title` of its meeting, `name` of its participant, `outcome` and `request` of its entry.
    """

    rows: Sequence[Row[Any]]
    previous: int | None
    next: int | None


def page(wanted: Wanted, after: int | None = None, before: int | None = None, size: int = PAGE_SIZE) -> Slice:
    """A page: the events that follow one of this id (older ones), or that come before one (newer ones).

    Raises:
        NoSuchPlace: there is no event of this id.
    """
    if not (wanted.people is None or wanted.people) or not (wanted.meeting_ids is None or wanted.meeting_ids):
        return Slice([], None, None)
    forwards = before is None
    start = after if forwards else before
    place = None if start is None else _place(start)
    ids = _ids(wanted, size + 1, place, newest_first=forwards)
    rows = db.session.execute(_events(ids)).all()
    more = len(rows) > size
    rows = rows[:size] if forwards else rows[-size:]
    if not rows:
        return Slice(rows, None, None)
    has_previous = more if not forwards else after is not None
    has_next = more or not forwards
    return Slice(rows, rows[0].id if has_previous else None, rows[-1].id if has_next else None)


def export(wanted: Wanted, by: By) -> Iterator[Row[Any]]:
    """All of them, newest first, a few at a time; that somebody took them along is audited first."""
    with transaction() as session:
        record(session, Deed.EXPORTED, by, detail={"what": "audit"})
    return _all(wanted)


def people_called(words: str) -> frozenset[str]:
    """Who may be meant by a name: the account of this user name, or else those whose names hold the words."""
    actors = {actor for actor, name in ACTORS.items() if fold(words) == fold(str(name))}
    return users.called(words, MOST_PEOPLE) | actors | {words}


def meetings_called(words: str) -> frozenset[int]:
    """Which meetings may be meant: the one of this id, and the nearest ones that are found by the words."""
    by_id = {int(words)} if words.isascii() and words.isdigit() and int(words) <= LARGEST_ID else set()
    asked = search.words_of(words)
    if not asked:
        return frozenset(by_id)
    all_of_them = Scope.of(None, None, datetime.now(UTC), ascending=False)
    return frozenset(by_id | set(search.find(db.session(), all_of_them, asked, MOST_MEETINGS)))


def _all(wanted: Wanted) -> Iterator[Row[Any]]:
    after: int | None = None
    while True:
        part = page(wanted, after, size=EXPORTED_AT_ONCE)
        db.session.rollback()  # whoever reads slowly must not keep a connection, nor an old state of the database
        yield from part.rows
        if part.next is None:
            return
        after = part.next


def _place(event_id: int) -> tuple[datetime, int]:
    at = db.session.scalar(select(AuditEvent.created_at).where(AuditEvent.id == event_id))
    if at is None:
        raise NoSuchPlace(event_id)
    return at, event_id


def _ids(
    wanted: Wanted, number: int, place: tuple[datetime, int] | None, *, newest_first: bool
) -> Select[int]:
    """The ids of the next events beyond a place."""

    def some(query: Select[*tuple[Any, ...]], at: Column, event_id: Column) -> Select[Any]:
        order = (at.desc(), event_id.desc()) if newest_first else (at, event_id)
        return query.order_by(*order).limit(number)

    here = tuple_(AuditEvent.created_at, AuditEvent.id)
    query = select(AuditEvent.created_at, AuditEvent.id).where(*_conditions(wanted))
    if place is not None:
        query = query.where(here < tuple_(*place) if newest_first else here > tuple_(*place))
    if wanted.meeting_ids is not None:
        # Few events are about one meeting: they are found first. A planner might look through all events for them.
        of_meetings = (
            query.where(AuditEvent.meeting_id.in_(wanted.meeting_ids)).cte().prefix_with("MATERIALIZED")
        )
        return some(select(of_meetings.c.id), of_meetings.c.created_at, of_meetings.c.id)
    # By each person apart, as many as are needed, already in order: all of a person's events may be many.
    parts = [
        some(query.where(whose), AuditEvent.created_at, AuditEvent.id).subquery() for whose in _whose(wanted)
    ]
    found = union_all(*(select(part) for part in parts)).subquery()
    # Each once: somebody may have done something to themselves.
    return some(select(found.c.id).group_by(found.c.created_at, found.c.id), found.c.created_at, found.c.id)


def _whose(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.people is None:
        return [true()]
    columns = (AuditEvent.actor, AuditEvent.target_username)
    return [column == person for person in sorted(wanted.people) for column in columns]


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.meeting_ids is not None and wanted.people is not None:
        people = wanted.people
        yield or_(AuditEvent.actor.in_(people), AuditEvent.target_username.in_(people))
    if wanted.action is not None:
        yield AuditEvent.action == wanted.action
    if wanted.since is not None:
        yield AuditEvent.created_at >= wanted.since
    if wanted.until is not None:
        yield AuditEvent.created_at < wanted.until


def _events(ids: Select[int]) -> Select[Any]:
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
