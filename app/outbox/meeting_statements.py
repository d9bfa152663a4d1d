"""Statements for the meetings of the outbox: claims and their transitions, as for participants (`statements`)."""

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

from app.models import Batch, Meeting, MeetingState, utc_now
from app.models.meeting import IN_OUTBOX
from app.models.sending import batch_may_send
from app.outbox.statements import CLAIM_SECONDS


@cache
def any_claimable_query() -> Select[int]:
    """One claimable meeting, if there is any."""
    return _claimable_query().limit(literal_column("1", Integer))


@cache
def next_claimable_query(limit: int) -> Select[int]:
    """The next claimable meetings, SKIP LOCKED: those that are moved, then in the order of their batches."""
    return (
        _claimable_query()
        .order_by(Meeting.moved_from_id.is_(None), Meeting.id)
        .limit(literal_column(str(limit), Integer))
        .with_for_update(skip_locked=True, key_share=True)
    )


@cache
def claim_statement() -> ReturningUpdate[int]:
    """Claim the meetings `ids` for the sender `owner`, those that are still claimable."""
    return (
        update(Meeting)
        .where(Meeting.id.in_(bindparam("ids", expanding=True)), _claimable_condition())
        .values(
            state=MeetingState.CLAIMED,
            claimed_by=bindparam("owner"),
            claim_expires_at=utc_now(CLAIM_SECONDS),
        )
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )


@cache
def claimed_meeting_query() -> Select[*tuple[Any, ...]]:
    """A claimed meeting, locked, and the state of its batch."""
    batch_state = select(Batch.state).where(Batch.id == Meeting.batch_id).scalar_subquery()
    return (
        select(
            Meeting.id,
            Meeting.title,
            Meeting.starts_at,
            Meeting.time_zone,
            Meeting.created_by,
            batch_state.label("batch_state"),
        )
        .where(*_claim_owner_conditions(), Meeting.claim_expires_at > utc_now())
        .with_for_update(of=Meeting, key_share=True)
    )


@cache
def transition_statement() -> ReturningUpdate[int]:
    """Transition a claimed meeting, which ends its claim. The row has been locked since the claim was found valid."""
    return (
        update(Meeting)
        .where(*_claim_owner_conditions())
        .values(state=bindparam("to"), claimed_by=None, claim_expires_at=None)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )


@cache
def releasable_claims_query() -> Select[int]:
    """The claims of a sender, SKIP LOCKED: it never waits, so the lock order does not matter."""
    return (
        select(Meeting.id).where(IN_OUTBOX, *_own_claim()).with_for_update(skip_locked=True, key_share=True)
    )


@cache
def release_statement() -> Update:
    """Return the claimed meetings `ids` of the sender `owner` to the queue."""
    return (
        update(Meeting)
        .where(Meeting.id.in_(bindparam("ids", expanding=True)), *_own_claim())
        .values(state=MeetingState.QUEUED, claimed_by=None, claim_expires_at=None)
        .execution_options(synchronize_session=False)
    )


def _claimable_query() -> Select[int]:
    return select(Meeting.id).where(_claimable_condition(), batch_may_send(Meeting.batch_id))


def _claimable_condition() -> ColumnElement[bool]:
    """Queued, or claimed with an expired claim; the literal condition of the partial index comes first."""
    expired = (Meeting.state == MeetingState.CLAIMED) & (Meeting.claim_expires_at < utc_now())
    return and_(IN_OUTBOX, or_(Meeting.state == MeetingState.QUEUED, expired))


def _own_claim() -> tuple[ColumnElement[bool], ...]:
    return Meeting.claimed_by == bindparam("owner"), Meeting.state == MeetingState.CLAIMED


def _claim_owner_conditions() -> tuple[ColumnElement[bool], ...]:
    return Meeting.id == bindparam("meeting_id"), *_own_claim()
