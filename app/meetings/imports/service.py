"""Participant imports: create a draft, preview, send through the outbox, pause, resume, stop."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Intent, Submission
from app.list_parser import ParsedList
from app.meetings.imports.parse_result import ParseResult
from app.meetings.imports.review import (
    ImportPreview,
    StaleReadingError,
    build_import_preview,
    delete_source,
    exclude_duplicates,
    store_rows,
)
from app.meetings.imports.row_edits import apply_edits
from app.meetings.imports.rows import (
    ImportRow,
    compute_version,
    deserialize_rows,
    find_reincluded,
    reading_of,
    rows_from,
    serialize_rows,
    to_participant_input,
)
from app.meetings.imports.source import ImportSource, ReadingState
from app.meetings.participants.queue import enqueue
from app.meetings.participants.service import EmailTaken
from app.meetings.service import ActionNotAllowed
from app.models import (
    Action,
    ImportState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
)
from app.models.lock_order import lock_import
from app.models.transitions import (
    discard_queued,
    email_taken_by_other,
    requeue_refused,
    require_transition,
    transition_import,
)


class RowsExcluded(Exception):
    """An outdated form includes rows that a later form excluded; nothing is written."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        super().__init__("the form includes rows that were left out since")
        self.rows = rows


@retry_on_rollback
def create_draft(
    meeting_id: int,
    parsed: ParsedList,
    submission: Submission,
    source: ImportSource | None = None,
    state: ReadingState | None = None,
) -> int:
    """Store a draft import for preview; nothing is sent. Returns its id.

    A draft makes no call and has no journal entry: an unchanged draft of the same actor with the same rows
    is reused, so that a form submitted twice creates one draft.

    Args:
        meeting_id: our id of the meeting.
        parsed: the list as read.
        submission: who brings it.
        source: what it was read from; without it the list cannot be read again.
        state: how it was read.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
        ActionNotAllowed: the meeting accepts no participants now.
    """
    with write_transaction() as session:
        _require_open_meeting(session.get_one(Meeting, meeting_id, with_for_update=True))
        state = state or ReadingState()
        participant_import = ParticipantImport(
            meeting_id=meeting_id,
            state=ImportState.DRAFT,
            rows=serialize_rows(exclude_duplicates(session, meeting_id, rows_from(parsed))),
            encoding=parsed.encoding,
            source=source.data if source else None,
            source_filename=source.filename if source else None,
            answers=state.to_json(),
            parse_result=ParseResult.from_parsed(parsed).to_json() if source else None,
            created_by=submission.actor,
        )
        if (existing_id := _find_same_draft(session, participant_import)) is not None:
            return existing_id
        session.add(participant_import)
        session.flush()
        return participant_import.id


