"""Moving a meeting: the old one is cancelled once the new one stands, and never before."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from app.outbox.sender import Sender
from tests.batches.test_sender import states, wait
from tests.outbox.conftest import sending
from tests.support import zelta_faults as faults
from tests.support.actions import add, choose, create, day, meeting_path
from tests.support.db import change, rows, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., Sender]
FIELDS = {"date": day(9), "time": "16:30", "time_zone": "UTC"}


@pytest.fixture
def start(app: Flask) -> Iterator[Start]:
    """Start senders that stop with the test."""
    with ExitStack() as stack:
        yield lambda concurrency=4, usual_rate=0: stack.enter_context(sending(app, concurrency, usual_rate))


def meeting_of_three(client: PageClient) -> Page:
    """A host and a guest with emails, and a guest without."""
    page = create(client, "Comité")
    page = add(page, "Ana", "host", email="ana@example.org")
    page = add(page, "Luis", email="luis@example.org", external_id="E-7")
    return add(page, "Eva", phone="+50760001234")


def move(client: PageClient, page: Page, **fields: str) -> Page:
    path = f"{meeting_path(page)}/move"
    return client.visit(path).submit(path, **FIELDS | fields)


def cancelled(zelta: ZeltaServer) -> list[str]:
    return [call.path for call in zelta.calls if call.method == "PATCH"]


def old_and_new(url: str) -> list[tuple[str, str | None, bool]]:
    found = rows(url, "SELECT state, cancellation, cancellation_refused FROM meetings ORDER BY id")
    return [(row["state"], row["cancellation"], bool(row["cancellation_refused"])) for row in found]


def test_page_says_what_happens_before_the_click(client: PageClient) -> None:
    page = meeting_of_three(client)
    said = client.visit(f"{meeting_path(page)}/move").find("#consequences").text
    assert "Se crea una reunión nueva con las mismas 3 personas." in said
    assert "A 2 les llega un correo de Zelta; a 1 usted le comparte el enlace nuevo." in said
    assert "Cuando la nueva exista, se cancela la anterior." in said


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


def test_same_submission_moves_once_and_other_content_is_asked_about(
    client: PageClient, database_url: str
) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    form = shown.form(path)
    first = shown.submit(form, **FIELDS)
    assert shown.submit(form, **FIELDS).url == first.url
    other = shown.submit(form, **FIELDS | {"time": "17:00"})
    assert other.status == 422
    assert len(table(database_url, "meetings")) == 2


def test_second_move_is_refused_and_shows_the_first(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    move(client, page)
    refused = shown.submit(path, **FIELDS | {"time": "18:00"})
    assert refused.status == 422
    assert refused.find('main a[href="/meetings/2"]')
    assert client.visit(path).find('main a[href="/meetings/2"]')
    assert len(table(database_url, "meetings")) == 2


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("state = 'cancelled'", "está cancelada"),
        ("state = 'unknown'", "todavía no existe"),
        ("starts_at = '2020-01-01 10:00:00.000000'", "ya terminó"),
        ("cancellation = 'unknown'", "cancelación"),
        ("cancellation_refused = true", "Zelta rechazó"),
    ],
)
def test_meeting_that_cannot_be_moved_says_why(
    client: PageClient, database_url: str, statement: str, words: str
) -> None:
    page = meeting_of_three(client)
    path = f"{meeting_path(page)}/move"
    shown = client.visit(path)
    change(database_url, f"UPDATE meetings SET {statement}")  # noqa: S608
    assert words in client.visit(path).find("main").text
    answer = shown.submit(path, **FIELDS)
    assert answer.status == 422
    assert words in answer.find("main").text
    assert len(table(database_url, "meetings")) == 1


def test_same_time_is_refused(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    assert move(client, page, date=day(), time="10:00").status == 422
    assert len(table(database_url, "meetings")) == 1


def test_meeting_whose_people_are_being_added_is_not_moved(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    change(database_url, "UPDATE participants SET state = 'queued' WHERE name = 'Eva'")
    assert move_status(client, page) == 422
    assert len(table(database_url, "meetings")) == 1


def move_status(client: PageClient, page: Page) -> int:
    path = f"{meeting_path(page)}/move"
    form_page = client.visit(path)
    return form_page.submit(path, **FIELDS).status if form_page.find_all("#page-form") else 422


def test_discarded_people_are_not_carried_on(client: PageClient, database_url: str) -> None:
    page = meeting_of_three(client)
    change(database_url, "UPDATE participants SET state = 'discarded' WHERE name = 'Luis'")
    move(client, page)
    carried = rows(database_url, "SELECT name FROM participants WHERE meeting_id = 2 ORDER BY id")
    assert [row["name"] for row in carried] == ["Ana", "Eva"]


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
