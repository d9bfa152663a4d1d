"""Text → rows: lines, put together where a quoted cell goes on in the next one; and rows → cells."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from app.list_parser.normalization import format_for_display, normalize_line, split_lines
from app.list_parser.text_repair import decode_markup
from app.list_parser.types import MAX_LINES, FileError, LeftOutReason, UnreadableFile

SEPARATORS = "\t;|,"
"""From the one that surely parts cells to the one that often belongs to a name."""
_MAX_CELL_LINES = 20
"""Maximum lines of a quoted cell; an unclosed quotation mark does not consume the following lines."""
_QUOTED = re.compile(r'(?:(?<=[,;\t|])|\A)[ ]*+"(?:[^"]|"")*+("|\Z)(?P<after>[ ]*+(?:[,;\t|]|\Z))?')

_WRAPPED = re.compile(r'"(?=[^"]*[,;])(?:[^"]|"")*""(?:[^"]|"")*"')


class Row(NamedTuple):
    """One row: `number` is that of its first line, from 1."""

    number: int
    text: str
    """What is read: with entities and encoded words decoded."""
    source: str = ""
    """What stood there, where that is not the same."""
    hidden: LeftOutReason | None = None
    is_struck: bool = False
    uncalculated: frozenset[int] = frozenset()
    """Indexes of the cells with a formula and no stored value."""

    @property
    def shown(self) -> str:
        """The row as the preview shows it."""
        return format_for_display(self.source or self.text)


def parse_rows(text: str) -> list[Row]:
    """The rows of a text, tidied; blank lines too.

    Raises:
        UnreadableFile: it has more lines than a list may have.
    """
    lines = split_lines(text)
    if len(lines) > MAX_LINES:
        while lines and not lines[-1].strip():
            lines.pop()
        if len(lines) > MAX_LINES:
            raise UnreadableFile(FileError.TOO_FAR)
    return _unwrap_rows(
        [decode_row_markup(row) for row in _join_lines([normalize_line(line) for line in lines])]
    )


def decode_row_markup(row: Row) -> Row:
    """The row with HTML entities, encoded words and percent-encoded letters decoded."""
    text = decode_markup(row.text)
    return row if text == row.text else row._replace(text=text, source=row.text)


def _unwrap_rows(rows: list[Row]) -> list[Row]:
    """Rows that were quoted as a whole (one cell that holds the others) as the rows that they were."""
    filled = [row for row in rows if row.text.strip()]
    wrapped = [row for row in filled if _WRAPPED.fullmatch(row.text.strip())]
    if len(wrapped) < 2 or len(wrapped) * 10 < len(filled) * 8:
        return rows
    return [_unwrap(row) for row in rows]


def _unwrap(row: Row) -> Row:
    text = row.text.strip()
    if not _WRAPPED.fullmatch(text):
        return row
    return row._replace(text=text[1:-1].replace('""', '"'), source=row.source or row.text)


def _join_lines(lines: list[str]) -> Iterator[Row]:
    index = 0
    while index < len(lines):
        count = _count_lines(lines, index)
        yield Row(index + 1, "\n".join(lines[index : index + count]))
        index += count


def _count_lines(lines: list[str], start: int) -> int:
    if not has_open_quote(lines[start]):
        return 1
    for end in range(start + 1, min(start + _MAX_CELL_LINES, len(lines))):
        # Only a line with a quotation mark can close what is open.
        if '"' in lines[end]:
            joined = "\n".join(lines[start : end + 1])
            if not has_open_quote(joined):
                return end + 1 - start if _closes_well(joined, len(lines[start])) else 1
    return 1


def has_open_quote(row_text: str) -> bool:
    """Whether a quoted cell of `row_text` does not end in it."""
    return any(not match[1] for match in _QUOTED.finditer(row_text)) if '"' in row_text else False


def _closes_well(row_text: str, first_line: int) -> bool:
    """Whether the cell that goes on after the first line ends where a cell may end."""
    crossing = (match for match in _QUOTED.finditer(row_text) if match.start() <= first_line < match.end())
    return all(found["after"] is not None for found in crossing)


def split_cells(text: str, separator: str) -> list[str]:
    """The cells of a row_text, without their quotation marks."""
    if '"' not in text or has_open_quote(text):
        return text.split(separator)
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return text.split(separator)
    return rows[0] if len(rows) == 1 else text.split(separator)
