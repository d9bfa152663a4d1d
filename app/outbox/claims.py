"""Who sends whom: people are claimed for a while, then sent one by one; each step is one conditional UPDATE.

A claim that its sender does not live to use goes back to the queue. Once a person is `sending`, the journal's entry
holds the lease, and nobody ever sends that entry again.

A claim counts by the clock only until `start` has locked its row: from there to the end of the transaction no other
sender can take the person, however long the pace row is waited for.
"""

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from app import journal, pace
from app.database import reading, retried, transaction
from app.journal import Begun, Submission
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
from app.models.add_guard import DuplicateAdd
from app.models.moves import StateChanged, either_way, move_participant, require_changed
from app.models.participant import WAITING
from app.models.possibly_mailed import record_possibly_mailed
from app.people.queue import Person
from app.people.service import addition

log = logging.getLogger(__name__)

CLAIM_SECONDS = 10.0


@dataclass(frozen=True)
class Wait:
    """The pace asks for so many seconds first."""

    seconds: float


def seconds_to_wait(usual_rate: int) -> float | None:
    """Seconds that the pace asks for before a claim; None where no participant waits. Nothing is locked."""
    with reading() as connection:
        if connection.scalar(_somebody()) is None:
            return None
        return pace.wait_now(connection, usual_rate)


@retried
def claim(owner: str, number: int) -> list[int]:
    """Claim up to so many people whose turn it is: hosts first, then in the order of their list.

    Returns:
        Our ids of them, in that order.
    """
    with transaction() as session:
        ids = list(session.scalars(_turn(number)))
        claimed = set(session.scalars(_claiming(), {"ids": ids, "owner": owner})) if ids else set()
    return [participant_id for participant_id in ids if participant_id in claimed]


@retried
def start(participant_id: int, owner: str, usual_rate: int) -> Begun | Wait | None:
    """Bring a claimed person to `sending`, if the pace lets them go now.

    Returns:
        The call to make, its intent on disk; or how long to wait; or None if the claim is no longer ours or the list is held.
    """
    try:
        return _start(participant_id, owner, usual_rate)
    except StateChanged:
        return None  # not ours any more: nothing was begun
    except (DuplicateAdd, IntegrityError):
        log.exception("participant %d was queued although no decision asked for another call", participant_id)
        _set_aside(participant_id, owner)
        return None


def _start(participant_id: int, owner: str, usual_rate: int) -> Begun | Wait | None:
    claim = {"participant_id": participant_id, "owner": owner}
    with transaction() as session:
        connection = session.connection()
        meeting = connection.execute(_meeting(), claim).one()
        person = connection.execute(_claimed(), claim).one_or_none()  # locked until the transaction ends
        if person is None:
            return None
        if not may_add(meeting.state, meeting.cancellation) or person.list_state == ListState.PAUSED:
            queued = claim | {"to": ParticipantState.QUEUED, "holder": None}
            require_changed(connection.execute(_moving(), queued).first() is not None)
            return None
        if (seconds := pace.wait_before(session, usual_rate)) > 0:
            return Wait(seconds)
        sending = claim | {"to": ParticipantState.SENDING, "holder": owner}
        require_changed(connection.execute(_moving(), sending).first() is not None)
        who = Person(person.role, person.name, person.email, person.external_id)
        by = Submission(person.created_by, None)
        intent = addition(meeting, participant_id, who, by, mail=person.send_invitation)
        return journal.begin(session, intent, from_outbox=True)


@retried
def _set_aside(participant_id: int, owner: str) -> None:
    """Leave a claimed person, whom the journal refuses to add again, for a coordinator to decide about."""
    claim = {"participant_id": participant_id, "owner": owner}
    with transaction() as session:
        connection = session.connection()
        # As strong a lock as the database needs to count this person among the meeting's troubles.
        connection.execute(_meeting().with_for_update(key_share=True), claim).one()
        sending = claim | {"to": ParticipantState.SENDING, "holder": None}
        if (row := connection.execute(_moving(), sending).first()) is None:
            return  # not ours any more: the journal refuses the next sender as well
        values = {}
        if row.send_invitation:
            values["possibly_mailed"] = True
            record_possibly_mailed(session, row.meeting_id, row.email_key)
        require_changed(move_participant(session, participant_id, ParticipantState.UNKNOWN, **values))


@retried
def give_back(owner: str) -> None:
    """Put back whom this sender claimed and will not send."""
    with transaction() as session:
        ids = list(session.scalars(_held(), {"owner": owner}))
        # No row: none was claimed, or another transaction has them, which moves them on itself.
        either_way(session.execute(_releasing(), {"ids": ids, "owner": owner}))


