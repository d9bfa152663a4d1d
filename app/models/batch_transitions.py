"""State transitions of batches and of what they hold; see `app.models.transitions`."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.batch import Batch
from app.models.lock_order import lock_imports, lock_participants
from app.models.meeting import IN_OUTBOX, Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.states import (
    BATCH_TRANSITIONS,
    IMPORT_TRANSITIONS,
    BatchState,
    ImportState,
    MeetingState,
    ParticipantState,
)
from app.models.transitions import ignore_result

_UNCLAIMED: Mapping[str, Any] = {"claimed_by": None, "claim_expires_at": None}


def transition_batch(session: Session, batch_id: int, target: BatchState, **values: object) -> bool:
    """Transition a batch to `target`, and set `values`; see `transition_meeting`."""
    statement = (
        update(Batch)
        .where(Batch.id == batch_id, Batch.state.in_(BATCH_TRANSITIONS[target]))
        .values(state=target, **values)
        .returning(Batch.id)
    )
    return session.execute(statement).first() is not None


def stop_batch_work(session: Session, batch_id: int) -> None:
    """Discard what a batch has not sent: its meetings, and the people of its imports.

    The caller has locked the meetings (`lock_batch_meetings`) and the batch.
    """
    import_ids = select(ParticipantImport.id).where(ParticipantImport.batch_id == batch_id)
    people = (
        Participant.import_id.in_(import_ids),
        Participant.state.in_((ParticipantState.QUEUED, ParticipantState.CLAIMED)),
    )
    running = (
        ParticipantImport.batch_id == batch_id,
        ParticipantImport.state.in_(IMPORT_TRANSITIONS[ImportState.STOPPED]),
    )
    lock_imports(session, *running)
    lock_participants(session, *people)
    statements = (
        update(Meeting)
        .where(Meeting.batch_id == batch_id, IN_OUTBOX)
        .values(state=MeetingState.DISCARDED, **_UNCLAIMED),
        update(ParticipantImport).where(*running).values(state=ImportState.STOPPED, pause_reason=None),
        update(Participant).where(*people).values(state=ParticipantState.DISCARDED, **_UNCLAIMED),
    )
    for statement in statements:
        # No row: everything has been sent.
        ignore_result(session.execute(statement.execution_options(synchronize_session=False)))


def end_pending_move(session: Session, old_meeting_id: int) -> bool:
    """A meeting that was moved needs no cancellation by the outbox (any more); see `transition_meeting`."""
    return _set_move_pending(session, old_meeting_id, is_pending=False)


def resume_pending_move(session: Session, old_meeting_id: int) -> bool:
    """The outbox cancels a moved meeting later: its call was not sent; see `transition_meeting`."""
    return _set_move_pending(session, old_meeting_id, is_pending=True)


def _set_move_pending(session: Session, old_meeting_id: int, *, is_pending: bool) -> bool:
    statement = (
        update(Meeting)
        .where(
            Meeting.moved_from_id == old_meeting_id,
            Meeting.state.not_in((MeetingState.CANCELLED, MeetingState.DISCARDED)),
            Meeting.move_pending != is_pending,
        )
        .values(move_pending=is_pending)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).first() is not None
