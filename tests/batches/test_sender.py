"""Senders create the meetings of batches, and add their people after them."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from app import journal
from app.batches import service
from app.journal import PendingCall, Submission
from app.models import JournalEntry, Meeting, utc_now
from app.outbox import creations
from app.outbox import queue as outbox_queue
from app.outbox.sender import Sender
from app.outbox.work import WorkKind, claim
from tests.batches.conftest import Queue, batch_of
from tests.outbox.conftest import sending
from tests.support import zelta_faults as faults
from tests.support.db import change, rows, table
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., Sender]
WAITING = {"queued", "claimed", "sending"}


@pytest.fixture
def start(app: Flask) -> Iterator[Start]:
    """Start senders that stop with the test."""
    with ExitStack() as stack:
        yield lambda concurrency=4, usual_rate=0: stack.enter_context(sending(app, concurrency, usual_rate))


def states(url: str, name: str = "meetings") -> Counter[str]:
    return Counter(row["state"] for row in rows(url, f"SELECT state FROM {name}"))  # noqa: S608


def wait(url: str, until: Callable[[], bool] | None = None, seconds: float = 15) -> None:
    """Wait until nothing waits any more, or until something holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if until() if until else not (states(url) | states(url, "participants")).keys() & WAITING:
            return
        time.sleep(0.05)
    raise AssertionError(f"after {seconds} s: {states(url)}, {states(url, 'participants')}")


def form() -> Submission:
    return Submission("anonymous", uuid4().hex)


