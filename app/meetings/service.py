"""What may be done with a meeting: create, correct, adopt, cancel, and decide about one that did not succeed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.participants.queue import ParticipantInput, create_import, enqueue
from app.models import Action, AuditAction, CancellationState, IdSource, Meeting, MeetingState, Resolution
from app.models.lock_order import lock_public_meeting_id
from app.models.transitions import (
    complete_cancellation,
    discard_queued,
    transition_cancellation,
    transition_meeting,
)
from app.models.unresolved_calls import has_unresolved_earlier_call
from app.zelta.payloads import build_cancellation_body, build_meeting_body


@dataclass(frozen=True)
class MeetingInput:
    """The input for a meeting: title, start, and the time zone of the input."""

    title: str
    starts_at: datetime
    time_zone: str


class ActionNotAllowed(Exception):
    """The state of the row does not allow this action (any more); nothing changed."""


class MeetingAlreadyExists(Exception):
    """The meeting with this public id is on the list already, as `meeting_id`."""

    def __init__(self, meeting_id: int) -> None:
        super().__init__("the meeting is on the list already")
        self.meeting_id = meeting_id


def available_resolutions(
    state: MeetingState, cancellation: CancellationState | None, *, has_unresolved: bool = False
) -> tuple[Resolution, ...]:
    """What a coordinator may decide about a meeting in this state, the safest first.

    `has_unresolved`: the newest call got a plain no, and an earlier one was left open (see `models.doubts`).
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
    return ()


def can_cancel(state: MeetingState, cancellation: CancellationState | None) -> bool:
    """Whether a cancellation may be sent: always for a scheduled meeting, since it is idempotent."""
    return state == MeetingState.SCHEDULED and cancellation != CancellationState.SENDING


def can_add_participants(state: MeetingState, cancellation: CancellationState | None) -> bool:
    """Whether participants may be added: not while the meeting may already be cancelled."""
    return state == MeetingState.SCHEDULED and cancellation in {None, CancellationState.NOT_SENT}


@retry_on_rollback
def create(
    meeting_input: MeetingInput, submission: Submission, participants: Sequence[ParticipantInput] = ()
) -> int:
    """Create a meeting in Zelta; return our id, whatever the outcome.

    The participants are queued in the same transaction, until the meeting exists.

    Raises:
        DuplicateSubmission: the form was sent before.
    """
    with journal.submission_transaction(submission) as session:
        meeting = Meeting(
            title=meeting_input.title,
            starts_at=meeting_input.starts_at,
            time_zone=meeting_input.time_zone,
            state=MeetingState.SENDING,
            created_by=submission.actor,
        )
        session.add(meeting)
        session.flush()
        if participants:
            enqueue(session, create_import(session, meeting.id, submission), participants, submission)
        call = journal.record_call(
            session, creation_intent(meeting_input, submission, meeting.id, participants)
        )
    executor.execute(call)
    return meeting.id


def creation_intent(
    meeting_input: MeetingInput,
    submission: Submission,
    meeting_id: int,
    participants: Sequence[ParticipantInput] = (),
) -> Intent:
    """The intent to create this meeting, for these people."""
    request: dict[str, object] = {"body": build_meeting_body(meeting_input.title, meeting_input.starts_at)}
    if participants:
        request["people"] = [
            [participant.role, participant.name, participant.email] for participant in participants
        ]
    return Intent(Action.CREATE_MEETING, submission, meeting_id, request=request)


@retry_on_rollback
def correct(meeting_id: int, meeting_input: MeetingInput, submission: Submission) -> None:
    """Send a refused meeting again, corrected.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the meeting is not refused.
    """
    with journal.submission_transaction(submission) as session:
        meeting = _lock_meeting(session, meeting_id)
        if meeting.state != MeetingState.REFUSED:
            raise ActionNotAllowed
        meeting.title, meeting.starts_at, meeting.time_zone = (
            meeting_input.title,
            meeting_input.starts_at,
            meeting_input.time_zone,
        )
        call = _record_resend(session, meeting, submission)
    executor.execute(call)


@retry_on_rollback
def adopt(public_meeting_id: str, meeting_input: MeetingInput, submission: Submission) -> int:
    """Adopt a meeting created elsewhere; return our id. The API has no call to verify it.

    Raises:
        DuplicateSubmission: the form was sent before.
        MeetingAlreadyExists: that meeting is on the list.
    """
    with _translate_duplicate_id(public_meeting_id), journal.submission_transaction(submission) as session:
        lock_public_meeting_id(session, public_meeting_id)
        _raise_if_known(session, public_meeting_id)
        meeting = Meeting(
            title=meeting_input.title,
            starts_at=meeting_input.starts_at,
            time_zone=meeting_input.time_zone,
            state=MeetingState.SCHEDULED,
            public_meeting_id=public_meeting_id,
            id_source=IdSource.MANUAL,
            created_by=submission.actor,
        )
        session.add(meeting)
        session.flush()
        journal.record_decision(
            session, adoption_intent(public_meeting_id, meeting_input, submission, meeting.id)
        )
        return meeting.id


