"""A meeting that was adopted under a wrong id: the id is corrected, or the meeting removed, and nothing is called."""

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, adopt, choose, create, meeting_choices, meeting_path, person, state
from tests.support.db import table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer


def wrong(client: PageClient) -> Page:
    """A meeting with an id that Zelta does not know, and a person who could not be added."""
    return add(adopt(client, "mtg-wrong", "Adoptada"), "Ana", email="ana@example.org")


def test_corrected_id_takes_the_people(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    create(client)
    (right,) = zelta.meetings
    table(database_url, "meetings")
    page = wrong(client)
    assert (state(page, "Ana"), meeting_choices(page)) == ("refused", ["correct_id", "remove"])
    assert not person(page).find_all('a[href$="/correct"]'), "the person is right"
    taken = choose(page, "correct_id", public_meeting_id=right)
    assert (taken.status, "otra reunión de su lista: Comité" in taken.text) == (422, True)
    calls = len(zelta.calls)
    zelta.meetings["mtg-right"] = zelta.meetings[right]
    page = choose(page, "correct_id", public_meeting_id="https://zelta.example/m/mtg-right?p=x")
    assert (page.find("#identifier").text, len(zelta.calls)) == ("mtg-right", calls)
    assert not page.find_all("[data-unknown-id]")
    assert state(choose(page, "again", "Ana"), "Ana") == "added"
    assert "mtg-right" in client.visit(meeting_path(page)).find(".activity").text


@pytest.mark.parametrize("typed", ["", "?", "mtg-wrong"])
def test_id_that_cannot_be_used_is_said_and_kept(client: PageClient, typed: str) -> None:
    page = choose(wrong(client), "correct_id", public_meeting_id=typed)
    assert (page.status, page.find("#public_meeting_id")["value"]) == (422, typed)
    assert page.find("#public_meeting_id-error").text


def test_removed_meeting_leaves_the_list_and_can_be_adopted_again(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = wrong(client)
    form = page.form(f"{meeting_path(page)}/resolve")
    calls = len(zelta.calls)
    removed = page.submit(form, "remove")
    assert (state(removed), len(zelta.calls)) == ("discarded", calls)
    assert page.submit(form, "remove").path == removed.path, "the same form twice"
    assert not client.visit("/").find_all("[data-meeting]")
    assert table(database_url, "journal_entries")[-1]["action"] == "discard_meeting"
    assert state(adopt(client, "mtg-wrong")) == "scheduled"


def test_unclear_call_keeps_the_id(client: PageClient, zelta: ZeltaServer) -> None:
    page = wrong(client)
    form = page.form(f"{meeting_path(page)}/resolve")
    zelta.next(faults.drop_after_processing(), path="/participants")
    later = add(client.visit(meeting_path(page)), "Rita", email="rita@example.org")
    assert (state(later, "Rita"), meeting_choices(later)) == ("unknown", [])
    assert "quedó sin confirmar" in later.find("[data-unknown-id]").text
    assert page.submit(form, "remove").status == 422


def test_adopted_meeting_says_who_added_it(client: PageClient) -> None:
    assert "Agregada por" in adopt(client, "mtg-1").find("main article").text
    assert "Creada por" in create(client).find("main article").text