def get_preview(list_id: int) -> ImportPreview:
    """A list as it stands.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    with Session(db.engine) as session:
        return build_import_preview(session, session.get_one(ParticipantImport, list_id))


@retry_on_rollback
def save_edits(list_id: int, form: Mapping[str, str]) -> ImportPreview:
    """Keep what a preview's form says of its rows; nothing is sent.

    Raises:
        StaleReadingError: the form is of an earlier reading of the list.
    """
    with write_transaction() as session:
        participant_import = lock_import(session, list_id)
        _check_reading(participant_import, form)
        store_rows(participant_import, apply_edits(deserialize_rows(participant_import.rows), form))
        return build_import_preview(session, participant_import)


@retry_on_rollback
def send_import(list_id: int, form: dict[str, str], submission: Submission) -> ImportPreview:
    """Queue every ready, included row; rows with a problem and excluded rows stay in the import.

    Where no row is ready, the corrections are kept and nothing else happens.

    Returns:
        The list as it was sent.

    Raises:
        DuplicateSubmission: the form was sent before.
        RowsExcluded: the form includes rows that were excluded after it was rendered.
        ActionNotAllowed: the list was stopped, or the meeting accepts no participants now.
        StaleReadingError: the form is of an earlier reading of the list.
    """
    with journal.submission_transaction(submission) as session:
        participant_import = session.get_one(ParticipantImport, list_id)
        meeting = session.get_one(Meeting, participant_import.meeting_id, with_for_update=True)
        session.refresh(participant_import, with_for_update=True)
        _require_open_meeting(meeting)
        if participant_import.state == ImportState.STOPPED:
            raise ActionNotAllowed
        _check_reading(participant_import, form)
        before = deserialize_rows(participant_import.rows)
        after = apply_edits(before, form)
        reading = ReadingState.from_json(participant_import.answers).reading
        if form.get("version") != compute_version(before, reading) and (
            reincluded := find_reincluded(before, after)
        ):
            raise RowsExcluded(reincluded)
        store_rows(participant_import, after)
        preview = build_import_preview(session, participant_import)
        if preview.sendable:
            _send_rows(session, participant_import, preview, submission)
        return preview


def _send_rows(
    session: Session, people_list: ParticipantImport, sent: ImportPreview, submission: Submission
) -> None:
    number = enqueue(session, people_list, [to_participant_input(row) for row in sent.sendable], submission)
    # Rows keep their numbers, so that a preview opened earlier refers to the same rows.
    store_rows(people_list, [one.row for one in sent.rows if one.stays])
    delete_source(people_list)
    if people_list.state == ImportState.DRAFT:
        # The row is locked since it was read.
        require_transition(transition_import(session, people_list.id, ImportState.RUNNING))
    request = {"list_id": people_list.id, "number": number}
    journal.record_decision(
        session, Intent(Action.IMPORT_PARTICIPANTS, submission, people_list.meeting_id, request=request)
    )


def pause(list_id: int, submission: Submission) -> None:
    """Pause a running import; raises ActionNotAllowed if it is not running."""
    _change_state(list_id, ImportState.PAUSED, Action.PAUSE_IMPORT, submission)


def resume(list_id: int, submission: Submission) -> None:
    """Resume a paused import; raises ActionNotAllowed if it is not paused."""
    _change_state(list_id, ImportState.RUNNING, Action.RESUME_IMPORT, submission)


def stop(list_id: int, submission: Submission) -> None:
    """Stop an import permanently: its queued participants are discarded."""
    _change_state(list_id, ImportState.STOPPED, Action.STOP_IMPORT, submission)


@retry_on_rollback
def resend_refused(meeting_id: int, submission: Submission) -> int:
    """Requeue the refused participants of a meeting's imports; return how many.

    Raises:
        DuplicateSubmission: the form was sent before.
        EmailTaken: other rows have reserved all of their emails since; none is queued.
        ActionNotAllowed: the meeting accepts no participants now.
    """
    try:
        with journal.submission_transaction(submission) as session:
            meeting = session.get_one(Meeting, meeting_id, with_for_update=True)
            _require_open_meeting(meeting)
            queued_count = requeue_refused(session, meeting_id)
            if not queued_count and session.scalar(_taken_email_query(meeting_id)) is not None:
                raise EmailTaken
            request = {"number": queued_count}
            journal.record_decision(
                session, Intent(Action.SEND_LATER, submission, meeting_id, request=request)
            )
            return queued_count
    except IntegrityError as error:
        raise EmailTaken from error


def get_meeting_id(list_id: int) -> int:
    """The meeting that a list is for.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such list.
    """
    with Session(db.engine) as session:
        return session.get_one(ParticipantImport, list_id).meeting_id


@retry_on_rollback
def _change_state(list_id: int, target: ImportState, action: Action, submission: Submission) -> None:
    with journal.submission_transaction(submission) as session:
        participant_import = session.get_one(ParticipantImport, list_id)
        meeting = session.get_one(Meeting, participant_import.meeting_id, with_for_update=True)
        session.refresh(participant_import, with_for_update=True)
        if action == Action.RESUME_IMPORT and participant_import.state != ImportState.PAUSED:
            raise ActionNotAllowed
        if not transition_import(session, list_id, target, pause_reason=None):
            raise ActionNotAllowed
        if target == ImportState.STOPPED:
            delete_source(participant_import)
            discard_queued(session, meeting_id=meeting.id, list_id=list_id)
        journal.record_decision(session, Intent(action, submission, meeting.id, request={"list_id": list_id}))


def _find_same_draft(session: Session, wanted: ParticipantImport) -> int | None:
    drafts = select(ParticipantImport).where(
        ParticipantImport.meeting_id == wanted.meeting_id,
        ParticipantImport.state == ImportState.DRAFT,
        ParticipantImport.created_by == wanted.created_by,
    )
    names = ("rows", "encoding", "source_filename", "answers", "parse_result", "source")
    matching_ids = (
        draft.id
        for draft in session.scalars(drafts)
        if all(getattr(draft, name) == getattr(wanted, name) for name in names)
    )
    return next(matching_ids, None)


def _taken_email_query(meeting_id: int) -> Select[int]:
    refused_conditions = (Participant.meeting_id == meeting_id, Participant.state == ParticipantState.REFUSED)
    return select(Participant.id).where(*refused_conditions, email_taken_by_other()).limit(1)


def _require_open_meeting(meeting: Meeting) -> None:
    # A meeting that is being created or unconfirmed may already have an import: it waits in the queue.
    if meeting.state in {MeetingState.CANCELLED, MeetingState.DISCARDED}:
        raise ActionNotAllowed


def _check_reading(people_list: ParticipantImport, form: Mapping[str, str]) -> None:
    if reading_of(form.get("version")) != ReadingState.from_json(people_list.answers).reading:
        raise StaleReadingError
