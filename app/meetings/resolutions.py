"""Resolutions: a coordinator's decisions about meetings and cancellations that did not succeed."""

from sqlalchemy.orm import Session

from app import journal
from app.database import retry_on_rollback
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.service import (
    ActionNotAllowed,
    lock_meeting,
    raise_if_known,
    record_cancellation,
    record_resend,
    translate_duplicate_id,
)
from app.meetings.unknown_id import can_change_id
from app.models import Action, CancellationState, IdSource, Meeting, MeetingState, Resolution
from app.models.batch_transitions import end_pending_move
from app.models.lock_order import lock_public_meeting_id
from app.models.transitions import (
    complete_cancellation,
    correct_meeting_id,
    discard_queued,
    dismiss_refused_cancellation,
    ignore_result,
    transition_cancellation,
    transition_meeting,
)
from app.models.unresolved_calls import has_unresolved_earlier_call

NAMING_RESOLUTIONS = frozenset({Resolution.EXISTS, Resolution.CORRECT_ID})
"""The resolutions that name the meeting in Zelta by its id."""


def available_resolutions(
    state: MeetingState,
    cancellation: CancellationState | None,
    *,
    has_unresolved: bool = False,
    can_change_id: bool = False,
    is_refused: bool = False,
) -> tuple[Resolution, ...]:
    """The available resolutions for a meeting in this state, the safest first.

    Args:
        state: the meeting's state.
        cancellation: the state of its cancellation.
        has_unresolved: the newest call definitely failed, and the outcome of an earlier one is unknown (see
            `app.models.unresolved_calls`).
        can_change_id: Zelta does not know its id, and nothing was done with it (see
            `app.meetings.unknown_id`).
        is_refused: Zelta refused the latest cancellation.
    """
    match state, cancellation:
        case MeetingState.UNKNOWN, _:
            return (Resolution.SEND_AGAIN, Resolution.EXISTS, Resolution.DISCARD)
        case ((MeetingState.REFUSED | MeetingState.NOT_SENT), _):
            return (
                (Resolution.SEND_AGAIN, Resolution.EXISTS, Resolution.DISCARD)
                if has_unresolved
                else (Resolution.SEND_AGAIN, Resolution.DISCARD)
            )
        case MeetingState.SCHEDULED, CancellationState.UNKNOWN:
            return (
                (Resolution.SEND_AGAIN, Resolution.CANCELLED, Resolution.DISCARD)
                if has_unresolved
                else (Resolution.SEND_AGAIN,)
            )
        case MeetingState.SCHEDULED, CancellationState.NOT_SENT:
            return (Resolution.SEND_AGAIN, Resolution.DISCARD)
        case MeetingState.SCHEDULED, None if can_change_id:
            return (Resolution.CORRECT_ID, Resolution.REMOVE)
        case MeetingState.SCHEDULED, None if is_refused:
            return (Resolution.SEND_AGAIN, Resolution.DISCARD)
    return ()


@retry_on_rollback
def resolve(meeting_id: int, choice: Resolution, submission: Submission, public_meeting_id: str = "") -> None:
    """Apply a coordinator's decision about a meeting or cancellation that did not succeed.

    Args:
        meeting_id: ours.
        choice: one of `available_resolutions` for the meeting's state.
        submission: of the form.
        public_meeting_id: Zelta's id of the meeting, for `exists` and `correct_id`.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the choice is not open for the meeting.
        MeetingAlreadyExists: `public_meeting_id` is of a meeting that is on the list.
    """
    call: PendingCall | None = None
    with translate_duplicate_id(public_meeting_id), journal.submission_transaction(submission) as session:
        if choice in NAMING_RESOLUTIONS:
            lock_public_meeting_id(session, public_meeting_id)
        meeting = lock_meeting(session, meeting_id)
        has_unresolved = has_unresolved_earlier_call(session, meeting)
        if choice not in available_resolutions(
            meeting.state,
            meeting.cancellation,
            has_unresolved=has_unresolved,
            can_change_id=can_change_id(session, meeting),
            is_refused=meeting.cancellation_refused,
        ):
            raise ActionNotAllowed
        match choice:
            case Resolution.SEND_AGAIN if meeting.state == MeetingState.SCHEDULED:
                call = record_cancellation(session, meeting, submission)
            case Resolution.SEND_AGAIN:
                call = record_resend(session, meeting, submission)
            case Resolution.EXISTS | Resolution.CORRECT_ID:
                _attach_existing_id(session, meeting, public_meeting_id, submission)
            case Resolution.CANCELLED:
                _mark_cancelled(session, meeting, submission)
            case Resolution.DISCARD if meeting.state == MeetingState.SCHEDULED:
                _keep(session, meeting, submission)
            case Resolution.DISCARD | Resolution.REMOVE:
                _discard(session, meeting, submission)
    if call is not None:
        executor.execute(call)


def _attach_existing_id(
    session: Session, meeting: Meeting, public_meeting_id: str, submission: Submission
) -> None:
    raise_if_known(session, public_meeting_id)
    if meeting.state == MeetingState.SCHEDULED:
        changed = correct_meeting_id(session, meeting.id, public_meeting_id)
    else:
        ids = {"public_meeting_id": public_meeting_id, "id_source": IdSource.MANUAL}
        changed = transition_meeting(session, meeting.id, MeetingState.SCHEDULED, **ids)
    if not changed:
        raise ActionNotAllowed
    _record_decision(session, Action.MEETING_EXISTS, meeting, submission, public_meeting_id=public_meeting_id)


def _mark_cancelled(session: Session, meeting: Meeting, submission: Submission) -> None:
    if not complete_cancellation(session, meeting.id):
        raise ActionNotAllowed
    _record_decision(session, Action.CANCEL_MEETING, meeting, submission, said="cancelled")


def _keep(session: Session, meeting: Meeting, submission: Submission) -> None:
    # No row: the meeting was not moved. If it was, both stay now.
    ignore_result(end_pending_move(session, meeting.id))
    if meeting.cancellation is None:
        changed = dismiss_refused_cancellation(session, meeting.id)
    else:
        changed = transition_cancellation(session, meeting.id, None)
    if not changed:
        raise ActionNotAllowed
    _record_decision(session, Action.KEEP_MEETING, meeting, submission)


def _discard(session: Session, meeting: Meeting, submission: Submission) -> None:
    # A meeting with the same id can then be brought here again.
    ids = {"public_meeting_id": None, "id_source": None} if meeting.public_meeting_id else {}
    if not transition_meeting(session, meeting.id, MeetingState.DISCARDED, **ids):
        raise ActionNotAllowed
    discard_queued(session, meeting_id=meeting.id)
    _record_decision(session, Action.DISCARD_MEETING, meeting, submission)


def _record_decision(
    session: Session, action: Action, meeting: Meeting, submission: Submission, **request: str
) -> None:
    journal.record_decision(session, Intent(action, submission, meeting.id, request=dict(request)))
