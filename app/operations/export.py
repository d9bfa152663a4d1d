"""Export of all meetings as CSV or JSON lines, in constant memory; without tokens.

Merge join of two cursors in one snapshot: meetings by id, and participants by meeting id.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import IO, Any

from sqlalchemy import Connection, Row, Select, select

from app.audit import Actor, record_event
from app.database import db, write_transaction
from app.meetings.join_links import build_join_link
from app.models import AuditAction, Meeting, Participant
from app.utils.text import escape_csv_formula

FORMATS = ("csv", "jsonl")
FETCH_SIZE = 1000
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the accents of a CSV file wrongly; other programs skip it."""

MEETING_COLUMNS = (
    "id", "title", "starts_at", "time_zone", "state", "cancellation", "public_meeting_id", "created_at", "created_by",
)  # fmt: skip
PARTICIPANT_COLUMNS = (
    "id", "role", "name", "email", "external_id", "state", "public_participant_id", "created_at", "created_by",
)  # fmt: skip

EMPTY_PARTICIPANT: dict[str, Any] = dict.fromkeys((*PARTICIPANT_COLUMNS, "link"))

ExportRow = dict[str, Any]


def export_meetings(export_format: str, out: IO[str]) -> int:
    """Write every meeting with its people, as they are at one moment, and audit it; gives how many meetings there were.

    Args:
        export_format: one of FORMATS. In CSV each person has a row, and a meeting without people has one too.
        out: where to.
    """
    with write_transaction() as session:
        record_event(
            session,
            AuditAction.EXPORTED,
            Actor("command"),
            detail={"what": "meetings", "format": export_format},
        )
    level = "REPEATABLE READ" if db.engine.dialect.name == "postgresql" else "SERIALIZABLE"
    with db.engine.connect().execution_options(isolation_level=level) as connection:
        write = _write_csv if export_format == "csv" else _write_jsonl
        return write(_iter_meetings(connection), out)


def _iter_meetings(connection: Connection) -> Iterator[tuple[ExportRow, list[ExportRow]]]:
    groups = groupby(
        _stream(
            connection,
            _select(Participant, (*PARTICIPANT_COLUMNS, "meeting_id")).order_by(
                Participant.meeting_id, Participant.id
            ),
        ),
        key=attrgetter("meeting_id"),
    )
    group_meeting_id, group = next(groups, (None, iter(())))
    for meeting in _stream(connection, _select(Meeting, MEETING_COLUMNS).order_by(Meeting.id)):
        participants = []
        if group_meeting_id == meeting.id:
            participants = [_participant_row(meeting, person) for person in group]
            group_meeting_id, group = next(groups, (None, iter(())))
        yield _to_row(meeting, MEETING_COLUMNS), participants


def _select(table: type[Meeting | Participant], names: tuple[str, ...]) -> Select[Any]:
    return select(*(getattr(table, name) for name in names))


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    return iter(connection.execution_options(yield_per=FETCH_SIZE).execute(query))


def _participant_row(meeting: Row[Any], person: Row[Any]) -> ExportRow:
    link = build_join_link(meeting.public_meeting_id, person.public_participant_id)
    return _to_row(person, PARTICIPANT_COLUMNS) | {"link": link}


def _to_row(row: Row[Any], names: tuple[str, ...]) -> ExportRow:
    return dict(zip(names, map(_format_value, row), strict=False))  # the row may have extra trailing columns


def _format_value(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _write_jsonl(everything: Iterator[tuple[ExportRow, list[ExportRow]]], out: IO[str]) -> int:
    meetings = 0
    for meeting, people in everything:
        out.write(json.dumps(meeting | {"people": people}, ensure_ascii=False) + "\n")
        meetings += 1
    return meetings


def _write_csv(everything: Iterator[tuple[ExportRow, list[ExportRow]]], out: IO[str]) -> int:
    out.write(BYTE_ORDER_MARK)
    names = [f"meeting_{name}" for name in MEETING_COLUMNS] + [
        f"person_{name}" for name in (*PARTICIPANT_COLUMNS, "link")
    ]
    rows = csv.writer(out)
    rows.writerow(names)
    meetings = 0
    for meeting, people in everything:
        meeting_cells = _csv_cells(meeting)
        rows.writerows(meeting_cells + _csv_cells(person) for person in people or [EMPTY_PARTICIPANT])
        meetings += 1
    return meetings


def _csv_cells(values: ExportRow) -> list[object]:
    return [escape_csv_formula(value) if isinstance(value, str) else value for value in values.values()]
