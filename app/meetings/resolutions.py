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
from app.models import Action, CancellationState, IdSource, Meeting, MeetingState, Resolution
from app.models.lock_order import lock_public_meeting_id
from app.models.transitions import (
    complete_cancellation,
    discard_queued,
    dismiss_refused_cancellation,
    transition_cancellation,
    transition_meeting,
)
from app.models.unresolved_calls import has_unresolved_earlier_call


def available_resolutions(
    state: MeetingState,
    cancellation: CancellationState | None,
    *,
    has_unresolved: bool = False,
    is_refused: bool = False,
) -> tuple[Resolution, ...]:
    """The available resolutions for a meeting in this state, the safest first.

    `has_unresolved`: the newest call definitely failed, and the outcome of an earlier one is unknown (see
    `app.models.unresolved_calls`). `is_refused`: Zelta refused the latest cancellation.
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
        public_meeting_id: Zelta's id of the meeting, for `exists`.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the choice is not open for the meeting.
        MeetingAlreadyExists: `exists` names a meeting that is on the list.
    """
    call: PendingCall | None = None
    with translate_duplicate_id(public_meeting_id), journal.submission_transaction(submission) as session:
        if choice == Resolution.EXISTS:
            lock_public_meeting_id(session, public_meeting_id)
        meeting = lock_meeting(session, meeting_id)
        has_unresolved = has_unresolved_earlier_call(session, meeting)
        if choice not in available_resolutions(
            meeting.state,
            meeting.cancellation,
            has_unresolved=has_unresolved,
            is_refused=meeting.cancellation_refused,
        ):
            raise ActionNotAllowed
        match choice:
            case Resolution.SEND_AGAIN if meeting.state == MeetingState.SCHEDULED:
                call = record_cancellation(session, meeting, submission)
            case Resolution.SEND_AGAIN:
                call = record_resend(session, meeting, submission)
            case Resolution.EXISTS:
                _attach_existing_id(session, meeting, public_meeting_id, submission)
            case Resolution.CANCELLED:
                _mark_cancelled(session, meeting, submission)
            case Resolution.DISCARD:
                _discard(session, meeting, submission)
    if call is not None:
        executor.execute(call)


def _attach_existing_id(
    session: Session, meeting: Meeting, public_meeting_id: str, submission: Submission
) -> None:
    raise_if_known(session, public_meeting_id)
    ids = {"public_meeting_id": public_meeting_id, "id_source": IdSource.MANUAL}
    if not transition_meeting(session, meeting.id, MeetingState.SCHEDULED, **ids):
        raise ActionNotAllowed
    _record_decision(session, Action.MEETING_EXISTS, meeting, submission, public_meeting_id=public_meeting_id)


def _mark_cancelled(session: Session, meeting: Meeting, submission: Submission) -> None:
    if not complete_cancellation(session, meeting.id):
        raise ActionNotAllowed
    _record_decision(session, Action.CANCEL_MEETING, meeting, submission, said="cancelled")


def _discard(session: Session, meeting: Meeting, submission: Submission) -> None:
    if meeting.state == MeetingState.SCHEDULED and meeting.cancellation is None:
        changed, action = dismiss_refused_cancellation(session, meeting.id), Action.KEEP_MEETING
    elif meeting.state == MeetingState.SCHEDULED:
        changed, action = transition_cancellation(session, meeting.id, None), Action.KEEP_MEETING
    else:
        changed, action = (
            transition_meeting(session, meeting.id, MeetingState.DISCARDED),
            Action.DISCARD_MEETING,
        )
        discard_queued(session, meeting_id=meeting.id)
    if not changed:
        raise ActionNotAllowed
    _record_decision(session, action, meeting, submission)


def _record_decision(
    session: Session, action: Action, meeting: Meeting, submission: Submission, **request: str
) -> None:
    journal.record_decision(session, Intent(action, submission, meeting.id, request=dict(request)))
