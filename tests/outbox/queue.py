"""A queue to send from: a scheduled meeting with a list of people, and how it stands now."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from app.models import (
    IdSource,
    ImportState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    Role,
)

WAITING = {ParticipantState.QUEUED, ParticipantState.CLAIMED, ParticipantState.SENDING}


class Queue:
    """The people of one list, stored as the dashboard stores them when «send» is pressed."""

    def __init__(self, url: str, public_meeting_id: str) -> None:
        self.url = url
        self.engine = create_engine(url)
        with Session(self.engine) as session:
            meeting = Meeting(
                title="Comité", starts_at=datetime.now(UTC) + timedelta(days=1), time_zone="UTC",
                state=MeetingState.SCHEDULED, public_meeting_id=public_meeting_id, id_source=IdSource.API,
                created_by="anonymous",
            )  # fmt: skip
            session.add(meeting)
            session.flush()
            people_list = ParticipantImport(
                meeting_id=meeting.id, state=ImportState.RUNNING, rows=[], created_by="anonymous"
            )
            session.add(people_list)
            session.flush()
            self.meeting_id, self.list_id = meeting.id, people_list.id
            session.commit()

    def add(self, number: int, hosts: int = 0) -> None:
        """Queue so many people, each with an e-mail; the last of them are hosts."""
        with Session(self.engine) as session:
            for n in range(number):
                session.add(
                    Participant(
                        meeting_id=self.meeting_id,
                        import_id=self.list_id,
                        name=f"Persona {n}",
                        role=Role.HOST if n >= number - hosts else Role.PARTICIPANT,
                        email=f"p{n}@example.org",
                        send_invitation=True,
                        state=ParticipantState.QUEUED,
                        created_by="anonymous",
                    )
                )
            session.commit()

    def states(self) -> Counter[ParticipantState]:
        """How many people are in each state."""
        query = select(Participant.state, func.count()).group_by(Participant.state)
        with Session(self.engine) as session:
            return Counter(dict(session.execute(query).all()))

    def wait(self, seconds: float, until: Callable[[Counter[ParticipantState]], bool] | None = None) -> float:
        """Wait until nobody waits any more (or `until` holds of the states); gives how long that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            states = self.states()
            if until(states) if until else not any(states[state] for state in WAITING):
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"after {seconds} s: {self.states()}")

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()
