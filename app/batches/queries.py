"""Queries about a batch: its meetings with their people, counts by state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, exists, func, or_, select

from app import rate_limit
from app.database import db
from app.extensions import get_settings
from app.models import (
    Batch,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    Role,
    utc_now,
)
from app.models.meeting import IN_OUTBOX as MEETING_IN_OUTBOX
from app.models.participant import IN_OUTBOX
from app.models.sending import batch_may_send, has_active_sender, sendable_conditions
from app.models.states import PROBLEM_MEETING_STATES, PROBLEM_STATES

PAGE_SIZE = 50
SENDER_TIMEOUT_SECONDS = 90.0
WAITING_MEETINGS = (MeetingState.QUEUED, MeetingState.CLAIMED, MeetingState.SENDING)
WAITING_PEOPLE = (ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING)


@dataclass(frozen=True)
class BatchCounts:
    """How many meetings and people of a batch there are: all but the discarded, those that wait, the problems."""

    meetings: int
    waiting_meetings: int
    problem_meetings: int
    discarded_meetings: int
    people: int
    waiting_people: int
    problem_people: int

    @property
    def waiting(self) -> int:
        """Calls that are still to be made."""
        return self.waiting_meetings + self.waiting_people

    @property
    def problems(self) -> int:
        """What a coordinator has to decide."""
        return self.problem_meetings + self.problem_people


def get_batch(batch_id: int) -> Batch:
    """A batch by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return db.session.get_one(Batch, batch_id)


def count_batch(batch_id: int) -> BatchCounts:
    """The counts of a batch's meetings, and of the people of their lists."""
    of_batch = Meeting.batch_id == batch_id
    meetings = _numbers(
        select(Meeting.state, func.count().label("number")).where(of_batch).group_by(Meeting.state)
    )
    people = _numbers(
        select(Participant.state, func.count().label("number"))
        .join(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(ParticipantImport.batch_id == batch_id)
        .group_by(Participant.state)
    )
    discarded = meetings.pop(MeetingState.DISCARDED, 0)
    people.pop(ParticipantState.DISCARDED, None)
    return BatchCounts(
        meetings=sum(meetings.values()),
        waiting_meetings=sum(meetings.get(state, 0) for state in WAITING_MEETINGS),
        problem_meetings=sum(meetings.get(state, 0) for state in PROBLEM_MEETING_STATES),
        discarded_meetings=discarded,
        people=sum(people.values()),
        waiting_people=sum(people.get(state, 0) for state in WAITING_PEOPLE),
        problem_people=sum(people.get(state, 0) for state in PROBLEM_STATES),
    )


def list_meetings(batch_id: int, page: int) -> Sequence[Meeting]:
    """One page of a batch's meetings, those with a problem first; page 0: all of them."""
    has_problem = or_(Meeting.state.in_(PROBLEM_MEETING_STATES), Meeting.problem_count > 0)
    query = (
        select(Meeting)
        .where(Meeting.batch_id == batch_id)
        .order_by(case((has_problem, 0), else_=1), Meeting.id)
    )
    if page:
        query = query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return db.session.scalars(query).all()


def list_people(meeting_ids: Sequence[int], each: int | None = None) -> dict[int, list[Participant]]:
    """The people of these meetings who are not discarded, hosts first; only where there are any.

    Args:
        meeting_ids: ours.
        each: at most so many of one meeting; None: all of them.
    """
    hosts_first = (Participant.role != Role.HOST, Participant.id)
    of_meetings = (Participant.meeting_id.in_(meeting_ids), Participant.state != ParticipantState.DISCARDED)
    query = select(Participant).where(*of_meetings).order_by(Participant.meeting_id, *hosts_first)
    if each is not None:
        number = func.row_number().over(partition_by=Participant.meeting_id, order_by=hosts_first)
        numbered = select(Participant.id, number.label("number")).where(*of_meetings).subquery("numbered")
        query = query.join(numbered, Participant.id == numbered.c.id).where(numbered.c.number <= each)
    found: dict[int, list[Participant]] = {}
    for person in db.session.scalars(query):
        found.setdefault(person.meeting_id, []).append(person)
    return found


def count_people(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many people of these meetings are not discarded; only where there are any."""
    query = (
        select(Participant.meeting_id, func.count().label("number"))
        .where(Participant.meeting_id.in_(meeting_ids), Participant.state != ParticipantState.DISCARDED)
        .group_by(Participant.meeting_id)
    )
    return {row.meeting_id: row.number for row in db.session.execute(query)}


def estimate(batch_id: int, counts: BatchCounts) -> rate_limit.SendEstimate:
    """How long the calls of a batch take, after those of everything that goes first."""
    settings = get_settings()
    connection = db.session.connection()
    ahead = connection.scalar(_people_ahead_query(), {"batch_id": batch_id}) or 0
    ahead += connection.scalar(_meetings_ahead_query(), {"batch_id": batch_id}) or 0
    return rate_limit.estimate_duration(
        connection, counts.waiting + ahead, settings.zelta_rate, settings.zelta_concurrency
    )


def is_sender_silent(batch_id: int) -> bool:
    """Whether no sender has done anything for a while, although the batch and the rate limit allow it."""
    connection = db.session.connection()
    if rate_limit.current_wait_seconds(connection, get_settings().zelta_rate):
        return False
    # The decisions about a batch are entries of its first meeting.
    first_id = select(func.min(Meeting.id)).where(Meeting.batch_id == batch_id).scalar_subquery()
    is_recent = exists().where(
        JournalEntry.meeting_id == first_id, JournalEntry.started_at > utc_now(-SENDER_TIMEOUT_SECONDS)
    )
    return not connection.scalar(select(or_(is_recent, has_active_sender(SENDER_TIMEOUT_SECONDS))))


def _numbers(query: Select[Any, int]) -> dict[Any, int]:
    rows: Sequence[Row[Any]] = db.session.execute(query).all()
    return {row.state: row.number for row in rows}


@cache
def _people_ahead_query() -> Select[int]:
    """How many people of other lists can be sent: they go before new meetings."""
    is_other = or_(ParticipantImport.batch_id.is_(None), ParticipantImport.batch_id != bindparam("batch_id"))
    return (
        select(func.count())
        .select_from(Participant)
        .join(Meeting)
        .outerjoin(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(IN_OUTBOX, *sendable_conditions(), is_other)
    )


@cache
def _meetings_ahead_query() -> Select[int]:
    """How many meetings of earlier batches wait."""
    is_earlier = Meeting.batch_id < bindparam("batch_id")
    return (
        select(func.count())
        .select_from(Meeting)
        .where(MEETING_IN_OUTBOX, is_earlier, batch_may_send(Meeting.batch_id))
    )
