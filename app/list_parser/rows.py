"""Text → records: lines, put together where a quoted cell goes on in the next one; and records → cells."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from app.list_parser.normalization import normalize_line, physical_lines
from app.list_parser.types import MAX_LINES, FileError, UnreadableFile

SEPARATORS = "\t;|,"
"""From the one that surely parts cells to the one that often belongs to a name."""
_LONGEST_CELL = 20
"""Lines that a quoted cell may go on for; a quotation mark that nobody closes swallows nothing."""
_QUOTED = re.compile(r'(?:(?<=[,;\t|])|\A)[ ]*+"(?:[^"]|"")*+("|\Z)(?P<after>[ ]*+(?:[,;\t|]|\Z))?')


class Row(NamedTuple):
    """One row: `number` is that of its first line, from 1."""

    number: int
    text: str


def parse_rows(text: str) -> list[Row]:
    """The rows of a text, tidied; blank lines too.

    Raises:
        UnreadableFile: it has more lines than a list may have.
    """
    lines = physical_lines(text)
    if len(lines) > MAX_LINES:
        while lines and not lines[-1].strip():
            lines.pop()
        if len(lines) > MAX_LINES:
            raise UnreadableFile(FileError.TOO_FAR)
    return list(_joined([normalize_line(line) for line in lines]))


def _joined(lines: list[str]) -> Iterator[Row]:
    index = 0
    while index < len(lines):
        count = _lines_of_record(lines, index)
        yield Row(index + 1, "\n".join(lines[index : index + count]))
        index += count


def _lines_of_record(lines: list[str], start: int) -> int:
    if not is_open(lines[start]):
        return 1
    for end in range(start + 1, min(start + _LONGEST_CELL, len(lines))):
        # Only a line with a quotation mark can close what is open.
        if '"' in lines[end]:
            together = "\n".join(lines[start : end + 1])
            if not is_open(together):
                return end + 1 - start if _closes_well(together, len(lines[start])) else 1
    return 1


def is_open(record: str) -> bool:
    """Whether a quoted cell of `record` does not end in it."""
    return any(not found[1] for found in _QUOTED.finditer(record)) if '"' in record else False


def _closes_well(record: str, first_line: int) -> bool:
    """Whether the cell that goes on after the first line ends where a cell may end."""
    crossing = (found for found in _QUOTED.finditer(record) if found.start() <= first_line < found.end())
    return all(found["after"] is not None for found in crossing)


def split_cells(text: str, separator: str) -> list[str]:
    """The cells of a record, without their quotation marks."""
    if '"' not in text or is_open(text):
        return text.split(separator)
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return text.split(separator)
    return rows[0] if len(rows) == 1 else text.split(separator)
