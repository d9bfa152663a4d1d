"""People added by hand while a list uses the rate limit: a few calls are kept for them, and what was not processed waits."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import rate_limit
from app.journal import Submission
from app.meetings.imports import progress
from app.meetings.participants import resolutions
from app.meetings.participants import service as people
from app.meetings.participants.queue import ParticipantInput
from app.models import (
    Action,
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
from app.utils.outcome import Outcome
from tests.outbox.conftest import sending
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.actions import add, choices, create, person, state
from tests.support.application import AppFactory
from tests.support.db import change, rows, table
from tests.support.environment import app_environment
from tests.support.pages import PageClient
from tests.support.senders import SenderProcess
from tests.support.zelta_server import ZeltaServer

BY = Submission("anonymous", None)
LIMIT, WINDOW_SECONDS = 20, 3.0


def add_by_hand(app: Flask, queue: Queue, name: str) -> int:
    with app.app_context():
        return people.add(
            queue.meeting_id, ParticipantInput(Role.PARTICIPANT, name, f"{name}@example.org", None), BY
        )


def calls_of(queue: Queue, participant_id: int) -> list[tuple[bool, Outcome | None, int | None]]:
    """Each call about a person, oldest first: whether the outbox made it, its outcome, its decision."""
    query = (
        select(JournalEntry).where(JournalEntry.participant_id == participant_id).order_by(JournalEntry.id)
    )
    with Session(queue.engine) as session:
        return [(one.from_outbox, one.outcome, one.decision_number) for one in session.scalars(query)]


def wait_until_added(queue: Queue, participant_id: int) -> float:
    """How long it takes until a person is in the meeting."""
    began = time.monotonic()
    while time.monotonic() - began < 30:
        with Session(queue.engine) as session:
            if session.get_one(Participant, participant_id).state == ParticipantState.ADDED:
                return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError(f"after 30 s: {calls_of(queue, participant_id)}")


def test_who_is_added_by_hand_gets_in_within_a_window_while_a_list_runs(
    make_app: AppFactory, queue: Queue, zelta: ZeltaServer, tmp_path: Path
) -> None:
    app = make_app(ZELTA_TIMEOUT="1")  # a page cannot wait for the next window
    zelta.backend.limit, zelta.backend.window = LIMIT, WINDOW_SECONDS
    queue.add(3 * LIMIT)
    settings = app_environment(queue.url, zelta, ZELTA_RATE="0")
    with SenderProcess(settings, tmp_path / "sender.log"):
        queue.wait(20, lambda states: states["added"] >= LIMIT)
        first = add_by_hand(app, queue, "ana")
        assert wait_until_added(queue, first) < WINDOW_SECONDS + 2
        assert calls_of(queue, first) == [
            (False, Outcome.NOT_SENT, 0),
            (True, Outcome.DONE, 0),
        ]
        second = add_by_hand(app, queue, "eva")
        assert calls_of(queue, second) == [(False, Outcome.DONE, 0)], "a call was kept for her"
        assert queue.states()["queued"], "the list still runs"
        queue.wait(30)
    assert queue.states() == {"added": 3 * LIMIT + 2}
    emails = [mail.email for mail in zelta.mails]
    assert len(emails) == len(set(emails)) == 3 * LIMIT + 2


def record_calls(queue: Queue, number: int, ago: float = 1.0, **values: Any) -> None:
    """So many calls that ended so many seconds ago."""
    defaults = {
        "action": Action.ADD_PARTICIPANT, "actor": "anonymous", "meeting_id": queue.meeting_id, "request": {},
        "is_call": True, "from_outbox": True, "outcome": Outcome.DONE, "finished_at": utc_now(-ago),
    }  # fmt: skip
    with Session(queue.engine) as session:
        session.add_all(JournalEntry(**(defaults | values)) for _ in range(number))
        session.commit()


@pytest.mark.parametrize(
    ("by_hand", "is_kept"),
    [
        ({"ago": 70.0}, True),
        ({"ago": 70.0, "outcome": Outcome.NOT_SENT}, True),
        ({"ago": 130.0}, False),
        ({"ago": 70.0, "from_outbox": True}, False),
        ({"ago": 70.0, "action": Action.CREATE_MEETING}, False),
        ({"ago": 70.0, "action": Action.CREATE_MEETING, "outcome": Outcome.NOT_SENT}, True),
    ],
)
def test_a_tenth_is_kept_while_people_make_calls(
    app: Flask, queue: Queue, by_hand: dict[str, Any], is_kept: bool
) -> None:
    record_calls(queue, 1, **{"from_outbox": False} | by_hand)
    record_calls(queue, 18)
    with app.app_context(), Session(queue.engine) as session:
        assert (rate_limit.seconds_until_slot(session, 20) > 0) == is_kept
        assert rate_limit.seconds_until_slot(session, 21) == 0 or is_kept
        assert rate_limit.seconds_until_slot(session, 0) == 0


def test_of_a_single_call_none_is_kept(app: Flask, queue: Queue) -> None:
    record_calls(queue, 1, 70.0, from_outbox=False)
    with app.app_context(), Session(queue.engine) as session:
        assert rate_limit.seconds_until_slot(session, 1) == 0


def test_who_was_added_by_hand_goes_before_the_hosts_of_a_list(
    app: Flask, queue: Queue, zelta: ZeltaServer
) -> None:
    queue.add(2, hosts=1)
    zelta.next(faults.rate_limits(retry_after="60"))
    one = add_by_hand(app, queue, "ana")
    with app.app_context():
        assert outbox_queue.claim("sender", 1) == [one]


@pytest.mark.parametrize(
    ("retry_after", "overrides", "now"),
    [
        ("60", {}, "queued"),
        ("900", {}, "not_sent"),
        ("60", {"SENDER": "outside"}, "not_sent"),
    ],
)
def test_only_what_goes_out_soon_waits_by_itself(
    make_app: AppFactory,
    queue: Queue,
    zelta: ZeltaServer,
    retry_after: str,
    overrides: dict[str, str],
    now: str,
) -> None:
    zelta.next(faults.rate_limits(retry_after=retry_after))
    add_by_hand(make_app(**overrides), queue, "ana")
    assert queue.states() == {now: 1}


def test_a_sender_outside_that_has_just_made_a_call_is_trusted(
    make_app: AppFactory, queue: Queue, zelta: ZeltaServer
) -> None:
    record_calls(queue, 1, 50.0)
    zelta.next(faults.rate_limits(retry_after="60"))
    add_by_hand(make_app(SENDER="outside"), queue, "ana")
    assert queue.states() == {"queued": 1}


def test_whose_list_is_paused_is_left_to_a_decision(app: Flask, queue: Queue, zelta: ZeltaServer) -> None:
    queue.add(1)
    with Session(queue.engine) as session:
        one = session.scalars(select(Participant.id)).one()
        session.execute(update(Participant).values(state=ParticipantState.REFUSED))
        session.execute(update(ParticipantImport).values(state=ImportState.PAUSED))
        session.commit()
    zelta.next(faults.rate_limits(retry_after="60"))
    with app.app_context():
        resolutions.resolve(one, Resolution.SEND_AGAIN, BY)
    assert queue.states() == {"not_sent": 1}


def test_the_row_says_when_it_goes_out_in_the_readers_zone(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client, time_zone="Europe/Madrid")
    zelta.next(faults.rate_limits(retry_after="60"))
    page = add(page, email="ana@example.org")
    assert (state(page, "Ana"), choices(person(page))) == ("queued", [])
    ((blocked_until,),) = [
        row.values() for row in rows(database_url, "SELECT blocked_until FROM rate_limit_state")
    ]
    if isinstance(blocked_until, str):
        blocked_until = datetime.fromisoformat(blocked_until)
    here = blocked_until.astimezone(ZoneInfo("America/Panama"))
    times = {(here + timedelta(seconds=off)).strftime("%H:%M.") for off in (-1, 0, 1)}
    shown = person(page).text
    assert "En espera, sale " in shown
    assert any(at in shown for at in times)
    assert not client.visit("/?view=attention").find_all("[data-meeting]")
    change(database_url, "UPDATE rate_limit_state SET blocked_until = NULL")
    with sending(client.application):
        deadline = time.monotonic() + 10
        while table(database_url, "participants")[0]["state"] != "added" and time.monotonic() < deadline:
            time.sleep(0.05)
    assert state(client.visit(page.path), "Ana") == "added"
    assert [mail.email for mail in zelta.mails] == ["ana@example.org"]


def test_nobody_raises_the_alarm_while_the_sender_waits_for_the_limit(
    queue: Queue, client: PageClient
) -> None:
    queue.add(2)
    record_calls(queue, 60, 30.0)
    change(queue.url, "UPDATE participants SET updated_at = '2026-01-01 00:00:00+00:00'")
    assert "El envío está detenido" not in client.visit(f"/meetings/{queue.meeting_id}").html


@pytest.mark.parametrize(("failures", "words"), [(0, "personas por minuto"), (9, "Zelta no responde.")])
def test_a_full_minute_is_not_told_as_an_outage(
    queue: Queue, client: PageClient, failures: int, words: str
) -> None:
    queue.add(2)
    with Session(queue.engine) as session:
        state = session.get_one(RateLimitState, 1)
        state.blocked_until = datetime.now(UTC) + timedelta(seconds=50)
        state.probing_since, state.consecutive_failures = datetime.now(UTC), failures
        session.commit()
    assert words in client.visit(f"/meetings/{queue.meeting_id}").find("#progress-note").text


def test_an_estimate_with_slow_calls_falls_with_each_of_them(app: Flask, queue: Queue) -> None:
    for ago in range(2, 62, 2):
        record_calls(queue, 1, float(ago), duration_ms=2000)
    with app.app_context(), queue.engine.connect() as connection:
        seconds = [
            rate_limit.estimate_duration(connection, remaining, 60, 1).seconds
            for remaining in range(215, 205, -1)
        ]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] == 430


def test_an_estimate_does_not_go_up_after_the_burst_of_an_earlier_list(
    app: Flask, queue: Queue, zelta: ZeltaServer
) -> None:
    queue.add(90)
    later = Queue(queue.url, zelta.backend.add_meeting("Otra"))
    later.add(10)

    def estimate() -> int:
        with app.test_request_context():
            shown = progress.get_progress(later.meeting_id)
            assert shown is not None
            assert shown.estimated_seconds is not None
            return shown.estimated_seconds

    before = estimate()
    record_calls(queue, 60)
    sent = f"SELECT id FROM participants WHERE meeting_id = {queue.meeting_id} ORDER BY id LIMIT 60"  # noqa: S608
    change(queue.url, f"UPDATE participants SET state = 'added' WHERE id IN ({sent})")  # noqa: S608
    after = estimate()
    later.close()
    assert 60 < after <= before
