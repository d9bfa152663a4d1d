"""Reading meetings: the list by keyset, the counts beside its filters, and everything about one meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    TextClause,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union,
)

from app.database import db
from app.meetings.cursor import Cursor
from app.meetings.when import PAST_AFTER
from app.models import Action, JournalEntry, ListState, Meeting, Participant, PeopleList
from app.models import meeting as meetings
from app.models import participant as participants
from app.models.base import UtcDateTime
from app.models.journal import ABOUT_LISTS
from app.text import fold

PAGE_SIZE = 25
# Beside a filter stands how many there are, up to here: counting further would cost more, the more there are.
COUNTED = 100
WORDS_SEARCHED = 8


class View(StrEnum):
    """The filters of the list."""

    UPCOMING = "upcoming"
    ATTENTION = "attention"
    PAST = "past"
    CANCELLED = "cancelled"


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
    view: View | None, q: str, now: datetime, after: Cursor | None = None, before: Cursor | None = None
) -> Slice:
    """A page of the list: 25 meetings at most, beginning after or ending before a place, costing the same anywhere.

    Args:
        view: the filter; None for all that is not discarded.
        q: words that must each occur in the title or in a person's name or e-mail; case and accents do not count.
        now: what parts upcoming from past.
        after: the last meeting of the page before.
        before: the first meeting of the page after.
    """
    forwards = before is None
    cursor = after or before
    ascending = (view == View.UPCOMING) == forwards
    query = _listing(view, q, ascending=ascending, from_cursor=cursor is not None)
    values: dict[str, Any] = {"past_before": now - PAST_AFTER}
    if cursor:
        values |= {"cursor_start": cursor.starts_at, "cursor_id": cursor.meeting_id}
    rows = list(db.session.execute(query, values).all())
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE] if forwards else rows[:PAGE_SIZE][::-1]
    return _slice(
        rows, has_previous=more if not forwards else after is not None, has_next=more or not forwards
    )


def counts(now: datetime) -> dict[View, int]:
    """How many meetings each view has, up to `COUNTED`, which stands for that many or more."""
    found = db.session.execute(_counting(), {"past_before": now - PAST_AFTER}).one()
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


def people(meeting_id: int) -> Sequence[Participant]:
    """Everybody of a meeting, hosts first, in the order in which they were added; discarded rows too."""
    query = (
        select(Participant)
        .where(Participant.meeting_id == meeting_id)
        .order_by(Participant.role != "host", Participant.id)
    )
    return db.session.scalars(query).all()


def activity(meeting_id: int, limit: int = 50) -> Sequence[JournalEntry]:
    """The newest entries of a meeting's journal, newest first."""
    query = select(JournalEntry).where(JournalEntry.meeting_id == meeting_id)
    return db.session.scalars(query.order_by(JournalEntry.id.desc()).limit(limit)).all()


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


def call_before(entry: JournalEntry) -> JournalEntry | None:
    """The call about the same person that came before an entry."""
    query = select(JournalEntry).where(
        JournalEntry.participant_id == entry.participant_id,
        JournalEntry.action == Action.ADD_PARTICIPANT,
        JournalEntry.id < entry.id,
    )
    return db.session.scalar(query.order_by(JournalEntry.id.desc()).limit(1))


_COLUMNS = (
    Meeting.id,
    Meeting.title,
    Meeting.starts_at,
    Meeting.time_zone,
    Meeting.state,
    Meeting.cancellation,
    Meeting.id_source,
)


def _literal(number: int) -> ColumnElement[int]:
    # As a parameter it would make PostgreSQL plan the statement anew each time, which takes longer than to run it.
    return literal_column(str(number), Integer)


# The statements of the list are put together once, or nearly: that takes longer than most of them run.
@lru_cache(maxsize=64)
def _listing(view: View | None, q: str, *, ascending: bool, from_cursor: bool) -> Select[Any]:
    """A page of a view or a search, from its edge or from `cursor_start` and `cursor_id`, with its people counted."""
    page = _page(view, q, ascending=ascending, from_cursor=from_cursor).subquery("page")
    order = (page.c.starts_at, page.c.id)
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
    return query.order_by(*order) if ascending else query.order_by(*(column.desc() for column in order))


def _page(view: View | None, q: str, *, ascending: bool, from_cursor: bool) -> Select[*tuple[Any, ...]]:
    order = (Meeting.starts_at, Meeting.id)
    query = select(*_COLUMNS).where(*_conditions(view), *_matches(q)).limit(_literal(PAGE_SIZE + 1))
    if from_cursor:
        place, cursor = (
            tuple_(*order),
            tuple_(bindparam("cursor_start", type_=UtcDateTime()), bindparam("cursor_id")),
        )
        query = query.where(place > cursor if ascending else place < cursor)
    return query.order_by(*order) if ascending else query.order_by(*(column.desc() for column in order))


@cache
def _counting() -> Select[Any]:
    """A row of numbers: how many each view has, up to `COUNTED`."""
    columns = []
    for view in View:
        some = (
            select(_some_in_trouble().subquery().c[0])
            if view == View.ATTENTION
            else select(Meeting.id).where(*_conditions(view))
        )
        counted = some.limit(_literal(COUNTED)).subquery()
        columns.append(select(func.count()).select_from(counted).scalar_subquery().label(view.name))
    return select(*columns)


def _conditions(view: View | None) -> tuple[ColumnElement[bool] | TextClause, ...]:
    past = Meeting.starts_at <= bindparam("past_before", type_=UtcDateTime())
    match view:
        case View.UPCOMING:
            return meetings.LISTED, ~past
        case View.PAST:
            return meetings.LISTED, past
        case View.CANCELLED:
            return (meetings.CANCELLED,)
        case View.ATTENTION:
            return Meeting.id.in_(_in_trouble()), Meeting.state != "discarded"
    return (Meeting.state != "discarded",)


def _in_trouble() -> Select[tuple[int]]:
    either = union(
        select(Meeting.id).where(meetings.IN_TROUBLE),
        select(Participant.meeting_id).where(participants.IN_TROUBLE),
    ).subquery()
    return select(either.c[0])


def _some_in_trouble() -> CompoundSelect[tuple[int]]:
    """As many of the meetings in trouble as are counted, found without reading the rest (nobody is in a discarded one)."""
    themselves = select(Meeting.id).where(meetings.IN_TROUBLE).limit(_literal(COUNTED)).subquery()
    somebody = (
        select(Participant.meeting_id)
        .where(participants.IN_TROUBLE)
        .distinct()
        .limit(_literal(COUNTED))
        .subquery()
    )
    return union(select(themselves.c[0]), select(somebody.c[0]))


def _matches(q: str) -> list[ColumnElement[bool]]:
    found = []
    for word in fold(q).split()[:WORDS_SEARCHED]:
        somebody = (
            select(Participant.id)
            .where(
                Participant.meeting_id == Meeting.id,
                Participant.state != "discarded",
                Participant.folded.contains(word, autoescape=True),
            )
            .exists()
        )
        found.append(or_(Meeting.title_folded.contains(word, autoescape=True), somebody))
    return [and_(*found)] if found else []


def _slice(rows: Sequence[Row[Any]], *, has_previous: bool, has_next: bool) -> Slice:
    if not rows:
        return Slice(rows, None, None)
    first, last = (Cursor(row.starts_at, row.id) for row in (rows[0], rows[-1]))
    return Slice(rows, first if has_previous else None, last if has_next else None)
