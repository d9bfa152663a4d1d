"""How a move stands: read for the pages of both meetings."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database import db
from app.models import (
    Batch,
    BatchState,
    CancellationState,
    IdSource,
    ImportState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
)
from app.models.meeting import ACTIVE
from app.models.moves import newcomers_query
from app.models.states import PROBLEM_STATES

IN_PROGRESS_STATES = (ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING)
MAX_NAMES = 20


@dataclass(frozen=True)
class MoveStatus:
    """A move, with all that the cancellation of the old meeting may wait for.

    `newcomers`: names of people of the old meeting who are not in the new one. `is_pending`: the outbox
    cancels the old meeting once nothing is left to wait for.
    """

    old_id: int
    new_id: int
    old_state: MeetingState
    new_state: MeetingState
    new_cancellation: CancellationState | None
    cancellation: CancellationState | None
    is_refused: bool
    is_pending: bool
    batch_state: BatchState
    is_list_paused: bool
    waiting_count: int
    problem_count: int
    newcomers: list[str]
    is_id_untrusted: bool


def read_move_from(meeting: Meeting) -> MoveStatus | None:
    """The move by which this meeting replaced another one."""
    if meeting.moved_from_id is None:
        return None
    return _read_status(db.session(), db.session.get_one(Meeting, meeting.moved_from_id), meeting)


def read_move_to(meeting: Meeting) -> MoveStatus | None:
    """The move by which another meeting replaced this one, or is to."""
    new = db.session.scalar(select(Meeting).where(Meeting.moved_from_id == meeting.id, ACTIVE))
    return _read_status(db.session(), meeting, new) if new is not None else None


def _read_status(session: Session, old: Meeting, new: Meeting) -> MoveStatus:
    is_settled = old.state != MeetingState.SCHEDULED
    counts = {} if is_settled else _count_states(session, new.id)
    people = sum(number for state, number in counts.items() if state != ParticipantState.DISCARDED)
    return MoveStatus(
        old_id=old.id,
        new_id=new.id,
        old_state=old.state,
        new_state=new.state,
        new_cancellation=new.cancellation,
        cancellation=old.cancellation,
        is_refused=old.cancellation_refused,
        is_pending=new.move_pending,
        batch_state=session.scalars(select(Batch.state).where(Batch.id == new.batch_id)).one(),
        is_list_paused=_is_list_paused(session, new),
        waiting_count=sum(counts.get(state, 0) for state in IN_PROGRESS_STATES),
        problem_count=sum(counts.get(state, 0) for state in PROBLEM_STATES),
        newcomers=[] if is_settled else _newcomer_names(session, old.id, new.id),
        is_id_untrusted=new.id_source == IdSource.MANUAL and people > 0,
    )


def _count_states(session: Session, meeting_id: int) -> dict[ParticipantState, int]:
    columns = (Participant.state, func.count().label("number"))
    query = select(*columns).where(Participant.meeting_id == meeting_id)
    rows = session.execute(query.group_by(Participant.state))
    return {row.state: row.number for row in rows}


def _is_list_paused(session: Session, new: Meeting) -> bool:
    query = select(ParticipantImport.id).where(
        ParticipantImport.meeting_id == new.id,
        ParticipantImport.batch_id == new.batch_id,
        ParticipantImport.state == ImportState.PAUSED,
    )
    return session.scalar(query.limit(1)) is not None


def _newcomer_names(session: Session, old_id: int, new_id: int) -> list[str]:
    ids = newcomers_query(old_id, new_id)
    query = select(Participant.name).where(Participant.id.in_(ids)).order_by(Participant.id)
    return list(session.scalars(query.limit(MAX_NAMES)))
