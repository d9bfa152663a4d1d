"""The outbox queue: participants are claimed with a lease, then sent; each step is a conditional UPDATE.

A claim whose sender dies expires and returns to the queue. Once a participant is `sending`, the journal entry
holds the lease, and that entry is never sent again.

The claim's expiry counts only until `begin_send` has locked the row: after that, no other
sender can take the participant, however long the transaction waits for the rate limit row.
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

from app import journal, rate_limit
from app.database import read_connection, retry_on_rollback, write_transaction
from app.journal import PendingCall, Submission
from app.meetings.participants.queue import ParticipantInput
from app.meetings.participants.service import add_participant_intent
from app.meetings.service import can_add_participants
from app.models import (
    CancellationState,
    ImportState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    utc_now,
)
from app.models.duplicate_guard import DuplicateAdd
from app.models.participant import IN_OUTBOX
from app.models.possibly_mailed import record_possibly_mailed
from app.models.transitions import StateChanged, ignore_result, require_transition, transition_participant

log = logging.getLogger(__name__)

CLAIM_SECONDS = 10.0


@dataclass(frozen=True)
class RateLimited:
    """The rate limit requires a wait of this many seconds."""

    seconds: float


def seconds_to_wait(default_rate: int) -> float | None:
    """Seconds until the rate limit allows a claim; None if the queue is empty. Takes no lock."""
    with read_connection() as connection:
        if connection.scalar(_any_claimable_query()) is None:
            return None
        return rate_limit.current_wait_seconds(connection, default_rate)


@retry_on_rollback
def claim(owner: str, limit: int) -> list[int]:
    """Claim up to `limit` participants: hosts first, then in the order of their import.

    Returns:
        Their ids (ours), in that order.
    """
    with write_transaction() as session:
        ids = list(session.scalars(_next_claimable_query(limit)))
        claimed = set(session.scalars(_claim_statement(), {"ids": ids, "owner": owner})) if ids else set()
    return [participant_id for participant_id in ids if participant_id in claimed]


@retry_on_rollback
def begin_send(participant_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    """Transition a claimed participant to `sending`, if the rate limit allows a call now.

    Returns:
        The recorded call; or how long to wait; or None if the claim is lost or the import is paused.
    """
    try:
        return _try_begin_send(participant_id, owner, default_rate)
    except StateChanged:
        return None  # the claim is lost: no call was recorded
    except (DuplicateAdd, IntegrityError):
        log.exception("participant %d was queued although no decision asked for another call", participant_id)
        _mark_unknown(participant_id, owner)
        return None


def _try_begin_send(participant_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    parameters = {"participant_id": participant_id, "owner": owner}
    with write_transaction() as session:
        connection = session.connection()
        meeting = connection.execute(_participant_meeting_query(), parameters).one()
        participant = connection.execute(
            _claimed_participant_query(), parameters
        ).one_or_none()  # locked until the transaction ends
        if participant is None:
            return None
        if (
            not can_add_participants(meeting.state, meeting.cancellation)
            or participant.list_state == ImportState.PAUSED
        ):
            queued_parameters = parameters | {"to": ParticipantState.QUEUED, "holder": None}
            require_transition(
                connection.execute(_transition_statement(), queued_parameters).first() is not None
            )
            return None
        if (seconds := rate_limit.seconds_until_slot(session, default_rate)) > 0:
            return RateLimited(seconds)
        sending_parameters = parameters | {"to": ParticipantState.SENDING, "holder": owner}
        require_transition(
            connection.execute(_transition_statement(), sending_parameters).first() is not None
        )
        participant_input = ParticipantInput(
            participant.role, participant.name, participant.email, participant.external_id
        )
        submission = Submission(participant.created_by, None)
        intent = add_participant_intent(
            meeting,
            participant_id,
            participant_input,
            submission,
            send_invitation=participant.send_invitation,
        )
        return journal.record_call(session, intent, from_outbox=True)


@retry_on_rollback
def _mark_unknown(participant_id: int, owner: str) -> None:
    """Set a claimed participant to unknown, for a coordinator to resolve: the journal refused the call."""
    parameters = {"participant_id": participant_id, "owner": owner}
    with write_transaction() as session:
        connection = session.connection()
        # The lock that the trigger needs to update the meeting's problem count.
        connection.execute(_participant_meeting_query().with_for_update(key_share=True), parameters).one()
        sending_parameters = parameters | {"to": ParticipantState.SENDING, "holder": None}
        if (row := connection.execute(_transition_statement(), sending_parameters).first()) is None:
            return  # the claim is lost: the journal refuses the next sender as well
        values = {}
        if row.send_invitation:
            values["possibly_mailed"] = True
            record_possibly_mailed(session, row.meeting_id, row.email_key)
        require_transition(
            transition_participant(session, participant_id, ParticipantState.UNKNOWN, **values)
        )


@retry_on_rollback
def release_claims(owner: str) -> None:
    """Release this sender's unused claims."""
    with write_transaction() as session:
        ids = list(session.scalars(_releasable_claims_query(), {"owner": owner}))
        # No row: none was claimed, or another transaction has locked and transitions them.
        ignore_result(session.execute(_release_statement(), {"ids": ids, "owner": owner}))


