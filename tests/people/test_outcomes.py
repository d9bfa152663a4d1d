"""A person after every outcome of the call: what is stored, what the row says, and what it offers."""

import time
from html import escape

import pytest
from flask import Flask

from app import journal
from app.database import write_transaction
from app.zelta.client import CreatedParticipant
from app.zelta.outcome import CallDetails, Done
from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, choices, choose, create, errors, meeting_path, person, state
from tests.support.application import AppFactory
from tests.support.db import last_call, table
from tests.support.failure_cases import EVERY, INJECTION, NOT_SENT, REFUSALS, SLOW, Trouble, sentence
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour

MAILED = ["received", "without_email", "again", "discard"]
PLAIN = {
    "refused": ["again", "discard"],
    "not_sent": ["again", "discard", "later"],
    "unknown": ["again", "discard"],
}


def troubled(client: PageClient, zelta: ZeltaServer, behaviour: Behaviour, **fields: str) -> Page:
    """A meeting's page with Ana, whose call went wrong; from then on Zelta is itself again."""
    page = create(client)
    zelta.always(behaviour)
    page = add(page, **fields)
    zelta.behave()
    return page


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("trouble", [one for one in EVERY if one.name != "429"], ids=str)
def test_the_row_says_what_happened_and_offers_what_the_contract_allows(
    client: PageClient, zelta: ZeltaServer, database_url: str, trouble: Trouble
) -> None:
    page = troubled(client, zelta, trouble.behaviour, email="ana@example.org")
    (row,) = table(database_url, "participants")
    assert (page.status, state(page, "Ana"), row["state"]) == (200, trouble.state, trouble.state)
    shown = person(page).text
    assert trouble.words(client.application) in shown
    assert trouble.said in shown
    assert sorted(choices(person(page))) == sorted(
        MAILED if trouble.state == "unknown" else PLAIN[trouble.state]
    )
    assert len(person(page).find_all('a[href$="/correct"]')) == (trouble.state == "refused")
    assert not person(page).find_all("[data-link]")
    entry = last_call(database_url)
    assert (entry["outcome"], entry["http_status"], entry["participant_id"]) == (
        trouble.state,
        trouble.status,
        row["id"],
    )
    assert client.visit("/?view=attention").find_all("[data-meeting]")


def test_the_vendors_words_are_shown_as_text(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.refuses(400, "ERR_<i>", INJECTION))
    assert "49" not in person(page).text
    assert escape("<b>no</b>") in page.html
    assert "<b>no</b>" not in page.html
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.html


def test_a_guest_without_e_mail_of_whom_nothing_is_known(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.drop_after_processing())
    assert (state(page, "Ana"), choices(person(page))) == ("unknown", PLAIN["unknown"])
    page = choose(page, "again", "Ana")
    assert (state(page, "Ana"), len(zelta.participants)) == ("added", 2)


def test_a_host_without_a_token_is_unknown(client: PageClient, zelta: ZeltaServer) -> None:
    answer = {"success": True, "data": {"participant": {"public_participant_id": "p1"}}}
    page = troubled(client, zelta, faults.answers(201, answer), role="host")
    assert (state(page, "Ana"), choices(person(page))) == ("unknown", PLAIN["unknown"])
    guest = add(page, "Luis")
    assert state(guest, "Luis") == "added"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("slow", SLOW[:2])
def test_a_silent_vendor_keeps_nobody_waiting(
    make_app: AppFactory, zelta: ZeltaServer, slow: Behaviour
) -> None:
    client = PageClient(make_app(ZELTA_TIMEOUT="1"))
    page = create(client)
    zelta.always(slow)
    begun = time.monotonic()
    page = add(page, email="ana@example.org")
    assert time.monotonic() - begun < 3
    assert state(page, "Ana") == "unknown"
    assert sentence(client.application, "timeout") in person(page).text


def test_received_keeps_them_as_invited_without_a_link(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.drop_after_processing(), email="ana@example.org")
    page = choose(page, "received", "Ana")
    assert (state(page, "Ana"), choices(person(page)), len(zelta.calls)) == ("received", [], 2)
    assert not person(page).find_all("[data-link]")
    assert not client.visit("/?view=attention").find_all("[data-meeting]")
    assert add(page, "Otra", email="ana@example.org").status == 422


