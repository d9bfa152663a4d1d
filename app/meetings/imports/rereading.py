"""Reading an import again from its stored source, with other answers; corrections of the same source line survive."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy.orm import Session

from app.database import db, retry_on_rollback, write_transaction
from app.list_parser import ColumnKind, ListAnswers, ParsedList
from app.meetings.imports.column_choices import find_choice, remember_choice
from app.meetings.imports.parse_result import ParseResult
from app.meetings.imports.review import StaleReadingError, exclude_duplicates, store_rows
from app.meetings.imports.row_edits import apply_edits, merge_rows
from app.meetings.imports.rows import ImportRow, deserialize_rows, reading_of
from app.meetings.imports.source import ImportSource, ReadingState
from app.meetings.service import ActionNotAllowed
from app.models import ParticipantImport
from app.models.lock_order import lock_import


class LostEditsError(Exception):
    """The corrections of these rows have no place in the new reading; nothing is read again before that is accepted."""

    def __init__(self, rows: Sequence[ImportRow]) -> None:
        super().__init__("corrections would be lost")
        self.rows = rows


@dataclass(frozen=True)
class Rereading:
    """A request of `username` to read an import again.

    `remember`: the columns were chosen by a person, for other lists too. `accept_loss`: corrections that have
    no place in the new reading may be lost.
    """

    answers: ListAnswers
    username: str
    remember: bool = False
    accept_loss: bool = False


def read_new(source: ImportSource, state: ReadingState) -> tuple[ParsedList, ReadingState]:
    """Read a list for the first time, or another sheet of it: with the columns chosen earlier for the same titles.

    Raises:
        UnreadableFile: it cannot be read as a list.
    """
    parsed = source.parse(state.default_role, state.answers)
    chosen = _find_other_choice(parsed)
    if not chosen:
        return parsed, replace(state, is_remembered=False)
    answers = replace(state.answers, columns=chosen)
    return source.parse(state.default_role, answers), replace(state, answers=answers, is_remembered=True)


def read_again(list_id: int, form: Mapping[str, str], asked: Rereading) -> None:
    """Read an import again and keep the form's corrections.

    Raises:
        LostEditsError: corrections would be lost, and that was not accepted.
        ActionNotAllowed: the source is deleted, since the import was sent or stopped.
        StaleReadingError: the form is of an earlier reading of the list.
        UnreadableFile: with these answers it cannot be read as a list.
    """
    digest = _compute_digest(form)
    with Session(db.engine) as session:
        people_list = session.get_one(ParticipantImport, list_id)
        state = ReadingState.from_json(people_list.answers)
        source = _get_source(people_list)
    if state.last_form == digest:
        return
    if source is None:
        raise ActionNotAllowed
    if reading_of(form.get("version")) != state.reading:
        raise StaleReadingError
    # Outside of the transaction: reading takes up to a second.
    same_sheet = asked.answers.sheet == state.answers.sheet
    wanted = replace(state, answers=asked.answers, is_remembered=state.is_remembered and not asked.remember)
    if same_sheet:
        parsed = source.parse(wanted.default_role, wanted.answers)
    else:
        parsed, wanted = read_new(source, wanted)
    wanted = replace(wanted, reading=state.reading + 1, last_form=digest)
    _store_reading(list_id, form, asked, parsed, wanted, same_sheet=same_sheet)


@retry_on_rollback
def _store_reading(
    list_id: int,
    form: Mapping[str, str],
    asked: Rereading,
    parsed: ParsedList,
    state: ReadingState,
    *,
    same_sheet: bool,
) -> None:
    with write_transaction() as session:
        people_list = lock_import(session, list_id)
        if ReadingState.from_json(people_list.answers).reading != state.reading - 1:
            raise StaleReadingError
        if people_list.parse_result is None:
            raise ActionNotAllowed
        before = apply_edits(deserialize_rows(people_list.rows), form)
        merged = merge_rows(before, parsed, state.last_row, same_sheet=same_sheet)
        if merged.lost and not asked.accept_loss:
            raise LostEditsError(merged.lost)
        store_rows(people_list, exclude_duplicates(session, people_list.meeting_id, merged.rows))
        people_list.encoding = parsed.encoding
        people_list.parse_result = ParseResult.from_parsed(parsed).to_json()
        people_list.answers = replace(state, last_row=merged.last_row).to_json()
        if asked.remember and asked.answers.columns:
            remember_choice(session, parsed.title_key, asked.answers.columns, asked.username)


def _get_source(people_list: ParticipantImport) -> ImportSource | None:
    data = people_list.source
    return None if data is None else ImportSource(data, people_list.source_filename)


def _find_other_choice(parsed: ParsedList) -> dict[int, ColumnKind]:
    """What was chosen for the titles of a list, where that is not how it was read."""
    chosen = find_choice(parsed.title_key) if parsed.columns else {}
    read = {column.index: column.kind for column in parsed.columns}
    is_other = parsed.columns_in_question or any(read.get(index) != kind for index, kind in chosen.items())
    return chosen if is_other else {}


def _compute_digest(form: Mapping[str, str]) -> str:
    asked = {name: value for name, value in form.items() if name not in {"csrf_token", "submission_id"}}
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]