# Cached statements.
@cache
def _any_claimable_query() -> Select[int]:
    """One claimable participant, if there is any."""
    return _claimable_query().limit(literal_column("1", Integer))


@cache
def _next_claimable_query(limit: int) -> Select[int]:
    """The next claimable participants, FOR UPDATE SKIP LOCKED."""
    return (
        _claimable_query()
        .order_by(Participant.role != "host", Participant.id)
        .limit(literal_column(str(limit), Integer))
        .with_for_update(skip_locked=True, of=Participant)
    )


def _claimable_query() -> Select[int]:
    import_join = (ParticipantImport, Participant.import_id == ParticipantImport.id)
    return (
        select(Participant.id)
        .join(Meeting)
        .outerjoin(*import_join)
        .where(_claimable_condition(), _meeting_accepts_participants(), _import_not_paused())
    )


@cache
def _claim_statement() -> ReturningUpdate[int]:
    return (
        update(Participant)
        .where(Participant.id.in_(bindparam("ids", expanding=True)), _claimable_condition())
        .values(
            state=ParticipantState.CLAIMED,
            claimed_by=bindparam("owner"),
            claim_expires_at=utc_now(CLAIM_SECONDS),
        )
        .returning(Participant.id)
        .execution_options(synchronize_session=False)
    )


@cache
def _participant_meeting_query() -> Select[*tuple[Any, ...]]:
    """The meeting of a participant, locked FOR SHARE so that it cannot be cancelled meanwhile."""
    meeting_id_query = select(Participant.meeting_id).where(Participant.id == bindparam("participant_id"))
    return (
        select(Meeting.id, Meeting.state, Meeting.cancellation, Meeting.public_meeting_id)
        .where(Meeting.id == meeting_id_query.scalar_subquery())
        .with_for_update(read=True)
    )


@cache
def _claimed_participant_query() -> Select[*tuple[Any, ...]]:
    """A claimed participant, and the state of its import, if any."""
    return (
        select(
            Participant.role,
            Participant.name,
            Participant.email,
            Participant.external_id,
            Participant.send_invitation,
            Participant.created_by,
            ParticipantImport.state.label("list_state"),
        )
        .outerjoin(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(*_own_claim_conditions())
        .with_for_update(of=Participant)
    )


@cache
def _transition_statement() -> ReturningUpdate[*tuple[Any, ...]]:
    """Transition a claimed participant; `holder` is the sender that keeps the claim, if any.

    The row has been locked since the claim was found valid, so the expiry is not checked again.
    """
    return (
        update(Participant)
        .where(*_claim_owner_conditions())
        .values(state=bindparam("to"), claimed_by=bindparam("holder"), claim_expires_at=None)
        .returning(Participant.id, Participant.send_invitation, Participant.meeting_id, Participant.email_key)
    )


@cache
def _releasable_claims_query() -> Select[int]:
    """The claims of a sender, SKIP LOCKED: it never waits, so the lock order does not matter."""
    own_claim = (Participant.claimed_by == bindparam("owner"), Participant.state == ParticipantState.CLAIMED)
    return select(Participant.id).where(IN_OUTBOX, *own_claim).with_for_update(skip_locked=True)


@cache
def _release_statement() -> Update:
    own_claim = (Participant.claimed_by == bindparam("owner"), Participant.state == ParticipantState.CLAIMED)
    return (
        update(Participant)
        .where(Participant.id.in_(bindparam("ids", expanding=True)), *own_claim)
        .values(state=ParticipantState.QUEUED, claimed_by=None, claim_expires_at=None)
        .execution_options(synchronize_session=False)
    )


def _claimable_condition() -> ColumnElement[bool]:
    """Queued, or claimed with an expired claim."""
    expired = (Participant.state == ParticipantState.CLAIMED) & (Participant.claim_expires_at < utc_now())
    # The literal condition of the partial index, so that an empty queue is found without a table scan.
    return and_(IN_OUTBOX, or_(Participant.state == ParticipantState.QUEUED, expired))


def _own_claim_conditions() -> tuple[ColumnElement[bool], ...]:
    return (*_claim_owner_conditions(), Participant.claim_expires_at > utc_now())


def _claim_owner_conditions() -> tuple[ColumnElement[bool], ...]:
    return (
        Participant.id == bindparam("participant_id"),
        Participant.state == ParticipantState.CLAIMED,
        Participant.claimed_by == bindparam("owner"),
    )


def _meeting_accepts_participants() -> ColumnElement[bool]:
    """The SQL form of `can_add_participants`."""
    not_cancelling = or_(Meeting.cancellation.is_(None), Meeting.cancellation == CancellationState.NOT_SENT)
    return (Meeting.state == MeetingState.SCHEDULED) & not_cancelling


def _import_not_paused() -> ColumnElement[bool]:
    # Queued participants of a stopped import were requeued later by a decision.
    return or_(Participant.import_id.is_(None), ParticipantImport.state != ImportState.PAUSED)
