"""Rows → lines: every row becomes a person, a header, blank, or left out with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.list_parser.column_guess import Column
from app.list_parser.columns import classify_columns
from app.list_parser.headers import align_cells, find_shape
from app.list_parser.layout import Table, find_layout, is_blank_row
from app.list_parser.line_reader import LineReader, mark_left_out_lines, mark_status
from app.list_parser.questions import ask_about_names, ask_which_column
from app.list_parser.rows import Row
from app.list_parser.statuses import is_declined_section
from app.list_parser.table_rows import TableReader
from app.list_parser.text_repair import WIDE_AT
from app.list_parser.types import (
    MAX_COLUMNS,
    MAX_PEOPLE,
    ColumnKind,
    FileError,
    LeftOutReason,
    LineKind,
    LineProblem,
    ListAnswers,
    ParsedColumn,
    ParsedLine,
    UnknownRoleWord,
    UnreadableFile,
)
from app.list_parser.untitled import UNTITLED, find_untitled_table
from app.list_parser.vocabulary import find_label, plain_words, role_from_word
from app.utils.text import is_valid_email

_MAX_TITLES = 200
_NAMES = {ColumnKind.NAME, ColumnKind.FIRST_NAMES, ColumnKind.SURNAMES}


class ListReader:
    """Reads row after row; a label such as «Anfitriones:» holds for what stands below it."""

    def __init__(
        self,
        rows: Sequence[Row],
        default_role: str,
        answers: ListAnswers,
        country: str | None,
        hidden_columns: frozenset[int],
    ) -> None:
        self.rows, self.role, self.answers = rows, default_role, answers
        self.default_role = default_role
        self.section: str | None = None
        """The title of those who do not come, above the rows that are being read."""
        self.hidden_columns, self.country = hidden_columns, country
        self.unknown_roles: dict[str, list[str]] = {}
        self.layout = find_layout(rows, answers.include)
        if not self.layout.tables:
            rows = self.rows = [_blank_cells(row, hidden_columns) for row in rows]
            mark_left_out_lines(rows, self.layout, answers.include)
        shape = find_shape(rows)
        if not self.layout.tables and (table := find_untitled_table(rows, self.layout, shape)):
            self.layout.tables.append(table)
        self.text_reader = LineReader(shape, country)
        self.table_readers = self._make_table_readers()
        self.name_only_lines: set[int] = set()
        """Indexes of lines with nothing but a name."""

    @property
    def header_number(self) -> int | None:
        """The number of the first header's row."""
        start = self.layout.start
        return None if start == UNTITLED else self.rows[start].number

    @property
    def columns(self) -> tuple[ParsedColumn, ...]:
        """The columns of the first table."""
        reader = self.table_readers.get(self.layout.start)
        return tuple(column.as_parsed() for column in reader.columns) if reader else ()

    @property
    def unknown_role_words(self) -> tuple[UnknownRoleWord, ...]:
        """The words to ask about, in the order in which they first stand."""
        return tuple(UnknownRoleWord(places[0], len(places)) for places in self.unknown_roles.values())

    def read_lines(self) -> list[ParsedLine]:
        """Every line, in order.

        Raises:
            UnreadableFile: there are too many people, or a cell that is used was never calculated.
        """
        lines: list[ParsedLine] = []
        people = 0
        readers = self._readers_by_row()
        for index, row in enumerate(self.rows):
            parsed = [mark_status(line, self.section) for line in self._read(index, row, readers.get(index))]
            if WIDE_AT in row.source:
                parsed = [_add_wide_at_problem(line) for line in parsed]
            people += sum(line.person is not None for line in parsed)
            if people > MAX_PEOPLE:
                raise UnreadableFile(FileError.TOO_MANY_PEOPLE)
            if len(parsed) == 1 and self._is_name_only(row, readers.get(index)):
                self.name_only_lines.add(len(lines))
            lines += parsed
        return self._add_questions(lines)

    def _make_table_readers(self) -> dict[int, TableReader]:
        return {table.index: self._table_reader(table) for table in self.layout.tables}

    def _table_reader(self, table: Table) -> TableReader:
        titles = table.header.titles[:_MAX_TITLES]
        rows = [self.rows[index] for index in table.rows if index not in self.layout.reasons]
        split = [align_cells(table.header, row.text) for row in rows]
        cells = [cells for cells in split if len(cells) > 1 or len(titles) == 1]
        width = max(len(titles), *(min(len(row), MAX_COLUMNS) for row in cells), 0) if cells else len(titles)
        titles += ("",) * (width - len(titles))
        columns = [[row[at] if at < len(row) else "" for row in cells] for at in range(width)]
        hidden = self.hidden_columns
        understood = classify_columns(titles, columns, hidden, self._column_answers(table, titles))
        roles = {plain_words(word) or word: role for word, role in self.answers.roles.items()}
        answered = bool(self.answers.columns)
        return TableReader(
            table.header, understood, self.role, roles, self.country, answered, self.unknown_roles
        )

    def _column_answers(self, table: Table, titles: Sequence[str]) -> Mapping[int, ColumnKind]:
        """The answers, which are about the columns of the first table, for those of another one."""
        first = self.layout.tables[0]
        if table is first or table.header.titles == first.header.titles:
            return self.answers.columns
        kinds = {
            title: self.answers.columns[index]
            for index, title in enumerate(first.header.titles)
            if index in self.answers.columns
        }
        return {index: kinds[title] for index, title in enumerate(titles) if title in kinds}

    def _readers_by_row(self) -> dict[int, TableReader]:
        return {
            index: self.table_readers[table.index] for table in self.layout.tables for index in table.rows
        }

    def _read(self, index: int, row: Row, reader: TableReader | None) -> list[ParsedLine]:
        if is_blank_row(row.text):
            self._check_calculated(row, reader)
            if not is_blank_row(row.source.replace("\t", "")):
                return [_left_out(row, LeftOutReason.HIDDEN_BY_HAND)]
            return [ParsedLine(row.number, row.shown, LineKind.BLANK)]
        reason = self.layout.reasons.get(index)
        if self._begins_declined_section(index, row):
            return [_left_out(row, reason or LeftOutReason.TITLE)]
        if index in self.layout.titles and (reason or index in self.table_readers):
            return [ParsedLine(row.number, row.shown, LineKind.HEADER, reason=reason)]
        if reason:
            if row.text.rstrip("\t ;,").endswith(":"):
                # «Personal de apoyo:» ends what «Anfitriones:» began.
                self.role = self.default_role
            return [_left_out(row, reason)]
        if "@" not in row.text and row.number not in self.answers.include and self._is_label(row.text):
            return [ParsedLine(row.number, row.shown, LineKind.HEADER)]
        self._check_calculated(row, reader)
        if reader:
            reader.default_role = self.role
            if line := reader.read(row):
                return [line]
        return self.text_reader.read(row, self.role)

    def _begins_declined_section(self, index: int, row: Row) -> bool:
        """Whether the people below do not come; a title of another kind ends it."""
        if row.number not in self.answers.include and is_declined_section(row.text):
            self.section = row.shown.strip(" :;,")
            return True
        is_title = self.layout.reasons.get(index) is LeftOutReason.TITLE or index in self.table_readers
        if is_title or row.text.rstrip("\t ;,").endswith(":"):
            self.section = None
        return False

    def _check_calculated(self, row: Row, reader: TableReader | None) -> None:
        if not row.uncalculated:
            return
        if reader is None:
            is_needed = not row.text.strip("\t ")
        else:
            named = any(column.kind in _NAMES for column in reader.columns)
            is_needed = any(
                reader.is_used(index) or (not named and _has_unknown_title(reader.columns, index))
                for index in row.uncalculated
            )
        if is_needed:
            raise UnreadableFile(FileError.NOT_CALCULATED)

    def _is_label(self, text: str) -> bool:
        """Whether it is a label alone: «Anfitriones:», «Invitados», «Para:»; or Excel's line with the separator."""
        stripped = text.strip("\t ;,")
        if text.strip().lower() in {"sep=;", "sep=,", "sep=\t", "sep="}:
            return True
        label = find_label(stripped if stripped.endswith(":") else f"{stripped}:")
        if label is None or label[1] < len(stripped):
            return False
        self.role = role_from_word(label[0]) or self.role
        return True

    def _is_name_only(self, row: Row, reader: TableReader | None) -> bool:
        if reader is None:
            return True
        cells = reader.align(row.text) or [row.text]
        return sum(bool(cell.strip()) for cell in cells) == 1

    def _add_questions(self, lines: list[ParsedLine]) -> list[ParsedLine]:
        columns = [column for reader in self.table_readers.values() for column in reader.columns]
        if any(column.alternatives for column in columns):
            return ask_which_column(lines)
        return ask_about_names(lines, self.name_only_lines, self.answers.include)


def _add_wide_at_problem(line: ParsedLine) -> ParsedLine:
    """The line with its address as typed, and the one that is meant as the suggestion."""
    if line.person is None or not line.person.email:
        return line
    person = replace(line.person, email=line.person.email.replace("@", WIDE_AT))
    return replace(
        line,
        kind=LineKind.PROBLEM,
        person=person,
        problem=LineProblem.BAD_EMAIL,
        suggestion=line.person.email if is_valid_email(line.person.email) else None,
    )


def _blank_cells(row: Row, columns: frozenset[int]) -> Row:
    """A row of a sheet without the cells of its hidden columns; it is shown as it was."""
    if not columns:
        return row
    cells = ["" if index in columns else cell for index, cell in enumerate(row.text.split("\t"))]
    return row._replace(text="\t".join(cells), source=row.source or row.text)


def _left_out(row: Row, reason: LeftOutReason) -> ParsedLine:
    """The line of a row that is not read as a person."""
    return ParsedLine(row.number, row.shown, LineKind.LEFT_OUT, reason=reason)


def _has_unknown_title(columns: Sequence[Column], index: int) -> bool:
    return any(column.index == index and not column.is_known for column in columns)
