"""What may have been sent since a database was as it is now waits for a person: nothing goes by itself, nothing without a warning."""

import time
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app.journal import Submission
from app.meetings.imports import service
from app.meetings.participants.resolutions import available_resolutions
from app.models import (
    Account,
    AccountRole,
    AccountSession,
    Action,
    CancellationState,
    ImportState,
    JournalEntry,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    SavedForm,
    utc_now,
)
from app.models.possibly_mailed import may_mail_twice
from tests.operations.conftest import Rows, Run
from tests.outbox.conftest import sending
from tests.support.actions import person as person_row
from tests.support.db import rows, table
from tests.support.pages import PageClient
from tests.support.rows import a_person, meeting
from tests.support.zelta_server import ZeltaServer

P = ParticipantState
LINE = {
    "n": 1, "line": 1, "text": "Ana", "name": "Ana", "email": "ana@example.org", "role": "participant",
    "external_id": "", "mail": "mail",
}  # fmt: skip


@pytest.fixture
def at(add: Rows) -> int:
    """A scheduled meeting."""
    one = meeting()
    one.public_meeting_id = "mtg-1"
    return add(one)


def entry(meeting_id: int, action: Action, participant_id: int | None = None) -> JournalEntry:
    """A call that is under way."""
    return JournalEntry(
        meeting_id=meeting_id, participant_id=participant_id, action=action, actor="ana", is_call=True,
        lease_expires_at=utc_now(60),
        request={"body": {"name": "Ana", "email": "ana@example.org", "preset_name": "participant"}},
    )  # fmt: skip


def states(url: str) -> dict[str, tuple[str, bool]]:
    """Of each person, by name: the state, and whether they may have been mailed."""
    query = "SELECT name, state, possibly_mailed FROM participants WHERE claimed_by IS NULL AND claim_expires_at IS NULL"
    return {row["name"]: (row["state"], bool(row["possibly_mailed"])) for row in rows(url, query)}


def test_people(run: Run, add: Rows, at: int, database_url: str, admin: Flask) -> None:
    people_list = add(ParticipantImport(meeting_id=at, state=ImportState.RUNNING, rows=[], created_by="ana"))

    def person(name: str, email: str | None, state: P) -> Participant:
        one = a_person(at, name, email, state)
        one.import_id = people_list
        if state == P.CLAIMED:
            one.claimed_by, one.claim_expires_at = "a sender", datetime.now(UTC)
        return one

    for state in P:
        add(person(f"{state} mailed", f"{state}@example.org", state))
        add(person(f"{state} not", None, state))
    for name, email in {"twin": "queued@example.org", "first": "two@x.org", "second": "two@x.org"}.items():
        add(person(name, email, P.REFUSED))
    run("hold")
    found = states(database_url)
    for state in P:
        held = state in {P.QUEUED, P.CLAIMED, P.SENDING}
        warned = held or state in {P.REFUSED, P.NOT_SENT}
        assert found[f"{state} mailed"] == ("unknown" if held else state, warned)
        assert found[f"{state} not"] == ("unknown" if held else state, False)
    assert found["twin"] == ("refused", False), "the one who waited reserves the address"
    assert found["first"] == ("refused", True)
    assert found["second"] == ("refused", False), "the first reserves it"
    assert offered(database_url, "refused mailed")[:2] == ["received", "without_email"]
    page = PageClient(admin).visit(f"/meetings/{at}?show=problem")
    assert "A backup was restored" in person_row(page, "queued mailed").text


def test_nobody_goes_without_a_word(run: Run, add: Rows, at: int, admin: Flask, zelta: ZeltaServer) -> None:
    people_list = add(ParticipantImport(meeting_id=at, state=ImportState.RUNNING, rows=[], created_by="ana"))
    for state in (P.QUEUED, P.REFUSED):
        for email in (f"{state}@example.org", None):
            person = a_person(at, f"{state} {email}", email, state)
            person.import_id = people_list
            add(person)
    run("hold")
    with admin.app_context():
        assert service.resend_refused(at, Submission("ana", None)) == 1
    with sending(admin):
        deadline = time.monotonic() + 10
        while not zelta.calls:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.5)
    assert [call.json["name"] for call in zelta.calls] == ["refused None"]
    assert zelta.mails == []


def test_everything_else(run: Run, add: Rows, at: int, database_url: str) -> None:
    creating = add(meeting("Nueva", state=MeetingState.SENDING))
    cancelling = add(meeting("Otra", cancellation=CancellationState.SENDING))
    person = add(a_person(at, "Ana", "ana@example.org", P.SENDING))
    add(entry(creating, Action.CREATE_MEETING))
    add(entry(cancelling, Action.CANCEL_MEETING))
    add(entry(at, Action.ADD_PARTICIPANT, person))
    for state in ImportState:
        for left in ([], [LINE]):
            add(ParticipantImport(meeting_id=at, state=state, rows=left, created_by="ana"))
    account = Account(username="ana", display_name="Ana", role=AccountRole.ADMIN)
    now = datetime.now(UTC)
    add(AccountSession(token_hash="x", account_id=add(account), created_at=now, last_seen_at=now))
    add(SavedForm(token_hash="x", data_encrypted=b"x"))

    said = run("hold")
    assert "3 calls may have been made" in said
    assert "4 lists of people were not sent to their end" in said
    held = [row["state"] for row in rows(database_url, "SELECT state FROM meetings ORDER BY id")]
    assert held == ["scheduled", "unknown", "scheduled"]
    assert table(database_url, "meetings")[-1]["cancellation"] == "unknown"
    calls = [one for one in table(database_url, "journal_entries") if one["reason"] == "restored"]
    assert [one["outcome"] for one in calls] == ["unknown"] * 3
    assert [one["state"] for one in table(database_url, "participant_imports")] == [
        "stopped", "stopped", "running", "stopped", "paused", "stopped", "stopped", "stopped",
    ]  # fmt: skip
    assert table(database_url, "sessions") == table(database_url, "saved_forms") == []
    assert table(database_url, "audit_events")[-1]["action"] == "restored"
    assert "may have been made" not in run("hold"), "what waits for a decision is not held again"


def offered(url: str, name: str) -> list[str]:
    """What a coordinator may decide about a person."""
    engine = create_engine(url)
    with Session(engine) as session:
        person = session.query(Participant).filter_by(name=name).one()
        found = available_resolutions(person.state, may_mail_twice=may_mail_twice(person, ()), can_add=True)
    engine.dispose()
    return [choice.value for choice in found]
