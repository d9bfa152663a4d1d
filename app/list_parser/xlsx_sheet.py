"""One sheet of a workbook → rows, with what hides them, strikes them through, or was never calculated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl.packaging.relationship import get_dependents
from openpyxl.utils import coordinate_to_tuple, range_boundaries

# A read-only worksheet fills every gap with empty cells, as far as a cell claims to be, and drops the
# hyperlinks and
# what is hidden; the parser that it uses does neither.
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from app.list_parser.headers import find_header
from app.list_parser.normalization import normalize_line
from app.list_parser.rows import Row, decode_row_markup
from app.list_parser.types import MAX_COLUMNS, MAX_LINES, FileError, LeftOutReason, UnreadableFile
from app.list_parser.xlsx_archive import DeadlineBytesIO

_ESCAPED = re.compile(r"_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])_")
_YES = {"1", "true"}
_MIN_HEIGHT, _MIN_WIDTH = 3.0, 0.5
"""In points, and in characters: nothing can be read in less."""
_TABLE_FILTER = re.compile(
    rb'<(?:\w+:)?autoFilter\b[^>]{0,200}?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_MAX_FILTERS = 20


class SheetRows(NamedTuple):
    """The rows of a sheet, and the indexes of its hidden columns, from 0."""

    rows: list[Row]
    hidden_columns: frozenset[int]


@dataclass(slots=True)
class _Cells:
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    struck: dict[int, int] = field(default_factory=dict)


class _Parser(WorkSheetParser):  # type: ignore[misc, unused-ignore]
    """Notes the cells that hold a formula without a stored value."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.uncalculated: dict[int, set[int]] = {}

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """As the library does."""
        cell: dict[str, Any] = super().parse_cell(element)
        # A formula that gives an empty text is stored as such.
        if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
            self.uncalculated.setdefault(cell["row"], set()).add(cell["column"] - 1)
        return cell


