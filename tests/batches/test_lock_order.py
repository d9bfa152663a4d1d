"""Transactions about batches and moves that run against each other on PostgreSQL: no deadlock."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.batches import moves, service
from app.http_client.errors import FailureReason
from app.journal import Submission, calls
from app.meetings import service as meetings
from app.meetings.participants import service as people
from app.meetings.participants.queue import ParticipantInput
from app.meetings.service import MeetingInput
from app.models import (
    Action,
    IdSource,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    Role,
    utc_now,
)
from app.outbox import cancellations, work
from app.zelta.client import CreatedMeeting
from app.zelta.outcome import CallDetails, Done, NotSent, Refused
from tests.batches.conftest import batch_of
from tests.batches.stored import store_batch
from tests.support import deadlocks as support
from tests.support.application import AppFactory, close
from tests.support.db import change, rows
from tests.support.deadlocks import Step, deadlocks, play

pytestmark = [
    pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True),
    pytest.mark.usefixtures("quick_detection", "slow"),
]
ROUNDS = 8


def by() -> Submission:
    return Submission("anonymous", uuid4().hex)


def send(owner: str) -> Step:
    """One turn of a sender, which makes no call."""

    def run() -> None:
        for one in work.claim(owner, 4):
            work.begin(one, owner, 0)
        work.release_claims(owner)

    return run


def creations(url: str, meeting_ids: Sequence[int]) -> list[int]:
    """The entries of calls that create these meetings, under way."""
    engine = create_engine(url)
    with Session(engine) as session:
        entries = [
            JournalEntry(
                action=Action.CREATE_MEETING, actor="anonymous", meeting_id=meeting_id, from_outbox=True,
                request={"body": {}}, is_call=True, lease_expires_at=utc_now(30),
            )
            for meeting_id in meeting_ids
        ]  # fmt: skip
        session.add_all(entries)
        session.commit()
        ids = [entry.id for entry in entries]
    engine.dispose()
    return ids


def a_stop_beside_senders_and_ends(url: str) -> list[Step]:
    batch_id = store_batch(url, batch_of(12, each=2))
    ids = [
        row["id"]
        for row in rows(url, "SELECT id FROM meetings WHERE batch_id = :id ORDER BY id", id=batch_id)
    ]
    change(url, "UPDATE meetings SET state = 'sending' WHERE id >= :id", id=ids[8])
    outcomes = [
        Refused(CallDetails(status=401, reason=FailureReason.API_KEY)),
        NotSent(CallDetails(reason=FailureReason.RATE_LIMITED)),
        Done(CreatedMeeting(uuid4().hex), CallDetails(status=201)),
        Refused(CallDetails(status=422)),
    ]
    ends = zip(creations(url, ids[8:]), outcomes, strict=True)
    return [
        lambda: service.stop(batch_id, by()),
        lambda: service.pause(batch_id, by()),
        send("one"),
        send("two"),
        *((lambda entry=entry, end=end: calls._save_outcome(entry, end)) for entry, end in ends),
    ]


def a_move_beside_adds_and_cancellations(url: str) -> list[Step]:
    engine = create_engine(url)
    starts_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    with Session(engine) as session:
        old = Meeting(
            title="Comité", starts_at=starts_at, time_zone="UTC", state=MeetingState.SCHEDULED,
            public_meeting_id=uuid4().hex, id_source=IdSource.API, created_by="anonymous",
        )  # fmt: skip
        session.add(old)
        session.flush()
        session.add(
            Participant(
                meeting_id=old.id, role=Role.HOST, name="Ana", send_invitation=False,
                state=ParticipantState.ADDED, created_by="anonymous",
            )
        )  # fmt: skip
        session.commit()
        old_id = old.id
    engine.dispose()
    twice, later = by(), MeetingInput("Comité", starts_at + timedelta(days=1), "UTC")

    def add(meeting_id: int) -> Step:
        return lambda: people.add(
            meeting_id, ParticipantInput(Role.PARTICIPANT, uuid4().hex, None, None), by()
        )

    def cancel_due() -> None:
        for row in rows(url, "SELECT id FROM meetings WHERE move_pending"):
            cancellations.begin_cancellation(row["id"], 0)

    return [
        lambda: moves.move(old_id, later, twice),
        lambda: moves.move(old_id, later, twice),
        lambda: moves.move(old_id, later, by()),
        add(old_id),
        send("one"),
        cancel_due,
        cancel_due,
        lambda: meetings.cancel(old_id, by()),
    ]


@pytest.mark.parametrize(
    "pair",
    [a_stop_beside_senders_and_ends, a_move_beside_adds_and_cancellations],
    ids=lambda pair: pair.__name__,
)
def test_transactions_run_together_never_deadlock(
    make_app: AppFactory,
    database_url: str,
    pair: Callable[[str], list[Step]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(support, "EXPECTED", (*support.EXPECTED, moves.MoveNotAllowed))
    app = make_app()
    for _ in range(ROUNDS):
        play(app, pair(database_url))
    close(app)
    assert deadlocks(database_url) == 0
    moved = rows(
        database_url,
        "SELECT moved_from_id FROM meetings WHERE moved_from_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
    )
    assert moved == []
