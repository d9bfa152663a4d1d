"""Tables of people for spreadsheets, as CSV and XLSX. No cell runs as a formula, whatever its text."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from app.utils.text import escape_csv_formula

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_CONTENT_TYPE = "text/csv; charset=utf-8"

# Excel splits a CSV file at the list separator of its region.
_DELIMITERS = {"es": ";", "en": ","}
_BYTE_ORDER_MARK = "\ufeff"
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAX_CELL_LENGTH = 32767
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_MAX_SHEET_NAME_LENGTH = 31
_MAX_COLUMN_WIDTH = 60

Row = Sequence[str]


def write_csv(header: Row, rows: Iterable[Row], language: str) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, separated as spreadsheets of `language` expect it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=_DELIMITERS[language], lineterminator="\r\n")
    writer.writerow([escape_csv_formula(cell) for cell in header])
    for row in rows:
        writer.writerow([escape_csv_formula(cell) for cell in row])
    return (_BYTE_ORDER_MARK + file.getvalue()).encode("utf-8", errors="replace")


def write_xlsx(header: Row, rows: Iterable[Row], sheet_name: str) -> bytes:
    """An XLSX workbook with one sheet, in which every cell is text."""
    # Imported on first use: it is slow to import.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    workbook = Workbook()
    sheet = cast("Worksheet", workbook.active)
    sheet.title = _sheet_name(sheet_name)
    lines = [header, *rows]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            _write_text(cast("Cell", sheet.cell(number, column)), text)
    for column, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        width = max(len(line[column - 1]) for line in lines)
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _MAX_COLUMN_WIDTH) + 2
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _write_text(cell: "Cell", text: str) -> None:
    cell.value = _NOT_IN_XML.sub("", text)[:_MAX_CELL_LENGTH]
    # The library treats a text that begins with = as a formula; quotePrefix keeps it text when edited.
    cell.data_type = "s"
    cell.quotePrefix = escape_csv_formula(text) != text


def _sheet_name(text: str) -> str:
    # Spreadsheets refuse a name that is empty or that begins or ends with an apostrophe.
    name = _NOT_IN_SHEET_NAME.sub(" ", _NOT_IN_XML.sub("", text)).strip()
    return name[:_MAX_SHEET_NAME_LENGTH].strip("' ") or "1"
