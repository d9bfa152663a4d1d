"""Meetings, participants and the invitations that they were mailed."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from .storage import Store

SCHEDULED = "SCHEDULED"
CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Meeting:
    """A meeting as Zelta would keep it; `starts_utc` is as it was sent."""

    id: str
    title: str
    starts_utc: str
    status: str

    @property
    def starts(self) -> datetime:
        """The start, aware, in UTC."""
        return datetime.fromisoformat(self.starts_utc)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.status == CANCELLED


@dataclass(frozen=True)
class NewParticipant:
    """What a caller may say of a participant."""

    preset_name: str
    name: str
    email: str | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class Participant(NewParticipant):
    """A participant with its id."""

    id: str = ""
    added_utc: str = ""


@dataclass(frozen=True)
class Seat:
    """A participant and the meeting they would join."""

    meeting: Meeting
    participant: Participant


SEATS = """
SELECT m.id, m.title, m.starts_utc, m.status, p.preset_name, p.name, p.email, p.external_id, p.id AS pid, p.added_utc
FROM participants AS p JOIN meetings AS m ON m.id = p.meeting_id
"""


def utc_now() -> str:
    """This instant, as the API writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def add_meeting(store: Store, title: str, starts_utc: str) -> Meeting:
    """Keep a new meeting."""
    meeting = Meeting(secrets.token_hex(6), title, starts_utc, SCHEDULED)
    store.write(
        "INSERT INTO meetings (id, title, starts_utc) VALUES (?, ?, ?)", meeting.id, title, starts_utc
    )
    return meeting


def find_meeting(store: Store, meeting_id: str) -> Meeting | None:
    """The meeting of that id."""
    rows = store.read("SELECT * FROM meetings WHERE id = ?", meeting_id)
    return _meeting(rows[0]) if rows else None


def add_participant(store: Store, meeting_id: str, new: NewParticipant) -> Participant | None:
    """Keep a new participant, which also mails them if they have an e-mail; None if the meeting is not open.

    One statement, so that a participant never enters a meeting that is cancelled meanwhile.
    """
    added = Participant(
        new.preset_name, new.name, new.email, new.external_id, id=secrets.token_hex(8), added_utc=utc_now()
    )
    done = store.write(
        "INSERT INTO participants (id, meeting_id, preset_name, name, email, external_id, added_utc)"
        " SELECT ?, id, ?, ?, ?, ?, ? FROM meetings WHERE id = ? AND status = 'SCHEDULED'",
        added.id,
        new.preset_name,
        new.name,
        new.email,
        new.external_id,
        added.added_utc,
        meeting_id,
    )
    return added if done else None


def cancel_meeting(store: Store, meeting_id: str) -> Meeting | None:
    """Cancel a meeting, as often as one likes; None if there is no such meeting."""
    store.write("UPDATE meetings SET status = 'CANCELLED' WHERE id = ?", meeting_id)
    return find_meeting(store, meeting_id)


def find_seat(store: Store, meeting_id: str, participant_id: str) -> Seat | None:
    """Who would join which meeting by that link."""
    rows = store.read(SEATS + "WHERE m.id = ? AND p.id = ?", meeting_id, participant_id)
    return _seat(rows[0]) if rows else None


def mailed(store: Store, limit: int) -> list[Seat]:
    """The invitations that would have been mailed, newest first."""
    rows = store.read(SEATS + "WHERE p.email IS NOT NULL ORDER BY p.number DESC LIMIT ?", limit)
    return [_seat(row) for row in rows]


def latest_meetings(store: Store, limit: int) -> list[Meeting]:
    """The meetings made last, newest first."""
    return [_meeting(row) for row in store.read("SELECT * FROM meetings ORDER BY number DESC LIMIT ?", limit)]


def counts(store: Store) -> tuple[int, int, int]:
    """How many meetings, participants and invitations there are."""
    row = store.read(
        "SELECT (SELECT count(*) FROM meetings), (SELECT count(*) FROM participants),"
        " (SELECT count(*) FROM participants WHERE email IS NOT NULL)"
    )[0]
    return row[0], row[1], row[2]


def _meeting(row: sqlite3.Row) -> Meeting:
    return Meeting(row["id"], row["title"], row["starts_utc"], row["status"])


def _seat(row: sqlite3.Row) -> Seat:
    person = Participant(
        row["preset_name"], row["name"], row["email"], row["external_id"], row["pid"], row["added_utc"]
    )
    return Seat(_meeting(row), person)
