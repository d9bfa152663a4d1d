"""Lists of people: read, looked at, sent through the outbox, paused, stopped, and followed while they run."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.database import db, retried, transaction
from app.journal import Intent, Submission
from app.list_parser import ParsedList
from app.meetings.service import NotOffered
from app.models import (
    Action,
    ListState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    PeopleList,
)
from app.models.moves import address_is_anothers, discard_waiting, move_list, requeue_refused, require_changed
from app.models.participant import RESERVED
from app.models.possibly_mailed import possibly_mailed_keys
from app.people.drafts import (
    Judged,
    Row,
    RowState,
    corrected,
    dumped,
    judge,
    loaded,
    of_gone_rows,
    person,
    rows_of,
    taken_back,
    version_of,
)
from app.people.queue import enqueue
from app.people.service import EmailTaken


@dataclass(frozen=True)
class Review:
    """A list as somebody looks at it before it is sent."""

    list_id: int
    meeting_id: int
    rows: list[Judged]
    encoding: str | None
    version: str

    @property
    def going(self) -> list[Row]:
        """The rows that would be sent now."""
        return [one.row for one in self.rows if one.state == RowState.READY and one.row.keep]

    @property
    def left(self) -> list[Row]:
        """The rows that somebody still has to put right."""
        return [one.row for one in self.rows if one.state == RowState.PROBLEM and one.row.keep]


class LeftOut(Exception):
    """The form, made before another one was sent, includes rows that the other left out; nothing is written."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__("the form includes rows that were left out since")
        self.rows = rows


@retried
def draft(meeting_id: int, reading: ParsedList, submission: Submission) -> int:
    """Keep a list to look at; nothing is sent. Gives our id of it.

    A draft calls nothing and is no entry of the journal: the same list of the same person that is still as it was
    read is the same draft, so that a form that is sent twice makes one.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
        NotOffered: the meeting takes nobody any more.
    """
    with transaction() as session:
        _takes_people(session.get_one(Meeting, meeting_id, with_for_update=True))
        rows = dumped(rows_of(reading))
        if (same := _same_draft(session, meeting_id, rows, reading.encoding, submission.actor)) is not None:
            return same
        people_list = PeopleList(
            meeting_id=meeting_id,
            state=ListState.DRAFT,
            rows=rows,
            encoding=reading.encoding,
            created_by=submission.actor,
        )
        session.add(people_list)
        session.flush()
        return people_list.id


def review(list_id: int) -> Review:
    """A list as it stands.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    with Session(db.engine) as session:
        return _review(session, session.get_one(PeopleList, list_id))


@retried
def rewrite(list_id: int, form: dict[str, str]) -> Review:
    """Keep what a preview's form says of its rows; nothing is sent."""
    with transaction() as session:
        people_list = session.get_one(PeopleList, list_id, with_for_update=True)
        _keep(people_list, corrected(loaded(people_list.rows), form))
        return _review(session, people_list)


@retried
def send(list_id: int, form: dict[str, str], submission: Submission) -> Review:
    """Queue every ready row that is kept; what has a problem, or is left out, stays in the list.

    Returns:
        The list as it was sent.

    Raises:
        AlreadySubmitted: the form was sent before.
        LeftOut: the form includes rows that were left out since it was made.
        NotOffered: the list was stopped, or the meeting takes nobody any more.
    """
    with journal.once(submission) as session:
        people_list = session.get_one(PeopleList, list_id)
        meeting = session.get_one(Meeting, people_list.meeting_id, with_for_update=True)
        session.refresh(people_list, with_for_update=True)
        _takes_people(meeting)
        if people_list.state == ListState.STOPPED:
            raise NotOffered
        before = loaded(people_list.rows)
        after = corrected(before, form)
        if form.get("version") != version_of(before) and (back := taken_back(before, after)):
            raise LeftOut(back)
        _keep(people_list, after)
        sent = _review(session, people_list)
        number = enqueue(session, people_list, [person(row) for row in sent.going], submission)
        # They keep their numbers, by which a preview that was opened before, and is sent later, means the same rows.
        left = {row.n for row in sent.left}
        _keep(people_list, [row for row in after if row.n in left or not row.keep])
        if people_list.state == ListState.DRAFT:
            # The row is locked since it was read.
            require_changed(move_list(session, list_id, ListState.RUNNING))
        request = {"list_id": list_id, "number": number}
        journal.note(session, Intent(Action.IMPORT_PEOPLE, submission, meeting.id, request=request))
        return sent


