"""Batches and moves stored without the dashboard's processes, for tests that kill those."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.batches.carried_people import read_carried_people
from app.batches.service import BatchMeeting, new_batch, queue_batch, queue_meetings
from app.journal import Submission
from app.meetings.participants.queue import ParticipantInput
from app.meetings.service import MeetingInput
from app.models import (
    BatchKind,
    IdSource,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
)
from tests.support.zelta_server import ZeltaServer

BY = Submission("anonymous", None)


def store_batch(url: str, meetings: Sequence[BatchMeeting]) -> int:
    """Queue a batch as a page does."""
    return _in_transaction(
        url, lambda session: queue_batch(session, BatchKind.SPREADSHEET, meetings, by()).id
    )


def store_moves(url: str, zelta: ZeltaServer, number: int, each: int) -> None:
    """So many scheduled meetings with so many people, each moved to another day."""
    ids = [zelta.backend.add_meeting(f"Movida {n}") for n in range(number)]
    _in_transaction(url, lambda session: [_store_move(session, n, ids[n], each) for n in range(number)])


def by() -> Submission:
    """A form of its own."""
    return Submission("anonymous", uuid4().hex)


def _store_move(session: Session, number: int, public_meeting_id: str, each: int) -> None:
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    old = Meeting(
        title=f"Movida {number}", starts_at=starts_at, time_zone="UTC", state=MeetingState.SCHEDULED,
        public_meeting_id=public_meeting_id, id_source=IdSource.API, created_by="anonymous",
    )  # fmt: skip
    session.add(old)
    session.flush()
    for n in range(each):
        person = ParticipantInput(
            Role.HOST if n == 0 else Role.PARTICIPANT, f"Ana {n}", f"move{number}.{n}@example.org", None
        )
        session.add(
            Participant(
                meeting_id=old.id, **person.stored(), state=ParticipantState.ADDED, created_by="anonymous",
                public_participant_id=f"old-{number}-{n}",
            )
        )  # fmt: skip
    session.flush()
    people = read_carried_people(session, old.id, is_move=True)
    new_input = MeetingInput(old.title, starts_at + timedelta(days=1), "UTC")
    batch = new_batch(session, BatchKind.MOVE, BY, old.id)
    (new,) = queue_meetings(session, batch, [BatchMeeting(new_input, people)], by())
    new.moved_from_id, new.move_pending = old.id, True


def _in_transaction(url: str, work: Any) -> Any:
    engine = create_engine(url)
    with Session(engine) as session:
        session.connection(execution_options={"writes": True})
        result = work(session)
        session.commit()
    engine.dispose()
    return result
