"""Queries of a meeting's participants with their delivery status: filtered, searched, counted, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.database import db
from app.models import DeliveryPurpose, Meeting, MeetingState, Participant, ParticipantState, Role
from app.models.delivery import (
    Delivery,
    delivery_join_condition,
    delivery_purpose,
    delivery_status_expression,
)
from app.models.participant import IN_PROGRESS
from app.models.states import PROBLEM_STATES
from app.utils.text import fold_for_search

PAGE_SIZE = 50
MAX_DISCARDED = 50
"""Discarded participants on a page; the latest ones."""

Query = Select[*tuple[Any, ...]]


class PeopleFilter(StrEnum):
    """Which participants a page or a file shows."""

    ALL = "all"
    PENDING = "pending"
    HANDED_OVER = "handed_over"
    EMAILED = "emailed"
    PROBLEM = "problem"


@dataclass(frozen=True)
class PeopleQuery:
    """What a page shows: a filter, a search, a page (from 1), or the page with one participant.

    A participant who was just `discarded` keeps their place.
    """

    show: PeopleFilter = PeopleFilter.ALL
    q: str = ""
    page: int = 1
    person: int | None = None
    discarded: int | None = None

    def url_values(self, **changes: str | int) -> dict[str, Any]:
        """The query string's values; defaults are left out."""
        values: dict[str, Any] = {"show": self.show.value, "q": self.q, "page": self.page} | changes
        defaults = {"show": PeopleFilter.ALL.value, "q": "", "page": 1}
        return {name: value for name, value in values.items() if value != defaults[name]}


@dataclass(frozen=True)
class PeopleCounts:
    """The participants of a meeting, counted.

    `by_state`: those with a problem; empty if the meeting is over with (see `has_open_problems`). `invited`: in
    the meeting at Zelta. `last_change`: the latest change of any of them, discarded ones included.
    """

    by_filter: dict[PeopleFilter, int]
    by_state: dict[ParticipantState, int]
    invited: int
    in_progress: int
    discarded: int
    last_change: datetime | None


def people_order() -> tuple[Any, ...]:
    """Hosts first, then in the order in which they were added."""
    return _role_rank(Participant.role), Participant.id


def has_open_problems(meeting: Meeting) -> bool:
    """Whether problems of participants need a decision: not once the meeting is cancelled or discarded."""
    return meeting.state not in {MeetingState.CANCELLED, MeetingState.DISCARDED}


def filter_condition(meeting: Meeting, people_filter: PeopleFilter) -> ColumnElement[bool]:
    """The condition of a filter; needs the join of `join_deliveries`."""
    match people_filter:
        case PeopleFilter.ALL:
            return true()
        case PeopleFilter.PROBLEM:
            return Participant.state.in_(PROBLEM_STATES) if has_open_problems(meeting) else false()
    return delivery_status_expression(delivery_purpose(meeting)) == people_filter.value


def search_conditions(search_terms: str) -> Sequence[ColumnElement[bool]]:
    """Words that must each occur in the name or the e-mail; case and accents do not count."""
    return [
        Participant.search_text.contains(term, autoescape=True)
        for term in fold_for_search(search_terms).split()
    ]


def join_deliveries(query: Query, meeting: Meeting) -> Query:
    """The participants of a meeting with the delivery in force of each."""
    purpose = delivery_purpose(meeting) or DeliveryPurpose.LINK
    return (
        query.select_from(Participant)
        .outerjoin(Delivery, delivery_join_condition(purpose))
        .where(Participant.meeting_id == meeting.id)
    )


def list_people(meeting: Meeting, query: PeopleQuery) -> Sequence[Participant]:
    """One page of participants."""
    statement = join_deliveries(select(Participant), meeting).where(*_conditions(meeting, query))
    statement = statement.order_by(*people_order()).limit(PAGE_SIZE).offset((query.page - 1) * PAGE_SIZE)
    return db.session.scalars(statement).all()


def count_found(meeting: Meeting, query: PeopleQuery) -> int:
    """How many participants the filter and the search find, on all pages."""
    statement = join_deliveries(select(func.count()), meeting).where(*_conditions(meeting, query))
    return int(db.session.scalar(statement) or 0)


def list_discarded(meeting_id: int, query: PeopleQuery) -> Sequence[Participant]:
    """The latest discarded participants."""
    statement = (
        select(Participant)
        .where(
            Participant.meeting_id == meeting_id,
            Participant.state == ParticipantState.DISCARDED,
            Participant.id != (query.discarded or 0),
            *search_conditions(query.q),
        )
        .order_by(Participant.id.desc())
        .limit(MAX_DISCARDED)
    )
    return db.session.scalars(statement).all()[::-1]


def count_people(meeting: Meeting) -> PeopleCounts:
    """Count the participants of a meeting, in one query."""
    purpose = delivery_purpose(meeting) or DeliveryPurpose.LINK
    kept = Participant.state != ParticipantState.DISCARDED
    problem_states = sorted(PROBLEM_STATES)
    columns: list[ColumnElement[Any]] = [
        *(_count_if(kept, filter_condition(meeting, one)) for one in PeopleFilter),
        *(_count_if(Participant.state == state) for state in problem_states),
        _count_if(Participant.state.in_((ParticipantState.ADDED, ParticipantState.RECEIVED))),
        _count_if(IN_PROGRESS),
        _count_if(~kept),
        func.max(Participant.updated_at),
    ]
    statement = select(*columns).select_from(Participant)
    statement = statement.outerjoin(Delivery, delivery_join_condition(purpose))
    numbers = db.session.execute(statement.where(Participant.meeting_id == meeting.id)).one()
    filters, states = len(PeopleFilter), len(problem_states)
    is_open = has_open_problems(meeting)
    return PeopleCounts(
        dict(zip(PeopleFilter, numbers[:filters], strict=True)),
        dict(zip(problem_states, numbers[filters : filters + states], strict=True)) if is_open else {},
        *numbers[filters + states :],
    )


def find_page(participant_id: int) -> int:
    """The page of the unfiltered list that a participant is on; read afresh, since a form may have added them."""
    mine = aliased(Participant)
    my_rank = _role_rank(mine.role)
    rank = _role_rank(Participant.role)
    is_before = or_(rank < my_rank, and_(rank == my_rank, Participant.id < mine.id))
    query = (
        select(func.count())
        .select_from(mine)
        .join(Participant, and_(Participant.meeting_id == mine.meeting_id, is_before))
        .where(mine.id == participant_id, Participant.state != ParticipantState.DISCARDED)
    )
    with Session(db.engine) as session:
        return int(session.scalar(query) or 0) // PAGE_SIZE + 1


def find_next_problem(meeting_id: int, participant_id: int) -> int | None:
    """This participant if they still have a problem, else the next one who has; read afresh."""
    query = (
        select(Participant.id)
        .where(Participant.meeting_id == meeting_id, Participant.state.in_(PROBLEM_STATES))
        .order_by(Participant.id < participant_id, *people_order())
    )
    with Session(db.engine) as session:
        return session.scalar(query.limit(1))


def _conditions(meeting: Meeting, query: PeopleQuery) -> list[ColumnElement[bool]]:
    is_kept = or_(Participant.state != ParticipantState.DISCARDED, Participant.id == (query.discarded or 0))
    return [is_kept, filter_condition(meeting, query.show), *search_conditions(query.q)]


def _role_rank(role: Any) -> ColumnElement[int]:
    return case((role == Role.HOST, 0), else_=1)


def _count_if(*conditions: Any) -> ColumnElement[int]:
    return func.count().filter(and_(*conditions))
