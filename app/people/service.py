"""What may be done with a person of a meeting: add, correct, decide about one that did not succeed, see a token."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import dispatch, journal
from app.database import db, retried, transaction
from app.fittings import vault
from app.journal import Begun, Intent, Submission
from app.meetings.service import NotOffered, may_add
from app.models import Action, Choice, Meeting, Participant, ParticipantState
from app.models.moves import move_participant
from app.models.participant import RESERVED
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys
from app.people.present_people import refuse_same_person
from app.people.queue import Person
from app.text import email_key
from app.zelta.bodies import participant_body


class EmailTaken(Exception):
    """Somebody with this e-mail is in the meeting already."""


class PossiblyMailed(Exception):
    """The e-mail may have been sent an invitation to this meeting, and a second one was not accepted."""


def choices(state: ParticipantState, *, risky: bool, open_meeting: bool) -> tuple[Choice, ...]:
    """What a coordinator may decide about a person in this state, the safest first.

    Args:
        state: where the person stands.
        risky: sending again may mail them a second time (see `may_mail_twice`).
        open_meeting: whether the meeting takes people (see `may_add`); nobody is sent again into one that does not.
    """
    again: tuple[Choice, ...]
    match state:
        case ParticipantState.NOT_SENT:
            # The outbox asks nobody: a second mail takes a person's word, here and now.
            again = (Choice.AGAIN,) if risky else (Choice.AGAIN, Choice.LATER)
        case ParticipantState.UNKNOWN | ParticipantState.REFUSED:
            again = (Choice.AGAIN,)
        case _:
            return ()
    safer = (Choice.RECEIVED, Choice.WITHOUT_EMAIL) if risky else ()
    offered = (*safer, *again, Choice.DISCARD)
    sends = {Choice.AGAIN, Choice.WITHOUT_EMAIL, Choice.LATER}
    return tuple(choice for choice in offered if open_meeting or choice not in sends)


@retried
def add(meeting_id: int, person: Person, submission: Submission) -> int:
    """Add a person to a meeting in Zelta, which mails the invitation at once where there is an e-mail.

    Returns:
        Our id of the person, however the call ends.

    Raises:
        AlreadySubmitted: the form was sent before.
        EmailTaken: the address is reserved by another row of the meeting.
        NotOffered: the meeting takes nobody now.
        PossiblyMailed: the address may have been mailed already, and no second mail was accepted.
        PossiblySamePerson: the person may be in the meeting already, and nobody said that it is another one.
    """
    try:
        with journal.once(submission) as session:
            meeting = _open_meeting(session, meeting_id)
            participant = Participant(
                meeting_id=meeting_id,
                **person.stored(),
                state=ParticipantState.SENDING,
                created_by=submission.actor,
            )
            session.add(participant)
            session.flush()
            refuse_same_person(session, participant, person)
            _check_possibly_mailed(session, participant, accepted=person.second_mail)
            intent = addition(meeting, participant.id, person, submission, mail=participant.mailed)
            begun = journal.begin(session, intent)
    except IntegrityError as error:
        raise _explained(error, meeting_id, person.email) from error
    dispatch.carry_out(begun)
    return participant.id


def addition(
    meeting: Meeting | Row[Any],
    participant_id: int | None,
    person: Person,
    submission: Submission,
    *,
    mail: bool = True,
) -> Intent:
    """The intent to add this person to a meeting (or a row of its two ids); without `mail` the address stays here."""
    body = participant_body(
        person.role.value,
        person.name,
        email=person.email if mail else None,
        external_id=person.external_id,
    )
    return Intent(
        Action.ADD_PARTICIPANT,
        submission,
        meeting.id,
        participant_id,
        request={"public_meeting_id": meeting.public_meeting_id, "body": body},
    )


@retried
def correct(
    participant_id: int, person: Person, submission: Submission, *, warned_email: str | None = None
) -> None:
    """Send a refused person again, corrected.

    Args:
        participant_id: ours.
        person: as corrected.
        submission: of the form.
        warned_email: the address of which the form warned that it may be mailed twice (see `_was_warned`).

    Raises:
        AlreadySubmitted: the form was sent before.
        EmailTaken: the address is reserved by another row of the meeting.
        NotOffered: the row is not refused, or its meeting takes nobody now.
        PossiblyMailed: the address may have been mailed already, and no second mail was accepted.
        PossiblySamePerson: the person may be in the meeting already, and nobody said that it is another one.
    """
    meeting_id = _one(participant_id).meeting_id
    try:
        with journal.once(submission) as session:
            meeting = _open_meeting(session, meeting_id)
            participant = session.get_one(Participant, participant_id, with_for_update=True)
            if participant.state != ParticipantState.REFUSED:
                raise NotOffered
            kept = _rewrite(participant, person)
            session.flush()
            refuse_same_person(session, participant, person)
            accepted = person.second_mail or (kept and _was_warned(participant, warned_email))
            _check_possibly_mailed(session, participant, accepted=accepted)
            begun = _begin_again(session, meeting, participant, submission)
    except IntegrityError as error:
        raise _explained(error, meeting_id, person.email) from error
    dispatch.carry_out(begun)


@retried
def resolve(
    participant_id: int, choice: Choice, submission: Submission, *, warned_email: str | None = None
) -> None:
    """Carry out what a coordinator decided about a person who was refused, not sent, or is unknown.

    Args:
        participant_id: ours.
        choice: one of `choices`.
        submission: of the form.
        warned_email: the address of which the page warned that it may be mailed twice (see `_was_warned`).

    Raises:
        AlreadySubmitted: the form was sent before.
        EmailTaken: a refused row would take an address that another row has reserved since.
        NotOffered: the choice is not open for the row.
    """
    before = _one(participant_id)
    meeting_id, email = before.meeting_id, before.email
    begun: Begun | None = None
    try:
        with journal.once(submission) as session:
            meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
            participant = session.get_one(Participant, participant_id, with_for_update=True)
            open_meeting = may_add(meeting.state, meeting.cancellation)
            risky = may_mail_twice(participant, possibly_mailed_keys(session, meeting.id))
            if choice not in choices(participant.state, risky=risky, open_meeting=open_meeting):
                raise NotOffered
            if choice == Choice.AGAIN and risky and not _was_warned(participant, warned_email):
                raise NotOffered
            if choice in {Choice.AGAIN, Choice.WITHOUT_EMAIL}:
                participant.mailed = participant.mailed and choice == Choice.AGAIN
                participant.maybe_mailed = participant.maybe_mailed or risky
                session.flush()
                begun = _begin_again(session, meeting, participant, submission)
            else:
                _decide(session, participant, choice, submission)
    except IntegrityError as error:
        raise _explained(error, meeting_id, email) from error
    if begun is not None:
        dispatch.carry_out(begun)


@retried
def reveal_token(participant_id: int, submission: Submission) -> str | None:
    """A host's token, after writing down who saw it; None where it cannot be opened with today's keys.

    Raises:
        NotOffered: there is no token to show.
    """
    participant = _one(participant_id)
    if participant.token_sealed is None:
        raise NotOffered
    with transaction() as session:
        by = Submission(submission.actor, None)  # a page that is shown again was looked at again
        journal.note(session, Intent(Action.REVEAL_TOKEN, by, participant.meeting_id, participant.id))
    return vault().open(participant.token_sealed)


def find(participant_id: int) -> Participant:
    """A person by our id.

    Raises:
        sqlalchemy.exc.NoResultFound: nobody has it.
    """
    return _one(participant_id)


def may_be_mailed_twice(participant: Participant) -> bool:
    """Whether sending this participant again may mean a second invitation."""
    with Session(db.engine) as session:
        return may_mail_twice(participant, possibly_mailed_keys(session, participant.meeting_id))


def _one(participant_id: int) -> Participant:
    with Session(db.engine, expire_on_commit=False) as session:
        return session.get_one(Participant, participant_id)


def _open_meeting(session: Session, meeting_id: int) -> Meeting:
    meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
    if not may_add(meeting.state, meeting.cancellation):
        raise NotOffered
    return meeting


def _rewrite(participant: Participant, person: Person) -> bool:
    """Take over what was corrected; gives whether the address stays the same one, with what was decided for it."""
    kept = person.email is not None and participant.email_key == email_key(person.email)
    if not kept:
        participant.mailed, participant.maybe_mailed = person.email is not None, False
    participant.mailed = participant.mailed and person.mail
    participant.role, participant.name = person.role, person.name
    participant.email, participant.external_id = person.email, person.external_id
    participant.phone, participant.phone_typed = person.phone, person.phone_typed
    return kept


def _check_possibly_mailed(session: Session, participant: Participant, *, accepted: bool) -> None:
    """Mark a row whose address may have been mailed already; refuse it unless a second mail was accepted."""
    keys = possibly_mailed_keys(session, participant.meeting_id)
    if may_mail_twice(participant, keys):
        if not accepted:
            raise PossiblyMailed
        participant.maybe_mailed = True


def _was_warned(participant: Participant, warned_email: str | None) -> bool:
    """Whether the form warned of a second mail to the address that the row has now.

    The form holds the address, or nothing where its page called sending again safe. One without the field comes from
    no page of this release: what it asks is taken as it stands.
    """
    return warned_email is None or email_key(warned_email) == participant.email_key


def _begin_again(
    session: Session, meeting: Meeting, participant: Participant, submission: Submission
) -> Begun:
    if not move_participant(session, participant.id, ParticipantState.SENDING):
        raise NotOffered
    person = Person(participant.role, participant.name, participant.email, participant.external_id)
    intent = addition(meeting, participant.id, person, submission, mail=participant.mailed)
    return journal.begin(session, intent)


def _decide(session: Session, participant: Participant, choice: Choice, submission: Submission) -> None:
    to, action = {
        Choice.RECEIVED: (ParticipantState.RECEIVED, Action.INVITATION_RECEIVED),
        Choice.LATER: (ParticipantState.QUEUED, Action.SEND_LATER),
        Choice.DISCARD: (ParticipantState.DISCARDED, Action.DISCARD_PARTICIPANT),
    }[choice]
    if not move_participant(session, participant.id, to):
        raise NotOffered
    journal.note(session, Intent(action, submission, participant.meeting_id, participant.id))


def _explained(error: IntegrityError, meeting_id: int, email: str | None) -> Exception:
    """What a broken constraint means: the address is taken, or something that should not happen."""
    taken = select(Participant.id).where(
        Participant.meeting_id == meeting_id,
        Participant.email_key == (email_key(email) if email else None),
        RESERVED,
    )
    with Session(db.engine) as session:
        return EmailTaken() if session.scalar(taken.limit(1)) is not None else error