def test_batch_is_created_with_everybody(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    queue_meetings(batch_of(4, each=3))
    start()
    wait(database_url)
    assert states(database_url) == {"scheduled": 4}
    assert states(database_url, "participants") == {"added": 12}
    assert len(zelta.backend.meetings) == 4
    assert Counter(person.email for person in zelta.backend.participants).most_common(1)[0][1] == 1
    entries = table(database_url, "journal_entries")
    assert {row["decision_number"] for row in entries if row["action"] == "create_meeting"} == {0}
    assert all(row["from_outbox"] for row in entries if row["is_call"])


def test_each_meeting_is_finished_before_the_next_begins_and_hosts_go_first(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    queue_meetings(batch_of(3, each=2))
    start(concurrency=1)
    wait(database_url)
    calls = [
        call.json["preset_name"] if call.path.endswith("/participants") else "meeting" for call in zelta.calls
    ]
    assert calls == ["meeting", "host", "participant"] * 3


def test_two_senders_create_each_meeting_once(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    queue_meetings(batch_of(12, each=2))
    start()
    start()
    wait(database_url, seconds=30)
    assert states(database_url) == {"scheduled": 12}
    assert states(database_url, "participants") == {"added": 24}
    assert (len(zelta.backend.meetings), len(zelta.backend.participants)) == (12, 24)


def test_creation_held_back_returns_to_the_queue_and_is_not_a_second_decision(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    zelta.next(faults.rate_limits(retry_after="1"))
    queue_meetings(batch_of(1, each=1))
    start(concurrency=1)
    wait(
        database_url,
        lambda: bool(rows(database_url, "SELECT 1 FROM journal_entries WHERE outcome = 'not_sent'")),
    )
    wait(database_url)
    calls = [row for row in table(database_url, "journal_entries") if row["action"] == "create_meeting"]
    assert [(row["outcome"], row["decision_number"]) for row in calls] == [("not_sent", 0), ("done", 0)]
    assert len(zelta.backend.meetings) == 1


def test_unknown_creation_stays_unknown_and_its_people_wait(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    zelta.next(faults.breaks(500))
    queue_meetings(batch_of(2, each=1))
    start(concurrency=1)
    wait(database_url, lambda: states(database_url) == {"unknown": 1, "scheduled": 1})
    wait(database_url, lambda: states(database_url, "participants") == {"queued": 1, "added": 1})
    time.sleep(0.5)
    assert states(database_url) == {"unknown": 1, "scheduled": 1}
    assert len([call for call in zelta.calls if call.path.endswith("/meetings")]) == 2


def test_refused_creation_needs_a_decision_and_the_others_go_on(
    queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    zelta.next(faults.refuses(422))
    queue_meetings(batch_of(2, each=1))
    start(concurrency=1)
    wait(database_url, lambda: states(database_url) == {"refused": 1, "scheduled": 1})


@pytest.mark.parametrize("is_participant", [False, True])
def test_invalid_key_pauses_the_batch_with_its_reason(
    is_participant: bool, queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    if is_participant:
        zelta.always(faults.refuses(401), method="POST", path="/participants")
    else:
        zelta.always(faults.refuses(401))
    queue_meetings(batch_of(5, each=1))
    start(concurrency=1)
    wait(database_url, lambda: table(database_url, "batches")[0]["state"] == "paused")
    time.sleep(0.5)
    assert table(database_url, "batches")[0]["pause_reason"] == "api_key"
    waiting = states(database_url)["queued"]
    assert waiting >= 3
    assert {row["state"] for row in table(database_url, "participant_imports")} == {"running"}


def test_paused_batch_sends_neither_meetings_nor_people(
    app: Flask, queue_meetings: Queue, database_url: str, zelta: ZeltaServer, start: Start
) -> None:
    batch_id = queue_meetings(batch_of(2, each=2))
    change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'mtg' WHERE id = 1")
    with app.app_context():
        service.pause(batch_id, form())
    start()
    time.sleep(0.7)
    assert zelta.calls == []
    change(database_url, "UPDATE meetings SET state = 'queued', public_meeting_id = NULL WHERE id = 1")
    with app.app_context():
        service.resume(batch_id, form())
    wait(database_url)
    assert states(database_url) == {"scheduled": 2}
    assert states(database_url, "participants") == {"added": 4}


def test_batch_stopped_during_a_creation_that_was_not_sent_discards_it(
    app: Flask, queue_meetings: Queue, database_url: str, zelta: ZeltaServer
) -> None:
    batch_id = queue_meetings(batch_of(1, each=1))
    zelta.next(faults.rate_limits())
    with app.app_context():
        (work,) = claim("one", 4)
        assert work.kind == WorkKind.MEETING
        call = creations.begin_creation(work.row_id, "one", 0)
        assert isinstance(call, PendingCall)
        service.stop(batch_id, form())
        journal.execute_call(call)
    assert states(database_url) == {"discarded": 1}
    assert states(database_url, "participants") == {"discarded": 1}


def test_claim_that_runs_out_goes_back_and_only_its_owner_may_use_it(
    app: Flask, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(1))
    engine = create_engine(database_url)
    with app.app_context():
        (one,) = creations.claim("first", 5)
        assert creations.claim("second", 5) == []
        assert creations.begin_creation(one, "second", 0) is None
        with Session(engine) as session:
            session.execute(update(Meeting).values(claim_expires_at=utc_now(-1)))
            session.commit()
        assert creations.begin_creation(one, "first", 0) is None, "the claim is over"
        assert creations.claim("second", 5) == [one]
        assert isinstance(creations.begin_creation(one, "second", 0), PendingCall)
        assert creations.begin_creation(one, "second", 0) is None
    engine.dispose()


def test_claimed_person_of_a_paused_batch_is_not_sent(
    app: Flask, queue_meetings: Queue, database_url: str
) -> None:
    batch_id = queue_meetings(batch_of(1, each=1))
    change(
        database_url,
        "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'mtg_1', id_source = 'answer'",
    )
    with app.app_context():
        (one,) = outbox_queue.claim("sender", 1)
        service.pause(batch_id, form())
        assert outbox_queue.begin_send(one, "sender", 0) is None
    assert states(database_url, "participants") == {"queued": 1}


def test_second_creation_that_no_decision_asked_for_becomes_unknown(
    app: Flask, queue_meetings: Queue, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    queue_meetings(batch_of(1))
    engine = create_engine(database_url)
    with app.app_context():
        (one,) = creations.claim("first", 1)
        assert isinstance(creations.begin_creation(one, "first", 0), PendingCall)
        change(database_url, "UPDATE meetings SET state = 'queued'")
        assert creations.claim("second", 1) == [one]
        assert creations.begin_creation(one, "second", 0) is None
    assert "no decision asked" in caplog.text
    assert states(database_url) == {"unknown": 1}
    with Session(engine) as session:
        calls = session.scalars(select(JournalEntry).where(JournalEntry.is_call)).all()
        assert len(calls) == 1
    engine.dispose()


def test_concurrent_claims_share_the_meetings(app: Flask, queue_meetings: Queue) -> None:
    queue_meetings(batch_of(20))
    claimed: list[int] = []

    def take(owner: str) -> None:
        with app.app_context():
            while ids := creations.claim(owner, 3):
                claimed.extend(ids)

    threads = [threading.Thread(target=take, args=(f"sender {n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(claimed) == list(range(1, 21))
