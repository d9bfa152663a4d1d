"""Reading meetings: the list by keyset, the counts beside its filters, and everything about one meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from app.database import db
from app.meetings import search
from app.meetings.cursor import Cursor
from app.meetings.scope import Query, Scope, Shape, View, first
from app.models import AuditEvent, JournalEntry, ListState, Meeting, Participant, PeopleList
from app.models import participant as participants
from app.models.journal import ABOUT_LISTS

PAGE_SIZE = 25
# Beside a filter stands how many there are, up to here: counting further would cost more, the more there are.
COUNTED = 100


@dataclass(frozen=True)
class Slice:
    """One page of the list, in the order of its view, and whether there is more on either side.

    A row has the columns of `_COLUMNS`, and how many of its people there are: `people` (the discarded left out),
    `problems`, `sending`.
    """

    rows: Sequence[Row[Any]]
    previous: Cursor | None
    next: Cursor | None


def page(
    view: View | None,
    q: str,
    now: datetime,
    after: Cursor | None = None,
    before: Cursor | None = None,
    mine: str | None = None,
) -> Slice:
    """A page of the list: 25 meetings at most, beginning after or ending before a place, costing the same anywhere.

    Args:
        view: the filter; None for all that is not discarded.
        q: words that must each occur in the title or in a person's name or e-mail; case and accents do not count.
        now: what parts upcoming from past.
        after: the last meeting of the page before.
        before: the first meeting of the page after.
        mine: the user name of the one whose meetings these are; None for everybody's.
    """
    forwards = before is None
    cursor = after or before
    ascending = (view == View.UPCOMING) == forwards
    scope = Scope.of(view, mine, now, ascending=ascending)
    if cursor:
        scope = scope.after(cursor)
    if words := search.words_of(q):
        found = search.find(db.session(), scope, words, PAGE_SIZE + 1)
        rows = list(db.session.execute(_counted_of(scope.shape), {"ids": found}))
    else:
        rows = list(db.session.connection().execute(_counted_page(scope.shape), scope.values))
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE] if forwards else rows[:PAGE_SIZE][::-1]
    return _slice(
        rows, has_previous=more if not forwards else after is not None, has_next=more or not forwards
    )


def counts(now: datetime, mine: str | None = None) -> dict[View, int]:
    """How many meetings each view has, up to `COUNTED`, which stands for that many or more; see `page`."""
    scopes = [Scope.of(view, mine, now, ascending=True) for view in View]
    given = {name: value for scope in scopes for name, value in scope.values.items()}
    found = db.session.connection().execute(_counting(tuple(scope.shape for scope in scopes)), given).one()
    return dict(zip(View, found, strict=True))


def paused(meeting_ids: Sequence[int]) -> frozenset[int]:
    """Which of these meetings have a list of people that is paused."""
    if not meeting_ids:
        return frozenset()
    query = select(PeopleList.meeting_id).where(
        PeopleList.meeting_id.in_(meeting_ids), PeopleList.state == ListState.PAUSED
    )
    return frozenset(db.session.scalars(query))


def find(meeting_id: int) -> Meeting:
    """A meeting by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return db.session.get_one(Meeting, meeting_id)


def find_draft(meeting_id: int) -> int | None:
    """Our id of the first list of a meeting that nobody has sent yet."""
    query = select(PeopleList.id).where(
        PeopleList.meeting_id == meeting_id, PeopleList.state == ListState.DRAFT
    )
    return db.session.scalar(query.order_by(PeopleList.id).limit(1))


def people(meeting_id: int) -> Sequence[Participant]:
    """Everybody of a meeting, hosts first, in the order in which they were added; discarded rows too."""
    query = (
        select(Participant)
        .where(Participant.meeting_id == meeting_id)
        .order_by(Participant.role != "host", Participant.id)
    )
    return db.session.scalars(query).all()


def activity(meeting_id: int, limit: int = 50) -> Sequence[Row[AuditEvent, JournalEntry | None]]:
    """The newest of what was done with a meeting, newest first: what the audit says, with how each call stands."""
    query = (
        select(AuditEvent, JournalEntry)
        .outerjoin(JournalEntry, JournalEntry.id == AuditEvent.entry_id)
        .where(AuditEvent.meeting_id == meeting_id)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
    )
    return db.session.execute(query).all()


def last_calls(participant_ids: Sequence[int]) -> dict[int, JournalEntry]:
    """For each of these people, the newest call about them.

    Decisions made since (a token shown) do not count: they say nothing of how the row stands with Zelta.
    """
    newest = (
        select(func.max(JournalEntry.id))
        .where(JournalEntry.participant_id.in_(participant_ids), JournalEntry.expires_at.is_not(None))
        .group_by(JournalEntry.participant_id)
    )
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.id.in_(newest)))
    return {entry.participant_id: entry for entry in entries if entry.participant_id is not None}


def last_entry_of_meeting(meeting_id: int) -> JournalEntry | None:
    """The newest call or decision about a meeting itself, not about its people or its lists."""
    about_itself = (
        JournalEntry.meeting_id == meeting_id,
        JournalEntry.participant_id.is_(None),
        JournalEntry.action.not_in(ABOUT_LISTS),
    )
    return db.session.scalar(
        select(JournalEntry).where(*about_itself).order_by(JournalEntry.id.desc()).limit(1)
    )


_COLUMNS = (
    Meeting.id,
    Meeting.title,
    Meeting.starts_at,
    Meeting.time_zone,
    Meeting.state,
    Meeting.cancellation,
    Meeting.id_source,
    Meeting.created_by,
)


# The statements of the list are put together once: that takes longer than most of them run.
@lru_cache(maxsize=64)
def _counted_page(shape: Shape) -> Query:
    """The first page of a scope."""
    page = shape.ordered(select(*_COLUMNS).where(*shape.conditions()))
    return _counted(first(page, PAGE_SIZE + 1), shape)


@lru_cache(maxsize=64)
def _counted_of(shape: Shape) -> Query:
    """The meetings with these `ids`, in the order of a scope."""
    return _counted(select(*_COLUMNS).where(Meeting.id.in_(bindparam("ids", expanding=True))), shape)


def _counted(meetings: Query, shape: Shape) -> Query:
    """Meetings with their people counted, in the order of a scope."""
    page = meetings.subquery("page")
    somebody = func.count(Participant.meeting_id)  # not the id: this is in the index
    numbers = (
        somebody.filter(Participant.state != "discarded").label("people"),
        somebody.filter(participants.IN_TROUBLE).label("problems"),
        somebody.filter(participants.UNDER_WAY).label("sending"),
        somebody.filter(participants.WAITING).label("queued"),
    )
    query = (
        select(*page.c, *numbers)
        .outerjoin(Participant, Participant.meeting_id == page.c.id)
        .group_by(*page.c)
    )
    return shape.ordered(query, page.c.starts_at, page.c.id)


@lru_cache(maxsize=2)
def _counting(shapes: tuple[Shape, ...]) -> Query:
    """A row of numbers: how many each of these scopes has, up to `COUNTED`."""
    some = [first(select(Meeting.id).where(*shape.conditions()), COUNTED).subquery() for shape in shapes]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in some))


def _slice(rows: Sequence[Row[Any]], *, has_previous: bool, has_next: bool) -> Slice:
    if not rows:
        return Slice(rows, None, None)
    top, bottom = (Cursor(row.starts_at, row.id) for row in (rows[0], rows[-1]))
    return Slice(rows, top if has_previous else None, bottom if has_next else None)
