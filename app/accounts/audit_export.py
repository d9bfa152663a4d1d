"""The audit as a file for a spreadsheet: written as it is read, so that it takes no more memory the longer it is."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

BOM = "\ufeff"
"""Without it Excel takes the file for one of an older encoding."""
LINES_AT_ONCE = 200


def as_csv(rows: Iterable[list[str]]) -> Iterator[str]:
    """Rows of cells as the text of a CSV file, in pieces."""
    held = StringIO()
    held.write(BOM)
    writer = csv.writer(held)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % LINES_AT_ONCE == 0:
            yield _taken(held)
    yield _taken(held)


def _taken(held: StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text
