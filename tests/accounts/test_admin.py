"""Administration: who has an account, who is invited, and what there is of it where another person signs people in."""

import pytest
from flask import Flask

from app.models import AccountRole
from tests.accounts.steps import PASSWORD, account_page, deeds, forged, member, sign_in, signed_in
from tests.support.actions import errors
from tests.support.application import AppFactory
from tests.support.db import change, dump, table
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_an_invitation(boss: PageClient, guarded: Flask, database_url: str) -> None:
    page = boss.visit("/admin/users/invite").submit(username="ana@example.org", display_name="Ana Ruiz")
    assert (page.status, page.path) == (200, "/admin/users/invite")
    assert page.h1 == "Contraseña temporal de Ana Ruiz"
    assert page.headers["Cache-Control"] == "no-store"
    password = page.find("code#password").text
    assert page.find('button[data-copy="text"]')["data-from"] == "password"
    assert password not in repr(dump(database_url))
    account = account_page(boss, "Ana Ruiz")
    assert password not in account.html
    facts = account.find(".facts").text
    assert "Coordinación" in facts
    assert "Contraseña temporal" in facts
    assert "Todavía no" in facts
    theirs = sign_in(PageClient(guarded), "ana@example.org", password)
    assert theirs.path == "/account/password"
    assert deeds(database_url)[-2:] == [
        ("account_added", "boss", "ana@example.org"), ("signed_in", "ana@example.org", None),
    ]  # fmt: skip


BAD_INVITATIONS = [
    ({"username": ""}, "Escriba un nombre de usuario"),
    ({"username": "BOSS"}, "Ya hay una cuenta con este nombre"),
    ({"username": "a,b"}, "Nadie puede tener este nombre"),
    ({"username": "command"}, "Nadie puede tener este nombre"),
    ({"username": "x" * 201}, "200 caracteres como máximo"),
    ({"username": "a\u200bna"}, "caracteres invisibles"),
    ({"username": "ana", "display_name": "x" * 201}, "200 caracteres como máximo"),
]


@SQLITE
def test_an_invitation_that_comes_back(boss: PageClient, database_url: str) -> None:
    before, form = dump(database_url), boss.visit("/admin/users/invite")
    for fields, problem in BAD_INVITATIONS:
        page = form.submit(**fields | {"role": "admin"})
        assert page.status == 422
        assert problem in errors(page)
        assert page.find('input[value="admin"]').get("checked") is not None, "nothing typed is lost"
    assert dump(database_url) == before


@SQLITE
def test_the_list(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded, "ana", AccountRole.VIEWER, called="Ánà <b>Ruiz</b>")
    member(guarded, "beto", temporary=True)
    change(
        database_url,
        "UPDATE accounts SET temporary_password_expires_at = '2020-01-01' WHERE username = 'beto'",
    )
    signed_in(guarded)
    page = boss.visit("/admin/users")
    assert page.find("#found").text == "3 cuentas"
    rows = {row.find("a.name").text: row for row in page.find_all("tbody tr")}
    assert list(rows) == ["Ánà <b>Ruiz</b>", "beto", "Berta Jefa"]
    assert "Solo consulta" in rows["Ánà <b>Ruiz</b>"].text
    assert rows["Ánà <b>Ruiz</b>"].find("time").text
    assert rows["beto"]["data-access"] == "expired"
    assert "Todavía no" in rows["beto"].text
    assert [row.find("a.name").text for row in boss.visit("/admin/users?q=ANA").find_all("tbody tr")] == ["Ánà <b>Ruiz</b>"]  # fmt: skip
    none = boss.visit("/admin/users?q=%3Cscript%3E")
    assert "Sin resultados" in none.find("#found").text
    assert none.find("main .empty a")["href"] == "/admin/users"


