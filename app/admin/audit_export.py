"""The audit as CSV, streamed: constant memory for any length."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

BOM = "\ufeff"
"""Without a BOM, Excel does not detect UTF-8."""
ROWS_PER_CHUNK = 200


def stream_csv(rows: Iterable[list[str]]) -> Iterator[str]:
    """Rows of cells as the text of a CSV file, in pieces."""
    buffer = StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % ROWS_PER_CHUNK == 0:
            yield _drain_buffer(buffer)
    yield _drain_buffer(buffer)


def _drain_buffer(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
