"""Participant imports: create a draft, preview, send through the outbox, pause, resume, stop."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.database import db, retry_on_rollback, write_transaction
from app.journal import Intent, Submission
from app.list_parser import ParsedList
from app.meetings.imports.rows import (
    ImportRow,
    RowState,
    ValidatedRow,
    apply_edits,
    compute_version,
    deserialize_rows,
    edits_of_removed_rows,
    find_reincluded,
    rows_from,
    serialize_rows,
    to_participant_input,
    validate_rows,
)
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
from app.models.participant import EMAIL_RESERVED
from app.models.possibly_mailed import possibly_mailed_keys
from app.models.transitions import (
    discard_queued,
    email_taken_by_other,
    requeue_refused,
    require_transition,
    transition_import,
)


@dataclass(frozen=True)
class ImportPreview:
    """The preview of an import before it is sent."""

    list_id: int
    meeting_id: int
    rows: list[ValidatedRow]
    encoding: str | None
    version: str

    @property
    def sendable(self) -> list[ImportRow]:
        """The rows that can be sent now."""
        return [
            validated.row
            for validated in self.rows
            if validated.state == RowState.READY and validated.row.included
        ]

    @property
    def unresolved(self) -> list[ImportRow]:
        """The included rows that still have a problem."""
        return [
            validated.row
            for validated in self.rows
            if validated.state == RowState.PROBLEM and validated.row.included
        ]


class RowsExcluded(Exception):
    """An outdated form includes rows that a later form excluded; nothing is written."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        super().__init__("the form includes rows that were left out since")
        self.rows = rows


@retry_on_rollback
def create_draft(meeting_id: int, parsed: ParsedList, submission: Submission) -> int:
    """Store a draft import for preview; nothing is sent. Returns its id.

    A draft makes no call and has no journal entry: an unchanged draft of the same actor with the same rows
    is reused, so that a form submitted twice creates one draft.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
        ActionNotAllowed: the meeting takes nobody any more.
    """
    with write_transaction() as session:
        _require_open_meeting(session.get_one(Meeting, meeting_id, with_for_update=True))
        rows = serialize_rows(rows_from(parsed))
        if (
            existing_id := _find_same_draft(session, meeting_id, rows, parsed.encoding, submission.actor)
        ) is not None:
            return existing_id
        participant_import = ParticipantImport(
            meeting_id=meeting_id,
            state=ImportState.DRAFT,
            rows=rows,
            encoding=parsed.encoding,
            created_by=submission.actor,
        )
        session.add(participant_import)
        session.flush()
        return participant_import.id