def not_used(list_id: int, form: Mapping[str, str], used: Set[int] = frozenset()) -> list[str]:
    """The included rows of a form that the list no longer has, and that are no person of its meeting as they stand.

    `used` are the numbers of the rows that this form itself has settled.
    """
    with Session(db.engine) as session:
        people_list = session.get_one(PeopleList, list_id)
        at = Participant.meeting_id == people_list.meeting_id
        people = {
            (name, email or "")
            for name, email in session.execute(select(Participant.name, Participant.email).where(at))
        }
        return [
            " ".join(filter(None, typed))
            for typed in of_gone_rows({row.n for row in loaded(people_list.rows)} | used, form)
            if typed not in people
        ]


def pause(list_id: int, submission: Submission) -> None:
    """Send nobody more of a running list for now; raises NotOffered if it does not run."""
    _change(list_id, ListState.PAUSED, Action.PAUSE_LIST, submission)


def resume(list_id: int, submission: Submission) -> None:
    """Go on with a paused list; raises NotOffered if it is not paused."""
    _change(list_id, ListState.RUNNING, Action.RESUME_LIST, submission)


def stop(list_id: int, submission: Submission) -> None:
    """End a list for good, or give it up unsent: whoever waits in the outbox is discarded."""
    _change(list_id, ListState.STOPPED, Action.STOP_LIST, submission)


@retried
def send_refused_again(meeting_id: int, submission: Submission) -> int:
    """Queue everybody of a meeting's lists whom Zelta refused; gives how many.

    Raises:
        AlreadySubmitted: the form was sent before.
        EmailTaken: all of their addresses have been taken by others since; nobody is queued.
        NotOffered: the meeting takes nobody any more.
    """
    try:
        with journal.once(submission) as session:
            meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
            _takes_people(meeting)
            number = requeue_refused(session, meeting_id)
            if not number and session.scalar(_taken_since(meeting_id)) is not None:
                raise EmailTaken
            request = {"number": number}
            journal.note(session, Intent(Action.SEND_LATER, submission, meeting_id, request=request))
            return number
    except IntegrityError as error:
        raise EmailTaken from error


def meeting_of(list_id: int) -> int:
    """The meeting that a list is for.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such list.
    """
    with Session(db.engine) as session:
        return session.get_one(PeopleList, list_id).meeting_id


@retried
def _change(list_id: int, to: ListState, action: Action, submission: Submission) -> None:
    with journal.once(submission) as session:
        people_list = session.get_one(PeopleList, list_id)
        meeting = session.get_one(Meeting, people_list.meeting_id, with_for_update=True)
        session.refresh(people_list, with_for_update=True)
        if action == Action.RESUME_LIST and people_list.state != ListState.PAUSED:
            raise NotOffered
        if not move_list(session, list_id, to, pause_reason=None):
            raise NotOffered
        if to == ListState.STOPPED:
            discard_waiting(session, meeting_id=meeting.id, list_id=list_id)
        journal.note(session, Intent(action, submission, meeting.id, request={"list_id": list_id}))


def _same_draft(
    session: Session, meeting_id: int, rows: Sequence[object], encoding: str | None, actor: str
) -> int | None:
    drafts = select(PeopleList).where(
        PeopleList.meeting_id == meeting_id,
        PeopleList.state == ListState.DRAFT,
        PeopleList.created_by == actor,
    )
    same = (one.id for one in session.scalars(drafts) if (one.rows, one.encoding) == (rows, encoding))
    return next(same, None)


def _taken_since(meeting_id: int) -> Select[int]:
    refused = (Participant.meeting_id == meeting_id, Participant.state == ParticipantState.REFUSED)
    return select(Participant.id).where(*refused, address_is_anothers()).limit(1)


def _takes_people(meeting: Meeting) -> None:
    # A meeting that is on its way, or unconfirmed, may get its list already: it waits.
    if meeting.state in {MeetingState.CANCELLED, MeetingState.DISCARDED}:
        raise NotOffered


def _keep(people_list: PeopleList, rows: Sequence[Row]) -> None:
    people_list.rows = dumped(rows)


def _review(session: Session, people_list: PeopleList) -> Review:
    reserved = select(Participant.email_key).where(Participant.meeting_id == people_list.meeting_id, RESERVED)
    present = frozenset(key for key in session.scalars(reserved) if key)
    rows = loaded(people_list.rows)
    return Review(
        people_list.id,
        people_list.meeting_id,
        judge(rows, present, possibly_mailed_keys(session, people_list.meeting_id)),
        people_list.encoding,
        version_of(rows),
    )
