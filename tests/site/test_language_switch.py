"""Switching the language on a page with a form keeps all that was typed, and carries nothing out."""

from collections.abc import Callable

import pytest

from tests.support import zelta_faults as faults
from tests.support.actions import add, create, forge, meeting_path, person
from tests.support.db import change, table
from tests.support.forms import Form
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

CANCELLED = "UPDATE meetings SET state = 'cancelled'"
DISCARDED = "UPDATE meetings SET state = 'discarded'"
TABLES = ("meetings", "participants", "journal_entries", "participant_imports", "accounts")
NEW = {
    "title": "Quimera",
    "date": "2099-03-04",
    "time": "11:37",
    "time_zone": "America/Bogota",
    "hosts": "Rosa <rosa@hotmial.com>",
    "guests": "Ana\nEva <eva@example.org>",
}
PERSON = {
    "role": "host",
    "name": "Quimera Núñez",
    "email": "quimera@hotmial.com",
    "phone": "6612-3344",
    "external_id": "X-4711",
}
MEETING = {name: NEW[name] for name in ("title", "date", "time", "time_zone")}


def switch(page: Page, **typed: str) -> Page:
    """Type into the page's form and press the button in the header."""
    other = "English" if page.root.get("lang") == "es" else "Español"
    return page.submit("#page-form", other, **typed)


def stored(url: str) -> dict[str, list[dict[str, object]]]:
    return {name: table(url, name) for name in TABLES}


def new_meeting(client: PageClient, _zelta: ZeltaServer) -> Page:
    return client.visit("/meetings/new")


def adopted(client: PageClient, _zelta: ZeltaServer) -> Page:
    return client.visit("/meetings/adopt")


def meeting_to_correct(client: PageClient, zelta: ZeltaServer) -> Page:
    zelta.next(faults.refuses(400))
    return client.visit(f"{create(client).path}/correct")


def meeting_that_exists(client: PageClient, zelta: ZeltaServer) -> Page:
    zelta.next(faults.drops())
    return create(client)


def person_to_add(client: PageClient, _zelta: ZeltaServer) -> Page:
    return create(client)


def person_to_correct(client: PageClient, zelta: ZeltaServer) -> Page:
    page = create(client)
    zelta.next(faults.refuses(400))
    return client.visit(person(add(page)).find('a[href$="/correct"]')["href"])


def list_to_import(client: PageClient, _zelta: ZeltaServer) -> Page:
    return client.visit(f"{meeting_path(create(client))}/people/import")


FORMS: list[tuple[Callable[[PageClient, ZeltaServer], Page], dict[str, str]]] = [
    (new_meeting, NEW),
    (adopted, MEETING | {"meeting": "mtg-4711"}),
    (meeting_to_correct, MEETING),
    (meeting_that_exists, {"public_meeting_id": "mtg-4711"}),
    (person_to_add, PERSON),
    (person_to_correct, PERSON),
    (list_to_import, {"people": "Quimera\nEva <eva@example.org>", "role": "host"}),
]


def kept(page: Page, typed: dict[str, str]) -> bool:
    values = page.form("#page-form").values
    return {name: values[name] for name in typed} == {name: [text] for name, text in typed.items()}


@pytest.mark.parametrize(("open_page", "typed"), FORMS)
def test_what_was_typed_stays_and_nothing_is_done(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    open_page: Callable[[PageClient, ZeltaServer], Page],
    typed: dict[str, str],
) -> None:
    page = open_page(client, zelta)
    before, calls = stored(database_url), len(zelta.calls)
    english = switch(page, **typed)
    assert (english.status, english.root.get("lang"), kept(english, typed)) == (200, "en", True)
    assert not english.find_all("main .summary") + english.find_all("main .error")
    spanish = switch(english)
    assert (spanish.status, spanish.root.get("lang"), kept(spanish, typed)) == (200, "es", True)
    assert (stored(database_url), len(zelta.calls)) == (before, calls)
    assert switch(spanish).root.get("lang") == "en"
    assert client.visit("/").root.get("lang") == "en", "the choice lasts"


