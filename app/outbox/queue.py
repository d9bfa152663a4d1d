"""The outbox queue: participants are claimed with a lease, then sent; each step is a conditional UPDATE.

A claim whose sender dies expires and returns to the queue. Once a participant is `sending`, the journal entry
holds the lease, and that entry is never sent again.

The claim's expiry counts only until `begin_send` has locked the row: after that, no other
sender can take the participant, however long the transaction waits for the rate limit row.
"""

import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from app import journal, rate_limit
from app.database import retry_on_rollback, write_transaction
from app.journal import Intent, PendingCall, Submission
from app.meetings.participants.queue import ParticipantInput
from app.meetings.participants.service import add_participant_intent
from app.meetings.service import can_add_participants
from app.models import (
    ImportState,
    ParticipantState,
)
from app.models.duplicate_guard import DuplicateCall
from app.models.possibly_mailed import record_possibly_mailed
from app.models.transitions import StateChanged, require_transition, transition_participant
from app.outbox import statements
from app.outbox.claims import PARTICIPANTS, claim_rows, release_rows

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RateLimited:
    """The rate limit requires a wait of this many seconds."""

    seconds: float


@retry_on_rollback
def claim(owner: str, limit: int) -> list[int]:
    """Claim up to `limit` participants: those added by hand, then hosts, then in the order of their import.

    Returns:
        Their ids (ours), in that order.
    """
    with write_transaction() as session:
        ids = list(session.scalars(statements.next_claimable_query(limit)))
        return claim_rows(session, PARTICIPANTS, ids, owner)


@retry_on_rollback
def begin_send(participant_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    """Transition a claimed participant to `sending`, if the rate limit allows a call now.

    Returns:
        The recorded call; or how long to wait; or None if the claim is lost, or the import or its batch is paused.
    """
    try:
        return _try_begin_send(participant_id, owner, default_rate)
    except StateChanged:
        return None  # the claim is lost: no call was recorded
    except (DuplicateCall, IntegrityError):
        log.exception("participant %d was queued although no decision asked for another call", participant_id)
        _mark_unknown(participant_id, owner)
        return None


def _try_begin_send(participant_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    parameters = {"row_id": participant_id, "owner": owner}
    with write_transaction() as session:
        connection = session.connection()
        meeting = connection.execute(statements.participant_meeting_query(), parameters).one()
        participant = connection.execute(
            statements.claimed_participant_query(), parameters
        ).one_or_none()  # locked until the transaction ends
        if participant is None:
            return None
        if (
            not can_add_participants(meeting.state, meeting.cancellation)
            or participant.list_state == ImportState.PAUSED
            or participant.is_batch_paused
        ):
            queued_parameters = parameters | {"to": ParticipantState.QUEUED, "holder": None}
            require_transition(
                connection.execute(statements.transition_statement(), queued_parameters).first() is not None
            )
            return None
        if (seconds := rate_limit.seconds_until_slot(session, default_rate)) > 0:
            return RateLimited(seconds)
        sending_parameters = parameters | {"to": ParticipantState.SENDING, "holder": owner}
        require_transition(
            connection.execute(statements.transition_statement(), sending_parameters).first() is not None
        )
        intent = _build_intent(meeting, participant_id, participant)
        return journal.record_call(session, intent, from_outbox=True)


def _build_intent(meeting: Row[Any], participant_id: int, participant: Row[Any]) -> Intent:
    participant_input = ParticipantInput(
        participant.role, participant.name, participant.email, participant.external_id
    )
    return add_participant_intent(
        meeting,
        participant_id,
        participant_input,
        Submission(participant.created_by, None),
        send_invitation=participant.send_invitation,
    )


@retry_on_rollback
def _mark_unknown(participant_id: int, owner: str) -> None:
    """Set a claimed participant to unknown, for a coordinator to resolve: the journal refused the call."""
    parameters = {"row_id": participant_id, "owner": owner}
    with write_transaction() as session:
        connection = session.connection()
        # The lock that the trigger needs to update the meeting's problem count.
        connection.execute(
            statements.participant_meeting_query().with_for_update(key_share=True), parameters
        ).one()
        sending_parameters = parameters | {"to": ParticipantState.SENDING, "holder": None}
        if (row := connection.execute(statements.transition_statement(), sending_parameters).first()) is None:
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
        release_rows(session, PARTICIPANTS, owner)
