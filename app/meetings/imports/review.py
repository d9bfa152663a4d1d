"""The review of an import before it is sent: its rows compared with the meeting, and how it was read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.meetings.imports.parse_result import ParseResult
from app.meetings.imports.row_states import RowState, ValidatedRow, validate_rows
from app.meetings.imports.rows import ImportRow, compute_version, deserialize_rows, serialize_rows
from app.meetings.imports.source import ReadingState
from app.meetings.participants.same_person import PersonIdentity
from app.models import ImportState, Participant, ParticipantImport, ParticipantState
from app.models.participant import EMAIL_RESERVED
from app.models.possibly_mailed import possibly_mailed_keys

_GONE = (ParticipantState.DISCARDED, ParticipantState.REFUSED)


@dataclass(frozen=True)
class ImportPreview:
    """An import under review.

    `result` is None once the source is deleted: the list cannot be read again. Of a draft nothing has been
    sent.
    """

    list_id: int
    meeting_id: int
    rows: list[ValidatedRow]
    encoding: str | None
    state: ReadingState
    result: ParseResult | None
    is_draft: bool

    @property
    def version(self) -> str:
        """The version that a form of this preview returns, to detect whether the list has changed."""
        return compute_version([one.row for one in self.rows], self.state.reading)

    @property
    def sendable(self) -> list[ImportRow]:
        """The rows that would be sent now."""
        return [one.row for one in self.rows if one.is_going]

    @property
    def unresolved(self) -> list[ImportRow]:
        """The rows that still need a correction."""
        return [one.row for one in self.rows if one.is_left]

    @property
    def is_in_question(self) -> bool:
        """Whether no row is ready because it is open which column is meant."""
        return bool(self.result and self.result.columns_in_question)


class StaleReadingError(Exception):
    """The form is of an earlier reading of the list: its rows may say something else now. Nothing is written."""


def build_import_preview(session: Session, people_list: ParticipantImport) -> ImportPreview:
    """An import as it stands."""
    result = ParseResult.from_json(people_list.parse_result) if people_list.parse_result else None
    is_in_question = bool(result and result.columns_in_question)
    rows = deserialize_rows(people_list.rows)
    return ImportPreview(
        people_list.id,
        people_list.meeting_id,
        validate_import_rows(session, people_list.meeting_id, rows, columns_open=is_in_question),
        people_list.encoding,
        ReadingState.from_json(people_list.answers),
        result,
        people_list.state == ImportState.DRAFT,
    )


def validate_import_rows(
    session: Session, meeting_id: int, rows: Sequence[ImportRow], *, columns_open: bool = False
) -> list[ValidatedRow]:
    """Rows judged against the people whom the meeting has now."""
    of_meeting = Participant.meeting_id == meeting_id
    reserved = select(Participant.email_key).where(of_meeting, EMAIL_RESERVED)
    present = frozenset(key for key in session.scalars(reserved) if key)
    columns = (Participant.name, Participant.email, Participant.external_id)
    people = session.execute(select(*columns).where(of_meeting, Participant.state.not_in(_GONE)))
    return validate_rows(
        rows,
        present,
        possibly_mailed_keys(session, meeting_id),
        people=[PersonIdentity(name, bool(email), external_id or "") for name, email, external_id in people],
        columns_open=columns_open,
    )


def exclude_duplicates(session: Session, meeting_id: int, rows: Sequence[ImportRow]) -> list[ImportRow]:
    """The rows of a reading; those that are in the meeting, or repeat an earlier row, arrive unticked."""
    doubles = {RowState.ALREADY_ADDED, RowState.DUPLICATE}
    return [
        replace(one.row, included=False)
        if one.state in doubles and "included" not in one.row.typed
        else one.row
        for one in validate_import_rows(session, meeting_id, rows)
    ]


def store_rows(people_list: ParticipantImport, rows: Iterable[ImportRow]) -> None:
    """Keep the rows of an import."""
    people_list.rows = serialize_rows(rows)


def delete_source(people_list: ParticipantImport) -> None:
    """Delete the source: it holds email addresses, and is not read again."""
    people_list.source = people_list.source_filename = people_list.parse_result = None
    state = ReadingState.from_json(people_list.answers)
    people_list.answers = ReadingState(
        default_role=state.default_role, reading=state.reading, last_row=state.last_row
    ).to_json()
