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
class ParticipantInput:
    """What a caller may say of a participant."""

    preset_name: str
    name: str
    email: str | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class Participant(ParticipantInput):
    """A participant with its id."""

    id: str = ""
    added_utc: str = ""


@dataclass(frozen=True)
class JoinTicket:
    """A participant and the meeting they would join."""

    meeting: Meeting
    participant: Participant


TICKETS_QUERY = """
SELECT m.id, m.title, m.starts_utc, m.status, p.preset_name, p.name, p.email, p.external_id, p.id AS pid, p.added_utc
FROM participants AS p JOIN meetings AS m ON m.id = p.meeting_id
"""


def utc_now() -> str:
    """This instant, as the API writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def add_meeting(store: Store, title: str, starts_utc: str) -> Meeting:
    """Keep a new meeting."""
    meeting = Meeting(secrets.token_hex(6), title, starts_utc, SCHEDULED)
    store.execute(
        "INSERT INTO meetings (id, title, starts_utc) VALUES (?, ?, ?)", meeting.id, title, starts_utc
    )
    return meeting


def find_meeting(store: Store, meeting_id: str) -> Meeting | None:
    """The meeting of that id."""
    rows = store.query("SELECT * FROM meetings WHERE id = ?", meeting_id)
    return _to_meeting(rows[0]) if rows else None


def add_participant(store: Store, meeting_id: str, participant_input: ParticipantInput) -> Participant | None:
    """Keep a new participant, which also mails them if they have an e-mail; None if the meeting is not open.

    One statement, so that a participant never enters a meeting that is cancelled meanwhile.
    """
    added = Participant(
        participant_input.preset_name,
        participant_input.name,
        participant_input.email,
        participant_input.external_id,
        id=secrets.token_hex(8),
        added_utc=utc_now(),
    )
    inserted = store.execute(
        "INSERT INTO participants (id, meeting_id, preset_name, name, email, external_id, added_utc)"
        " SELECT ?, id, ?, ?, ?, ?, ? FROM meetings WHERE id = ? AND status = 'SCHEDULED'",
        added.id,
        participant_input.preset_name,
        participant_input.name,
        participant_input.email,
        participant_input.external_id,
        added.added_utc,
        meeting_id,
    )
    return added if inserted else None


def cancel_meeting(store: Store, meeting_id: str) -> Meeting | None:
    """Cancel a meeting (idempotent); None if there is no such meeting."""
    store.execute("UPDATE meetings SET status = 'CANCELLED' WHERE id = ?", meeting_id)
    return find_meeting(store, meeting_id)


def find_join_ticket(store: Store, meeting_id: str, participant_id: str) -> JoinTicket | None:
    """The participant and meeting of a join link."""
    rows = store.query(TICKETS_QUERY + "WHERE m.id = ? AND p.id = ?", meeting_id, participant_id)
    return _to_join_ticket(rows[0]) if rows else None


def list_invitations(store: Store, limit: int) -> list[JoinTicket]:
    """The invitations that would have been mailed, newest first."""
    rows = store.query(TICKETS_QUERY + "WHERE p.email IS NOT NULL ORDER BY p.number DESC LIMIT ?", limit)
    return [_to_join_ticket(row) for row in rows]


def list_latest_meetings(store: Store, limit: int) -> list[Meeting]:
    """The meetings made last, newest first."""
    return [
        _to_meeting(row) for row in store.query("SELECT * FROM meetings ORDER BY number DESC LIMIT ?", limit)
    ]


def count_records(store: Store) -> tuple[int, int, int]:
    """How many meetings, participants and invitations there are."""
    row = store.query(
        "SELECT (SELECT count(*) FROM meetings), (SELECT count(*) FROM participants),"
        " (SELECT count(*) FROM participants WHERE email IS NOT NULL)"
    )[0]
    return row[0], row[1], row[2]


def _to_meeting(row: sqlite3.Row) -> Meeting:
    return Meeting(row["id"], row["title"], row["starts_utc"], row["status"])


def _to_join_ticket(row: sqlite3.Row) -> JoinTicket:
    participant = Participant(
        row["preset_name"], row["name"], row["email"], row["external_id"], row["pid"], row["added_utc"]
    )
    return JoinTicket(_to_meeting(row), participant)
