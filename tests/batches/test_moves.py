"""Moving a meeting: the old one is cancelled once the new one stands, and never before."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from app.outbox.sender import Sender
from tests.batches.moving import cancelled, meeting_of_three, move, old_and_new
from tests.batches.test_sender import states, wait
from tests.outbox.conftest import sending
from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, choose, insist
from tests.support.db import change, rows, table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., Sender]


@pytest.fixture
def start(app: Flask) -> Iterator[Start]:
    """Start senders that stop with the test."""
    with ExitStack() as stack:
        yield lambda concurrency=4, usual_rate=0: stack.enter_context(sending(app, concurrency, usual_rate))


def test_meeting_is_moved_with_everybody(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    page = move(client, meeting_of_three(client))
    assert (page.status, page.path) == (200, "/meetings/2")
    assert states(database_url) == {"scheduled": 1, "queued": 1}
    start()
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})
    old, new = table(database_url, "meetings")
    assert (new["moved_from_id"], new["title"], bool(new["move_pending"])) == (old["id"], "Comité", False)
    assert cancelled(zelta) == [f"/public/meetings/{old['public_meeting_id']}"]
    people = [row for row in table(database_url, "participants") if row["meeting_id"] == new["id"]]
    columns = ("name", "role", "email", "external_id", "phone", "state", "delivery_id")
    assert [tuple(row[name] for name in columns) for row in people] == [
        ("Ana", "host", "ana@example.org", None, None, "added", None),
        ("Luis", "participant", "luis@example.org", "E-7", None, "added", None),
        ("Eva", "participant", None, None, "+50760001234", "added", None),
    ]
    old_page, new_page = client.visit("/meetings/1"), client.visit("/meetings/2")
    assert old_page.find('[data-move="to"] a')["href"] == "/meetings/2"
    assert new_page.find('[data-move="from"] a')["href"] == "/meetings/1"
    assert "cambió de fecha" in client.visit("/meetings/2/hand-over").find("main").text


@pytest.mark.usefixtures("zelta")
def test_erased_person_is_not_carried_on_and_does_not_block(
    client: PageClient, database_url: str, start: Start
) -> None:
    path = meeting_of_three(client)
    look = client.visit("/admin/erasure").submit("/admin/erasure", "look", email="luis@example.org")
    look.submit("[data-found] form", "erase", confirm=True)
    move(client, path)
    start()
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})
    names = [row["name"] for row in table(database_url, "participants") if row["meeting_id"] == 2]
    assert names == ["Ana", "Eva"]


@pytest.mark.parametrize("outcome", ["unknown", "refused"])
def test_creation_without_success_leaves_the_old_meeting(
    outcome: str, client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.next(faults.breaks() if outcome == "unknown" else faults.refuses(422))
    start()
    wait(database_url, lambda: states(database_url) == {"scheduled": 1, outcome: 1})
    time.sleep(0.5)
    assert (states(database_url), cancelled(zelta)) == ({"scheduled": 1, outcome: 1}, [])
    for path in ("/meetings/1", "/meetings/2"):
        assert "reunión nueva" in client.visit(path).find("[data-move]").text


@pytest.mark.parametrize("outcome", ["unknown", "refused"])
def test_person_without_a_link_in_the_new_meeting_keeps_the_old_one(
    outcome: str, client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    behaviour = faults.breaks() if outcome == "unknown" else faults.refuses(422)
    zelta.next(behaviour, method="POST", path="/participants")
    start(concurrency=1)
    wait(database_url, lambda: states(database_url, "participants") == {"added": 5, outcome: 1})
    time.sleep(0.5)
    assert (states(database_url), cancelled(zelta)) == ({"scheduled": 2}, [])
    page = client.visit("/meetings/2")
    assert "1 persona de la reunión nueva" in page.find("[data-move]").text
    name = rows(database_url, f"SELECT name FROM participants WHERE state = '{outcome}'")[0]["name"]  # noqa: S608
    choose(page, "discard", name)
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})


def test_newcomer_to_the_old_meeting_blocks_its_cancellation_until_they_are_in_the_new_one(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    page = meeting_of_three(client)
    move(client, page)
    add(client.visit("/meetings/1"), "Rosa", email="rosa@example.org")
    start()
    wait(database_url, lambda: states(database_url)["scheduled"] == 2)
    wait(database_url)
    time.sleep(0.5)
    assert cancelled(zelta) == []
    for path in ("/meetings/1", "/meetings/2"):
        assert "Rosa" in client.visit(path).find("[data-move]").text
    add(client.visit("/meetings/2"), "Rosa", email="rosa@example.org")
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})


def test_refused_cancellation_leaves_both_and_says_so(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.next(faults.refuses(422), method="PATCH")
    start()
    wait(database_url, lambda: old_and_new(database_url)[0] == ("scheduled", None, True))
    time.sleep(0.5)
    assert len(cancelled(zelta)) == 1
    for path in ("/meetings/1", "/meetings/2"):
        assert "Zelta rechazó cancelar la reunión anterior" in client.visit(path).find("[data-move]").text
    choose(client.visit("/meetings/1"), "discard")
    time.sleep(0.5)
    assert len(cancelled(zelta)) == 1, "both were to stay"


def test_unknown_cancellation_is_asked_about(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.always(faults.breaks(), method="PATCH")
    start()
    wait(database_url, lambda: old_and_new(database_url)[0] == ("scheduled", "unknown", False))
    for path in ("/meetings/1", "/meetings/2"):
        assert "No se sabe si Zelta canceló" in client.visit(path).find("[data-move]").text


def test_cancellation_held_back_by_the_rate_limit_is_repeated(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.next(faults.rate_limits(retry_after="1"), method="PATCH")
    start()
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})
    assert len(cancelled(zelta)) == 2


def test_id_typed_by_hand_is_not_trusted_before_zelta_accepts_it(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.next(faults.breaks())
    zelta.always(faults.breaks(), method="POST", path="/participants")
    start(concurrency=1)
    wait(database_url, lambda: states(database_url)["unknown"] == 1)
    choose(client.visit("/meetings/2"), "exists", public_meeting_id="mtg-typed")
    wait(database_url, lambda: states(database_url, "participants")["unknown"] == 3)
    change(database_url, "UPDATE participants SET state = 'received' WHERE state = 'unknown'")
    time.sleep(0.7)
    assert cancelled(zelta) == []
    assert "se escribió a mano" in client.visit("/meetings/2").find("[data-move]").text


def test_stopped_list_of_the_new_meeting_keeps_the_old_one(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    change(database_url, "UPDATE participant_imports SET state = 'stopped'")
    change(database_url, "UPDATE participants SET state = 'discarded' WHERE meeting_id = 2")
    start()
    wait(database_url, lambda: states(database_url) == {"scheduled": 2})
    time.sleep(0.5)
    assert cancelled(zelta) == []


def test_meeting_can_be_moved_again_after_the_new_one_was_discarded(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    page = meeting_of_three(client)
    move(client, page)
    zelta.next(faults.refuses(422))
    start()
    wait(database_url, lambda: states(database_url)["refused"] == 1)
    choose(client.visit("/meetings/2"), "discard")
    assert move(client, page, time="19:00").path == "/meetings/3"
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "discarded": 1, "scheduled": 1})


def test_list_stopped_and_its_refused_sent_again_keeps_those_who_were_left_out(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    change(database_url, "UPDATE participants SET state = 'discarded' WHERE meeting_id = 2 AND name = 'Luis'")
    start()
    wait(database_url, lambda: states(database_url) == {"scheduled": 2})
    wait(database_url)
    time.sleep(0.5)
    assert cancelled(zelta) == []
    assert (
        "Luis está en la reunión anterior y no en la nueva"
        in client.visit("/meetings/1").find("[data-move]").text
    )
    add(client.visit("/meetings/2"), "Luis", email="luis@example.org")
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})


def test_key_that_is_not_accepted_pauses_the_cancellation(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    zelta.next(faults.refuses(401), method="PATCH")
    start()
    wait(database_url, lambda: table(database_url, "batches")[0]["state"] == "paused")
    assert old_and_new(database_url)[0] == ("scheduled", None, False)
    assert "El envío está en pausa" in client.visit("/meetings/2").find("[data-move]").text
    client.visit("/batches/1").submit("/batches/1/control", "resume")
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})


def test_new_meeting_that_is_cancelled_leaves_the_old_one(
    client: PageClient, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    add(client.visit("/meetings/1"), "Rosa")
    start()
    wait(database_url, lambda: states(database_url) == {"scheduled": 2})
    wait(database_url)
    cancel(client, client.visit("/meetings/2"))
    time.sleep(0.5)
    assert [row["state"] for row in table(database_url, "meetings")] == ["scheduled", "cancelled"]
    assert "la anterior sigue en pie" in client.visit("/meetings/2").find("[data-move]").text
    assert client.visit("/meetings/1").find_all("[data-move]") == []


def test_newcomer_with_the_name_of_someone_who_was_carried_on_keeps_the_old_meeting(
    client: PageClient, zelta: ZeltaServer, database_url: str, start: Start
) -> None:
    move(client, meeting_of_three(client))
    insist(add(client.visit("/meetings/1"), "Eva"))
    assert len(table(database_url, "participants")) == 7
    start()
    wait(database_url, lambda: states(database_url) == {"scheduled": 2})
    wait(database_url)
    time.sleep(0.5)
    assert cancelled(zelta) == []
    insist(add(client.visit("/meetings/2"), "Eva"))
    wait(database_url, lambda: states(database_url) == {"cancelled": 1, "scheduled": 1})