@pytest.mark.parametrize(
    ("open_page", "typed"),
    [
        (new_meeting, NEW | {"title": ""}),
        (person_to_add, PERSON),
        (person_to_add, PERSON | {"email": "quimera@"}),
        (person_to_correct, PERSON | {"phone": "hola"}),
        (meeting_to_correct, MEETING | {"date": "2099-02-30"}),
    ],
)
def test_after_a_form_came_back_its_errors_are_said_in_the_other_language(
    client: PageClient,
    zelta: ZeltaServer,
    database_url: str,
    open_page: Callable[[PageClient, ZeltaServer], Page],
    typed: dict[str, str],
) -> None:
    back = open_page(client, zelta).submit("#page-form", **typed)
    assert back.status == 422
    before, calls = stored(database_url), len(zelta.calls)
    english = switch(back)
    assert (english.status, english.root.get("lang"), kept(english, typed)) == (422, "en", True)
    assert english.find("main .summary").text.startswith("There")
    assert (stored(database_url), len(zelta.calls)) == (before, calls)


def test_an_answer_stays_and_is_not_carried_out(client: PageClient, zelta: ZeltaServer) -> None:
    asked = create(client).submit("#page-form", **PERSON)
    english = switch(asked, email_doubt="use")
    assert kept(english, PERSON | {"email_doubt": "use"})
    assert len(zelta.calls) == 1
    done = english.submit("#page-form")
    assert (done.status, zelta.calls[-1].json["email"]) == (200, "quimera@hotmail.com")


def test_enter_in_a_field_sends_the_form_and_does_not_switch(client: PageClient, zelta: ZeltaServer) -> None:
    page = client.visit("/meetings/new")
    # A browser presses the form's first button in the order of the page.
    made = page.submit("#page-form", title="Comité", date="2099-03-04", time="10:00")
    assert (made.root.get("lang"), len(zelta.calls)) == ("es", 1)


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(client: PageClient) -> None:
    page = client.visit(f"{meeting_path(create(client))}/people/import")
    form = page.form("#page-form").fill(role="host").attach("file", "a.csv", b"Ana")
    english = page.submit(form, "English")
    assert "The file has to be chosen again." in english.find(".notice").text
    assert english.form("#page-form").values["role"] == ["host"]


def test_the_edits_of_a_preview_stay(client: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    preview = client.visit(path).submit(path, people="Ana\nEva")
    button = preview.find('header button[lang="en"]')
    form = Form(preview.root, preview.find(f"form#{button['form']}").element, preview.url)
    english = preview.submit(form, "English", **{"name-1": "Quimera Núñez", "keep-2": False})
    assert english.root.get("lang") == "en"
    assert english.find('input[name="name-1"]')["value"] == "Quimera Núñez"
    assert "checked" not in english.find('input[name="keep-2"]').element.attrib
    assert (len(zelta.calls), table(database_url, "participants")) == (1, [])


@pytest.mark.parametrize("meanwhile", [CANCELLED, DISCARDED])
def test_a_text_to_copy_stays(
    client: PageClient, zelta: ZeltaServer, database_url: str, meanwhile: str
) -> None:
    page = create(client)
    change(database_url, meanwhile)
    back = page.submit("#page-form", **PERSON)
    english = back.submit("#typed-form", "English")
    assert (english.status, english.root.get("lang")) == (422, "en")
    assert "Quimera Núñez" in english.find("#typed").text
    assert len(zelta.calls) == 1


def test_a_form_whose_page_had_expired_stays(client: PageClient, zelta: ZeltaServer) -> None:
    page = client.visit("/meetings/new")
    expired = forge(page, page.form("#page-form").fill(**NEW), csrf_token="old")
    assert expired.status == 400
    english = switch(expired)
    assert (english.root.get("lang"), english.path, kept(english, NEW)) == ("en", "/meetings/new", True)
    assert zelta.calls == []


@pytest.mark.parametrize("path", ["cancel", "resolve", "copied"])
def test_a_switch_never_carries_out_what_its_view_does(
    client: PageClient, zelta: ZeltaServer, database_url: str, path: str
) -> None:
    page = create(client)
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    before = stored(database_url)
    data = {"csrf_token": token, "switch_language": "en", "choice": "again"}
    assert client.post(f"{page.path}/{path}", data=data, follow_redirects=True).status_code == 200
    assert (stored(database_url), len(zelta.calls)) == (before, 1)
