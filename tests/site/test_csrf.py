"""A form whose CSRF token is gone: nothing is sent, nothing typed is lost, and it can be sent again."""

from io import BytesIO

import pytest
import time_machine
from flask import Flask

from app.models import Resolution
from app.web.expired_forms import BUTTON_LABELS, FORM_LABELS, NOT_RESUBMITTABLE
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, day, meeting_path, person, state
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

FIELDS = {
    "title": "Comité <b>«ñ»",
    "date": day(),
    "time": "10:00",
    "time_zone": "UTC",
    "submission_id": "abc123",
}


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("token", [{}, {"csrf_token": ""}, {"csrf_token": "old"}])
def test_what_was_typed_is_kept_and_goes_again(
    client: PageClient, zelta: ZeltaServer, token: dict[str, str]
) -> None:
    page = client.post("/meetings/new", data=FIELDS | token).page
    assert (page.status, zelta.calls) == (400, [])
    assert FIELDS["title"] in page.find("main").text
    form = page.form("/meetings/new")
    assert {name: form.values[name] for name in FIELDS} == {name: [value] for name, value in FIELDS.items()}
    made = page.submit(form)
    assert (made.h1, state(made), len(zelta.calls)) == (FIELDS["title"], "scheduled", 1)
    again = page.submit(form)
    assert (again.path, len(zelta.calls)) == (made.path, 1), "it is still the same intent"


def test_a_decision_goes_again_too(client: PageClient, zelta: ZeltaServer) -> None:
    path = f"{meeting_path(create(client))}/participants"
    client.delete_cookie("convoca")
    page = client.post(path, data={"name": "Ana", "email": "ana@example.org", "role": "host"}).page
    assert (page.status, len(zelta.calls)) == (400, 1)
    assert "ana@example.org" in page.find("main").text
    back = page.submit(path)
    assert back.status == 422, "it had no submission_id: it comes back with one"
    assert state(back.submit(path), "Ana") == "added"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_form_says_what_it_would_do(app: Flask) -> None:
    named = {*FORM_LABELS, *(endpoint for endpoint, _pressed in BUTTON_LABELS), *NOT_RESUBMITTABLE}
    assert {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())} == named
    decisions = {pressed for endpoint, pressed in BUTTON_LABELS if endpoint.endswith(".resolve")}
    assert decisions == set(Resolution)
    of_people = {pressed for endpoint, pressed in BUTTON_LABELS if endpoint == "participants.resolve"}
    of_meetings = {Resolution.EXISTS, Resolution.CANCELLED, Resolution.CORRECT_ID, Resolution.REMOVE}
    assert of_people == set(Resolution) - of_meetings


def buttons(page: Page) -> list[str]:
    """The buttons of the page's form, without those of the language switch in the header."""
    return [name for name in page.form().buttons if name not in ("", "English")]


def expired(client: PageClient, path: str, **fields: str) -> Page:
    page = client.post(path, data=fields).page
    assert page.status == 400
    return page


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_buttons_are_named_and_pressed_again(client: PageClient, zelta: ZeltaServer) -> None:
    zelta.next(faults.drops(), method="POST")
    path = meeting_path(create(client))
    page = expired(client, f"{path}/resolve", choice="again", submission_id="s1")
    assert buttons(page) == ["Enviar otra vez"]
    assert "again" not in page.find("main").text
    assert "lo que escribió" not in page.text
    assert state(page.submit()) == "scheduled"
    page = add(client.visit(path), "Ana", "host")
    asked = expired(client, f"/participants/{person(page)['data-participant']}/token")
    assert buttons(asked) == ["Ver clave de anfitrión"]
    assert asked.submit().find("#token").text
    asked = expired(client, f"{path}/cancel", submission_id="s2")
    assert buttons(asked) == ["Sí, cancelar reunión"]
    assert asked.find_all(f'main a[href="{path}"]')
    assert state(asked.submit()) == "cancelled"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_cannot_be_named_is_not_offered(client: PageClient) -> None:
    page = expired(client, f"{meeting_path(create(client))}/resolve", choice="nonsense")
    assert not page.find_all("main form")
    assert "lo que escribió" not in page.text


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_file_has_to_be_chosen_again(client: PageClient) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    data = {"role": "host", "people": "", "file": (BytesIO(b"Ana"), "lista.csv")}
    page = client.post(path, data=data).page
    assert (page.status, buttons(page)) == (400, ["Revisar lista"])
    assert "elegir el archivo otra vez" in page.text
    assert "Anfitrión" in page.find("dl").text


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/localhost/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_another_sites_form_is_not_offered_again(
    client: PageClient, zelta: ZeltaServer, headers: dict[str, str]
) -> None:
    page = client.post("/meetings/new", data=FIELDS, headers=headers).page
    assert (page.status, zelta.calls) == (400, [])
    assert not page.find_all("main form")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_old_token_has_expired(client: PageClient, zelta: ZeltaServer) -> None:
    with time_machine.travel("2030-01-01 08:00", tick=True):
        page = client.visit("/meetings/new")
        form = page.form("/meetings/new").fill(
            title="Comité", date="2030-02-01", time="10:00", time_zone="UTC"
        )
    with time_machine.travel("2030-01-01 19:50", tick=True):
        assert page.submit(form).status == 200
    with time_machine.travel("2030-01-01 20:10", tick=True):
        expired = page.submit(form)
        assert expired.status == 400
        assert len(zelta.calls) == 1
