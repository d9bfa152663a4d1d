"""An import as somebody looks at it before it is sent: its rows judged against the meeting, and how it was read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ListState, Participant, ParticipantState, PeopleList
from app.models.participant import RESERVED
from app.models.possibly_mailed import possibly_mailed_keys
from app.people.drafts import Row, dumped, loaded, version_of
from app.people.import_source import ImportState
from app.people.parse_result import ParseResult
from app.people.row_states import Judged, RowState, judge
from app.people.same_person import Known

_GONE = (ParticipantState.DISCARDED, ParticipantState.REFUSED)


@dataclass(frozen=True)
class Review:
    """A list as somebody looks at it before it is sent.

    `result` is None once the source is deleted: the list cannot be read again. Of a draft nothing has been sent.
    """

    list_id: int
    meeting_id: int
    rows: list[Judged]
    encoding: str | None
    state: ImportState
    result: ParseResult | None
    is_draft: bool

    @property
    def version(self) -> str:
        """What a form of this preview gives back, to tell whether the list is still as it was shown."""
        return version_of([one.row for one in self.rows], self.state.reading)

    @property
    def going(self) -> list[Row]:
        """The rows that would be sent now."""
        return [one.row for one in self.rows if one.is_going]

    @property
    def left(self) -> list[Row]:
        """The rows that somebody still has to put right."""
        return [one.row for one in self.rows if one.is_left]

    @property
    def is_in_question(self) -> bool:
        """Whether no row is ready because it is open which column is meant."""
        return bool(self.result and self.result.columns_in_question)


class StaleReadingError(Exception):
    """The form is of an earlier reading of the list: its rows may say something else now. Nothing is written."""


def review_import(session: Session, people_list: PeopleList) -> Review:
    """An import as it stands."""
    result = ParseResult.from_json(people_list.parse_result) if people_list.parse_result else None
    is_in_question = bool(result and result.columns_in_question)
    rows = loaded(people_list.rows)
    return Review(
        people_list.id,
        people_list.meeting_id,
        judge_rows(session, people_list.meeting_id, rows, columns_open=is_in_question),
        people_list.encoding,
        ImportState.from_json(people_list.answers),
        result,
        people_list.state == ListState.DRAFT,
    )


def judge_rows(
    session: Session, meeting_id: int, rows: Sequence[Row], *, columns_open: bool = False
) -> list[Judged]:
    """Rows judged against the people whom the meeting has now."""
    of_meeting = Participant.meeting_id == meeting_id
    reserved = select(Participant.email_key).where(of_meeting, RESERVED)
    present = frozenset(key for key in session.scalars(reserved) if key)
    columns = (Participant.name, Participant.email, Participant.external_id)
    people = session.execute(select(*columns).where(of_meeting, Participant.state.not_in(_GONE)))
    return judge(
        rows,
        present,
        possibly_mailed_keys(session, meeting_id),
        people=[Known(name, bool(email), external_id or "") for name, email, external_id in people],
        columns_open=columns_open,
    )


def untick_doubles(session: Session, meeting_id: int, rows: Sequence[Row]) -> list[Row]:
    """The rows of a reading; those that are in the meeting, or repeat an earlier row, arrive unticked."""
    doubles = {RowState.PRESENT, RowState.REPEATED}
    return [
        replace(one.row, keep=False) if one.state in doubles and "keep" not in one.row.typed else one.row
        for one in judge_rows(session, meeting_id, rows)
    ]


def store_rows(people_list: PeopleList, rows: Iterable[Row]) -> None:
    """Keep the rows of an import."""
    people_list.rows = dumped(rows)


def delete_source(people_list: PeopleList) -> None:
    """Delete what the list was read from: it holds email addresses, and nothing reads it again."""
    people_list.source = people_list.source_filename = people_list.parse_result = None
    state = ImportState.from_json(people_list.answers)
    people_list.answers = ImportState(
        default_role=state.default_role, reading=state.reading, last_row=state.last_row
    ).to_json()
