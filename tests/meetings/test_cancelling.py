"""A cancellation after every outcome of the call: an unconfirmed one leaves the meeting scheduled, and says so."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, choose, create, meeting, meeting_choices, meeting_path, state
from tests.support.db import last_call, table
from tests.support.failure_cases import NOT_SENT, REFUSALS, UNKNOWN, Trouble
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

LOST = [one for one in UNKNOWN if one.name in {"500", "redirect", "success false"}]


def attempts(zelta: ZeltaServer) -> int:
    return sum(call.method == "PATCH" for call in zelta.calls)


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("trouble", [NOT_SENT[1], *LOST], ids=str)
def test_an_unconfirmed_cancellation_leaves_the_meeting_scheduled(
    client: PageClient, zelta: ZeltaServer, database_url: str, trouble: Trouble
) -> None:
    page = create(client)
    zelta.always(trouble.behaviour, method="PATCH")
    page = cancel(client, page)
    assert (state(page), meeting(page)["data-cancellation"]) == ("scheduled", trouble.state)
    assert trouble.words(client.application) in page.find("section.trouble").text
    wanted = {"unknown": ["again"], "not_sent": ["again", "discard"]}[trouble.state]
    assert meeting_choices(page) == wanted
    assert last_call(database_url)["outcome"] == trouble.state
    listed = client.visit("/?view=attention").find("[data-meeting]")
    assert (listed["data-state"], listed["data-cancellation"]) == ("scheduled", trouble.state)
    zelta.behave()
    before = attempts(zelta)
    page = choose(page, "again")
    assert (state(page), attempts(zelta)) == ("cancelled", before + 1)
    assert "data-cancellation" not in meeting(page).element.attrib


@pytest.mark.parametrize("trouble", [REFUSALS[1], REFUSALS[5]], ids=str)
def test_refused_cancellation_needs_attention_until_it_is_sent_again_or_dismissed(
    client: PageClient, zelta: ZeltaServer, trouble: Trouble
) -> None:
    page = create(client)
    zelta.next(trouble.behaviour, method="PATCH")
    page = cancel(client, page)
    assert (state(page), attempts(zelta)) == ("scheduled", 1)
    assert "data-cancellation" not in meeting(page).element.attrib
    assert trouble.words(client.application) in page.find("section.trouble").text
    assert trouble.said in page.find("section.trouble").text
    assert meeting_choices(page) == ["again", "discard"]
    assert "Cancelación rechazada" in client.visit("/?view=attention").find("[data-meeting]").text
    assert client.visit("/").find('[data-today="problem"]').text.endswith("Ver: Comité")
    page = choose(page, "discard")
    assert (state(page), meeting_choices(page)) == ("scheduled", [])
    assert not client.visit("/?view=attention").find_all("[data-meeting]")
    assert state(cancel(client, page)) == "cancelled"


def test_an_answer_that_was_lost_is_asked_for_again_since_that_does_no_harm(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.next(faults.drop_after_processing(), faults.breaks(503), method="PATCH")
    page = cancel(client, page)
    assert (state(page), attempts(zelta)) == ("cancelled", 3)


def test_a_cancellation_that_was_not_sent_can_be_given_up(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    zelta.always(faults.rate_limits(), method="PATCH")
    page = choose(cancel(client, page), "discard")
    assert state(page) == "scheduled"
    assert "data-cancellation" not in meeting(page).element.attrib
    assert state(add(page), "Ana") == "added"


def test_nobody_is_added_while_the_meeting_may_be_cancelled(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = create(client)
    form = page.form(f"{meeting_path(page)}/participants").fill(name="Tarde")
    zelta.always(faults.breaks(500), method="PATCH")
    cancel(client, page)
    calls = len(zelta.calls)
    page = page.submit(form)
    assert (page.status, len(zelta.calls), table(database_url, "participants")) == (422, calls, [])


def test_cancelling_needs_a_scheduled_meeting(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.refuses(400))
    page = create(client)
    path = f"{meeting_path(page)}/cancel"
    assert client.visit(path).path == meeting_path(page)
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    assert client.post(path, data={"csrf_token": token}).status_code == 303
    assert attempts(zelta) == 0


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [
        {"error": {"code": "E", "message": "no"}},
        {"ok": False},
        {"success": "false"},
        {"statusCode": 500},
        {"data": {"meeting": {"public_meeting_id": "x", "status": "SCHEDULED"}}},
        {"data": {"meeting": {"status": "REPROGRAMADA"}}},
        {"status": "error", "message": "no se pudo"},
        {"status": 409},
        {"data": {"success": False, "message": "no"}},
        {"title": "x", "status": "SCHEDULED"},
        {"success": True, "data": {"title": "x", "status": "scheduled"}},
        [{"public_meeting_id": "x", "status": "ACTIVE"}],
        False,
    ],
    ids=str,
)
def test_a_2xx_that_says_otherwise_is_no_cancellation(
    client: PageClient, zelta: ZeltaServer, body: object
) -> None:
    page = create(client)
    zelta.always(faults.answers(200, body), method="PATCH")
    page = cancel(client, page)
    assert (state(page), meeting(page)["data-cancellation"]) == ("scheduled", "unknown")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [
        {"status": "ok"},
        {"status": 200, "data": {"meeting": {"public_meeting_id": "x", "status": "Cancelled"}}},
        {"status": "actualizada"},
        [],
        None,
        "listo",
        {"success": True, "error": None, "errors": []},
    ],
    ids=str,
)
def test_a_2xx_that_says_nothing_else_is_one(client: PageClient, zelta: ZeltaServer, body: object) -> None:
    page = create(client)
    zelta.always(faults.answers(200, body), method="PATCH")
    assert state(cancel(client, page)) == "cancelled"


PLAIN_NO = {"refused": faults.refuses(409), "not_sent": faults.rate_limits(retry_after="90000")}


@pytest.mark.parametrize("no", PLAIN_NO.values(), ids=PLAIN_NO.keys())
def test_what_an_earlier_try_left_open_stays_open(
    client: PageClient, zelta: ZeltaServer, database_url: str, no: faults.Behaviour
) -> None:
    """The second try may be refused because the first one was carried out."""
    page = create(client)
    zelta.always(faults.breaks(502), method="PATCH")
    page = cancel(client, page)
    zelta.always(no, method="PATCH")
    page = choose(page, "again")
    assert (state(page), meeting(page)["data-cancellation"]) == ("scheduled", "unknown")
    assert "Uno anterior quedó sin respuesta clara" in page.find("section.trouble").text
    assert meeting_choices(page) == ["again", "cancelled", "discard"]
    assert not page.find_all(f'form[action="{meeting_path(page)}/participants"]')
    assert client.visit("/?view=attention").find_all("[data-meeting]")
    before = attempts(zelta)
    form = page.form(f"{meeting_path(page)}/resolve")
    again = page.submit(form, choice="cancelled")
    assert (state(again), attempts(zelta)) == ("cancelled", before)
    assert "indicó que la reunión está cancelada" in again.find(".activity").text
    assert not last_call(database_url)["is_call"]
    assert page.submit(form, choice="cancelled").path == again.path, "the same decision, sent twice"


def test_who_decides_that_the_meeting_stays_has_closed_the_matter(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = create(client)
    zelta.always(faults.breaks(502), method="PATCH")
    page = cancel(client, page)
    zelta.always(faults.refuses(409), method="PATCH")
    page = choose(choose(page, "again"), "discard")
    assert "data-cancellation" not in meeting(page).element.attrib
    assert state(add(page), "Ana") == "added"
    page = cancel(client, page)
    assert "data-cancellation" not in meeting(page).element.attrib, "refused, and nothing before it is open"


def test_a_meeting_whose_trouble_is_settled_speaks_of_none(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.breaks(500))
    page = choose(create(client), "exists", public_meeting_id="mtg-typed")
    assert (state(page), page.find_all("section.trouble")) == ("scheduled", [])
    zelta.always(faults.rate_limits(retry_after="60"), method="PATCH")
    page = choose(cancel(client, page), "discard")
    assert (state(page), page.find_all("section.trouble")) == ("scheduled", [])
