"""A new meeting after every outcome of the call: what is stored, what the page says, and what it offers."""

import re
import time

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, choose, create, errors, meeting, meeting_choices, meeting_path, state
from tests.support.application import AppFactory
from tests.support.db import last_call, table
from tests.support.failure_cases import EVERY, SLOW, Trouble, sentence
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour

OFFERED = {
    "refused": ["again", "discard"],
    "not_sent": ["again", "discard"],
    "unknown": ["again", "discard", "exists"],
}


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("trouble", EVERY, ids=str)
def test_the_page_says_what_happened_and_offers_what_the_contract_allows(
    client: PageClient, zelta: ZeltaServer, database_url: str, trouble: Trouble
) -> None:
    zelta.always(trouble.behaviour)
    page = create(client, "Comité")
    (row,) = table(database_url, "meetings")
    assert (page.status, page.path, state(page), row["state"]) == (
        200,
        f"/meetings/{row['id']}",
        trouble.state,
        trouble.state,
    )
    said = page.find("section.trouble").text
    assert trouble.words(client.application) in said
    assert trouble.said in said
    assert trouble.said in page.find(".activity").text
    assert sorted(meeting_choices(page)) == OFFERED[trouble.state]
    assert bool(page.find_all(f'a[href="{page.path}/correct"]')) == (trouble.state == "refused")
    assert not page.find_all(f'form[action="{page.path}/participants"]')
    entry = last_call(database_url)
    assert (entry["outcome"], entry["http_status"]) == (trouble.state, trouble.status)
    assert entry["duration_ms"] is not None
    if trouble.state != "not_sent":
        assert len(zelta.calls) == 1, "a POST that may have arrived is never repeated by itself"
    assert (
        client.visit("/?view=attention").find(f'[data-meeting="{row["id"]}"]')["data-state"] == trouble.state
    )


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("slow", SLOW)
def test_a_silent_or_trickling_vendor_keeps_nobody_waiting(
    make_app: AppFactory, zelta: ZeltaServer, slow: Behaviour
) -> None:
    zelta.always(slow)
    client = PageClient(make_app(ZELTA_TIMEOUT="1"))
    begun = time.monotonic()
    page = create(client)
    assert time.monotonic() - begun < 3
    assert state(page) == "unknown"
    assert sentence(client.application, "timeout") in page.find("section.trouble").text


def test_nobody_listening_is_not_sent(make_app: AppFactory) -> None:
    client = PageClient(make_app(ZELTA_API_URL="http://127.0.0.1:9"))
    page = create(client)
    assert (state(page), meeting_choices(page)) == ("not_sent", ["again", "discard"])
    assert sentence(client.application, "connection_refused") in page.find("section.trouble").text


@pytest.mark.parametrize("headers", [{"retry_after": "3600"}, {"ratelimit_reset": "3600"}])
def test_a_429_says_when_it_can_be_sent_again(
    client: PageClient, zelta: ZeltaServer, database_url: str, headers: dict[str, str]
) -> None:
    zelta.next(faults.rate_limits(**headers))
    page = create(client)
    entry = last_call(database_url)
    assert 3590 < (entry["retry_after"] - entry["finished_at"]).total_seconds() < 3610
    (again,) = page.find_all("section.trouble time")
    assert again["datetime"] == entry["retry_after"].strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("trouble", EVERY[7:10], ids=str)
def test_sending_again_ends_well(client: PageClient, zelta: ZeltaServer, trouble: Trouble) -> None:
    zelta.next(trouble.behaviour, trouble.behaviour, trouble.behaviour)
    page = create(client)
    zelta.behave()
    before = len(zelta.calls)
    page = choose(page, "again")
    assert state(page) == "scheduled"
    assert len(zelta.calls) == before + 1
    assert zelta.calls[-1].json == zelta.calls[0].json
    assert not page.find_all("section.trouble")


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("mtg-9", "mtg-9"),
        (" https://meet.zelta.example/m/mtg-9?p=abc ", "mtg-9"),
        ("/m/mtg%2D9", "mtg-9"),
    ],
)
def test_a_meeting_that_exists_is_taken_at_its_id(
    client: PageClient, zelta: ZeltaServer, pasted: str, found: str
) -> None:
    zelta.next(faults.drop_after_processing())
    page = choose(create(client), "exists", public_meeting_id=pasted)
    assert (page.status, state(page), page.find("#identifier").text) == (200, "scheduled", found)
    assert "Sin verificar" in page.text
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "pasted", ["", "   ", "hola mundo", "https://meet.zelta.example/", "/m/", "<script>"]
)
def test_without_an_id_in_it_the_row_stays_as_it_was(
    client: PageClient, zelta: ZeltaServer, database_url: str, pasted: str
) -> None:
    zelta.next(faults.drop_after_processing())
    before = create(client)
    stored = table(database_url, "meetings")
    page = choose(before, "exists", public_meeting_id=pasted)
    assert (page.status, state(page)) == (422, "unknown")
    assert "/m/" in errors(page)
    assert page.find("#public_meeting_id")["value"] == pasted
    assert table(database_url, "meetings") == stored
    assert len(zelta.calls) == 1


