"""A list on its way through the outbox, with everything that the contract says may happen in the middle of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import journal
from app.journal import PendingCall, Submission
from app.meetings import service as meetings
from app.meetings.imports import service
from app.meetings.participants import resolutions
from app.meetings.participants import service as people
from app.meetings.participants.queue import ParticipantInput
from app.models import (
    ImportState,
    JournalEntry,
    Participant,
    ParticipantImport,
    ParticipantState,
    RateLimitState,
    Resolution,
    Role,
    utc_now,
)
from app.outbox import queue as outbox_queue
from app.rate_limit import learner
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.db import change
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., object]
BY = Submission("anonymous", None)


def emails(zelta: ZeltaServer) -> list[str]:
    return [call.json["email"] for call in zelta.calls if call.path.endswith("/participants")]


def test_everybody_is_added_once_and_hosts_first(queue: Queue, zelta: ZeltaServer, start: Start) -> None:
    queue.add(12, hosts=2)
    start(concurrency=1)
    queue.wait(15)
    assert queue.states() == {"added": 12}
    assert emails(zelta) == ["p10@example.org", "p11@example.org", *(f"p{n}@example.org" for n in range(10))]
    with Session(queue.engine) as session:
        for person in session.scalars(select(Participant)):
            assert (person.token_encrypted is not None) == (person.role == Role.HOST)
            assert person.claimed_by is None


FAULTS = [
    (faults.refuses(422), "refused"),
    (faults.refuses(404), "refused"),
    (faults.breaks(500), "unknown"),
    (faults.breaks(502), "unknown"),
    (faults.redirects("http://127.0.0.1:9/"), "unknown"),
    (faults.drops(), "unknown"),
    (faults.drops(reset=True), "unknown"),
    (faults.drop_after_processing(), "unknown"),
    (faults.hangs(processed=True), "unknown"),
    (faults.answers(200, b"<html>hola</html>"), "unknown"),
    (faults.processes_then(200, {}), "unknown"),
    (faults.floods(2 * 1024 * 1024), "unknown"),
]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("fault", "state"), FAULTS)
def test_a_fault_in_the_middle(
    fault: faults.Behaviour, state: str, queue: Queue, zelta: ZeltaServer, start: Start
) -> None:
    queue.add(6)
    zelta.next(faults.as_usual, faults.as_usual, fault)
    start(concurrency=1)
    queue.wait(20)
    assert queue.states() == {"added": 5, state: 1}
    assert max(Counter(emails(zelta)).values()) == 1


def test_a_limit_in_the_middle_is_waited_for(queue: Queue, zelta: ZeltaServer, start: Start) -> None:
    queue.add(6)
    limited = faults.rate_limits(retry_after="1")
    zelta.next(faults.as_usual, faults.as_usual, limited)
    start(concurrency=2)
    queue.wait(20)
    assert queue.states() == {"added": 6}
    assert len(zelta.backend.participants) == 6


def test_a_key_that_is_not_accepted_stops_the_list_at_once(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    queue.add(20)
    zelta.next(faults.as_usual, faults.as_usual)
    zelta.always(faults.refuses(401), path="/participants")
    start(concurrency=2)
    queue.wait(10, lambda states: states["refused"] > 0 and not states["sending"] and not states["claimed"])
    with Session(queue.engine) as session:
        held = session.get_one(ParticipantImport, queue.list_id)
        assert (held.state, held.pause_reason) == (ImportState.PAUSED, "api_key")
    assert queue.states()["refused"] <= 2
    calls = len(zelta.calls)
    zelta.behave()
    with app.app_context():
        service.resume(queue.list_id, BY)
        service.resend_refused(queue.meeting_id, BY)
    queue.wait(15)
    assert queue.states() == {"added": 20}
    assert len(zelta.calls) > calls


def test_an_outage_is_waited_out_with_growing_pauses(
    queue: Queue, zelta: ZeltaServer, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "BACKOFF_INITIAL_SECONDS", 0.6)
    queue.add(12)
    zelta.always(faults.breaks(503), path="/participants")
    start(concurrency=1)
    queue.wait(15, lambda states: states["unknown"] >= 6)
    assert queue.states()["unknown"] <= 7, "it goes on burning through the list"
    with Session(queue.engine) as session:
        assert session.get_one(RateLimitState, 1).blocked_until is not None
    zelta.behave()
    queue.wait(30)
    states = queue.states()
    assert states["added"] + states["unknown"] == 12
    assert max(Counter(emails(zelta)).values()) == 1


def test_paused_resumed_and_stopped(queue: Queue, zelta: ZeltaServer, app: Flask, start: Start) -> None:
    queue.add(30)
    zelta.always(faults.late(0.1), path="/participants")
    start(concurrency=2)
    queue.wait(10, lambda states: states["added"] >= 3)
    with app.app_context():
        service.pause(queue.list_id, BY)
    queue.wait(10, lambda states: not states["sending"] and not states["claimed"])
    sent = len(zelta.calls)
    assert 0 < queue.states()["queued"] < 30
    with app.app_context():
        service.resume(queue.list_id, BY)
    queue.wait(10, lambda states: states["added"] > sent)
    with app.app_context():
        service.stop(queue.list_id, BY)
    queue.wait(10)
    states = queue.states()
    assert states["discarded"] > 0
    assert states["added"] == len(zelta.backend.participants)


def test_a_cancelled_meeting_stops_its_list(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    queue.add(30)
    zelta.always(faults.late(0.1), method="POST", path="/participants")
    start(concurrency=2)
    queue.wait(10, lambda states: states["added"] >= 3)
    with app.app_context():
        meetings.cancel(queue.meeting_id, BY)
    queue.wait(10)
    assert queue.states()["discarded"] > 0
    cancelled = next(n for n, call in enumerate(zelta.calls) if call.method == "PATCH")
    assert len(zelta.calls) - cancelled <= 3, "people were added after the cancellation"


def test_a_claim_that_runs_out_goes_back_and_only_its_owner_may_use_it(queue: Queue, app: Flask) -> None:
    queue.add(1)
    with app.app_context():
        (one,) = outbox_queue.claim("first", 5)
        assert outbox_queue.claim("second", 5) == []
        assert outbox_queue.begin_send(one, "second", 0) is None
        with Session(queue.engine) as session:
            session.execute(update(Participant).values(claim_expires_at=utc_now(-1)))
            session.commit()
        assert outbox_queue.begin_send(one, "first", 0) is None, "the claim is over"
        assert outbox_queue.claim("second", 5) == [one]
        assert isinstance(outbox_queue.begin_send(one, "second", 0), PendingCall)
        assert outbox_queue.begin_send(one, "second", 0) is None


def test_what_was_sending_when_its_process_died_is_unknown_and_not_sent_again(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    queue.add(3)
    with app.app_context():
        one, *_ = outbox_queue.claim("dead", 1)
        assert isinstance(outbox_queue.begin_send(one, "dead", 0), PendingCall)
        with Session(queue.engine) as session:
            session.execute(update(JournalEntry).values(lease_expires_at=utc_now(-1)))
            session.commit()
        assert journal.expire_lost_calls() == 1
    start()
    queue.wait(10)
    assert queue.states() == {"added": 2, "unknown": 1}
    assert "p0@example.org" not in emails(zelta)


def test_a_frozen_sender_does_not_send_what_was_given_up(
    queue: Queue, zelta: ZeltaServer, app: Flask
) -> None:
    queue.add(1)
    with app.app_context():
        (one,) = outbox_queue.claim("frozen", 1)
        step = outbox_queue.begin_send(one, "frozen", 0)
        assert isinstance(step, PendingCall)
        with Session(queue.engine) as session:
            session.execute(update(JournalEntry).values(lease_expires_at=utc_now(-1)))
            session.commit()
        journal.expire_lost_calls()
        assert queue.states() == {"unknown": 1}
        journal.execute_call(replace(step, deadline=step.deadline - 3600))
    assert zelta.calls == []
    assert queue.states() == {"not_sent": 1}  # which is certain now; whether to go on is for a person to say


def test_a_person_who_waits_in_front_of_a_page_goes_first(queue: Queue, app: Flask) -> None:
    queue.add(2)
    with app.app_context():
        (one, _) = outbox_queue.claim("sender", 2)
        with journal.submission_transaction(BY) as session:
            intent = meetings.creation_intent(
                meetings.MeetingInput("Otra", datetime.now(UTC) + timedelta(days=1), "UTC"),
                BY,
                queue.meeting_id,
            )
            entry = journal.record_call(session, intent)
        assert not isinstance(outbox_queue.begin_send(one, "sender", 0), PendingCall)
        journal.execute_call(entry)
        assert isinstance(outbox_queue.begin_send(one, "sender", 0), PendingCall)


def test_later_hands_one_person_to_the_outbox(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    zelta.always(faults.rate_limits(retry_after="900"), path="/participants")
    with app.app_context():
        one = people.add(
            queue.meeting_id, ParticipantInput(Role.PARTICIPANT, "Ana", "ana@example.org", None), BY
        )
        assert people.get_participant(one).state == ParticipantState.NOT_SENT
        resolutions.resolve(one, Resolution.SEND_LATER, BY)
        with Session(queue.engine) as session:
            session.execute(update(RateLimitState).values(blocked_until=None))
            session.commit()
    zelta.behave()
    start()
    queue.wait(10)
    assert queue.states() == {"added": 1}


def test_a_page_says_when_no_sender_is_at_work(queue: Queue, client: PageClient, app: Flask) -> None:
    stopped = "El envío está detenido"
    queue.add(2)
    assert stopped not in client.visit(f"/meetings/{queue.meeting_id}").html, "they have only just come"
    change(queue.url, "UPDATE participants SET updated_at = '2026-01-01 00:00:00+00:00'")
    assert stopped in client.visit(f"/meetings/{queue.meeting_id}").find("#progress-note").text
    with app.app_context():
        outbox_queue.claim("a sender", 1)
    assert stopped not in client.visit(f"/meetings/{queue.meeting_id}").html
