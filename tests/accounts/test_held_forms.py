"""A session that ended while a person was typing: they sign in, find what they typed, and send it with one more press, once."""

import pytest
from flask import Flask

from app.audit import Actor
from app.auth import accounts, saved_forms
from app.models import AccountRole
from tests.accounts.steps import PASSWORD, gets_in, let_pass, member, signed_in
from tests.support.actions import create, day, meeting_path, state
from tests.support.db import change, dump, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
TYPED = {"title": "Comité <b>«ñ»", "date": day(), "time": "10:00", "time_zone": "UTC"}


def end_sessions(database_url: str) -> None:
    let_pass(database_url, "sessions", "last_seen_at", 13 * 3600)


def to_sign_in(page: Page) -> Page:
    """The form to sign in, which says that nothing is lost."""
    assert (page.path, page.status) == ("/sign-in", 200)
    assert "Lo que escribió está guardado" in page.text
    return page


def in_again(page: Page, name: str = "ana") -> Page:
    return to_sign_in(page).submit("/sign-in", username=name, password=PASSWORD)


def test_what_was_typed_comes_back_and_is_carried_out_once(
    guarded: Flask, zelta: ZeltaServer, database_url: str
) -> None:
    member(guarded)
    browser = signed_in(guarded)
    form = browser.visit("/meetings/new").form("/meetings/new").fill(**TYPED)
    end_sessions(database_url)
    asked = browser.visit("/meetings/new").visitor  # the very browser
    assert asked is browser
    back = in_again(browser.submit(browser.visit("/sign-in"), form))
    assert (back.path, back.h1, zelta.calls) == ("/sign-in/held", "Su sesión está abierta de nuevo", [])
    assert TYPED["title"] in back.find("main dl").text
    again = browser.visit("/sign-in/held")
    assert TYPED["title"] in again.text, "a reload shows it again"
    made = back.submit("/meetings/new")
    assert (made.h1, state(made), len(zelta.calls)) == (TYPED["title"], "scheduled", 1)
    second = again.submit("/meetings/new")
    assert (second.path, len(zelta.calls)) == (made.path, 1), "it is still the same intent"
    (row,) = table(database_url, "meetings")
    assert row["created_by"] == "ana"
    assert browser.visit("/sign-in/held").path == "/", "what was sent is not offered again"
    assert table(database_url, "saved_forms") == []
    browser.visit("/account").submit("/sign-out")
    assert gets_in(signed_in(guarded))


def test_also_when_the_cookie_is_gone(guarded: Flask, zelta: ZeltaServer) -> None:
    member(guarded)
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    browser.delete_cookie("convoca")
    back = in_again(page.submit("/meetings/new", **TYPED))
    assert state(back.submit("/meetings/new")) == "scheduled"
    assert len(zelta.calls) == 1


def test_nobody_else_is_given_it(guarded: Flask, zelta: ZeltaServer, database_url: str) -> None:
    member(guarded)
    member(guarded, "beto")
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    end_sessions(database_url)
    other = in_again(page.submit("/meetings/new", **TYPED), "beto")
    assert (other.path, other.find("header .account").text) == ("/", "beto")
    assert "Comité" not in browser.visit("/sign-in/held").text
    made = create(browser, "De Beto")
    assert made.h1 == "De Beto"
    browser.visit("/account").submit("/sign-out")
    assert len(zelta.calls) == 1


def test_anyone_it_belongs_to_finds_it_after_another(guarded: Flask, database_url: str) -> None:
    member(guarded)
    member(guarded, "beto")
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    end_sessions(database_url)
    in_again(page.submit("/meetings/new", **TYPED), "beto")
    end_sessions(database_url)
    back = browser.visit("/sign-in").submit("/sign-in", username="ana", password=PASSWORD)
    assert TYPED["title"] in back.text


@SQLITE
def test_a_thousand_pasted_people(guarded: Flask, zelta: ZeltaServer) -> None:
    member(guarded)
    browser = signed_in(guarded)
    path = meeting_path(create(browser))
    people = "\n".join(f"Persona Número {n}, persona.numero.{n}@example.org" for n in range(1000))
    page = browser.visit(f"{path}/people/import")
    browser.delete_cookie("convoca")
    back = in_again(page.submit(f"{path}/people/import", people=people))
    preview = back.submit(f"{path}/people/import")
    assert "1000" in preview.find("main").text
    assert "Persona Número 999" in preview.html
    assert len(zelta.calls) == 1, "only the meeting"


