"""Stored rows made without a browser, where a test needs many of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.models import (
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    Role,
)
from app.models.states import CancellationState


def meeting(
    title: str = "Comité",
    hours: float = 24,
    state: MeetingState = MeetingState.SCHEDULED,
    cancellation: CancellationState | None = None,
) -> Meeting:
    """A meeting that starts so many hours from now."""
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
    return Meeting(
        title=title, starts_at=starts_at, time_zone="UTC", state=state, cancellation=cancellation,
        created_by="anonymous",
    )  # fmt: skip


def a_person(
    meeting_id: int, name: str, email: str | None = None, state: ParticipantState = ParticipantState.ADDED
) -> Participant:
    """A guest."""
    return Participant(
        meeting_id=meeting_id, role=Role.PARTICIPANT, name=name, email=email, send_invitation=email is not None,
        state=state, created_by="anonymous",
    )  # fmt: skip


def store(url: str, rows: Iterable[Meeting | Participant | ParticipantImport | JournalEntry]) -> list[int]:
    """Insert rows; gives their ids."""
    engine = create_engine(url)
    with Session(engine) as session:
        kept = list(rows)
        for row in kept:
            session.add(row)
            session.flush()
        ids = [row.id for row in kept]
        session.commit()
    engine.dispose()
    return ids
