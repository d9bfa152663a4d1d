"""Statements of the outbox queue: claims and their transitions, each a conditional UPDATE. All are cached."""

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
from sqlalchemy.sql.dml import ReturningUpdate

from app.models import (
    Meeting,
    Participant,
    ParticipantImport,
    ParticipantState,
    utc_now,
)
from app.models.participant import IN_OUTBOX
from app.models.sending import sendable_conditions

CLAIM_SECONDS = 10.0


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
        .where(_claimable_condition(), *sendable_conditions())
    )


@cache
def claim_statement() -> ReturningUpdate[int]:
    """Claim the participants `ids` for the sender `owner`, those that are still claimable."""
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
def participant_meeting_query() -> Select[*tuple[Any, ...]]:
    """The meeting of a participant, locked FOR SHARE so that it cannot be cancelled meanwhile."""
    meeting_id_query = select(Participant.meeting_id).where(Participant.id == bindparam("participant_id"))
    return (
        select(Meeting.id, Meeting.state, Meeting.cancellation, Meeting.public_meeting_id)
        .where(Meeting.id == meeting_id_query.scalar_subquery())
        .with_for_update(read=True)
    )


@cache
def claimed_participant_query() -> Select[*tuple[Any, ...]]:
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
def transition_statement() -> ReturningUpdate[*tuple[Any, ...]]:
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
def releasable_claims_query() -> Select[int]:
    """The claims of a sender, SKIP LOCKED: it never waits, so the lock order does not matter."""
    own_claim = (Participant.claimed_by == bindparam("owner"), Participant.state == ParticipantState.CLAIMED)
    return select(Participant.id).where(IN_OUTBOX, *own_claim).with_for_update(skip_locked=True)


@cache
def release_statement() -> Update:
    """Return the claimed participants `ids` of the sender `owner` to the queue."""
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
