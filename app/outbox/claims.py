"""Who sends whom: people are claimed for a while, then sent one by one; each step is one conditional UPDATE.

A claim that its sender does not live to use goes back to the queue. Once a person is `sending`, the journal's entry
holds the lease, and nobody ever sends that entry again.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app import journal, pace
from app.database import db, transaction
from app.journal import Submission
from app.meetings.service import may_add
from app.models import (
    Cancellation,
    ListState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    PeopleList,
    utc_now,
)
from app.people.queue import Person
from app.people.service import addition

CLAIM_SECONDS = 10.0


@dataclass(frozen=True)
class Started:
    """The intent is on disk: the call may be made."""

    entry_id: int


@dataclass(frozen=True)
class Wait:
    """The pace asks for so many seconds first."""

    seconds: float


def claim(owner: str, number: int) -> list[int]:
    """Claim up to so many people whose turn it is: hosts first, then in the order of their list.

    Returns:
        Our ids of them, in that order.
    """
    turn = (
        select(Participant.id)
        .join(Meeting)
        .outerjoin(PeopleList, Participant.list_id == PeopleList.id)
        .where(_waits(), _takes_people(), _runs())
        .order_by(Participant.role != "host", Participant.id)
        .limit(number)
    )
    with Session(db.engine) as session:  # whoever finds nobody has taken no lock
        if session.scalar(turn.limit(1)) is None:
            return []
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            turn = turn.with_for_update(skip_locked=True, of=Participant)
        ids = list(session.scalars(turn))
        claimed = (
            update(Participant)
            .where(Participant.id.in_(ids), _waits())
            .values(state=ParticipantState.CLAIMED, claimed_by=owner, claimed_until=utc_now(CLAIM_SECONDS))
            .execution_options(synchronize_session=False)
        )
        session.execute(claimed)
    return ids


def start(participant_id: int, owner: str, usual_rate: int) -> Started | Wait | None:
    """Bring a claimed person to `sending`, if the pace lets them go now.

    Returns:
        The entry to carry out; or how long to wait; or None if the claim is no longer ours or the list is held.
    """
    with transaction() as session:
        # The meeting before the person, as everywhere, so that nobody waits for each other.
        whose = select(Participant.meeting_id).where(Participant.id == participant_id).scalar_subquery()
        meeting = session.scalars(select(Meeting).where(Meeting.id == whose).with_for_update(read=True)).one()
        participant = session.scalar(
            select(Participant).where(Participant.id == participant_id, _ours(owner)).with_for_update()
        )
        if participant is None:
            return None
        if not (may_add(meeting.state, meeting.cancellation) and _list_runs(session, participant)):
            _move(session, participant_id, owner, ParticipantState.QUEUED, None)
            return None
        if (seconds := pace.wait_before(session, usual_rate)) > 0:
            return Wait(seconds)
        _move(session, participant_id, owner, ParticipantState.SENDING, owner)
        person = Person(participant.role, participant.name, participant.email, participant.external_id)
        by = Submission(participant.created_by, None)
        intent = addition(meeting, participant.id, person, by, mail=participant.mailed)
        return Started(journal.begin(session, intent, from_outbox=True))


def give_back(owner: str) -> None:
    """Put back whom this sender claimed and will not send."""
    with transaction() as session:
        mine = (Participant.claimed_by == owner, Participant.state == ParticipantState.CLAIMED)
        session.execute(
            update(Participant)
            .where(*mine)
            .values(state=ParticipantState.QUEUED, claimed_by=None, claimed_until=None)
        )


def _waits() -> ColumnElement[bool]:
    """In the queue, or claimed by a sender that let the claim run out."""
    expired = (Participant.state == ParticipantState.CLAIMED) & (Participant.claimed_until < utc_now())
    return or_(Participant.state == ParticipantState.QUEUED, expired)


def _ours(owner: str) -> ColumnElement[bool]:
    claimed = Participant.state == ParticipantState.CLAIMED
    return claimed & (Participant.claimed_by == owner) & (Participant.claimed_until > utc_now())


def _takes_people() -> ColumnElement[bool]:
    """As `may_add` says of one meeting."""
    untouched = or_(Meeting.cancellation.is_(None), Meeting.cancellation == Cancellation.NOT_SENT)
    return (Meeting.state == MeetingState.SCHEDULED) & untouched


def _runs() -> ColumnElement[bool]:
    # Whoever waits although the list was stopped was queued again since, by somebody's decision.
    return or_(Participant.list_id.is_(None), PeopleList.state != ListState.PAUSED)


def _list_runs(session: Session, participant: Participant) -> bool:
    if participant.list_id is None:
        return True
    return session.get_one(PeopleList, participant.list_id).state != ListState.PAUSED


def _move(
    session: Session, participant_id: int, owner: str, to: ParticipantState, claimed_by: str | None
) -> None:
    session.execute(
        update(Participant)
        .where(Participant.id == participant_id, _ours(owner))
        .values(state=to, claimed_by=claimed_by, claimed_until=None)
        .execution_options(synchronize_session=False)
    )
