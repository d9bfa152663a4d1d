"""What people type into a person's form: what is taken, what comes back, and that nothing typed is lost."""

import pytest

from tests.support.actions import add, cancel, create, errors, forge, insist, meeting_path, person
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

MARKUP = "<img src=x onerror=alert(1)> {{ 7*7 }} '; DROP TABLE participants; --"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b "),
        ("name", "x" * 121),
        ("name", "A\x00na"),
        ("name", "A\u202ena"),
        ("external_id", "x" * 121),
        ("external_id", "E\u20601"),
        *[
            ("email", email)
            for email in (
                *("ana", "ana@", "@example.org", "ana@example", "a b@example.org", "ana@@example.org"),
                *("ana@example.org, eva@example.org", "Ana <ana@example.org>", "a\x00@example.org"),
                *(
                    "ana@-x.org",
                    "ana@exa_mple.org",
                    "x" * 260 + "@example.org",
                    "ana@example.org\r\nBcc: x@y.org",
                ),
            )
        ],
    ],
)
def test_what_comes_back(
    client: PageClient, zelta: ZeltaServer, database_url: str, field: str, value: str
) -> None:
    page = create(client)
    typed = {"name": "Ana", "email": "ana@example.org", "external_id": "E1", "role": "host"} | {field: value}
    path = f"{meeting_path(page)}/participants"
    back = page.submit(path, **typed)
    assert (back.status, len(zelta.calls), table(database_url, "participants")) == (422, 1, [])
    assert errors(back)
    assert back.find(f"#{field}-error").text
    form = back.form(path)
    kept = {name: text for name, text in typed.items() if name != field}
    assert {name: form.values[name] for name in kept} == {name: [text] for name, text in kept.items()}
    if value.isprintable() and value.strip():
        assert form.values[field] == [value]
    assert client.get(path).status_code == 303, "a reload of this page leads to the meeting"


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 120),
        ("name", "María-José O’Neill 李 👩‍🚀"),
        ("external_id", "x" * 120),
        ("email", "Ana.Núñez+x@Bücher.example"),
        ("email", "ana@zelta.test"),
        ("email", "o'neil@example.org"),
    ],
)
def test_what_is_sent_as_typed(client: PageClient, zelta: ZeltaServer, field: str, value: str) -> None:
    page = insist(add(create(client), **{"name": "Ana", field: f"\u2060 {value} \x00"}))
    assert page.status == 200
    assert zelta.calls[1].json[{"external_id": "externalId"}.get(field, field)] == value


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", ["", "admin", "HOST", "host ", "\x00"])
def test_roles_that_do_not_exist(client: PageClient, zelta: ZeltaServer, role: str) -> None:
    page = create(client)
    form = page.form(f"{meeting_path(page)}/participants").fill(name="Ana")
    back = forge(page, form, role=role)
    assert (back.status, len(zelta.calls)) == (422, 1)
    assert back.form(f"{meeting_path(page)}/participants").values["name"] == ["Ana"]


def test_any_text_is_shown_as_text(client: PageClient, zelta: ZeltaServer) -> None:
    page = insist(add(create(client), MARKUP, external_id=MARKUP))
    assert (zelta.calls[1].json["name"], zelta.calls[1].json["externalId"]) == (MARKUP, MARKUP)
    row = person(page, MARKUP)
    assert row["data-name"] == MARKUP
    assert MARKUP in row.find(".hint").text
    assert MARKUP in page.find(".activity").text
    assert not page.find_all("img")
    assert not cancel(client, page).find_all("img")


def test_a_meeting_that_takes_nobody_now_says_so(client: PageClient, zelta: ZeltaServer) -> None:
    page = create(client)
    path = f"{meeting_path(page)}/participants"
    form = page.form(path).fill(name="Ana", email="ana@example.org")
    cancel(client, page)
    back = page.submit(form)
    assert (back.status, len(zelta.calls)) == (422, 2)
    assert back.find(".summary").text
