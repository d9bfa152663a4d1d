"""Statements of the outbox queue of participants: the next ones, and their transitions. All are cached."""

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, literal_column, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from app.models import Meeting, Participant, ParticipantImport
from app.models.sending import batch_may_send, sendable_conditions
from app.outbox.claims import PARTICIPANTS, claimable_condition, owner_conditions, valid_claim_conditions


@cache
def any_claimable_query() -> Select[int]:
    """One claimable participant, if there is any."""
    return _claimable_query().limit(literal_column("1", Integer))


@cache
def next_claimable_query(limit: int) -> Select[int]:
    """The next claimable participants, FOR UPDATE SKIP LOCKED: those added by hand, then hosts, then the rest."""
    return (
        _claimable_query()
        .order_by(Participant.import_id.is_not(None), Participant.role != "host", Participant.id)
        .limit(literal_column(str(limit), Integer))
        .with_for_update(skip_locked=True, of=Participant)
    )


def _claimable_query() -> Select[int]:
    import_join = (ParticipantImport, Participant.import_id == ParticipantImport.id)
    return (
        select(Participant.id)
        .join(Meeting)
        .outerjoin(*import_join)
        .where(claimable_condition(PARTICIPANTS), *sendable_conditions())
    )


@cache
def participant_meeting_query() -> Select[*tuple[Any, ...]]:
    """The meeting of a participant, locked FOR SHARE so that it cannot be cancelled meanwhile."""
    meeting_id_query = select(Participant.meeting_id).where(Participant.id == bindparam("row_id"))
    return (
        select(Meeting.id, Meeting.state, Meeting.cancellation, Meeting.public_meeting_id)
        .where(Meeting.id == meeting_id_query.scalar_subquery())
        .with_for_update(read=True)
    )


@cache
def claimed_participant_query() -> Select[*tuple[Any, ...]]:
    """A claimed participant, the state of its import, if any, and whether its batch is paused."""
    return (
        select(
            Participant.role,
            Participant.name,
            Participant.email,
            Participant.external_id,
            Participant.send_invitation,
            Participant.created_by,
            ParticipantImport.state.label("list_state"),
            (~batch_may_send(ParticipantImport.batch_id)).label("is_batch_paused"),
        )
        .outerjoin(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(*valid_claim_conditions(PARTICIPANTS))
        .with_for_update(of=Participant)
    )


@cache
def transition_statement() -> ReturningUpdate[*tuple[Any, ...]]:
    """Transition a claimed participant; `holder` is the sender that keeps the claim, if any.

    The row has been locked since the claim was found valid, so the expiry is not checked again.
    """
    return (
        update(Participant)
        .where(*owner_conditions(PARTICIPANTS))
        .values(state=bindparam("to"), claimed_by=bindparam("holder"), claim_expires_at=None)
        .returning(Participant.id, Participant.send_invitation, Participant.meeting_id, Participant.email_key)
    )
