"""Resolutions: a coordinator's decisions about participants that were refused, not sent, or are unknown."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.database import retry_on_rollback
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.participants.restoring import STATE_KEY, find_restorable, restore
from app.meetings.participants.service import (
    get_participant,
    record_resend,
    translate_integrity_error,
    was_warned,
)
from app.meetings.service import ActionNotAllowed, can_add_participants
from app.models import Action, Meeting, Participant, ParticipantState, Resolution
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.models.transitions import transition_participant


def available_resolutions(
    state: ParticipantState, *, may_mail_twice: bool, can_add: bool, can_restore: bool = False
) -> tuple[Resolution, ...]:
    """The available resolutions for a participant in this state, the safest first.

    Args:
        state: the participant's state.
        may_mail_twice: sending again may mail them a second time (see `may_mail_twice`).
        can_add: whether the meeting accepts participants (see `can_add_participants`); if not, no resolution
            sends.
        can_restore: whether discarding them can be undone (see `app.meetings.participants.restoring`).
    """
    send_resolutions: tuple[Resolution, ...]
    match state:
        case ParticipantState.NOT_SENT:
            # The outbox cannot ask: a possible second mail needs the coordinator's confirmation.
            send_resolutions = (
                (Resolution.SEND_AGAIN,) if may_mail_twice else (Resolution.SEND_AGAIN, Resolution.SEND_LATER)
            )
        case ParticipantState.UNKNOWN | ParticipantState.REFUSED:
            send_resolutions = (Resolution.SEND_AGAIN,)
        case ParticipantState.DISCARDED if can_restore:
            return (Resolution.RESTORE,)
        case _:
            return ()
    safer_resolutions = (Resolution.RECEIVED, Resolution.WITHOUT_EMAIL) if may_mail_twice else ()
    resolutions = (*safer_resolutions, *send_resolutions, Resolution.DISCARD)
    sending_resolutions = {Resolution.SEND_AGAIN, Resolution.WITHOUT_EMAIL, Resolution.SEND_LATER}
    return tuple(choice for choice in resolutions if can_add or choice not in sending_resolutions)


@retry_on_rollback
def resolve(
    participant_id: int, choice: Resolution, submission: Submission, *, warned_email: str | None = None
) -> None:
    """Apply a coordinator's decision about a participant that was refused, not sent, or is unknown.

    Args:
        participant_id: ours.
        choice: one of `available_resolutions`.
        submission: of the form.
        warned_email: the address of which the page warned that it may be mailed twice (see `was_warned`).

    Raises:
        DuplicateSubmission: the form was sent before.
        EmailTaken: a refused row would take an address that another row has reserved since.
        ActionNotAllowed: the choice is not open for the row.
    """
    participant_before = get_participant(participant_id)
    meeting_id, email = participant_before.meeting_id, participant_before.email
    call: PendingCall | None = None
    try:
        with journal.submission_transaction(submission) as session:
            meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
            participant = session.get_one(Participant, participant_id, with_for_update=True)
            mails_twice = may_mail_twice(participant, possibly_mailed_keys(session, meeting.id))
            if choice not in _open_choices(session, meeting, participant, mails_twice=mails_twice):
                raise ActionNotAllowed
            if choice == Resolution.SEND_AGAIN and mails_twice and not was_warned(participant, warned_email):
                raise ActionNotAllowed
            if choice in {Resolution.SEND_AGAIN, Resolution.WITHOUT_EMAIL}:
                participant.send_invitation = participant.send_invitation and choice == Resolution.SEND_AGAIN
                participant.possibly_mailed = participant.possibly_mailed or mails_twice
                session.flush()
                call = record_resend(session, meeting, participant, submission)
            elif choice == Resolution.RESTORE:
                restore(session, meeting, participant, submission)
            else:
                _apply_resolution(session, participant, choice, submission)
    except IntegrityError as error:
        raise translate_integrity_error(error, meeting_id, email) from error
    if call is not None:
        executor.execute(call)


def _open_choices(
    session: Session, meeting: Meeting, participant: Participant, *, mails_twice: bool
) -> tuple[Resolution, ...]:
    is_discarded = participant.state == ParticipantState.DISCARDED
    return available_resolutions(
        participant.state,
        may_mail_twice=mails_twice,
        can_add=can_add_participants(meeting.state, meeting.cancellation),
        can_restore=is_discarded and participant.id in find_restorable(session, meeting),
    )


def _apply_resolution(
    session: Session, participant: Participant, choice: Resolution, submission: Submission
) -> None:
    state, action = {
        Resolution.RECEIVED: (ParticipantState.RECEIVED, Action.INVITATION_RECEIVED),
        Resolution.SEND_LATER: (ParticipantState.QUEUED, Action.SEND_LATER),
        Resolution.DISCARD: (ParticipantState.DISCARDED, Action.DISCARD_PARTICIPANT),
    }[choice]
    # What can be undone says what it was before.
    request = {STATE_KEY: participant.state.value} if choice == Resolution.DISCARD else {}
    if not transition_participant(session, participant.id, state):
        raise ActionNotAllowed
    journal.record_decision(
        session, Intent(action, submission, participant.meeting_id, participant.id, request=request)
    )
