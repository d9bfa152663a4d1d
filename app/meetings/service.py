"""What may be done with a meeting: create, correct, adopt, cancel, and decide about one that did not succeed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import dispatch, journal
from app.audit import By, record
from app.database import db, retried, transaction
from app.journal import Begun, Intent, Submission
from app.models import Action, Cancellation, Choice, Deed, IdSource, Meeting, MeetingState
from app.models.doubts import in_doubt
from app.models.meeting import DEFAULT_DURATION_MINUTES
from app.models.moves import discard_waiting, end_cancelled, move_cancellation, move_meeting
from app.people.queue import Person, enqueue, new_list
from app.zelta.bodies import cancellation_body, meeting_body


@dataclass(frozen=True)
class Plan:
    """What a meeting is to be: its title, its instant, and the zone that the instant was said in.

    `duration_minutes` is for calendars; Zelta is not told.
    """

    title: str
    starts_at: datetime
    time_zone: str
    duration_minutes: int = DEFAULT_DURATION_MINUTES


class NotOffered(Exception):
    """The row is not, or no longer, in a state in which this may be done; nothing changed."""


class AlreadyHere(Exception):
    """The meeting with this public id is on the list already, as `meeting_id`."""

    def __init__(self, meeting_id: int) -> None:
        super().__init__("the meeting is on the list already")
        self.meeting_id = meeting_id


def choices(
    state: MeetingState, cancellation: Cancellation | None, *, doubt: bool = False
) -> tuple[Choice, ...]:
    """What a coordinator may decide about a meeting in this state, the safest first.

    `doubt`: the newest call got a plain no, and an earlier one was left open (see `models.doubts`).
    """
    match state, cancellation:
        case MeetingState.UNKNOWN, _:
            return (Choice.AGAIN, Choice.EXISTS, Choice.DISCARD)
        case ((MeetingState.REFUSED | MeetingState.NOT_SENT), _):
            return (Choice.AGAIN, Choice.EXISTS, Choice.DISCARD) if doubt else (Choice.AGAIN, Choice.DISCARD)
        case MeetingState.SCHEDULED, Cancellation.UNKNOWN:
            return (Choice.AGAIN, Choice.CANCELLED, Choice.DISCARD) if doubt else (Choice.AGAIN,)
        case MeetingState.SCHEDULED, Cancellation.NOT_SENT:
            return (Choice.AGAIN, Choice.DISCARD)
    return ()


def may_cancel(state: MeetingState, cancellation: Cancellation | None) -> bool:
    """Whether a cancellation may be sent: always for a scheduled meeting, since sending it twice does no harm."""
    return state == MeetingState.SCHEDULED and cancellation != Cancellation.SENDING


def may_add(state: MeetingState, cancellation: Cancellation | None) -> bool:
    """Whether people may be added: not while the meeting may already be cancelled."""
    return state == MeetingState.SCHEDULED and cancellation in {None, Cancellation.NOT_SENT}


@retried
def create(plan: Plan, submission: Submission, people: Sequence[Person] = ()) -> int:
    """Create a meeting in Zelta; gives our id of it, however the call ends.

    The people wait in the outbox, from the same transaction on, until the meeting exists.

    Raises:
        AlreadySubmitted: the form was sent before.
    """
    with journal.once(submission) as session:
        meeting = Meeting(
            title=plan.title,
            starts_at=plan.starts_at,
            time_zone=plan.time_zone,
            duration_minutes=plan.duration_minutes,
            state=MeetingState.SENDING,
            created_by=submission.actor,
        )
        session.add(meeting)
        session.flush()
        if people:
            enqueue(session, new_list(session, meeting.id, submission), people, submission)
        begun = journal.begin(session, creation(plan, submission, meeting.id, people))
    dispatch.carry_out(begun)
    return meeting.id


def creation(plan: Plan, submission: Submission, meeting_id: int, people: Sequence[Person] = ()) -> Intent:
    """The intent to create this meeting, for these people."""
    request: dict[str, object] = {"body": meeting_body(plan.title, plan.starts_at)}
    if people:
        request["people"] = [[person.role, person.name, person.email] for person in people]
    return Intent(Action.CREATE_MEETING, submission, meeting_id, request=request)


@retried
def correct(meeting_id: int, plan: Plan, submission: Submission) -> None:
    """Send a refused meeting again, corrected.

    Raises:
        AlreadySubmitted: the form was sent before.
        NotOffered: the meeting is not refused.
    """
    with journal.once(submission) as session:
        meeting = _locked(session, meeting_id)
        if meeting.state != MeetingState.REFUSED:
            raise NotOffered
        meeting.title, meeting.starts_at, meeting.time_zone = plan.title, plan.starts_at, plan.time_zone
        meeting.duration_minutes = plan.duration_minutes
        begun = _begin_again(session, meeting, submission)
    dispatch.carry_out(begun)


@retried
def adopt(public_meeting_id: str, plan: Plan, submission: Submission) -> int:
    """Take in a meeting that was made elsewhere; gives our id of it. Zelta is not asked: it could not say.

    Raises:
        AlreadySubmitted: the form was sent before.
        AlreadyHere: that meeting is on the list.
    """
    with _known_id_explained(public_meeting_id), journal.once(submission) as session:
        _refuse_known(session, public_meeting_id)
        meeting = Meeting(
            title=plan.title,
            starts_at=plan.starts_at,
            time_zone=plan.time_zone,
            duration_minutes=plan.duration_minutes,
            state=MeetingState.SCHEDULED,
            public_meeting_id=public_meeting_id,
            id_source=IdSource.TYPED,
            created_by=submission.actor,
        )
        session.add(meeting)
        session.flush()
        journal.note(session, adoption(public_meeting_id, plan, submission, meeting.id))
        return meeting.id


def adoption(public_meeting_id: str, plan: Plan, submission: Submission, meeting_id: int) -> Intent:
    """The decision to take this meeting in."""
    request = {"public_meeting_id": public_meeting_id, "body": meeting_body(plan.title, plan.starts_at)}
    return Intent(Action.ADOPT_MEETING, submission, meeting_id, request=request)


@retried
def cancel(meeting_id: int, submission: Submission) -> None:
    """Cancel a scheduled meeting.

    Raises:
        AlreadySubmitted: the form was sent before.
        NotOffered: the meeting is not scheduled, or its cancellation is on its way.
    """
    with journal.once(submission) as session:
        begun = _begin_cancellation(session, _locked(session, meeting_id), submission)
    dispatch.carry_out(begun)


@retried
def links_copied(meeting_id: int, by: By) -> None:
    """Write down that somebody took all links of a meeting along.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    with transaction() as session:
        session.get_one(Meeting, meeting_id)
        record(session, Deed.COPIED_LINKS, by, meeting_id=meeting_id)


