"""What is operated around batches: quarantine, doctor, metrics, lists of people of a paused batch, asking twice."""

from uuid import uuid4

import pytest
from flask import Flask

from app.batches import service
from app.database import db
from app.journal import Submission
from app.operations import quarantine
from app.operations.doctor import run_checks
from app.operations.metrics import render_metrics
from tests.batches.conftest import Queue, batch_of
from tests.batches.test_sender import states
from tests.support.actions import create, day
from tests.support.db import change, table
from tests.support.pages import PageClient


def form() -> Submission:
    return Submission("anonymous", uuid4().hex)


def test_quarantine_pauses_the_batch_and_asks_about_meetings_that_waited(
    app: Flask, client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(3, each=1))
    change(database_url, "UPDATE meetings SET state = 'claimed', claimed_by = 'x' WHERE id = 2")
    change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'm' WHERE id = 3")
    change(
        database_url,
        "INSERT INTO batches (kind, state, created_at, created_by) VALUES"
        " ('spreadsheet', 'draft', '2026-01-01 10:00:00.000000', 'ana')",
    )
    with app.app_context(), db.engine.connect().execution_options(writes=True) as connection:
        quarantine.quarantine(connection, {"journal_entries", "batches", "possibly_mailed_emails"})
        connection.commit()
    assert states(database_url) == {"unknown": 2, "scheduled": 1}
    assert states(database_url, "participants") == {"unknown": 3}
    assert [(row["state"], row["pause_reason"]) for row in table(database_url, "batches")] == [
        ("paused", "restored"),
        ("stopped", None),
    ]
    page = client.visit("/meetings/1")
    assert "respaldo" in page.find("main").text
    assert "Se restauró un respaldo" in client.visit("/batches/1").find("#batch-progress").text


def test_metrics_and_doctor_count_waiting_meetings(app: Flask, queue_meetings: Queue) -> None:
    batch_id = queue_meetings(batch_of(4))
    with app.app_context():
        text = render_metrics().decode()
        assert "convoca_queue_meetings 4.0" in text
        assert "convoca_queue_people 0.0" in text
        (sender,) = [check for check in run_checks(call_api=False) if check.key == "sender"]
        assert "4 " in sender.words
        service.pause(batch_id, form())
        assert "convoca_queue_oldest_seconds 0.0" in render_metrics().decode()


def test_list_of_a_paused_batch_says_why_it_waits(
    app: Flask, client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    batch_id = queue_meetings(batch_of(1, each=2))
    change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'm'")
    with app.app_context():
        service.pause(batch_id, form())
    assert "está en pausa" in client.visit("/meetings/1").find("#progress-note").text
    assert "En pausa" in client.visit("/").find("tr[data-meeting]").text


@pytest.mark.parametrize("state", ["queued", "claimed"])
def test_creating_what_waits_already_is_asked_about(
    state: str, client: PageClient, queue_meetings: Queue, database_url: str
) -> None:
    queue_meetings(batch_of(1))
    page = client.visit("/meetings/new")
    meeting = table(database_url, "meetings")[0]
    change(database_url, f"UPDATE meetings SET state = '{state}'")  # noqa: S608
    asked = page.submit("/meetings/new", title=meeting["title"], date=day(), time="15:00", time_zone="UTC")
    assert asked.status == 422
    assert asked.find_all('button[name="other_than"]')


def test_stopped_meeting_says_why_it_was_discarded(
    app: Flask, client: PageClient, queue_meetings: Queue
) -> None:
    batch_id = queue_meetings(batch_of(1, each=1))
    with app.app_context():
        service.stop(batch_id, form())
    assert "El envío se detuvo y por eso" in client.visit("/meetings/1").find("main").text


def test_unrelated_meeting_has_no_note(client: PageClient) -> None:
    assert create(client).find_all("[data-waiting]") == []
