"""Statements of the outbox queue of meetings: the next ones, and their transitions. All are cached."""

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, literal_column, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from app.models import Batch, Meeting
from app.models.sending import batch_may_send
from app.outbox.claims import MEETINGS, claimable_condition, owner_conditions, valid_claim_conditions


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
        .where(*valid_claim_conditions(MEETINGS))
        .with_for_update(of=Meeting, key_share=True)
    )


@cache
def transition_statement() -> ReturningUpdate[int]:
    """Transition a claimed meeting, which ends its claim. The row has been locked since the claim was found valid."""
    return (
        update(Meeting)
        .where(*owner_conditions(MEETINGS))
        .values(state=bindparam("to"), claimed_by=None, claim_expires_at=None)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )


def _claimable_query() -> Select[int]:
    return select(Meeting.id).where(claimable_condition(MEETINGS), batch_may_send(Meeting.batch_id))
