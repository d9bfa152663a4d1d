"""The intent is on disk before a byte leaves, and the outcome completes it: seen from the vendor's side of the wire."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, create
from tests.support.application import AppFactory
from tests.support.db import last_call, table
from tests.support.pages import PageClient
from tests.support.zelta_backend import TOKEN_PREFIX
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour, Exchange, as_usual

Seen = list[dict[str, Any]]


@pytest.fixture
def client(make_app: AppFactory) -> PageClient:
    """Patient: this vendor looks around first, which takes a while on a busy machine."""
    return PageClient(make_app(ZELTA_TIMEOUT="20"))


@pytest.fixture
def watching(database_url: str) -> Callable[[str], tuple[Behaviour, Seen]]:
    """A vendor that looks into our database when the request arrives, before it does anything."""

    def watch(name: str) -> tuple[Behaviour, Seen]:
        seen: Seen = []

        def behave(exchange: Exchange) -> None:
            seen.append({"entry": last_call(database_url), "row": table(database_url, name)[-1]})
            as_usual(exchange)

        return behave, seen

    return watch


def test_a_new_meeting(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    watching: Callable[[str], tuple[Behaviour, Seen]],
) -> None:
    behaviour, seen = watching("meetings")
    zelta.next(behaviour)
    create(client)
    (found,) = seen
    entry = found["entry"]
    assert found["row"]["state"] == "sending"
    assert (entry["action"], entry["actor"], entry["outcome"]) == ("create_meeting", "anonymous", None)
    assert entry["request"] | {"asked": ""} == {"asked": "", "body": zelta.calls[0].json}
    assert 0 < (entry["lease_expires_at"] - entry["started_at"]).total_seconds() <= 24
    after = last_call(database_url)
    assert (after["id"], after["outcome"], after["http_status"], after["attempts"]) == (
        entry["id"],
        "done",
        201,
        1,
    )
    assert 0 <= after["duration_ms"] < 20_000
    assert after["response"]["data"]["meeting"]["public_meeting_id"] == next(iter(zelta.meetings))


def test_a_host(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    watching: Callable[[str], tuple[Behaviour, Seen]],
) -> None:
    page = create(client)
    behaviour, seen = watching("participants")
    zelta.next(behaviour)
    add(page, "Ana", "host", email="ana@example.org")
    (found,) = seen
    assert (found["row"]["state"], found["entry"]["participant_id"]) == ("sending", found["row"]["id"])
    assert found["entry"]["request"]["body"] == zelta.calls[1].json
    after = last_call(database_url)
    assert (after["outcome"], after["http_status"]) == ("done", 201)
    assert after["response"]["data"]["participant"]["name"] == "Ana"
    assert TOKEN_PREFIX not in repr(after)


def test_a_cancellation(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    watching: Callable[[str], tuple[Behaviour, Seen]],
) -> None:
    page = create(client)
    behaviour, seen = watching("meetings")
    zelta.next(behaviour)
    cancel(client, page)
    (found,) = seen
    assert (found["row"]["state"], found["row"]["cancellation"]) == ("scheduled", "sending")
    assert found["entry"]["request"] | {"asked": ""} == {
        "asked": "",
        "public_meeting_id": next(iter(zelta.meetings)),
        "body": {"status": "CANCELLED"},
    }
    assert (table(database_url, "meetings")[0]["state"], last_call(database_url)["http_status"]) == (
        "cancelled",
        200,
    )


def test_a_refusal_is_kept_as_it_was_said(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    zelta.next(faults.refuses(409, "ERR_TWICE", "Ya existe"))
    page = create(client)
    entry = last_call(database_url)
    assert (
        entry["outcome"],
        entry["http_status"],
        entry["error_code"],
        entry["error_message"],
        entry["reason"],
    ) == (
        *("refused", 409, "ERR_TWICE", "Ya existe"),
        None,
    )
    assert entry["response"]["error"] == {"code": "ERR_TWICE"}
    shown = page.find(".activity").text
    assert "Ya existe" in shown
    assert "ERR_TWICE" in shown


def test_a_token_is_left_out_of_whatever_answer_it_comes_in(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    answers: list[object] = [
        {"token": "s3cr3t-s3cr3t", "public_participant_id": "p1", "echo": "it is s3cr3t-s3cr3t"},
        {"success": False, "token": "s3cr3t-s3cr3t", "message": "use s3cr3t-s3cr3t"},
    ]
    for number, answer in enumerate(answers):
        for status in (201, 400, 500):
            zelta.next(faults.answers(status, answer))
            page = add(page, f"Ana {number}-{status}", "host")
            assert "s3cr3t" not in page.html
    assert "s3cr3t" not in repr(table(database_url, "journal_entries"))
    assert table(database_url, "journal_entries")[1]["response"]["public_participant_id"] == "p1"
