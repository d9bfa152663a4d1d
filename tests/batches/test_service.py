"""Queueing a batch, and pausing, resuming and stopping it."""

from uuid import uuid4

import pytest
from flask import Flask

from app import journal
from app.batches import service
from app.batches.service import queue_batch
from app.journal import DuplicateSubmission, Submission
from app.meetings.service import ActionNotAllowed
from app.models import Batch, BatchKind, BatchState
from tests.batches.conftest import Queue, batch_of
from tests.support.db import change, rows, table


def form() -> Submission:
    return Submission("ana", uuid4().hex)


def test_batch_stores_meetings_people_and_the_decision(queue_meetings: Queue, database_url: str) -> None:
    batch_id = queue_meetings(batch_of(3, each=2))
    meetings = table(database_url, "meetings")
    assert [(row["state"], row["batch_id"], row["series_id"]) for row in meetings] == [
        ("queued", batch_id, batch_id)
    ] * 3
    assert [row["series_position"] for row in meetings] == [1, 2, 3]
    imports = table(database_url, "participant_imports")
    assert [(row["state"], row["batch_id"], row["rows"]) for row in imports] == [
        ("running", batch_id, [])
    ] * 3
    people = table(database_url, "participants")
    assert [(row["state"], row["meeting_id"]) for row in people] == [
        ("queued", meeting["id"]) for meeting in meetings for _ in range(2)
    ]
    entries = table(database_url, "journal_entries")
    assert [(row["action"], row["outcome"]) for row in entries] == [("queue_meetings", "done")] * 3
    assert [bool(row["submission_id"]) for row in entries] == [True, False, False]


def test_batch_without_people_has_no_imports(queue_meetings: Queue, database_url: str) -> None:
    queue_meetings(batch_of(2))
    assert table(database_url, "participant_imports") == []


def test_same_submission_queues_once(queue_meetings: Queue, database_url: str) -> None:
    submission = form()
    queue_meetings(batch_of(2), submission=submission)
    with pytest.raises(DuplicateSubmission):
        queue_meetings(batch_of(2), submission=submission)
    assert len(table(database_url, "meetings")) == 2


def store_draft(app: Flask) -> int:
    with app.app_context(), journal.submission_transaction(form()) as session:
        draft = Batch(
            kind=BatchKind.SPREADSHEET, state=BatchState.DRAFT, created_by="ana", source=b"a@example.org"
        )
        session.add(draft)
        session.flush()
        return draft.id


def send_draft(app: Flask, draft_id: int) -> None:
    submission = form()
    with app.app_context(), journal.submission_transaction(submission) as session:
        draft = session.get_one(Batch, draft_id)
        queue_batch(session, BatchKind.SPREADSHEET, batch_of(1), submission, batch=draft)


def test_draft_is_queued_once(app: Flask, database_url: str) -> None:
    draft_id = store_draft(app)
    send_draft(app, draft_id)
    batch = table(database_url, "batches")[0]
    assert (batch["id"], batch["state"], batch["source"]) == (draft_id, "running", None)
    with pytest.raises(ActionNotAllowed):
        send_draft(app, draft_id)
    assert len(table(database_url, "meetings")) == 1


def test_pause_resume_and_stop(app: Flask, queue_meetings: Queue, database_url: str) -> None:
    batch_id = queue_meetings(batch_of(2, each=2))
    with app.app_context():
        service.pause(batch_id, form())
        with pytest.raises(ActionNotAllowed):
            service.pause(batch_id, form())
        service.resume(batch_id, form())
        with pytest.raises(ActionNotAllowed):
            service.resume(batch_id, form())
        change(database_url, "UPDATE meetings SET state = 'scheduled', public_meeting_id = 'm' WHERE id = 1")
        service.stop(batch_id, form())
        for action in (service.pause, service.resume, service.stop):
            with pytest.raises(ActionNotAllowed):
                action(batch_id, form())
    assert [row["state"] for row in table(database_url, "meetings")] == ["scheduled", "discarded"]
    assert {row["state"] for row in table(database_url, "participants")} == {"discarded"}
    assert {row["state"] for row in table(database_url, "participant_imports")} == {"stopped"}
    actions = rows(database_url, "SELECT action FROM journal_entries WHERE action LIKE '%_batch' ORDER BY id")
    assert [row["action"] for row in actions] == ["pause_batch", "resume_batch", "stop_batch"]


def test_draft_cannot_be_paused(app: Flask) -> None:
    draft_id = store_draft(app)
    with app.app_context(), pytest.raises(ActionNotAllowed):
        service.pause(draft_id, form())
