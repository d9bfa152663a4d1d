"""Participant actions: add, correct, resolve, reveal a token."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.database import db, retry_on_rollback, write_transaction
from app.extensions import get_cipher
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.participants.present_people import refuse_same_person
from app.meetings.participants.queue import ParticipantInput
from app.meetings.service import ActionNotAllowed, can_add_participants
from app.models import Action, Meeting, Participant, ParticipantState
from app.models.participant import EMAIL_RESERVED
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.models.transitions import transition_participant
from app.utils.text import email_key
from app.zelta.payloads import build_participant_body


class EmailTaken(Exception):
    """A participant with this email is already in the meeting."""


class PossiblyMailed(Exception):
    """The e-mail may have been sent an invitation to this meeting, and a second one was not accepted."""


@retry_on_rollback
def add(meeting_id: int, participant_input: ParticipantInput, submission: Submission) -> int:
    """Add a participant in Zelta, which mails the invitation at once if there is an email.

    Returns:
        Our id of the participant, whatever the outcome.

    Raises:
        DuplicateSubmission: the form was sent before.
        EmailTaken: the address is reserved by another row of the meeting.
        ActionNotAllowed: the meeting accepts no participants now.
        PossiblyMailed: the address may have been mailed already, and no second mail was accepted.
        PossiblySamePerson: the person may be in the meeting already, and the coordinator has not denied it.
    """
    try:
        with journal.submission_transaction(submission) as session:
            meeting = _lock_open_meeting(session, meeting_id)
            participant = Participant(
                meeting_id=meeting_id,
                **participant_input.stored(),
                state=ParticipantState.SENDING,
                created_by=submission.actor,
            )
            session.add(participant)
            session.flush()
            refuse_same_person(session, participant, participant_input)
            _check_possibly_mailed(session, participant, accepted=participant_input.accept_second_mail)
            intent = add_participant_intent(
                meeting,
                participant.id,
                participant_input,
                submission,
                send_invitation=participant.send_invitation,
            )
            call = journal.record_call(session, intent)
    except IntegrityError as error:
        raise translate_integrity_error(error, meeting_id, participant_input.email) from error
    executor.execute(call)
    return participant.id


def add_participant_intent(
    meeting: Meeting | Row[Any],
    participant_id: int | None,
    participant_input: ParticipantInput,
    submission: Submission,
    *,
    send_invitation: bool = True,
) -> Intent:
    """The intent to add a participant, without the email unless `send_invitation`.

    `meeting` may be a row of its two ids.
    """
    body = build_participant_body(
        participant_input.role.value,
        participant_input.name,
        email=participant_input.email if send_invitation else None,
        external_id=participant_input.external_id,
    )
    return Intent(
        Action.ADD_PARTICIPANT,
        submission,
        meeting.id,
        participant_id,
        request={"public_meeting_id": meeting.public_meeting_id, "body": body},
    )


@retry_on_rollback
def correct(
    participant_id: int,
    participant_input: ParticipantInput,
    submission: Submission,
    *,
    warned_email: str | None = None,
) -> None:
    """Send a refused participant again, with corrections.

    Args:
        participant_id: ours.
        participant_input: as corrected.
        submission: of the form.
        warned_email: the address of which the form warned that it may be mailed twice (see `was_warned`).

    Raises:
        DuplicateSubmission: the form was sent before.
        EmailTaken: the address is reserved by another row of the meeting.
        ActionNotAllowed: the row is not refused, or its meeting accepts no participants now.
        PossiblyMailed: the address may have been mailed already, and no second mail was accepted.
        PossiblySamePerson: the person may be in the meeting already, and the coordinator has not denied it.
    """
    meeting_id = _get_participant(participant_id).meeting_id
    try:
        with journal.submission_transaction(submission) as session:
            meeting = _lock_open_meeting(session, meeting_id)
            participant = session.get_one(Participant, participant_id, with_for_update=True)
            if participant.state != ParticipantState.REFUSED:
                raise ActionNotAllowed
            is_same_email = _apply_correction(participant, participant_input)
            session.flush()
            refuse_same_person(session, participant, participant_input)
            accepted = participant_input.accept_second_mail or (
                is_same_email and was_warned(participant, warned_email)
            )
            _check_possibly_mailed(session, participant, accepted=accepted)
            call = record_resend(session, meeting, participant, submission)
    except IntegrityError as error:
        raise translate_integrity_error(error, meeting_id, participant_input.email) from error
    executor.execute(call)


@retry_on_rollback
def reveal_token(participant_id: int, submission: Submission) -> str | None:
    """Decrypt a host's token, after recording the access; None if no current key fits.

    Raises:
        ActionNotAllowed: there is no token to show.
    """
    participant = _get_participant(participant_id)
    if participant.token_encrypted is None:
        raise ActionNotAllowed
    with write_transaction() as session:
        view_submission = Submission(submission.actor, None)  # not idempotent: each display is recorded
        journal.record_decision(
            session, Intent(Action.REVEAL_TOKEN, view_submission, participant.meeting_id, participant.id)
        )
    return get_cipher().decrypt(participant.token_encrypted)


def get_participant(participant_id: int) -> Participant:
    """A person by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: no participant has it.
    """
    return _get_participant(participant_id)


def may_be_mailed_twice(participant: Participant) -> bool:
    """Whether sending this participant again may mean a second invitation."""
    with Session(db.engine) as session:
        return may_mail_twice(participant, possibly_mailed_keys(session, participant.meeting_id))


def _get_participant(participant_id: int) -> Participant:
    with Session(db.engine, expire_on_commit=False) as session:
        return session.get_one(Participant, participant_id)


def _lock_open_meeting(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
    if not can_add_participants(meeting.state, meeting.cancellation):
        raise ActionNotAllowed
    return meeting


def _apply_correction(participant: Participant, participant_input: ParticipantInput) -> bool:
    """Apply a correction; return whether the email is unchanged (then its mail decisions stay)."""
    is_same_email = participant_input.email is not None and participant.email_key == email_key(
        participant_input.email
    )
    if not is_same_email:
        participant.send_invitation, participant.possibly_mailed = participant_input.email is not None, False
    participant.send_invitation = participant.send_invitation and participant_input.send_invitation
    participant.role, participant.name = participant_input.role, participant_input.name
    participant.email, participant.external_id = participant_input.email, participant_input.external_id
    participant.phone, participant.phone_typed = participant_input.phone, participant_input.phone_typed
    return is_same_email


def _check_possibly_mailed(session: Session, participant: Participant, *, accepted: bool) -> None:
    """Mark a row whose address may have been mailed already; refuse it unless a second mail was accepted."""
    keys = possibly_mailed_keys(session, participant.meeting_id)
    if may_mail_twice(participant, keys):
        if not accepted:
            raise PossiblyMailed
        participant.possibly_mailed = True


def was_warned(participant: Participant, warned_email: str | None) -> bool:
    """Whether the form warned of a second mail to the address that the row has now.

    The form has the address, or an empty value if its page showed no warning. A form without the field is of
    an earlier release: it is accepted.
    """
    return warned_email is None or email_key(warned_email) == participant.email_key


def record_resend(
    session: Session, meeting: Meeting, participant: Participant, submission: Submission
) -> PendingCall:
    """Record the intent to send a participant again that was refused, not sent, or is unknown.

    Raises:
        ActionNotAllowed: the participant's state does not allow it.
    """
    if not transition_participant(session, participant.id, ParticipantState.SENDING):
        raise ActionNotAllowed
    participant_input = ParticipantInput(
        participant.role, participant.name, participant.email, participant.external_id
    )
    intent = add_participant_intent(
        meeting, participant.id, participant_input, submission, send_invitation=participant.send_invitation
    )
    return journal.record_call(session, intent)


def translate_integrity_error(error: IntegrityError, meeting_id: int, email: str | None) -> Exception:
    """Translate an IntegrityError: the email is taken, or an unexpected error."""
    taken_query = select(Participant.id).where(
        Participant.meeting_id == meeting_id,
        Participant.email_key == (email_key(email) if email else None),
        EMAIL_RESERVED,
    )
    with Session(db.engine) as session:
        return EmailTaken() if session.scalar(taken_query.limit(1)) is not None else error
