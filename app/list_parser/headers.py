"""Tables: rows that name columns, and the rows below them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.list_parser.names import clean_name
from app.list_parser.rows import SEPARATORS, Row, split_cells
from app.list_parser.tokenizer import Item, group_tokens, tokenize
from app.list_parser.types import ParsedLine, ParsedPerson
from app.list_parser.validation import validate_person
from app.list_parser.vocabulary import (
    Column,
    column_from_title,
    is_also_role,
    role_from_word,
    role_from_yes_no,
)

_PARTS = (Column.FIRST, Column.MIDDLE, Column.LAST, Column.SECOND_LAST)


@dataclass(frozen=True, slots=True)
class Header:
    """A row that names columns: which separator parts them, and where each column is."""

    separator: str
    columns: dict[Column, int]
    width: int


class TableShape(NamedTuple):
    """TokenType most rows of a list without a header have in common: they are one person each."""

    separator: str
    width: int


def find_header(text: str, first: bool) -> Header | None:
    """The header that a record is, if it is one; `first` tells that nothing stands above it."""
    if "@" in text or len(text) > 2_000:
        return None
    found = [
        _header(split_cells(text, separator), separator) for separator in SEPARATORS if separator in text
    ]
    best = max(found or [_header([text], "\t")], key=lambda header: len(header.columns))
    known = set(best.columns) - {Column.IS_HOST}  # a row of one host's name says as much
    if len(known) > 1 and known & {*_PARTS, Column.NAME, Column.EMAIL}:
        return best
    alone = known & {Column.FIRST, Column.NAME, Column.EMAIL}
    sure = not any(is_also_role(cell) for cell in split_cells(text, best.separator))
    return best if first and alone and sure else None


def _header(cells: list[str], separator: str) -> Header:
    columns: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        column = column_from_title(cell)
        if column and column not in columns:
            columns[column] = place
    return Header(separator, columns, len(cells))


def find_shape(records: Sequence[Row]) -> TableShape | None:
    """The shape of a list without a header in which most rows have one address, in the same column."""
    shapes: Counter[TableShape] = Counter()
    for record in records:
        separator = next((one for one in SEPARATORS if one in record.text), None)
        if separator and record.text.count("@") == 1 and "<" not in record.text:
            shapes[TableShape(separator, len(split_cells(record.text, separator)))] += 1
    common = shapes.most_common(1)
    return common[0][0] if common and common[0][1] > 1 else None


def matches_shape(record: Row, shape: TableShape | None) -> bool:
    """Whether a record is a row of that shape."""
    if shape is None or shape.separator not in record.text:
        return False
    return len(split_cells(record.text, shape.separator)) == shape.width


def parse_table_row(record: Row, header: Header, default_role: str) -> ParsedLine | None:
    """The person of a row below a header; None where the row is better read by itself."""
    cells = split_cells(record.text, header.separator)
    if len(cells) < 2 or _is_out_of_place(cells, header, record.text):
        return None
    emails, beside = _addresses(cells, header)
    word = _cell(cells, header, Column.ROLE)
    role = role_from_word(word or _cell(cells, header, Column.KIND)) or role_from_yes_no(
        _cell(cells, header, Column.IS_HOST)
    )
    external_id = _cell(cells, header, Column.EXTERNAL_ID) or None
    draft = ParsedPerson(_name(cells, header) or beside, None, role or default_role, external_id)
    return validate_person(record.number, record.text, draft, emails, role_known=bool(role) or not word)


def _is_out_of_place(cells: Sequence[str], header: Header, text: str) -> bool:
    """Whether a comma within a name, or an address, stands where the header has something else."""
    if header.separator == "," and ("<" in text or any(map(str.strip, cells[header.width :]))):
        return True
    return any(
        "@" in _cell(cells, header, column) for column in (Column.ROLE, Column.KIND, Column.EXTERNAL_ID)
    ) and "@" not in _cell(cells, header, Column.EMAIL)


def _cell(cells: Sequence[str], header: Header, column: Column) -> str:
    place = header.columns.get(column, len(cells))
    return " ".join(cells[place].split()) if place < len(cells) else ""


def _name(cells: Sequence[str], header: Header) -> str:
    whole = _cell(cells, header, Column.NAME)
    parts = [whole] if whole else [_cell(cells, header, part) for part in _PARTS]
    return clean_name(" ".join(part for part in parts if part and "@" not in part))


def _addresses(cells: Sequence[str], header: Header) -> tuple[list[str], str]:
    """The addresses of a row, and the name that stands beside them in their cell.

    They are those of the column for them, or else of the one cell that holds an @, wherever it stands.
    """
    cell = _cell(cells, header, Column.EMAIL)
    if "@" in cell:
        items = _items(cell)
        return _emails(items) or [cell], _names(items)
    others = [other for other in cells if "@" in other]
    if len(others) == 1:
        items = _items(others[0])
        # Two columns changed places: the name stands where the address should.
        return _emails(items), clean_name(cell) or _names(items)
    return [clean_name(cell)] if cell else [], ""


def _items(cell: str) -> list[Item]:
    return group_tokens(list(tokenize(cell)))


def _emails(items: Sequence[Item]) -> list[str]:
    return [item.email for item in items if item.email]


def _names(items: Sequence[Item]) -> str:
    return next((item.name for item in items if item.name), "")