def test_an_id_of_another_meeting_is_not_taken(client: PageClient, zelta: ZeltaServer) -> None:
    other = create(client, "Primera")
    zelta.next(faults.drops())
    page = choose(create(client), "exists", public_meeting_id=other.find("#identifier").text)
    assert (page.status, state(page)) == (422, "unknown")
    assert "Primera" in errors(page)


def test_a_discarded_meeting_is_kept_and_hidden(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    zelta.next(faults.refuses(400))
    page = choose(create(client, "Olvidada"), "discard")
    assert (state(page), meeting_choices(page)) == ("discarded", [])
    assert table(database_url, "meetings")[0]["state"] == "discarded"
    for address in ("/", "/?view=attention", "/?view=past", "/?view=cancelled", "/?q=olvidada"):
        assert not client.visit(address).find_all("[data-meeting]")


def test_a_refused_meeting_is_corrected_and_sent_again(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.refuses(400, message="El título no vale"))
    page = create(client, "Malo", time="10:00", time_zone="Europe/Madrid")
    form_page = client.visit(f"{page.path}/correct")
    form = form_page.form(f"{page.path}/correct")
    assert (form.values["title"], form.values["time"], form.values["time_zone"]) == (
        ["Malo"],
        ["10:00"],
        ["Europe/Madrid"],
    )
    came_back = form_page.submit(form.fill(title=""))
    assert (came_back.status, len(zelta.calls)) == (422, 1)
    page = came_back.submit(f"{page.path}/correct", title="Bueno", time="11:00")
    assert (page.h1, state(page), meeting_path(page)) == ("Bueno", "scheduled", page.path)
    assert zelta.calls[-1].json["title"] == "Bueno"
    assert len(zelta.calls) == 2
    assert "Malo" not in client.visit("/").text
    assert client.visit(f"{page.path}/correct").path == page.path
    assert "data-cancellation" not in meeting(page).element.attrib


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "choice", ["exists", "received", "without_email", "discard", "again", "", "?", "AGAIN"]
)
def test_what_is_not_offered_changes_nothing(client: PageClient, database_url: str, choice: str) -> None:
    page = create(client)
    stored = table(database_url, "meetings"), table(database_url, "journal_entries")
    token = page.form(f"{page.path}/participants").values["csrf_token"][0]
    answer = client.post(
        f"{page.path}/resolve",
        data={"csrf_token": token, "choice": choice, "public_meeting_id": "abc", "submission_id": "s1"},
    )
    assert answer.status_code == 422
    assert (table(database_url, "meetings"), table(database_url, "journal_entries")) == stored
    assert answer.page.find(".summary").text


@pytest.mark.parametrize(
    ("no", "now"), [(faults.refuses(409), "refused"), (faults.rate_limits(retry_after="90"), "not_sent")]
)
def test_a_meeting_that_an_earlier_try_may_have_made_can_still_exist(
    client: PageClient, zelta: ZeltaServer, no: Behaviour, now: str
) -> None:
    zelta.next(faults.breaks(502), no)
    page = create(client)
    page = choose(page, "again")
    assert (state(page), meeting_choices(page)) == (now, ["again", "discard", "exists"])
    assert "Uno anterior quedó sin respuesta clara" in page.find("section.trouble").text
    page = choose(page, "exists", public_meeting_id="mtg-made-at-first")
    assert state(page) == "scheduled"
    assert "mtg-made-at-first" in page.find("#identifier").text


def test_a_wait_of_more_than_today_says_its_day_in_the_readers_zone(
    client: PageClient, zelta: ZeltaServer
) -> None:
    zelta.next(faults.rate_limits(retry_after="80000"))
    shown = create(client, time_zone="Europe/Madrid").find("section.trouble").text
    assert re.search(r"de nuevo: \w+ \d+ de \w+ de \d{4}, \d\d:\d\d \(hora de Panamá\)", shown)


def test_who_cancels_is_told_of_those_who_may_be_in_it(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.next(faults.drops(), path="/participants")
    page = add(page, email="ana@example.org")
    told = client.visit(f"{page.path}/cancel").find("main").text
    assert "Quizá también 1 sin confirmar." in told
    assert "Todavía no hay nadie en la reunión" not in told
