"""State transitions of batches and of what they hold; see `app.models.transitions`."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, update
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

_QUEUED_STATES = (ParticipantState.QUEUED, ParticipantState.CLAIMED)
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

    The caller has locked the meetings and the batch.
    """
    # No row: all meetings have been sent.
    ignore_result(_discard_meetings(session, Meeting.batch_id == batch_id))
    _stop_imports(session, ParticipantImport.batch_id == batch_id)


def discard_waiting_meetings(session: Session, meeting_ids: Collection[int]) -> list[int]:
    """Discard the meetings of these that wait in the outbox, with their people and lists.

    Args:
        session: the transaction, which has locked the meetings.
        meeting_ids: ours.

    Returns:
        The ids of the discarded meetings.
    """
    discarded_ids = _discard_meetings(session, Meeting.id.in_(meeting_ids))
    _stop_imports(session, ParticipantImport.meeting_id.in_(discarded_ids))
    return sorted(discarded_ids)


def pause_imports_in_progress(session: Session, meeting_ids: Collection[int]) -> None:
    """Pause the imports of these meetings that still have people to send: the meetings are being cancelled."""
    waiting = select(Participant.import_id).where(
        Participant.meeting_id.in_(meeting_ids), Participant.state.in_(_QUEUED_STATES)
    )
    imports = (
        ParticipantImport.meeting_id.in_(meeting_ids),
        ParticipantImport.state == ImportState.RUNNING,
        ParticipantImport.id.in_(waiting),
    )
    lock_imports(session, *imports)
    statement = update(ParticipantImport).where(*imports).values(state=ImportState.PAUSED)
    # No row: everyone has been sent.
    ignore_result(session.execute(statement.execution_options(synchronize_session=False)))


def _discard_meetings(session: Session, condition: ColumnElement[bool]) -> list[int]:
    """Discard the meetings that match and wait in the outbox; the caller has locked them. Returns their ids."""
    statement = (
        update(Meeting)
        .where(condition, IN_OUTBOX)
        .values(state=MeetingState.DISCARDED, **_UNCLAIMED)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(statement))


def _stop_imports(session: Session, condition: ColumnElement[bool]) -> None:
    """Stop the imports that match, and discard their people who have not been sent."""
    imports = (condition, ParticipantImport.state.in_(IMPORT_TRANSITIONS[ImportState.STOPPED]))
    of_imports = Participant.import_id.in_(select(ParticipantImport.id).where(condition))
    people = (of_imports, Participant.state.in_(_QUEUED_STATES))
    lock_imports(session, *imports)
    lock_participants(session, *people)
    for statement in (
        update(ParticipantImport).where(*imports).values(state=ImportState.STOPPED, pause_reason=None),
        update(Participant).where(*people).values(state=ParticipantState.DISCARDED, **_UNCLAIMED),
    ):
        # No row: everyone has been sent.
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