@retried
def resolve(meeting_id: int, choice: Choice, submission: Submission, public_meeting_id: str = "") -> None:
    """Carry out what a coordinator decided about a meeting, or a cancellation, that did not simply succeed.

    Args:
        meeting_id: ours.
        choice: one of `choices` for the meeting's state.
        submission: whose decision.
        public_meeting_id: Zelta's id of the meeting, for `exists`.

    Raises:
        AlreadySubmitted: the form was sent before.
        NotOffered: the choice is not open for the meeting.
        AlreadyHere: `exists` names a meeting that is on the list.
    """
    begun: Begun | None = None
    with _known_id_explained(public_meeting_id), journal.once(submission) as session:
        meeting = _locked(session, meeting_id)
        doubt = in_doubt(session, meeting)
        if choice not in choices(meeting.state, meeting.cancellation, doubt=doubt):
            raise NotOffered
        match choice:
            case Choice.AGAIN if meeting.state == MeetingState.SCHEDULED:
                begun = _begin_cancellation(session, meeting, submission)
            case Choice.AGAIN:
                begun = _begin_again(session, meeting, submission)
            case Choice.EXISTS:
                _accept(session, meeting, public_meeting_id, submission)
            case Choice.CANCELLED:
                _believe_cancelled(session, meeting, submission)
            case Choice.DISCARD:
                _discard(session, meeting, submission)
    if begun is not None:
        dispatch.carry_out(begun)


@contextmanager
def _known_id_explained(public_meeting_id: str) -> Iterator[None]:
    """Say AlreadyHere where somebody else was quicker to take in the same meeting."""
    try:
        yield
    except IntegrityError:
        with Session(db.engine) as session:
            _refuse_known(session, public_meeting_id)
        raise


def _locked(session: Session, meeting_id: int) -> Meeting:
    """The meeting, held until the transaction ends (SQLite's transaction holds everything anyway)."""
    return session.get_one(Meeting, meeting_id, with_for_update=True)


def _begin_again(session: Session, meeting: Meeting, submission: Submission) -> Begun:
    if not move_meeting(session, meeting.id, MeetingState.SENDING):
        raise NotOffered
    plan = Plan(meeting.title, meeting.starts_at, meeting.time_zone)
    return journal.begin(session, creation(plan, submission, meeting.id))


def _begin_cancellation(session: Session, meeting: Meeting, submission: Submission) -> Begun:
    if not move_cancellation(session, meeting.id, Cancellation.SENDING):
        raise NotOffered
    request = {"public_meeting_id": meeting.public_meeting_id, "body": cancellation_body()}
    return journal.begin(session, Intent(Action.CANCEL_MEETING, submission, meeting.id, request=request))


def _accept(session: Session, meeting: Meeting, public_meeting_id: str, submission: Submission) -> None:
    _refuse_known(session, public_meeting_id)
    ids = {"public_meeting_id": public_meeting_id, "id_source": IdSource.TYPED}
    if not move_meeting(session, meeting.id, MeetingState.SCHEDULED, **ids):
        raise NotOffered
    _note(session, Action.MEETING_EXISTS, meeting, submission, public_meeting_id=public_meeting_id)


def _believe_cancelled(session: Session, meeting: Meeting, submission: Submission) -> None:
    if not end_cancelled(session, meeting.id):
        raise NotOffered
    _note(session, Action.CANCEL_MEETING, meeting, submission, said="cancelled")


def _discard(session: Session, meeting: Meeting, submission: Submission) -> None:
    if meeting.state == MeetingState.SCHEDULED:
        moved, action = move_cancellation(session, meeting.id, None), Action.KEEP_MEETING
    else:
        moved, action = move_meeting(session, meeting.id, MeetingState.DISCARDED), Action.DISCARD_MEETING
        discard_waiting(session, meeting_id=meeting.id)
    if not moved:
        raise NotOffered
    _note(session, action, meeting, submission)


def _note(session: Session, action: Action, meeting: Meeting, submission: Submission, **request: str) -> None:
    journal.note(session, Intent(action, submission, meeting.id, request=dict(request)))


def _refuse_known(session: Session, public_meeting_id: str) -> None:
    known = session.scalar(
        select(Meeting.id).where(Meeting.public_meeting_id == public_meeting_id).order_by(Meeting.id).limit(1)
    )
    if known is not None:
        raise AlreadyHere(known)
