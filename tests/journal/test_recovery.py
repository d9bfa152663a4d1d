"""What a process that died, froze or came late leaves behind."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app import journal
from app.http_client.errors import FailureReason
from app.journal import PendingCall, Submission, executor
from app.models import Action
from app.zelta.client import CreatedMeeting
from app.zelta.outcome import CallDetails, Done, Refused, Unknown
from tests.support.actions import add, cancel, choose, create, meeting, state
from tests.support.db import change, last_call, table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

AGO = "UPDATE journal_entries SET lease_expires_at = '2020-01-01 00:00:00+00:00'"
FOUND = Done(CreatedMeeting("mtg-late"), CallDetails(status=201))


@pytest.fixture
def in_flight(client: PageClient, database_url: str) -> Callable[[Action], int]:
    """A row whose process died in mid-call, its lease over; gives the entry's id."""

    def leave(action: Action) -> int:
        page = create(client)
        if action == Action.ADD_PARTICIPANT:
            add(page, "Ana", email="ana@example.org")
            change(database_url, "UPDATE participants SET state = 'sending', public_participant_id = NULL")
        elif action == Action.CANCEL_MEETING:
            cancel(client, page)
            change(database_url, "UPDATE meetings SET state = 'scheduled', cancellation = 'sending'")
        else:
            change(
                database_url,
                "UPDATE meetings SET state = 'sending', public_meeting_id = NULL, id_source = NULL",
            )
        entry = last_call(database_url)["id"]
        change(
            database_url,
            "UPDATE journal_entries SET outcome = NULL, finished_at = NULL, http_status = NULL, response = NULL"
            " WHERE id = :id",
            id=entry,
        )
        change(database_url, f"{AGO} WHERE id = :id", id=entry)
        return int(entry)

    return leave


def complete(app: Flask, entry: int, outcome: object) -> None:
    with app.app_context(), journal.submission_transaction(Submission("test", None)) as session:
        journal.complete_entry(session, entry, outcome)  # type: ignore[arg-type]


def recover(app: Flask) -> int:
    with app.app_context():
        return journal.expire_lost_calls()


@pytest.mark.parametrize("action", [Action.CREATE_MEETING, Action.ADD_PARTICIPANT, Action.CANCEL_MEETING])
def test_what_was_in_flight_ends_as_unknown_and_is_not_sent_again(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    in_flight: Callable[[Action], int],
    action: Action,
) -> None:
    entry = in_flight(action)
    calls = len(zelta.calls)
    shown = client.visit("/meetings/1")
    assert "sending" in {meeting(shown).get("data-cancellation"), state(shown), *(
        row["data-state"] for row in shown.find_all("[data-participant]")
    )}  # fmt: skip
    assert (recover(client.application), recover(client.application)) == (1, 0)
    shown = client.visit("/meetings/1")
    found = {
        Action.CREATE_MEETING: lambda: state(shown),
        Action.ADD_PARTICIPANT: lambda: state(shown, "Ana"),
        Action.CANCEL_MEETING: lambda: meeting(shown)["data-cancellation"],
    }[action]()
    assert found == "unknown"
    ended = next(one for one in table(database_url, "journal_entries") if one["id"] == entry)
    assert (ended["outcome"], ended["reason"], len(zelta.calls)) == ("unknown", "interrupted", calls)


def test_what_still_has_its_time_is_left_alone(app: Flask, client: PageClient, database_url: str) -> None:
    create(client)
    change(database_url, "UPDATE journal_entries SET outcome = NULL")
    assert recover(app) == 0


def test_a_process_that_was_frozen_sends_nothing(
    client: PageClient, zelta: ZeltaServer, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def thaw(begun: PendingCall) -> None:
        journal.execute_call(replace(begun, deadline=begun.deadline - 3600))

    monkeypatch.setattr(executor, "execute", thaw)
    create(client)
    ended = last_call(database_url)
    assert (ended["outcome"], ended["reason"]) == ("not_sent", "not_started")
    assert (table(database_url, "meetings")[0]["state"], zelta.calls) == ("not_sent", [])


def test_an_answer_that_comes_late_still_counts(
    app: Flask, client: PageClient, in_flight: Callable[[Action], int]
) -> None:
    entry = in_flight(Action.CREATE_MEETING)
    recover(app)
    complete(app, entry, FOUND)
    page = client.visit("/meetings/1")
    assert (state(page), page.find("#identifier").text) == ("scheduled", "mtg-late")
    complete(app, entry, Refused(CallDetails(status=400)))
    complete(app, entry, Unknown(CallDetails(reason=FailureReason.INTERRUPTED)))
    assert state(client.visit("/meetings/1")) == "scheduled"


@pytest.mark.parametrize("choice", ["discard", "again", "exists"])
def test_an_answer_that_comes_after_a_decision_leaves_it_alone(
    app: Flask, client: PageClient, database_url: str, in_flight: Callable[[Action], int], choice: str
) -> None:
    entry = in_flight(Action.CREATE_MEETING)
    recover(app)
    typed = {"public_meeting_id": "mtg-typed"} if choice == "exists" else {}
    decided = choose(client.visit("/meetings/1"), choice, **typed)
    before = table(database_url, "meetings")
    complete(app, entry, FOUND)
    if choice == "discard":  # the decision stands, and the id is not lost
        before[0] |= {"public_meeting_id": "mtg-late", "id_source": "answer"}
    assert table(database_url, "meetings") == before
    assert table(database_url, "journal_entries")[0]["outcome"] == "done", "the answer stands in the journal"
    assert state(client.visit("/meetings/1")) == state(decided)