# The statements of every call are put together once: that takes longer than they run.
@cache
def _somebody() -> Select[int]:
    """One of those who could be claimed, if there is any."""
    return _claimable().limit(literal_column("1", Integer))


@cache
def _turn(number: int) -> Select[int]:
    """The first of them, by their turn, each locked and left out where another sender has it."""
    return (
        _claimable()
        .order_by(Participant.role != "host", Participant.id)
        .limit(literal_column(str(number), Integer))
        .with_for_update(skip_locked=True, of=Participant)
    )


def _claimable() -> Select[int]:
    lists = (PeopleList, Participant.import_id == PeopleList.id)
    return select(Participant.id).join(Meeting).outerjoin(*lists).where(_waits(), _takes_people(), _runs())


@cache
def _claiming() -> ReturningUpdate[int]:
    return (
        update(Participant)
        .where(Participant.id.in_(bindparam("ids", expanding=True)), _waits())
        .values(
            state=ParticipantState.CLAIMED,
            claimed_by=bindparam("owner"),
            claim_expires_at=utc_now(CLAIM_SECONDS),
        )
        .returning(Participant.id)
        .execution_options(synchronize_session=False)
    )


@cache
def _meeting() -> Select[*tuple[Any, ...]]:
    """The meeting of a person, which nobody cancels meanwhile."""
    whose = select(Participant.meeting_id).where(Participant.id == bindparam("participant_id"))
    return (
        select(Meeting.id, Meeting.state, Meeting.cancellation, Meeting.public_meeting_id)
        .where(Meeting.id == whose.scalar_subquery())
        .with_for_update(read=True)
    )


@cache
def _claimed() -> Select[*tuple[Any, ...]]:
    """A person whom a sender has claimed, and how the list stands of which they are, if any."""
    return (
        select(
            Participant.role,
            Participant.name,
            Participant.email,
            Participant.external_id,
            Participant.send_invitation,
            Participant.created_by,
            PeopleList.state.label("list_state"),
        )
        .outerjoin(PeopleList, Participant.import_id == PeopleList.id)
        .where(*_ours())
        .with_for_update(of=Participant)
    )


@cache
def _moving() -> ReturningUpdate[*tuple[Any, ...]]:
    """A claimed participant goes on to a state; `holder` is the sender that holds it, if any.

    The row is locked since the claim was seen to be valid, so its time is not asked again.
    """
    return (
        update(Participant)
        .where(*_claimed_by_us())
        .values(state=bindparam("to"), claimed_by=bindparam("holder"), claim_expires_at=None)
        .returning(Participant.id, Participant.send_invitation, Participant.meeting_id, Participant.email_key)
    )


@cache
def _held() -> Select[int]:
    """The claims of a sender that no other transaction holds: so it waits for none, whatever their order."""
    mine = (Participant.claimed_by == bindparam("owner"), Participant.state == ParticipantState.CLAIMED)
    return select(Participant.id).where(WAITING, *mine).with_for_update(skip_locked=True)


@cache
def _releasing() -> Update:
    mine = (Participant.claimed_by == bindparam("owner"), Participant.state == ParticipantState.CLAIMED)
    return (
        update(Participant)
        .where(Participant.id.in_(bindparam("ids", expanding=True)), *mine)
        .values(state=ParticipantState.QUEUED, claimed_by=None, claim_expires_at=None)
        .execution_options(synchronize_session=False)
    )


def _waits() -> ColumnElement[bool]:
    """In the queue, or claimed by a sender that let the claim run out."""
    expired = (Participant.state == ParticipantState.CLAIMED) & (Participant.claim_expires_at < utc_now())
    # These words, literally, are the condition of the partial index: nobody reads all people to find that no one waits.
    return and_(WAITING, or_(Participant.state == ParticipantState.QUEUED, expired))


def _ours() -> tuple[ColumnElement[bool], ...]:
    return (*_claimed_by_us(), Participant.claim_expires_at > utc_now())


def _claimed_by_us() -> tuple[ColumnElement[bool], ...]:
    return (
        Participant.id == bindparam("participant_id"),
        Participant.state == ParticipantState.CLAIMED,
        Participant.claimed_by == bindparam("owner"),
    )


def _takes_people() -> ColumnElement[bool]:
    """As `may_add` says of one meeting."""
    untouched = or_(Meeting.cancellation.is_(None), Meeting.cancellation == Cancellation.NOT_SENT)
    return (Meeting.state == MeetingState.SCHEDULED) & untouched


def _runs() -> ColumnElement[bool]:
    # Whoever waits although the list was stopped was queued again since, by somebody's decision.
    return or_(Participant.import_id.is_(None), PeopleList.state != ListState.PAUSED)