@SQLITE
def test_a_file_has_to_be_chosen_again(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    path = meeting_path(create(browser))
    form = browser.visit(f"{path}/people/import").form(f"{path}/people/import")
    form.attach("file", "lista.csv", b"Ana,ana@example.org")
    end_sessions(database_url)
    back = in_again(browser.submit(browser.visit("/sign-in"), form))
    assert "elegir el archivo otra vez" in back.text
    assert b"ana@example.org" not in b"".join(
        row["data_encrypted"] for row in table(database_url, "saved_forms")
    )


@SQLITE
def test_a_decision_is_named_and_taken_with_one_press(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    path = meeting_path(create(browser))
    page = browser.visit(f"{path}/cancel")
    end_sessions(database_url)
    back = in_again(page.submit(f"{path}/cancel"))
    assert back.form(f"{path}/cancel").buttons == ["Sí, cancelar reunión"]
    assert back.find_all(f'main a[href="{path}"]')
    assert state(back.submit(f"{path}/cancel")) == "cancelled"


@SQLITE
def test_with_a_temporary_password_in_between(guarded: Flask) -> None:
    account_id = member(guarded)
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    with guarded.app_context():
        password = accounts.reset_password(account_id, Actor("boss"))
    asked = to_sign_in(page.submit("/meetings/new", **TYPED))
    change_it = asked.submit("/sign-in", username="ana", password=password)
    assert change_it.path == "/account/password"
    back = change_it.submit("/account/password", current=password, new=PASSWORD)
    assert TYPED["title"] in back.text
    assert state(back.submit("/meetings/new")) == "scheduled"


@SQLITE
def test_what_one_may_no_longer_do_is_refused(guarded: Flask, zelta: ZeltaServer, database_url: str) -> None:
    member(guarded, "boss", AccountRole.ADMIN)
    account_id = member(guarded)
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    end_sessions(database_url)
    with guarded.app_context():
        accounts.change_role(account_id, AccountRole.VIEWER, Actor("boss"))
    back = in_again(page.submit("/meetings/new", **TYPED))
    assert back.submit("/meetings/new").status == 403
    assert zelta.calls == []


@SQLITE
def test_it_is_sealed_and_not_kept_for_long(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    end_sessions(database_url)
    asked = to_sign_in(page.submit("/meetings/new", **TYPED))
    assert "Comité" not in repr(dump(database_url))
    let_pass(database_url, "saved_forms", "created_at", saved_forms.SAVED_FORM_TTL_SECONDS + 60)
    late = asked.submit("/sign-in", username="ana", password=PASSWORD)
    assert late.path == "/"
    browser.delete_cookie("convoca")
    page.submit("/meetings/new", **TYPED)
    assert len(table(database_url, "saved_forms")) == 1, "the old one is gone with the next"


@SQLITE
@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_what_another_site_sends_is_not_kept(
    guarded: Flask, database_url: str, headers: dict[str, str]
) -> None:
    answer = PageClient(guarded).post("/meetings/new", data=TYPED, headers=headers)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert table(database_url, "saved_forms") == []


@SQLITE
def test_passwords_are_not_kept(guarded: Flask, database_url: str) -> None:
    member(guarded)
    for path in ("/account/password", "/account/sign-out-everywhere", "/sign-out"):
        answer = PageClient(guarded).post(path, data={"current": PASSWORD, "new": PASSWORD})
        assert answer.location == "/sign-in"
    assert table(database_url, "saved_forms") == []


@SQLITE
def test_strangers_cannot_fill_the_disk(guarded: Flask, database_url: str) -> None:
    account_id = member(guarded)
    mine = signed_in(guarded)
    page = mine.visit("/meetings/new")
    end_sessions(database_url)
    asked = to_sign_in(page.submit("/meetings/new", **TYPED))
    stranger = PageClient(guarded)
    big = TYPED | {"guests": "x" * saved_forms.MAX_ANONYMOUS_FORM_CHARS}
    assert stranger.post("/meetings/new", data=big).location == "/sign-in"
    for _ in range(saved_forms.MAX_ANONYMOUS_FORMS + 5):
        PageClient(guarded).post("/meetings/new", data=TYPED)
    rows = table(database_url, "saved_forms")
    assert sum(row["account_id"] is None for row in rows) <= saved_forms.MAX_ANONYMOUS_FORMS + 1
    assert [row["account_id"] for row in rows if row["account_id"]] == [account_id]
    assert TYPED["title"] in asked.submit("/sign-in", username="ana", password=PASSWORD).text


@SQLITE
def test_keys_that_were_changed_lose_it_calmly(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    page = browser.visit("/meetings/new")
    end_sessions(database_url)
    asked = to_sign_in(page.submit("/meetings/new", **TYPED))
    change(database_url, "UPDATE saved_forms SET data_encrypted = :other", other=b"x")
    assert asked.submit("/sign-in", username="ana", password=PASSWORD).path == "/"