def get_preview(list_id: int) -> ImportPreview:
    """A list as it stands.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    with Session(db.engine) as session:
        return _build_preview(session, session.get_one(ParticipantImport, list_id))


@retry_on_rollback
def save_edits(list_id: int, form: dict[str, str]) -> ImportPreview:
    """Save the edits of a preview form; nothing is sent."""
    with write_transaction() as session:
        participant_import = session.get_one(ParticipantImport, list_id, with_for_update=True)
        _store_rows(participant_import, apply_edits(deserialize_rows(participant_import.rows), form))
        return _build_preview(session, participant_import)


@retry_on_rollback
def send_import(list_id: int, form: dict[str, str], submission: Submission) -> ImportPreview:
    """Queue every ready, included row; rows with a problem and excluded rows stay in the import.

    Returns:
        The list as it was sent.

    Raises:
        DuplicateSubmission: the form was sent before.
        RowsExcluded: the form includes rows that were excluded after it was rendered.
        ActionNotAllowed: the list was stopped, or the meeting takes nobody any more.
    """
    with journal.submission_transaction(submission) as session:
        participant_import = session.get_one(ParticipantImport, list_id)
        meeting = session.get_one(Meeting, participant_import.meeting_id, with_for_update=True)
        session.refresh(participant_import, with_for_update=True)
        _require_open_meeting(meeting)
        if participant_import.state == ImportState.STOPPED:
            raise ActionNotAllowed
        before = deserialize_rows(participant_import.rows)
        after = apply_edits(before, form)
        if form.get("version") != compute_version(before) and (reincluded := find_reincluded(before, after)):
            raise RowsExcluded(reincluded)
        _store_rows(participant_import, after)
        preview = _build_preview(session, participant_import)
        queued_count = enqueue(
            session, participant_import, [to_participant_input(row) for row in preview.sendable], submission
        )
        # Rows keep their numbers, so that a preview opened earlier refers to the same rows.
        unresolved_numbers = {row.n for row in preview.unresolved}
        _store_rows(
            participant_import, [row for row in after if row.n in unresolved_numbers or not row.included]
        )
        if participant_import.state == ImportState.DRAFT:
            # The row is locked since it was read.
            require_transition(transition_import(session, list_id, ImportState.RUNNING))
        request = {"list_id": list_id, "number": queued_count}
        journal.record_decision(
            session, Intent(Action.IMPORT_PARTICIPANTS, submission, meeting.id, request=request)
        )
        return preview


def find_unused_rows(
    list_id: int, form: Mapping[str, str], used_numbers: Set[int] = frozenset()
) -> list[str]:
    """The included rows of a form that are no longer in the import and match no participant of the meeting.

    `used_numbers` are the numbers of the rows that this form itself has settled.
    """
    with Session(db.engine) as session:
        participant_import = session.get_one(ParticipantImport, list_id)
        in_meeting = Participant.meeting_id == participant_import.meeting_id
        existing = {
            (name, email or "")
            for name, email in session.execute(select(Participant.name, Participant.email).where(in_meeting))
        }
        return [
            " ".join(filter(None, typed))
            for typed in edits_of_removed_rows(
                {row.n for row in deserialize_rows(participant_import.rows)} | used_numbers, form
            )
            if typed not in existing
        ]


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
        ActionNotAllowed: the meeting takes nobody any more.
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
            discard_queued(session, meeting_id=meeting.id, list_id=list_id)
        journal.record_decision(session, Intent(action, submission, meeting.id, request={"list_id": list_id}))


def _find_same_draft(
    session: Session, meeting_id: int, rows: Sequence[object], encoding: str | None, actor: str
) -> int | None:
    drafts = select(ParticipantImport).where(
        ParticipantImport.meeting_id == meeting_id,
        ParticipantImport.state == ImportState.DRAFT,
        ParticipantImport.created_by == actor,
    )
    matching_ids = (
        draft.id for draft in session.scalars(drafts) if (draft.rows, draft.encoding) == (rows, encoding)
    )
    return next(matching_ids, None)


def _taken_email_query(meeting_id: int) -> Select[int]:
    refused_conditions = (Participant.meeting_id == meeting_id, Participant.state == ParticipantState.REFUSED)
    return select(Participant.id).where(*refused_conditions, email_taken_by_other()).limit(1)


def _require_open_meeting(meeting: Meeting) -> None:
    # A meeting that is being created or unconfirmed may already have an import: it waits in the queue.
    if meeting.state in {MeetingState.CANCELLED, MeetingState.DISCARDED}:
        raise ActionNotAllowed


def _store_rows(participant_import: ParticipantImport, rows: Sequence[ImportRow]) -> None:
    participant_import.rows = serialize_rows(rows)


def _build_preview(session: Session, participant_import: ParticipantImport) -> ImportPreview:
    reserved_query = select(Participant.email_key).where(
        Participant.meeting_id == participant_import.meeting_id, EMAIL_RESERVED
    )
    reserved_keys = frozenset(key for key in session.scalars(reserved_query) if key)
    rows = deserialize_rows(participant_import.rows)
    return ImportPreview(
        participant_import.id,
        participant_import.meeting_id,
        validate_rows(rows, reserved_keys, possibly_mailed_keys(session, participant_import.meeting_id)),
        participant_import.encoding,
        compute_version(rows),
    )