def test_without_e_mail_cannot_cause_a_second_mail(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = troubled(client, zelta, faults.drop_after_processing(), email="ana@example.org", external_id="E1")
    page = choose(page, "without_email", "Ana")
    assert state(page, "Ana") == "added"
    assert zelta.calls[-1].json == {"preset_name": "participant", "name": "Ana", "externalId": "E1"}
    assert len(zelta.mails) == 1
    (row,) = table(database_url, "participants")
    assert (row["email"], row["send_invitation"]) == ("ana@example.org", False)
    assert person(page).find("[data-link]")["href"].endswith(zelta.participants[-1].public_participant_id)
    assert "Enviado por Zelta" not in person(page).text
    came_back = add(page, "Otra", email="ANA@example.org")
    assert (came_back.status, len(zelta.calls)) == (422, 3), "the address stays reserved"


def test_without_e_mail_stays_so_when_that_call_goes_wrong_too(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = troubled(client, zelta, faults.drop_after_processing(), email="ana@example.org")
    zelta.next(faults.drops())
    page = choose(page, "without_email", "Ana")
    assert choices(person(page)) == PLAIN["unknown"]
    page = choose(page, "again", "Ana")
    assert state(page, "Ana") == "added"
    assert "email" not in zelta.calls[-1].json
    assert len(zelta.mails) == 1


def test_again_with_a_second_mail(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    page = troubled(client, zelta, faults.drop_after_processing(), email="ana@example.org")
    page = choose(page, "again", "Ana")
    assert (state(page, "Ana"), len(zelta.mails)) == ("added", 2)
    assert len(table(database_url, "participants")) == 1


@pytest.mark.parametrize("trouble", [REFUSALS[0], NOT_SENT[0]], ids=str)
def test_again_after_a_plain_failure(client: PageClient, zelta: ZeltaServer, trouble: Trouble) -> None:
    page = troubled(client, zelta, trouble.behaviour, email="ana@example.org")
    page = choose(page, "again", "Ana")
    assert (state(page, "Ana"), [mail.email for mail in zelta.mails]) == ("added", ["ana@example.org"])
    assert not client.visit("/?view=attention").find_all("[data-meeting]")


def test_a_discarded_person_is_hidden_and_kept(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = troubled(client, zelta, faults.drops(), name="Zoraida", email="zoraida@example.org")
    page = choose(page, "discard", "Zoraida")
    assert table(database_url, "participants")[0]["state"] == "discarded"
    assert page.find_all("section [data-participant]"), "in its place, to be undone"
    page = client.visit(meeting_path(page))
    assert not page.find_all("section [data-participant]")
    assert person(page, "Zoraida")["data-state"] == "discarded"
    assert choices(person(page, "Zoraida")) == ["restore"]
    assert not client.visit("/?q=zoraida").find_all("[data-meeting]")
    assert not client.visit("/?view=attention").find_all("[data-meeting]")
    assert add(page, "Ana", email="Zoraida@example.org").status == 422, "they may have the invitation"
    assert state(add(page, "Ana", email="zoraida2@example.org"), "Ana") == "added"


def test_a_refused_person_is_corrected_in_their_own_row(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = troubled(client, zelta, faults.refuses(400), email="ana@exmaple.org", external_id="E1")
    path = person(page).find('a[href$="/correct"]')["href"]
    form_page = client.visit(path)
    assert form_page.form(path).values["email"] == ["ana@exmaple.org"]
    came_back = form_page.submit(path, name="")
    assert (came_back.status, len(zelta.calls)) == (422, 2)
    page = came_back.submit(path, name="Ana María", email="ana@example.org", role="host")
    assert (state(page, "Ana María"), len(table(database_url, "participants"))) == ("added", 1)
    assert zelta.calls[-1].json == {
        "preset_name": "host", "name": "Ana María", "email": "ana@example.org", "externalId": "E1",
    }  # fmt: skip
    assert client.visit(path).path == page.path, "there is nothing left to correct"


def test_a_correction_cannot_take_an_address_of_another_person(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = troubled(client, zelta, faults.refuses(400), email="ana@example.org")
    page = add(page, "Eva", email="ana@example.org")
    assert state(page, "Eva") == "added"
    path = person(page).find('a[href$="/correct"]')["href"]
    stored, calls = table(database_url, "participants"), len(zelta.calls)
    came_back = client.visit(path).submit(path)
    assert (came_back.status, len(zelta.calls)) == (422, calls)
    assert "Ya hay" in errors(came_back) or "ya est" in errors(came_back)
    refused = choose(page, "again", "Ana")
    assert (refused.status, len(zelta.calls)) == (422, calls)
    assert table(database_url, "participants") == stored


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_each_button_says_whose_it_is(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.drops(), name="María", email="maria@example.org")
    said = [button.text for button in person(page, "María").find_all('button[name="choice"]')]
    assert said == [
        "Ya tiene la invitación: María",
        "Agregar sin enviar correo: María",
        "Enviar otro correo: María",
        "Descartar: María",
    ]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("choice", ["received", "without_email", "exists", "discard", "again", "", "?"])
def test_what_is_not_offered_changes_nothing(client: PageClient, database_url: str, choice: str) -> None:
    page = add(create(client), email="ana@example.org")
    stored = table(database_url, "participants"), table(database_url, "journal_entries")
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    row = person(page)["data-participant"]
    answer = client.post(f"/participants/{row}/resolve", data={"csrf_token": token, "choice": choice})
    assert answer.status_code == 422
    assert (table(database_url, "participants"), table(database_url, "journal_entries")) == stored
    assert answer.page.find(".summary").text


def test_in_a_cancelled_meeting_nobody_needs_a_decision(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.drops(), email="ana@example.org")
    zelta.next(faults.refuses(400))
    page = add(page, "Rita")
    assert client.visit("/?view=attention").find_all("[data-meeting]")
    page = cancel(client, page)
    assert [choices(person(page, name)) for name in ("Ana", "Rita")] == [[], []]
    assert "correct" not in person(page, "Rita").text
    assert not client.visit("/?view=attention").find_all("[data-meeting]")
    assert "problema" not in client.visit("/?view=cancelled").find("[data-meeting]").text


def test_what_was_unknown_once_stays_a_risk(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.drop_after_processing(), email="ana@example.org")
    zelta.next(faults.rate_limits(retry_after="60"))
    page = choose(page, "again", "Ana")
    assert state(page, "Ana") == "not_sent"
    assert sorted(choices(person(page))) == sorted(MAILED)
    zelta.next(faults.refuses(422))
    page = choose(page, "without_email", "Ana")
    assert state(page, "Ana") == "refused"
    calls = len(zelta.calls)
    came_back = add(page, "Otra", email="ANA@example.org")
    assert (came_back.status, len(zelta.calls)) == (422, calls), "the address stays reserved"
    choose(client.visit(page.path), "discard", "Ana")
    asked = add(client.visit(page.path), "Otra", email="ana@example.org")
    assert (asked.status, len(zelta.calls)) == (422, calls), "the address stays known"


def test_the_answer_to_a_discarded_person_keeps_the_link(
    app: Flask, client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = troubled(client, zelta, faults.drop_after_processing())
    entry = last_call(database_url)
    choose(page, "discard", "Ana")
    late = Done(CreatedParticipant("late-1", "zmt-late"), CallDetails(status=201))
    with app.app_context(), write_transaction() as session:
        journal.complete_entry(session, entry["id"], late)
    (row,) = table(database_url, "participants")
    assert (row["state"], row["public_participant_id"]) == ("discarded", "late-1")


def test_a_link_that_an_earlier_try_may_have_left_is_told_of(client: PageClient, zelta: ZeltaServer) -> None:
    page = troubled(client, zelta, faults.breaks(502))
    zelta.next(faults.refuses(422))
    shown = person(choose(page, "again", "Ana")).text
    assert "Uno anterior quedó sin respuesta clara" in shown
    assert "sobra un enlace" in shown


def correction(client: PageClient, page: Page) -> str:
    """What the page says on which Ana is corrected."""
    return client.visit(f"/participants/{person(page)['data-participant']}/correct").find("main").text


def test_who_corrects_a_person_is_told_what_the_address_may_bring(
    client: PageClient, zelta: ZeltaServer
) -> None:
    page = troubled(client, zelta, faults.breaks(502), email="ana@example.org")
    zelta.next(faults.refuses(422))
    page = choose(page, "again", "Ana")
    assert "Quizá ana@example.org ya tiene la invitación" in correction(client, page)
    zelta.next(faults.refuses(422))
    page = choose(page, "without_email", "Ana")
    assert "Se decidió no enviar correo a ana@example.org" in correction(client, page)
