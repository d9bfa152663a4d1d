"""XLSX → rows, by openpyxl. It meets only archives that were checked, for a bounded time, one at a time."""

import contextlib
import re
import threading
import time
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import openpyxl

from app.list_parser.rows import Row
from app.list_parser.types import FileError, Sheet, UnreadableFile
from app.list_parser.xlsx_archive import STYLES, is_workbook, read_members, repack
from app.list_parser.xlsx_sheet import SheetRows, rate_as_list, read_sheet

__all__ = ["Workbook", "is_workbook", "read_workbook"]

_MAX_READ_SECONDS = 3.0
_BEST = 2
"""The rate of a sheet with names and addresses."""
_HAS_VALUES = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
# catch_warnings is process-global, and one workbook at a time bounds memory.
_workbook_lock = threading.Lock()


class Workbook(NamedTuple):
    """The rows of the sheet that was read; their cells are parted by tabs."""

    name: str
    rows: Sequence[Row]
    hidden_columns: frozenset[int]
    """Indexes, from 0."""
    sheets: tuple[Sheet, ...]


def read_workbook(data: bytes, sheet: str | None = None) -> Workbook:
    """Read a sheet of an .xlsx file: the one that is named, or that looks most like a list, the one open last first.

    Raises:
        UnreadableFile: it is none, is damaged or protected, or holds more than a list can.
    """
    members = read_members(data)
    with _workbook_lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _read(members, time.monotonic() + _MAX_READ_SECONDS, sheet)
        except UnreadableFile:
            raise
        except Exception as fault:  # whatever openpyxl stumbles on in a broken file
            raise UnreadableFile(FileError.DAMAGED) from fault


def _read(members: dict[str, bytes], deadline: float, sheet_name: str | None) -> Workbook:
    book = _open_workbook(members, deadline)
    filled_sheets = [sheet for sheet in book.worksheets if _HAS_VALUES.search(members[sheet._worksheet_path])]
    best: tuple[int, Any, SheetRows] | None = None
    for sheet in _order_sheets(book, filled_sheets, sheet_name):
        content = read_sheet(book, sheet, members, deadline)
        if not any(row.text for row in content.rows):
            filled_sheets.remove(sheet)
            continue
        rate = _BEST if sheet.title == sheet_name else rate_as_list(content.rows)
        if best is None or rate > best[0]:
            best = (rate, sheet, content)
        if rate == _BEST:
            break
    if best is None:
        raise UnreadableFile(FileError.EMPTY)
    _, chosen, content = best
    sheets = (Sheet(sheet.title, sheet is chosen, sheet.sheet_state != "visible") for sheet in filled_sheets)
    return Workbook(chosen.title, content.rows, content.hidden_columns, tuple(sheets))


def _order_sheets(book: Any, filled_sheets: Sequence[Any], sheet_name: str | None) -> list[Any]:
    """The sheets to try: the wanted one, the one that was open last, then the other visible ones."""
    visible = [sheet for sheet in filled_sheets if sheet.sheet_state == "visible"]
    active = book.active
    order = sorted(visible, key=lambda sheet: sheet is not active)
    return [sheet for sheet in filled_sheets if sheet.title == sheet_name] or order


def _open_workbook(members: dict[str, bytes], deadline: float) -> Any:
    # Styles of other programs are what openpyxl fails on most. Without them only dates lose their form.
    with contextlib.suppress(Exception):
        return _load(members, deadline)
    return _load({name: content for name, content in members.items() if name != STYLES}, deadline)


def _load(members: dict[str, bytes], deadline: float) -> Any:
    return openpyxl.load_workbook(repack(members, deadline), read_only=True, data_only=True, keep_links=False)
