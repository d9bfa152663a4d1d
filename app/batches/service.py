"""Batches of meetings: queue, pause, resume, stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import journal
from app.database import retry_on_rollback
from app.journal import Intent, Submission
from app.meetings.participants.queue import ParticipantInput, enqueue
from app.meetings.service import ActionNotAllowed, MeetingInput, new_meeting
from app.models import (
    Action,
    Batch,
    BatchKind,
    BatchState,
    ImportState,
    Meeting,
    MeetingState,
    ParticipantImport,
)
from app.models.batch_transitions import stop_batch_work, transition_batch
from app.models.lock_order import lock_batch, lock_meetings
from app.models.meeting import IN_OUTBOX
from app.models.transitions import require_transition


@dataclass(frozen=True)
class BatchMeeting:
    """A meeting to create, with its people. `series_position` is its place in a series, from 1."""

    meeting: MeetingInput
    participants: Sequence[ParticipantInput] = ()
    series_position: int | None = None


def queue_batch(
    session: Session,
    kind: BatchKind,
    meetings: Sequence[BatchMeeting],
    submission: Submission,
    *,
    source_meeting_id: int | None = None,
    batch: Batch | None = None,
) -> Batch:
    """Queue meetings, and their people, for the outbox to create; runs in a `submission_transaction`.

    Args:
        session: of the transaction.
        kind: what the batch is for.
        meetings: at least one, in the order in which they are created.
        submission: of the form; the decision about the first meeting holds its id.
        source_meeting_id: our id of the meeting that they were made from.
        batch: a draft to queue instead of a new batch.

    Returns:
        The batch, which is running.

    Raises:
        ActionNotAllowed: the batch is no draft (any more).
    """
    if batch is None:
        batch = new_batch(session, kind, submission, source_meeting_id)
    else:
        batch = _take_draft(session, batch, source_meeting_id)
    queue_meetings(session, batch, meetings, submission)
    return batch


def queue_meetings(
    session: Session,
    batch: Batch,
    meetings: Sequence[BatchMeeting],
    submission: Submission,
) -> list[Meeting]:
    """Add the meetings of a new batch; see `queue_batch`."""
    if not meetings:
        raise ValueError("a batch has at least one meeting")
    rows = [_queued_meeting(batch, one, submission.actor) for one in meetings]
    session.add_all(rows)
    session.flush()
    _queue_people(session, batch, rows, meetings, submission)
    for number, meeting in enumerate(rows):
        # One submission is one journal entry with its id.
        of_form = submission if number == 0 else Submission(submission.actor, None, submission.ip_address)
        request = {"batch_id": batch.id, "number": len(rows), "people": len(meetings[number].participants)}
        journal.record_decision(session, Intent(Action.QUEUE_MEETINGS, of_form, meeting.id, request=request))
    return rows


def new_batch(
    session: Session, kind: BatchKind, submission: Submission, source_meeting_id: int | None
) -> Batch:
    """A running batch, without its meetings yet."""
    batch = Batch(
        kind=kind,
        state=BatchState.RUNNING,
        created_by=submission.actor,
        source_meeting_id=source_meeting_id,
    )
    session.add(batch)
    session.flush()
    return batch


def _take_draft(session: Session, draft: Batch, source_meeting_id: int | None) -> Batch:
    if lock_batch(session, draft.id).state != BatchState.DRAFT:
        raise ActionNotAllowed
    # The source holds emails, and is not read again.
    values: dict[str, Any] = {"source": None, "answers": None}
    if source_meeting_id is not None:
        values["source_meeting_id"] = source_meeting_id
    require_transition(transition_batch(session, draft.id, BatchState.RUNNING, **values))
    return lock_batch(session, draft.id)


def _queued_meeting(batch: Batch, item: BatchMeeting, actor: str) -> Meeting:
    meeting = new_meeting(item.meeting, MeetingState.QUEUED, actor)
    meeting.batch_id = batch.id
    if item.series_position is not None:
        meeting.series_id, meeting.series_position = batch.id, item.series_position
    return meeting


def _queue_people(
    session: Session,
    batch: Batch,
    meetings: Sequence[Meeting],
    items: Sequence[BatchMeeting],
    submission: Submission,
) -> None:
    imports = [
        (
            ParticipantImport(
                meeting_id=meeting.id,
                state=ImportState.RUNNING,
                rows=[],
                created_by=submission.actor,
                batch_id=batch.id,
            ),
            item.participants,
        )
        for meeting, item in zip(meetings, items, strict=True)
        if item.participants
    ]
    session.add_all(participant_import for participant_import, _ in imports)
    session.flush()
    for participant_import, participants in imports:
        enqueue(session, participant_import, participants, submission)


def pause(batch_id: int, submission: Submission) -> None:
    """Pause a running batch: neither its meetings nor their people go out.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: it is not running.
    """
    _change_state(batch_id, BatchState.PAUSED, Action.PAUSE_BATCH, submission)


def resume(batch_id: int, submission: Submission) -> None:
    """Resume a paused batch; raises as `pause` does."""
    _change_state(batch_id, BatchState.RUNNING, Action.RESUME_BATCH, submission)


def stop(batch_id: int, submission: Submission) -> None:
    """Stop a batch permanently: its unsent meetings and people are discarded; raises as `pause` does."""
    _change_state(batch_id, BatchState.STOPPED, Action.STOP_BATCH, submission)


@retry_on_rollback
def _change_state(batch_id: int, target: BatchState, action: Action, submission: Submission) -> None:
    with journal.submission_transaction(submission) as session:
        first_id = session.scalar(
            select(Meeting.id).where(Meeting.batch_id == batch_id).order_by(Meeting.id).limit(1)
        )
        if first_id is None:
            raise ActionNotAllowed  # a draft
        is_stop = target == BatchState.STOPPED
        unsent = (Meeting.id == first_id) | ((Meeting.batch_id == batch_id) & IN_OUTBOX)
        lock_meetings(session, unsent if is_stop else Meeting.id == first_id)
        batch = lock_batch(session, batch_id)
        if action == Action.RESUME_BATCH and batch.state != BatchState.PAUSED:
            raise ActionNotAllowed
        if not transition_batch(session, batch_id, target, pause_reason=None):
            raise ActionNotAllowed
        if is_stop:
            stop_batch_work(session, batch_id)
        request = {"batch_id": batch_id}
        journal.record_decision(session, Intent(action, submission, first_id, request=request))
