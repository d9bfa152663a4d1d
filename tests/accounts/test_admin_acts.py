"""Administration of one account: another role, a new password, out and in again, and never nobody in charge."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.audit import Actor
from app.auth import accounts
from app.models import AccountRole
from tests.accounts.steps import (
    ANOTHER,
    account_page,
    copy_of,
    deeds,
    forged,
    gets_in,
    member,
    sign_in,
    signed_in,
)
from tests.support.actions import create, errors, forge
from tests.support.db import dump, table
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@SQLITE
def test_a_role_that_there_is_not(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded)
    page = boss.visit("/admin/users/invite")
    answer = forge(page, page.form().fill(username="eva"), role="emperor")
    assert "Elija una de estas opciones" in errors(answer)
    page = account_page(boss, "ana")
    answer = forge(page, page.form(f"{page.path}/role"), role="emperor")
    assert (answer.status, errors(answer)) == (422, "Hay un problema Elija una de estas opciones")
    assert [row["role"] for row in table(database_url, "accounts")] == ["admin", "coordinator"]


def test_another_role(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded)
    theirs = signed_in(guarded)
    page = account_page(boss, "ana")
    done = page.submit(f"{page.path}/role", role="viewer")
    assert (done.path, done.find(".notice").text) == (page.path, "Se cambió el rol.")
    assert "Solo consulta" in done.find(".facts").text
    theirs.visit("/meetings/new", 403)
    again = done.submit(f"{page.path}/role", role="viewer")
    assert again.status == 200
    changed = [row for row in table(database_url, "audit_events") if row["action"] == "role_changed"]
    assert [(row["actor"], row["target_username"], row["detail"]) for row in changed] == [
        ("boss", "ana", {"before": "coordinator", "role": "viewer"})
    ]


def test_disabled_and_enabled(boss: PageClient, guarded: Flask) -> None:
    member(guarded)
    theirs = signed_in(guarded)
    create(theirs, "De Ana")
    page = account_page(boss, "ana")
    disabled = page.submit(f"{page.path}/disable")
    assert "está deshabilitada" in disabled.find(".notice").text
    assert disabled.find("[data-access]")["data-access"] == "disabled"
    assert not gets_in(theirs)
    assert "De Ana" in boss.visit("/").text
    assert not disabled.find_all(f'form[action="{page.path}/sign-out"]')
    handed = disabled.submit(f"{page.path}/password")
    assert "sigue deshabilitada" in handed.text
    enabled = disabled.submit(f"{page.path}/enable")
    assert "está habilitada" in enabled.find(".notice").text
    assert sign_in(PageClient(guarded), password=handed.find("#password").text).path == "/account/password"


def test_a_password_that_was_lost(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded)
    theirs = signed_in(guarded)
    for _ in range(6):
        last = sign_in(PageClient(guarded), password=ANOTHER)
    assert last.status == 429
    page = account_page(boss, "ana")
    assert "ahora con sesión abierta en 1 navegador" in page.find(".facts").text
    handed = page.submit(f"{page.path}/password")
    assert (handed.status, handed.h1) == (200, "Contraseña temporal de ana")
    assert not gets_in(theirs)
    password = handed.find("#password").text
    assert sign_in(PageClient(guarded), password=password).path == "/account/password", "and need not wait"
    second = page.submit(f"{page.path}/password").find("#password").text
    assert second != password
    assert sign_in(PageClient(guarded), password=password).status == 422
    assert ("password_reset", "boss", "ana") in deeds(database_url)
    assert boss.get(f"{page.path}/password").status_code == 405, (
        "it is shown to anyone who asks for a new one only"
    )
    left = handed.find('header form[action="/language"] input[name="next"]')["value"]
    assert left == page.path


def test_sign_a_person_out_everywhere(boss: PageClient, guarded: Flask, database_url: str) -> None:
    member(guarded)
    theirs = signed_in(guarded)
    stolen = copy_of(signed_in(guarded))
    page = account_page(boss, "ana")
    done = page.submit(f"{page.path}/sign-out")
    assert "Se cerraron todas sus sesiones" in done.find(".notice").text
    assert not gets_in(theirs)
    assert not gets_in(stolen)
    assert gets_in(boss)
    assert deeds(database_url)[-1] == ("signed_out_everywhere", "boss", "ana")


def test_the_last_administrator_stays(boss: PageClient, guarded: Flask, database_url: str) -> None:
    before = dump(database_url)
    page = account_page(boss, "Berta Jefa")
    assert "Esta es su propia cuenta" in page.text
    for answer in (
        page.submit(f"{page.path}/role", role="viewer"),
        forged(page, f"{page.path}/disable"),
    ):
        assert answer.status == 422
        assert "Nadie más puede administrar las cuentas" in errors(answer)
    assert dump(database_url) == before
    member(guarded, "ana", AccountRole.ADMIN)
    done = page.submit(f"{page.path}/role", role="viewer")
    assert (done.path, done.find(".notice").text) == ("/", "Ya no tiene el rol de administración.")
    assert not done.find_all('header a[href="/admin/"]')
    boss.visit("/admin/users", 403)
    assert gets_in(signed_in(guarded))


@SQLITE
def test_who_disables_themselves_is_out(boss: PageClient, guarded: Flask) -> None:
    member(guarded, "ana", AccountRole.ADMIN)
    page = account_page(boss, "Berta Jefa")
    assert forged(page, f"{page.path}/disable").path == "/sign-in"
    assert not gets_in(boss)


def test_two_who_demote_each_other_at_once(guarded: Flask) -> None:
    first, second = (member(guarded, name, AccountRole.ADMIN) for name in ("ana", "beto"))
    results = at_once(guarded, [first, second])
    assert sorted(results) == ["LastAdmin", "done"]
    with guarded.app_context():
        assert accounts.has_active_admin()


def at_once(app: Flask, account_ids: list[int]) -> list[str]:
    """Disable accounts at the same moment; gives how each went."""
    together = threading.Barrier(len(account_ids))

    def disable(account_id: int) -> str:
        with app.app_context():
            together.wait()
            try:
                accounts.disable(account_id, Actor("a person"))
            except accounts.LastAdmin:
                return "LastAdmin"
            return "done"

    with ThreadPoolExecutor(len(account_ids)) as pool:
        return list(pool.map(disable, account_ids))