def read_sheet(book: Any, sheet: Any, members: Mapping[str, bytes], deadline: float) -> SheetRows:
    """Read the cells of a sheet.

    Raises:
        UnreadableFile: it has too many rows or columns, or takes too long.
    """
    parser = _Parser(
        DeadlineBytesIO(members[sheet._worksheet_path], deadline),
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    cells = _read_cells(parser, _find_struck_styles(book))
    for row, column, email in _find_links(book, sheet, parser):
        # What is shown is the name, and the address is behind it.
        if column in cells.texts.get(row, {}) and not any("@" in text for text in cells.texts[row].values()):
            cells.texts[row][column] += f" <{email}>"
    hidden = _find_hidden_rows(parser, members)
    last = max((*cells.texts, *(row for row in parser.uncalculated if row <= MAX_LINES)), default=0)
    return SheetRows(
        [_create_row(number, cells, parser, hidden) for number in range(1, last + 1)],
        _find_hidden_columns(parser),
    )


def _create_row(number: int, cells: _Cells, parser: _Parser, hidden: Mapping[int, LeftOutReason]) -> Row:
    texts = cells.texts.get(number, {})
    text = "\t".join(texts.get(column, "") for column in range(1, max(texts, default=0) + 1))
    row = Row(
        number,
        text,
        hidden=hidden.get(number) if texts else None,
        is_struck=bool(texts) and cells.struck.get(number, 0) * 2 >= len(texts),
        uncalculated=frozenset(parser.uncalculated.get(number, ())),
    )
    return decode_row_markup(row)


def rate_as_list(rows: list[Row]) -> int:
    """How much a sheet looks like a list: 2 with names and addresses, 1 with a title or an address, else 0."""
    shown = [row for row in rows[:200] if not row.hidden]
    headers = [header for row in shown if (header := find_header(row.text, is_first=False))]
    addresses = sum("@" in row.text for row in shown)
    if addresses > 1 or any(all(header.names_people) for header in headers):
        return 2
    return int(bool(addresses or headers))


def _read_cells(parser: _Parser, struck: frozenset[int]) -> _Cells:
    read = _Cells()
    for number, cells in parser.parse():
        filled = [(cell, text) for cell in cells if (text := cell_text(cell["value"]))]
        texts = {cell["column"]: text for cell, text in filled}
        if not texts:
            continue
        if not 1 <= number <= MAX_LINES:
            raise UnreadableFile(FileError.TOO_FAR)
        if max(texts) > MAX_COLUMNS:
            raise UnreadableFile(FileError.TOO_WIDE)
        read.texts.setdefault(number, {}).update(texts)
        if struck:
            read.struck[number] = sum(cell["style_id"] in struck for cell, _ in filled)
    return read


def _find_struck_styles(book: Any) -> frozenset[int]:
    fonts = {index for index, font in enumerate(book._fonts) if font.strike}
    return (
        frozenset(index for index, style in enumerate(book._cell_styles) if style.fontId in fonts)
        if fonts
        else frozenset()
    )


def _find_hidden_rows(parser: _Parser, members: Mapping[str, bytes]) -> dict[int, LeftOutReason]:
    filtered = _find_filtered_rows(parser, members)
    hidden: dict[int, LeftOutReason] = {}
    for number, attributes in parser.row_dimensions.items():
        if attributes.get("hidden") not in _YES and not _is_tiny(attributes.get("ht"), _MIN_HEIGHT):
            continue
        row = int(number)
        if any(row in rows for rows in filtered):
            hidden[row] = LeftOutReason.HIDDEN_BY_FILTER
        elif attributes.get("outlineLevel", "0") != "0":
            hidden[row] = LeftOutReason.HIDDEN_BY_GROUP
        else:
            hidden[row] = LeftOutReason.HIDDEN_BY_HAND
    return hidden


def _find_filtered_rows(parser: _Parser, members: Mapping[str, bytes]) -> list[range]:
    """The rows below the titles of each filter, of the sheet and of the tables in the workbook."""
    references = [getattr(getattr(parser, "auto_filter", None), "ref", None)]
    for name, content in members.items():
        if name.startswith("xl/tables/") and (found := _TABLE_FILTER.search(content)):
            references.append(found[1].decode("ascii"))
    bounds = (range_boundaries(reference) for reference in references[:_MAX_FILTERS] if reference)
    return [range((first or 1) + 1, (last or MAX_LINES) + 1) for _, first, _, last in bounds]


def _find_hidden_columns(parser: _Parser) -> frozenset[int]:
    hidden = set[int]()
    for attributes in parser.column_dimensions.values():
        if attributes.get("hidden") in _YES or _is_tiny(attributes.get("width"), _MIN_WIDTH):
            last = min(int(attributes.get("max", attributes["min"])), MAX_COLUMNS)
            hidden.update(range(int(attributes["min"]) - 1, last))
    return frozenset(hidden)


def _is_tiny(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _find_links(book: Any, sheet: Any, parser: Any) -> Iterator[tuple[int, int, str]]:
    """The cells with a mailto: link, and its address."""
    folder, _, file = sheet._worksheet_path.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if not parser.hyperlinks.hyperlink or path not in book._archive.namelist():
        return
    targets = get_dependents(book._archive, path).to_dict()
    for link in parser.hyperlinks.hyperlink:
        target = targets.get(link.id)
        if target is not None and target.target.lower().startswith("mailto:"):
            row, column = coordinate_to_tuple(link.ref.partition(":")[0])
            yield row, column, target.target


def cell_text(value: object) -> str:
    """What a cell holds as Excel would show it in a plain format: whole numbers without ".0", dates without a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = date(value.year, value.month, value.day)
    text = _ESCAPED.sub(" ", str(value))
    # A line break or a tab within a cell parts nothing.
    return " ".join(normalize_line(text.replace("\t", " ")).split())
