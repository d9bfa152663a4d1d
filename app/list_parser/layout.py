"""Where the tables of a text or a sheet are, and why each line beside their rows is left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.list_parser.cells import is_sentence
from app.list_parser.column_titles import TitleKind
from app.list_parser.headers import Header, as_header, find_header, find_header_by_rows
from app.list_parser.line_reasons import (
    find_left_out_reason,
    find_reason_beside_table,
    is_closing,
    parse_mail_field,
)
from app.list_parser.rows import Row, split_cells
from app.list_parser.types import LeftOutReason
from app.utils.text import fold_for_search, is_blank

_SECTION = re.compile(
    r"(?:grupo|seccion|grado|curso|nivel|aula|salon|paralelo|departamento|area|turno|modulo|mesa|equipo|categoria"
    r"|estudiantes|alumnos|docentes|lista|turma|group|section|team)\b"
)
_NUMBERED = re.compile(r"\d{1,2}\.\s+[^\W\d_]")
_MAX_SIGNATURE_LINES = 8


@dataclass(slots=True)
class Table:
    """A header and the indexes of the rows below it, up to the next header."""

    header: Header
    index: int
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """The tables that are read, and the rows that are not."""

    tables: list[Table] = field(default_factory=list)
    """Tables with the same columns; none in a text without a header."""
    reasons: dict[int, LeftOutReason] = field(default_factory=dict)
    titles: set[int] = field(default_factory=set)
    """Rows that are headers themselves, or titles above the first of them."""

    @property
    def start(self) -> int:
        """The index of the first header."""
        return self.tables[0].index if self.tables else -1


def is_blank_row(text: str) -> bool:
    """Whether a row is blank: spaces, or the separators of empty cells."""
    return is_blank(text.replace(",", "").replace(";", "").replace("|", "").replace('"', ""))


def find_layout(rows: Sequence[Row], include: frozenset[int]) -> Layout:
    """Find the tables, and why other rows are left out; `include`: numbers of rows to read anyway."""
    layout = Layout()
    for index, row in enumerate(rows):
        if row.hidden and row.number not in include:
            layout.reasons[index] = row.hidden
    tables = _find_tables(rows, layout)
    if tables:
        _choose_tables(rows, tables, layout)
        _leave_out_above(rows, layout)
        for table in layout.tables:
            _leave_out_within(rows, table, layout)
    _leave_out_signature(rows, layout)
    for index, row in enumerate(rows):
        if row.number in include:
            layout.reasons.pop(index, None)
    return layout


def _find_tables(rows: Sequence[Row], layout: Layout) -> list[Table]:
    tables: list[Table] = []
    is_first = True
    for index, row in enumerate(rows):
        if index in layout.reasons or is_blank_row(row.text):
            continue
        header = find_header(row.text, is_first)
        is_first = False
        if header:
            tables.append(Table(header, index))
        elif tables:
            tables[-1].rows.append(index)
    if (
        not tables
        and (
            header_index := find_header_by_rows(
                [Row(0, "") if index in layout.reasons else row for index, row in enumerate(rows)]
            )
        )
        is not None
    ):
        below = [index for index in range(header_index + 1, len(rows)) if not is_blank_row(rows[index].text)]
        tables = [
            Table(
                as_header(rows[header_index]),
                header_index,
                [index for index in below if index not in layout.reasons],
            )
        ]
    return tables


def _choose_tables(rows: Sequence[Row], tables: list[Table], layout: Layout) -> None:
    main = max(tables, key=lambda table: (*table.header.names_people, _count_people(rows, table)))
    # The first of those that are as good: Teams lists its people before what each of them did.
    columns = _get_columns(main)
    for table in tables:
        if _get_columns(table) == columns:
            layout.tables.append(table)
            layout.titles.add(table.index)
        else:
            layout.reasons |= dict.fromkeys((table.index, *table.rows), LeftOutReason.OTHER_TABLE)


def _get_columns(table: Table) -> frozenset[str]:
    """The titles of a table; those of people alone where nothing tells of times."""
    meanings = table.header.meanings
    if any(meaning and meaning.kind is TitleKind.TIME for meaning in meanings):
        return frozenset(map(fold_for_search, table.header.titles))
    return frozenset(meaning.kind for meaning in meanings if meaning and meaning.kind is not TitleKind.OTHER)


def _count_people(rows: Sequence[Row], table: Table) -> int:
    person_kinds = (TitleKind.NAME, TitleKind.FIRST_NAMES, TitleKind.SURNAMES, TitleKind.EMAIL)
    places = [
        place
        for place, meaning in enumerate(table.header.meanings)
        if meaning and meaning.kind in person_kinds
    ]
    people = set[tuple[str, ...]]()
    for index in table.rows:
        cells = split_cells(rows[index].text, table.header.separator)
        person = tuple(cells[place].strip().casefold() for place in places if place < len(cells))
        if any(person) and len(cells) > 1:
            people.add(person)
    return len(people)


def _leave_out_above(rows: Sequence[Row], layout: Layout) -> None:
    for index in range(layout.start):
        row = rows[index]
        if index in layout.reasons or is_blank_row(row.text):
            continue
        layout.reasons[index] = find_reason_beside_table(row.text)
        filled = [cell for cell in split_cells(row.text, layout.tables[0].header.separator) if cell.strip()]
        if layout.reasons[index] is LeftOutReason.TITLE and len(filled) == 1:
            layout.titles.add(index)


def _leave_out_within(rows: Sequence[Row], table: Table, layout: Layout) -> None:
    for index in table.rows:
        row = rows[index]
        if "@" in row.text or index in layout.reasons:
            continue
        cells = [cell.strip() for cell in split_cells(row.text, table.header.separator)]
        if reason := _find_row_reason(cells, len(table.header.titles)):
            layout.reasons[index] = reason


def _find_row_reason(cells: Sequence[str], width: int) -> LeftOutReason | None:
    filled = [cell for cell in cells if cell]
    if filled and not any(cell.strip(":-=_ ") for cell in filled):
        # The rule below the titles of a table in Markdown.
        return LeftOutReason.NOTE
    first = filled[0] if filled else ""
    reason = find_left_out_reason(first)
    if reason in {LeftOutReason.TOTAL, LeftOutReason.SIGNATURE} or (reason and len(filled) == 1):
        return reason
    if width < 2 or len(filled) > 1 or not cells or not (cells[0] or len(cells) == 1):
        return None
    if parse_mail_field(first):
        return LeftOutReason.MAIL_HEADER
    digits = sum(map(str.isdigit, first))
    is_title = bool(
        _NUMBERED.match(first)
        or (_SECTION.match(fold_for_search(first)) and len(first.split()) <= 6)
        or digits
    )
    return LeftOutReason.TITLE if is_title or (first.endswith(":") and is_sentence(first)) else None


def _leave_out_signature(rows: Sequence[Row], layout: Layout) -> None:
    """A closing such as «Saludos,» and the few lines below it, unless people follow."""
    open_reasons = {None, LeftOutReason.SIGNATURE}
    filled = [
        index
        for index, row in enumerate(rows)
        if not is_blank_row(row.text) and layout.reasons.get(index) in open_reasons
    ]
    for position, index in enumerate(filled):
        if position == 0 or not is_closing(rows[index].text) or index in layout.titles:
            continue
        below = filled[position + 1 :]
        addresses = sum("@" in rows[other].text for other in below)
        if len(below) <= _MAX_SIGNATURE_LINES and addresses <= 1:
            for other in (index, *below):
                layout.reasons[other] = LeftOutReason.SIGNATURE
            return
        layout.reasons[index] = LeftOutReason.SIGNATURE
