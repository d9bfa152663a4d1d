"""Meeting actions: create, correct, adopt, cancel, resolve."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.participants.queue import ListDraft, ParticipantInput, create_import, enqueue, new_draft
from app.models import Action, AuditAction, CancellationState, IdSource, Meeting, MeetingState
from app.models.lock_order import lock_public_meeting_id
from app.models.meeting import ACTIVE, DEFAULT_DURATION_MINUTES
from app.models.transitions import (
    transition_cancellation,
    transition_meeting,
)
from app.zelta.payloads import build_cancellation_body, build_meeting_body


@dataclass(frozen=True)
class MeetingInput:
    """The input of a meeting. `time_zone` is the zone in which the start was entered.

    `duration_minutes` is for calendar files; it is not sent to Zelta.
    """

    title: str
    starts_at: datetime
    time_zone: str
    duration_minutes: int = DEFAULT_DURATION_MINUTES


class ActionNotAllowed(Exception):
    """The state of the row does not allow this action (any more); nothing changed."""


class MeetingAlreadyExists(Exception):
    """The meeting is on the list already, as `meeting_id`."""

    def __init__(self, meeting_id: int) -> None:
        super().__init__("the meeting is on the list already")
        self.meeting_id = meeting_id


def can_cancel(state: MeetingState, cancellation: CancellationState | None) -> bool:
    """Whether a cancellation may be sent: always for a scheduled meeting, since it is idempotent."""
    return state == MeetingState.SCHEDULED and cancellation != CancellationState.SENDING


def can_add_participants(state: MeetingState, cancellation: CancellationState | None) -> bool:
    """Whether participants may be added: not while the meeting may already be cancelled."""
    return state == MeetingState.SCHEDULED and cancellation in {None, CancellationState.NOT_SENT}


@retry_on_rollback
def create(
    meeting_input: MeetingInput,
    submission: Submission,
    participants: Sequence[ParticipantInput] = (),
    drafts: Sequence[ListDraft] = (),
    *,
    other_than: int | None = None,
) -> int:
    """Create a meeting in Zelta; return our id, whatever the outcome.

    The participants are queued in the same transaction, until the meeting exists. The drafts are stored with
    the meeting, whatever the outcome. `other_than` is our id of the meeting that the user was asked about.

    Raises:
        DuplicateSubmission: the form was sent before.
        MeetingAlreadyExists: the user created this meeting before, with another submission id.
    """
    with journal.submission_transaction(submission) as session:
        _raise_if_created_before(session, meeting_input, submission.actor, other_than)
        meeting = new_meeting(meeting_input, MeetingState.SENDING, submission.actor)
        session.add(meeting)
        session.flush()
        if participants:
            enqueue(session, create_import(session, meeting.id, submission), participants, submission)
        for draft in drafts:
            new_draft(session, meeting.id, draft, submission)
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
    """The intent to create this meeting, with these participants."""
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
        meeting = lock_meeting(session, meeting_id)
        if meeting.state != MeetingState.REFUSED:
            raise ActionNotAllowed
        meeting.title, meeting.starts_at, meeting.time_zone = (
            meeting_input.title,
            meeting_input.starts_at,
            meeting_input.time_zone,
        )
        meeting.duration_minutes = meeting_input.duration_minutes
        call = record_resend(session, meeting, submission)
    executor.execute(call)


@retry_on_rollback
def adopt(public_meeting_id: str, meeting_input: MeetingInput, submission: Submission) -> int:
    """Adopt a meeting created elsewhere; return our id. The API has no call to verify it.

    Raises:
        DuplicateSubmission: the form was sent before.
        MeetingAlreadyExists: that meeting is on the list.
    """
    with translate_duplicate_id(public_meeting_id), journal.submission_transaction(submission) as session:
        lock_public_meeting_id(session, public_meeting_id)
        raise_if_known(session, public_meeting_id)
        meeting = new_meeting(meeting_input, MeetingState.SCHEDULED, submission.actor)
        meeting.public_meeting_id, meeting.id_source = public_meeting_id, IdSource.MANUAL
        session.add(meeting)
        session.flush()
        journal.record_decision(
            session, adoption_intent(public_meeting_id, meeting_input, submission, meeting.id)
        )
        return meeting.id


def adoption_intent(
    public_meeting_id: str, meeting_input: MeetingInput, submission: Submission, meeting_id: int
) -> Intent:
    """The decision to adopt this meeting."""
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
        call = record_cancellation(session, lock_meeting(session, meeting_id), submission)
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


@contextmanager
def translate_duplicate_id(public_meeting_id: str) -> Iterator[None]:
    """Raise MeetingAlreadyExists if a concurrent request adopted the same meeting first."""
    try:
        yield
    except IntegrityError:
        with Session(db.engine) as session:
            raise_if_known(session, public_meeting_id)
        raise


def new_meeting(meeting_input: MeetingInput, state: MeetingState, actor: str) -> Meeting:
    """A meeting that is not stored yet, in this state."""
    return Meeting(
        title=meeting_input.title,
        starts_at=meeting_input.starts_at,
        time_zone=meeting_input.time_zone,
        duration_minutes=meeting_input.duration_minutes,
        state=state,
        created_by=actor,
    )


def _raise_if_created_before(
    session: Session, meeting_input: MeetingInput, actor: str, other_than: int | None
) -> None:
    # Without JavaScript the Back button gives the same form with a fresh submission id.
    query = select(func.max(Meeting.id)).where(
        ACTIVE,
        Meeting.created_by == actor,
        Meeting.starts_at == meeting_input.starts_at,
        Meeting.title == meeting_input.title,
    )
    existing_id = session.scalar(query)
    if existing_id is not None and existing_id != other_than:
        raise MeetingAlreadyExists(existing_id)


def lock_meeting(session: Session, meeting_id: int) -> Meeting:
    """The meeting, locked FOR UPDATE until the transaction ends (SQLite locks the whole database)."""
    return session.get_one(Meeting, meeting_id, with_for_update=True)


def record_resend(session: Session, meeting: Meeting, submission: Submission) -> PendingCall:
    """Record the intent to create a meeting again that was refused, not sent, or is unknown.

    Raises:
        ActionNotAllowed: the meeting's state does not allow it.
    """
    if not transition_meeting(session, meeting.id, MeetingState.SENDING):
        raise ActionNotAllowed
    meeting_input = MeetingInput(meeting.title, meeting.starts_at, meeting.time_zone)
    return journal.record_call(session, creation_intent(meeting_input, submission, meeting.id))


def record_cancellation(
    session: Session, meeting: Meeting, submission: Submission, *, from_outbox: bool = False
) -> PendingCall:
    """Record the intent to cancel a meeting; `from_outbox`: a sender does it, after a move.

    Raises:
        ActionNotAllowed: the meeting is not scheduled, or its cancellation is in progress.
    """
    if not transition_cancellation(session, meeting.id, CancellationState.SENDING):
        raise ActionNotAllowed
    request = {"public_meeting_id": meeting.public_meeting_id, "body": build_cancellation_body()}
    intent = Intent(Action.CANCEL_MEETING, submission, meeting.id, request=request)
    return journal.record_call(session, intent, from_outbox=from_outbox)


def raise_if_known(session: Session, public_meeting_id: str) -> None:
    """Raise `MeetingAlreadyExists` if a meeting with this public id is in the list."""
    existing_id = session.scalar(
        select(Meeting.id).where(Meeting.public_meeting_id == public_meeting_id).order_by(Meeting.id).limit(1)
    )
    if existing_id is not None:
        raise MeetingAlreadyExists(existing_id)
