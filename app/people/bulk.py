"""Lists of people: read, looked at, sent through the outbox, paused, stopped, and followed while they run."""

from collections.abc import Mapping, Sequence

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
from app.people.drafts import (
    Row,
    dumped,
    loaded,
    person,
    reading_of,
    rows_of,
    taken_back,
    version_of,
)
from app.people.import_review import (
    Review,
    StaleReadingError,
    delete_source,
    review_import,
    store_rows,
    untick_doubles,
)
from app.people.import_source import ImportSource, ImportState
from app.people.parse_result import ParseResult
from app.people.queue import enqueue
from app.people.row_edits import corrected
from app.people.service import EmailTaken


class LeftOut(Exception):
    """The form, made before another one was sent, includes rows that the other left out; nothing is written."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__("the form includes rows that were left out since")
        self.rows = rows


@retried
def draft(
    meeting_id: int,
    reading: ParsedList,
    submission: Submission,
    source: ImportSource | None = None,
    state: ImportState | None = None,
) -> int:
    """Keep a list to look at; nothing is sent. Gives our id of it.

    A draft calls nothing and is no entry of the journal: the same list of the same person that is still as it was
    read is the same draft, so that a form that is sent twice makes one.

    Args:
        meeting_id: our id of the meeting.
        reading: the list as read.
        submission: who brings it.
        source: what it was read from; without it the list cannot be read again.
        state: how it was read.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
        NotOffered: the meeting takes nobody any more.
    """
    with transaction() as session:
        _takes_people(session.get_one(Meeting, meeting_id, with_for_update=True))
        state = state or ImportState()
        people_list = PeopleList(
            meeting_id=meeting_id,
            state=ListState.DRAFT,
            rows=dumped(untick_doubles(session, meeting_id, rows_of(reading))),
            encoding=reading.encoding,
            source=source.data if source else None,
            source_filename=source.filename if source else None,
            answers=state.to_json(),
            parse_result=ParseResult.from_parsed(reading).to_json() if source else None,
            created_by=submission.actor,
        )
        if (same := _same_draft(session, people_list)) is not None:
            return same
        session.add(people_list)
        session.flush()
        return people_list.id


def review(list_id: int) -> Review:
    """A list as it stands.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    with Session(db.engine) as session:
        return review_import(session, session.get_one(PeopleList, list_id))


@retried
def rewrite(list_id: int, form: Mapping[str, str]) -> Review:
    """Keep what a preview's form says of its rows; nothing is sent.

    Raises:
        StaleReadingError: the form is of an earlier reading of the list.
    """
    with transaction() as session:
        people_list = session.get_one(PeopleList, list_id, with_for_update=True)
        _check_reading(people_list, form)
        store_rows(people_list, corrected(loaded(people_list.rows), form))
        return review_import(session, people_list)


@retried
def send(list_id: int, form: dict[str, str], submission: Submission) -> Review:
    """Queue every ready row that is kept; what has a problem, or is left out, stays in the list.

    Where no row is ready, the corrections are kept and nothing else happens.

    Returns:
        The list as it was sent.

    Raises:
        AlreadySubmitted: the form was sent before.
        LeftOut: the form includes rows that were left out since it was made.
        NotOffered: the list was stopped, or the meeting takes nobody any more.
        StaleReadingError: the form is of an earlier reading of the list.
    """
    with journal.once(submission) as session:
        people_list = session.get_one(PeopleList, list_id)
        meeting = session.get_one(Meeting, people_list.meeting_id, with_for_update=True)
        session.refresh(people_list, with_for_update=True)
        _takes_people(meeting)
        if people_list.state == ListState.STOPPED:
            raise NotOffered
        _check_reading(people_list, form)
        before = loaded(people_list.rows)
        after = corrected(before, form)
        reading = ImportState.from_json(people_list.answers).reading
        if form.get("version") != version_of(before, reading) and (back := taken_back(before, after)):
            raise LeftOut(back)
        store_rows(people_list, after)
        sent = review_import(session, people_list)
        if sent.going:
            _send_rows(session, people_list, sent, submission)
        return sent


def _send_rows(session: Session, people_list: PeopleList, sent: Review, submission: Submission) -> None:
    number = enqueue(session, people_list, [person(row) for row in sent.going], submission)
    # They keep their numbers, by which a preview that was opened before, and is sent later, means the same rows.
    store_rows(people_list, [one.row for one in sent.rows if one.stays])
    delete_source(people_list)
    if people_list.state == ListState.DRAFT:
        # The row is locked since it was read.
        require_changed(move_list(session, people_list.id, ListState.RUNNING))
    request = {"list_id": people_list.id, "number": number}
    journal.note(session, Intent(Action.IMPORT_PEOPLE, submission, people_list.meeting_id, request=request))


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
        if not move_list(session, list_id, to, held_for=None):
            raise NotOffered
        if to == ListState.STOPPED:
            delete_source(people_list)
            discard_waiting(session, meeting_id=meeting.id, list_id=list_id)
        journal.note(session, Intent(action, submission, meeting.id, request={"list_id": list_id}))


def _same_draft(session: Session, wanted: PeopleList) -> int | None:
    drafts = select(PeopleList).where(
        PeopleList.meeting_id == wanted.meeting_id,
        PeopleList.state == ListState.DRAFT,
        PeopleList.created_by == wanted.created_by,
    )
    names = ("rows", "encoding", "source_filename", "answers", "parse_result", "source")
    same = (
        one.id
        for one in session.scalars(drafts)
        if all(getattr(one, name) == getattr(wanted, name) for name in names)
    )
    return next(same, None)


def _taken_since(meeting_id: int) -> Select[int]:
    refused = (Participant.meeting_id == meeting_id, Participant.state == ParticipantState.REFUSED)
    return select(Participant.id).where(*refused, address_is_anothers()).limit(1)


def _takes_people(meeting: Meeting) -> None:
    # A meeting that is on its way, or unconfirmed, may get its list already: it waits.
    if meeting.state in {MeetingState.CANCELLED, MeetingState.DISCARDED}:
        raise NotOffered


def _check_reading(people_list: PeopleList, form: Mapping[str, str]) -> None:
    if reading_of(form.get("version")) != ImportState.from_json(people_list.answers).reading:
        raise StaleReadingError
