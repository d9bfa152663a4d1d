"""Everything about all meetings, as CSV or JSON lines, in memory that does not grow with their number; no tokens.

Two cursors of one moment walk side by side: the meetings, and the people in the order of their meetings.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import IO, Any

from sqlalchemy import Connection, Row, Select, select

from app.audit import By, record
from app.database import db, transaction
from app.meetings.page import join_link
from app.models import Deed, Meeting, Participant
from app.text import neutral_cell

FORMATS = ("csv", "jsonl")
ROWS_AT_ONCE = 1000
BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads the accents of a CSV file wrongly; other programs skip it."""

MEETING = (
    "id", "title", "starts_at", "time_zone", "state", "cancellation", "public_meeting_id", "created_at", "created_by",
)  # fmt: skip
PERSON = (
    "id", "role", "name", "email", "external_id", "state", "public_participant_id", "created_at", "created_by",
)  # fmt: skip

NOBODY: dict[str, Any] = dict.fromkeys((*PERSON, "link"))

Record = dict[str, Any]


def write_all(form: str, out: IO[str]) -> int:
    """Write every meeting with its people, as they are at one moment, and audit it; gives how many meetings there were.

    Args:
        form: one of FORMATS. In CSV each person has a row, and a meeting without people has one too.
        out: where to.
    """
    with transaction() as session:
        record(session, Deed.EXPORTED, By("command"), detail={"what": "meetings", "format": form})
    level = "REPEATABLE READ" if db.engine.dialect.name == "postgresql" else "SERIALIZABLE"
    with db.engine.connect().execution_options(isolation_level=level) as connection:
        write = _write_csv if form == "csv" else _write_jsonl
        return write(_everything(connection), out)


def _everything(connection: Connection) -> Iterator[tuple[Record, list[Record]]]:
    people = groupby(
        _stream(
            connection,
            _select(Participant, (*PERSON, "meeting_id")).order_by(Participant.meeting_id, Participant.id),
        ),
        key=attrgetter("meeting_id"),
    )
    of, group = next(people, (None, iter(())))
    for meeting in _stream(connection, _select(Meeting, MEETING).order_by(Meeting.id)):
        found = []
        if of == meeting.id:
            found = [_person(meeting, person) for person in group]
            of, group = next(people, (None, iter(())))
        yield _plain(meeting, MEETING), found


def _select(table: type[Meeting | Participant], names: tuple[str, ...]) -> Select[Any]:
    return select(*(getattr(table, name) for name in names))


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    return iter(connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query))


def _person(meeting: Row[Any], person: Row[Any]) -> Record:
    link = join_link(meeting.public_meeting_id, person.public_participant_id)
    return _plain(person, PERSON) | {"link": link}


def _plain(row: Row[Any], names: tuple[str, ...]) -> Record:
    return dict(zip(names, map(_text, row), strict=False))  # a row may have more columns, at its end


def _text(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _write_jsonl(everything: Iterator[tuple[Record, list[Record]]], out: IO[str]) -> int:
    meetings = 0
    for meeting, people in everything:
        out.write(json.dumps(meeting | {"people": people}, ensure_ascii=False) + "\n")
        meetings += 1
    return meetings


def _write_csv(everything: Iterator[tuple[Record, list[Record]]], out: IO[str]) -> int:
    out.write(BYTE_ORDER_MARK)
    names = [f"meeting_{name}" for name in MEETING] + [f"person_{name}" for name in (*PERSON, "link")]
    rows = csv.writer(out)
    rows.writerow(names)
    meetings = 0
    for meeting, people in everything:
        of_meeting = _cells(meeting)
        rows.writerows(of_meeting + _cells(person) for person in people or [NOBODY])
        meetings += 1
    return meetings


def _cells(values: Record) -> list[object]:
    return [neutral_cell(value) if isinstance(value, str) else value for value in values.values()]