@SQLITE
def test_many_accounts(boss: PageClient, guarded: Flask) -> None:
    for number in range(60):
        member(guarded, f"user{number:02d}", password=None)
    page = boss.visit("/admin/users")
    assert page.find("#found").text == "61 cuentas"
    assert len(page.find_all("tbody tr")) == 50
    after = boss.visit(page.find('a[rel="next"]')["href"])
    assert len(after.find_all("tbody tr")) == 11
    assert not after.find_all('a[rel="next"]')
    found = boss.visit("/admin/users?q=user0")
    assert (found.find("#found").text, found.find("#q")["value"]) == ("10 resultados para “user0”", "user0")
    assert "Ver las primeras" in boss.visit("/admin/users?page=9").text
    for number in ("0", "-1", "99999999999999999999"):
        boss.visit(f"/admin/users?page={number}", 404)


@SQLITE
def test_the_pages_of_administration_lead_to_each_other(boss: PageClient) -> None:
    page = boss.visit("/admin/")
    assert page.path == "/admin/users"
    tabs = {link.text: link["href"] for link in page.find_all("main .tabs a")}
    assert tabs["Cuentas"] == "/admin/users"
    assert tabs["Auditoría"] == "/admin/audit"
    assert ("Estado del sistema" in tabs) == ("operations.status" in boss.application.view_functions)
    for path in tabs.values():
        there = boss.visit(path)
        assert there.find("main .tabs [aria-current]")["href"] == path
        assert there.find('header a[href="/admin/"]').get("aria-current") == "page"


@SQLITE
def test_where_nobody_signs_in_there_are_no_accounts(client: PageClient) -> None:
    assert client.visit("/admin/").path == "/admin/audit"
    assert "Cuentas" not in client.visit("/admin/audit").find("main .tabs").text
    token = client.visit("/").find_all('input[name="csrf_token"]')[0]["value"]
    for path in ("/admin/users", "/admin/users/invite", "/admin/users/1"):
        client.visit(path, 404)
    for path in ("invite", "1/role", "1/disable", "1/enable", "1/password", "1/sign-out"):
        answer = client.post(
            f"/admin/users/{path}", data={"csrf_token": token, "role": "admin", "username": "x"}
        )
        assert answer.status_code == 404, path


PROXY = {"AUTH": "proxy", "AUTH_PROXY_TRUSTED": "127.0.0.1"}


@SQLITE
def test_where_a_proxy_signs_people_in(make_app: AppFactory, database_url: str) -> None:
    app = make_app(**PROXY)
    member(app, "boss", AccountRole.ADMIN, password=None)
    browser = PageClient(app)
    browser.environ_base["HTTP_X_FORWARDED_USER"] = "boss"
    page = browser.visit("/admin/users/invite")
    assert "organización" in page.find("#username-hint").text
    done = page.submit(username="ana", role="viewer")
    assert (done.path, done.find(".notice").text) == ("/admin/users", "ana ya puede iniciar sesión.")
    assert [row["password_hash"] for row in table(database_url, "accounts")] == [None, None]
    assert "Último inicio de sesión" not in done.text
    account = account_page(browser, "ana")
    for action in ("password", "sign-out"):
        assert not account.find_all(f'form[action="{account.path}/{action}"]')
        assert forged(account, f"{account.path}/{action}").status == 404
    assert account.submit(f"{account.path}/disable").find("[data-access]")["data-access"] == "disabled"
    browser.environ_base["HTTP_X_FORWARDED_USER"] = "ana"
    assert browser.get("/").status_code == 403


@SQLITE
def test_a_session_that_ended_meanwhile(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded)
    page = account_page(boss, "ana")
    invitation = boss.visit("/admin/users/invite")
    boss.delete_cookie("convoca")
    asked = page.submit(f"{page.path}/role", role="viewer")
    back = asked.submit("/sign-in", username="boss", password=PASSWORD)
    # The form that the language switch belongs to has its hidden button and its own.
    assert back.form(f"{page.path}/role").buttons == ["", "English", "Cambiar rol"]
    assert "Solo consulta" in back.find("dl").text
    assert "Solo consulta" in back.submit(f"{page.path}/role").find(".facts").text
    boss.delete_cookie("convoca")
    asked = invitation.submit(username="eva", display_name="Eva")
    back = asked.submit("/sign-in", username="boss", password=PASSWORD)
    assert "Eva" in back.find("dl").text
    assert back.submit("/admin/users/invite").h1 == "Contraseña temporal de Eva"
    assert [row["username"] for row in table(database_url, "accounts")] == ["boss", "ana", "eva"]
