"""Claims of rows in the outbox: one sender holds a row for a while, under a lease that expires.

Participants and meetings are claimed alike. Each step is one conditional UPDATE; the statements are cached.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, Select, TextClause, Update, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app.models import Meeting, MeetingState, Participant, ParticipantState, utc_now
from app.models import meeting as meetings
from app.models import participant as participants
from app.models.transitions import ignore_result

CLAIM_SECONDS = 10.0


@dataclass(frozen=True)
class ClaimTable:
    """A table whose rows are claimed. `in_outbox` is the literal condition of its partial index."""

    model: type[Participant | Meeting]
    queued: ParticipantState | MeetingState
    claimed: ParticipantState | MeetingState
    in_outbox: TextClause


PARTICIPANTS = ClaimTable(
    Participant, ParticipantState.QUEUED, ParticipantState.CLAIMED, participants.IN_OUTBOX
)
MEETINGS = ClaimTable(Meeting, MeetingState.QUEUED, MeetingState.CLAIMED, meetings.IN_OUTBOX)


def claim_rows(session: Session, table: ClaimTable, ids: Sequence[int], owner: str) -> list[int]:
    """Claim those of these rows that are still claimable; returns their ids, in this order."""
    if not ids:
        return []
    claimed = set(session.scalars(_claim_statement(table), {"ids": ids, "owner": owner}))
    return [row_id for row_id in ids if row_id in claimed]


def release_rows(session: Session, table: ClaimTable, owner: str) -> None:
    """Return the rows that a sender has claimed and not used to the queue."""
    ids = list(session.scalars(_releasable_query(table), {"owner": owner}))
    # No row: none was claimed, or another transaction has locked and transitions them.
    ignore_result(session.execute(_release_statement(table), {"ids": ids, "owner": owner}))


def claimable_condition(table: ClaimTable) -> ColumnElement[bool]:
    """Queued, or claimed with an expired claim."""
    model = table.model
    expired = (model.state == table.claimed) & (model.claim_expires_at < utc_now())
    # The literal condition of the partial index, so that an empty queue is found without a table scan.
    return and_(table.in_outbox, or_(model.state == table.queued, expired))


def owner_conditions(table: ClaimTable) -> tuple[ColumnElement[bool], ...]:
    """The row `row_id` is claimed by the sender `owner`, whether or not the claim has expired."""
    return table.model.id == bindparam("row_id"), *_own_claims(table)


def valid_claim_conditions(table: ClaimTable) -> tuple[ColumnElement[bool], ...]:
    """The row `row_id` is claimed by the sender `owner`, and the claim has not expired."""
    return *owner_conditions(table), table.model.claim_expires_at > utc_now()


def _own_claims(table: ClaimTable) -> tuple[ColumnElement[bool], ...]:
    return table.model.claimed_by == bindparam("owner"), table.model.state == table.claimed


@cache
def _claim_statement(table: ClaimTable) -> ReturningUpdate[int]:
    return (
        update(table.model)
        .where(table.model.id.in_(bindparam("ids", expanding=True)), claimable_condition(table))
        .values(state=table.claimed, claimed_by=bindparam("owner"), claim_expires_at=utc_now(CLAIM_SECONDS))
        .returning(table.model.id)
        .execution_options(synchronize_session=False)
    )


@cache
def _releasable_query(table: ClaimTable) -> Select[int]:
    """The claims of a sender, SKIP LOCKED: it never waits, so the lock order does not matter."""
    query = select(table.model.id).where(table.in_outbox, *_own_claims(table))
    return query.with_for_update(skip_locked=True, key_share=True)


@cache
def _release_statement(table: ClaimTable) -> Update:
    return (
        update(table.model)
        .where(table.model.id.in_(bindparam("ids", expanding=True)), *_own_claims(table))
        .values(state=table.queued, claimed_by=None, claim_expires_at=None)
        .execution_options(synchronize_session=False)
    )