def adoption_intent(
    public_meeting_id: str, meeting_input: MeetingInput, submission: Submission, meeting_id: int
) -> Intent:
    """The decision to take this meeting in."""
    request = {
        "public_meeting_id": public_meeting_id,
        "body": build_meeting_body(meeting_input.title, meeting_input.starts_at),
    }
    return Intent(Action.ADOPT_MEETING, submission, meeting_id, request=request)


@retry_on_rollback
def cancel(meeting_id: int, submission: Submission) -> None:
    """Cancel a scheduled meeting.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the meeting is not scheduled, or its cancellation is on its way.
    """
    with journal.submission_transaction(submission) as session:
        call = _record_cancellation(session, _lock_meeting(session, meeting_id), submission)
    executor.execute(call)


@retry_on_rollback
def record_links_copied(meeting_id: int, actor: Actor) -> None:
    """Record that a user copied all links of a meeting.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    with write_transaction() as session:
        session.get_one(Meeting, meeting_id)
        record_event(session, AuditAction.COPIED_LINKS, actor, meeting_id=meeting_id)


@retry_on_rollback
def resolve(meeting_id: int, choice: Resolution, submission: Submission, public_meeting_id: str = "") -> None:
    """Apply a coordinator's decision about a meeting or cancellation that did not succeed.

    Args:
        meeting_id: ours.
        choice: one of `choices` for the meeting's state.
        submission: whose decision.
        public_meeting_id: Zelta's id of the meeting, for `exists`.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the choice is not open for the meeting.
        MeetingAlreadyExists: `exists` names a meeting that is on the list.
    """
    call: PendingCall | None = None
    with _translate_duplicate_id(public_meeting_id), journal.submission_transaction(submission) as session:
        if choice == Resolution.EXISTS:
            lock_public_meeting_id(session, public_meeting_id)
        meeting = _lock_meeting(session, meeting_id)
        has_unresolved = has_unresolved_earlier_call(session, meeting)
        if choice not in available_resolutions(
            meeting.state, meeting.cancellation, has_unresolved=has_unresolved
        ):
            raise ActionNotAllowed
        match choice:
            case Resolution.SEND_AGAIN if meeting.state == MeetingState.SCHEDULED:
                call = _record_cancellation(session, meeting, submission)
            case Resolution.SEND_AGAIN:
                call = _record_resend(session, meeting, submission)
            case Resolution.EXISTS:
                _attach_existing_id(session, meeting, public_meeting_id, submission)
            case Resolution.CANCELLED:
                _mark_cancelled(session, meeting, submission)
            case Resolution.DISCARD:
                _discard(session, meeting, submission)
    if call is not None:
        executor.execute(call)


@contextmanager
def _translate_duplicate_id(public_meeting_id: str) -> Iterator[None]:
    """Raise MeetingAlreadyExists if a concurrent request adopted the same meeting first."""
    try:
        yield
    except IntegrityError:
        with Session(db.engine) as session:
            _raise_if_known(session, public_meeting_id)
        raise


def _lock_meeting(session: Session, meeting_id: int) -> Meeting:
    """The meeting, locked FOR UPDATE until the transaction ends (SQLite locks the whole database)."""
    return session.get_one(Meeting, meeting_id, with_for_update=True)


def _record_resend(session: Session, meeting: Meeting, submission: Submission) -> PendingCall:
    if not transition_meeting(session, meeting.id, MeetingState.SENDING):
        raise ActionNotAllowed
    meeting_input = MeetingInput(meeting.title, meeting.starts_at, meeting.time_zone)
    return journal.record_call(session, creation_intent(meeting_input, submission, meeting.id))


def _record_cancellation(session: Session, meeting: Meeting, submission: Submission) -> PendingCall:
    if not transition_cancellation(session, meeting.id, CancellationState.SENDING):
        raise ActionNotAllowed
    request = {"public_meeting_id": meeting.public_meeting_id, "body": build_cancellation_body()}
    return journal.record_call(
        session, Intent(Action.CANCEL_MEETING, submission, meeting.id, request=request)
    )


def _attach_existing_id(
    session: Session, meeting: Meeting, public_meeting_id: str, submission: Submission
) -> None:
    _raise_if_known(session, public_meeting_id)
    ids = {"public_meeting_id": public_meeting_id, "id_source": IdSource.MANUAL}
    if not transition_meeting(session, meeting.id, MeetingState.SCHEDULED, **ids):
        raise ActionNotAllowed
    _record_decision(session, Action.MEETING_EXISTS, meeting, submission, public_meeting_id=public_meeting_id)


def _mark_cancelled(session: Session, meeting: Meeting, submission: Submission) -> None:
    if not complete_cancellation(session, meeting.id):
        raise ActionNotAllowed
    _record_decision(session, Action.CANCEL_MEETING, meeting, submission, said="cancelled")


def _discard(session: Session, meeting: Meeting, submission: Submission) -> None:
    if meeting.state == MeetingState.SCHEDULED:
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


def _raise_if_known(session: Session, public_meeting_id: str) -> None:
    existing_id = session.scalar(
        select(Meeting.id).where(Meeting.public_meeting_id == public_meeting_id).order_by(Meeting.id).limit(1)
    )
    if existing_id is not None:
        raise MeetingAlreadyExists(existing_id)
