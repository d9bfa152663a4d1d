"""What the outcomes of outbox calls do to batches and to the meetings that they create."""

from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.http_client.errors import FailureReason
from app.models import (
    Action,
    Batch,
    BatchState,
    ImportState,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
)
from app.models.batch_transitions import resume_pending_move, transition_batch
from app.models.meeting import ACTIVE
from app.models.transitions import (
    ignore_result,
    require_transition,
    transition_import,
    transition_meeting,
)
from app.zelta.outcome import CallResult, NotSent

# With an invalid API key Zelta refuses everything: pause the batch or the import instead of trying all of it.
PAUSING_REASONS = frozenset({FailureReason.API_KEY, FailureReason.SUSPENDED})


def lock_batch_of_call(session: Session, entry: Row[Any]) -> None:
    """Lock the batch that `pause_work` may pause; the caller has locked the meetings."""
    batch_id = _batch_id_query(entry).scalar_subquery()
    session.execute(select(Batch.id).where(Batch.id == batch_id).with_for_update(key_share=True))


def keep_for_another_turn(session: Session, entry: JournalEntry, result: CallResult[Any]) -> bool:
    """Whether the outbox cancels a moved meeting later: the call was not sent, or the API key not accepted."""
    reason = result.details.reason
    if not (isinstance(result, NotSent) or reason in PAUSING_REASONS):
        return False
    if not resume_pending_move(session, entry.meeting_id):
        return False
    if reason in PAUSING_REASONS:
        pause_work(session, entry, FailureReason(reason))
    return True


def apply_failed_creation(session: Session, entry: JournalEntry, result: CallResult[Any]) -> bool:
    """Transition a meeting that was not created; return whether the outcome changed it.

    The outbox keeps one that was certainly not sent for another turn, unless its batch was stopped.
    """
    if entry.from_outbox and result.details.reason in PAUSING_REASONS:
        pause_work(session, entry, FailureReason(result.details.reason))
    if not (entry.from_outbox and isinstance(result, NotSent)):
        return transition_meeting(session, entry.meeting_id, MeetingState(result.outcome.value))
    is_stopped = session.scalar(_batch_state_query(entry.meeting_id)) == BatchState.STOPPED
    if not is_stopped and transition_meeting(session, entry.meeting_id, MeetingState.QUEUED):
        return True
    changed = transition_meeting(session, entry.meeting_id, MeetingState.NOT_SENT)
    if changed and is_stopped:
        require_transition(transition_meeting(session, entry.meeting_id, MeetingState.DISCARDED))
    return changed


def pause_work(session: Session, entry: JournalEntry, reason: FailureReason) -> None:
    """Pause the batch of an outbox call, or else the import of its participant."""
    batch_id = session.scalar(_batch_id_query(entry))
    if batch_id is not None:
        # No row: the batch is already paused or stopped.
        ignore_result(transition_batch(session, batch_id, BatchState.PAUSED, pause_reason=reason.value))
        return
    participant = session.get_one(Participant, entry.participant_id)
    if participant.import_id is not None:
        # No row: the import is already paused or stopped.
        ignore_result(
            transition_import(session, participant.import_id, ImportState.PAUSED, pause_reason=reason.value)
        )


def _batch_id_query(entry: JournalEntry | Row[Any]) -> Select[int | None]:
    """The batch that a call belongs to: of the meeting, of the move, or of the import of the participant."""
    if entry.action == Action.CANCEL_MEETING:
        return select(Meeting.batch_id).where(Meeting.moved_from_id == entry.meeting_id, ACTIVE)
    if entry.participant_id is None:
        return select(Meeting.batch_id).where(Meeting.id == entry.meeting_id)
    return (
        select(ParticipantImport.batch_id)
        .join(Participant, Participant.import_id == ParticipantImport.id)
        .where(Participant.id == entry.participant_id)
    )


def _batch_state_query(meeting_id: int) -> Select[BatchState]:
    return select(Batch.state).join(Meeting, Meeting.batch_id == Batch.id).where(Meeting.id == meeting_id)
