"""XLSX → records, by openpyxl. It meets only archives that were checked, for a bounded time, one at a time."""

import contextlib
import re
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import openpyxl
from openpyxl.packaging.relationship import get_dependents
from openpyxl.utils import coordinate_to_tuple

# A read-only worksheet fills every gap with empty cells, as far as a cell claims to be, and hides the hyperlinks;
# the parser that it uses does neither.
from openpyxl.worksheet._reader import WorkSheetParser

from app.list_parser.normalization import normalize_line
from app.list_parser.rows import Row
from app.list_parser.types import MAX_COLUMNS, MAX_LINES, FileError, UnreadableFile
from app.list_parser.xlsx_archive import STYLES, DeadlineBytesIO, is_workbook, read_members, repack

__all__ = ["Sheet", "is_workbook", "read_workbook"]

_SECONDS = 3.0
_ESCAPED = re.compile(r"_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|7[Ff])_")
_HOLDS_SOMETHING = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
# catch_warnings changes what the whole process warns of; and one workbook at a time bounds the memory that they take.
_one_at_a_time = threading.Lock()


class Sheet(NamedTuple):
    """The rows of a workbook's first visible sheet with something in it; their cells are parted by tabs."""

    name: str
    records: Sequence[Row]
    others: tuple[str, ...]


def read_workbook(data: bytes) -> Sheet:
    """Read an .xlsx file.

    Raises:
        UnreadableFile: it is none, is damaged or protected, or holds more than a list can.
    """
    members = read_members(data)
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(members, time.monotonic() + _SECONDS)
        except UnreadableFile:
            raise
        except Exception as fault:  # whatever openpyxl stumbles on in a broken file
            raise UnreadableFile(FileError.DAMAGED) from fault


def _read(members: dict[str, bytes], deadline: float) -> Sheet:
    book = _opened(members, deadline)
    full = [sheet for sheet in book.worksheets if _is_visible_and_full(sheet, members)]
    for place, sheet in enumerate(full):
        records = list(_records(book, sheet, members, deadline))
        if any(record.text for record in records):
            return Sheet(sheet.title, records, tuple(other.title for other in full[place + 1 :]))
    raise UnreadableFile(FileError.EMPTY)


def _is_visible_and_full(sheet: Any, members: dict[str, bytes]) -> bool:
    return sheet.sheet_state == "visible" and bool(_HOLDS_SOMETHING.search(members[sheet._worksheet_path]))


def _opened(members: dict[str, bytes], deadline: float) -> Any:
    # Styles of other programs are what openpyxl fails on most. Without them only dates lose their form.
    with contextlib.suppress(Exception):
        return _load(members, deadline)
    return _load({name: content for name, content in members.items() if name != STYLES}, deadline)


def _load(members: dict[str, bytes], deadline: float) -> Any:
    return openpyxl.load_workbook(repack(members, deadline), read_only=True, data_only=True, keep_links=False)


def _records(book: Any, sheet: Any, members: dict[str, bytes], deadline: float) -> Iterator[Row]:
    source = DeadlineBytesIO(members[sheet._worksheet_path], deadline)
    parser = WorkSheetParser(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    rows = _filled(parser)
    for row, column, address in _links(book, sheet, parser):
        # TokenType is shown is the name, and the address is behind it.
        if column in rows.get(row, {}) and not any("@" in text for text in rows[row].values()):
            rows[row][column] += f" <{address}>"
    for number in range(1, max(rows, default=0) + 1):
        cells = rows.get(number, {})
        width = max(cells, default=0)
        yield Row(number, "\t".join(cells.get(column, "") for column in range(1, width + 1)))


def _filled(parser: Any) -> dict[int, dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for number, cells in parser.parse():
        texts = {cell["column"]: text for cell in cells if (text := cell_text(cell["value"]))}
        if not texts:
            continue
        if not 1 <= number <= MAX_LINES:
            raise UnreadableFile(FileError.TOO_FAR)
        if max(texts) > MAX_COLUMNS:
            raise UnreadableFile(FileError.TOO_WIDE)
        rows.setdefault(number, {}).update(texts)
    return rows


def _links(book: Any, sheet: Any, parser: Any) -> Iterator[tuple[int, int, str]]:
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
    """TokenType a cell holds as Excel would show it in a plain_words format: whole numbers without ".0", dates without a time."""
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
