"""Tables: rows that name columns, and the rows below them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.lists.judging import person_line
from app.lists.naming import clean_name
from app.lists.reading import Draft, Line
from app.lists.records import SEPARATORS, Record, cells_of
from app.lists.tokens import Item, items_of, tokens_of
from app.lists.words import Column, column_called, is_also_role, role_called, role_said

_PARTS = (Column.FIRST, Column.MIDDLE, Column.LAST, Column.SECOND_LAST)


@dataclass(frozen=True, slots=True)
class Header:
    """A row that names columns: which separator parts them, and where each column is."""

    separator: str
    columns: dict[Column, int]
    width: int


class Shape(NamedTuple):
    """What most rows of a list without a header have in common: they are one person each."""

    separator: str
    width: int


def header_of(text: str, first: bool) -> Header | None:
    """The header that a record is, if it is one; `first` tells that nothing stands above it."""
    if "@" in text or len(text) > 2_000:
        return None
    found = [_header(cells_of(text, separator), separator) for separator in SEPARATORS if separator in text]
    best = max(found or [_header([text], "\t")], key=lambda header: len(header.columns))
    known = set(best.columns) - {Column.IS_HOST}  # a row of one host's name says as much
    if len(known) > 1 and known & {*_PARTS, Column.NAME, Column.EMAIL}:
        return best
    alone = known & {Column.FIRST, Column.NAME, Column.EMAIL}
    sure = not any(is_also_role(cell) for cell in cells_of(text, best.separator))
    return best if first and alone and sure else None


def _header(cells: list[str], separator: str) -> Header:
    columns: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        column = column_called(cell)
        if column and column not in columns:
            columns[column] = place
    return Header(separator, columns, len(cells))


def shape_of(records: Sequence[Record]) -> Shape | None:
    """The shape of a list without a header in which most rows have one address, in the same column."""
    shapes: Counter[Shape] = Counter()
    for record in records:
        separator = next((one for one in SEPARATORS if one in record.text), None)
        if separator and record.text.count("@") == 1 and "<" not in record.text:
            shapes[Shape(separator, len(cells_of(record.text, separator)))] += 1
    common = shapes.most_common(1)
    return common[0][0] if common and common[0][1] > 1 else None


def fits(record: Record, shape: Shape | None) -> bool:
    """Whether a record is a row of that shape."""
    if shape is None or shape.separator not in record.text:
        return False
    return len(cells_of(record.text, shape.separator)) == shape.width


def row_line(record: Record, header: Header, default_role: str) -> Line | None:
    """The person of a row below a header; None where the row is better read by itself."""
    cells = cells_of(record.text, header.separator)
    if len(cells) < 2 or _is_out_of_place(cells, header, record.text):
        return None
    emails, beside = _addresses(cells, header)
    word = _cell(cells, header, Column.ROLE)
    role = role_called(word or _cell(cells, header, Column.KIND)) or role_said(
        _cell(cells, header, Column.IS_HOST)
    )
    external_id = _cell(cells, header, Column.EXTERNAL_ID) or None
    draft = Draft(_name(cells, header) or beside, None, role or default_role, external_id)
    return person_line(record.number, record.text, draft, emails, role_known=bool(role) or not word)


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
    return items_of(list(tokens_of(cell)))


def _emails(items: Sequence[Item]) -> list[str]:
    return [item.email for item in items if item.email]


def _names(items: Sequence[Item]) -> str:
    return next((item.name for item in items if item.name), "")
