"""Signing in: who gets in, what everybody else learns (nothing), and that no password is left anywhere."""

import statistics
import time

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.audit import Actor
from app.auth import accounts, passwords
from app.models import AccountRole
from tests.accounts.steps import (
    ANOTHER,
    PASSWORD,
    deeds,
    gets_in,
    let_pass,
    member,
    sign_in,
    signed_in,
    without_tokens,
)
from tests.support.actions import create, errors
from tests.support.application import AppFactory
from tests.support.db import change, dump, table
from tests.support.live import LiveFactory
from tests.support.pages import Page, PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_the_whole_way_in_and_out(guarded: Flask, browser: PageClient, database_url: str) -> None:
    member(guarded, "Ana@Example.org", called="Ana Ruiz")
    asked = browser.visit("/meetings/new?x=1")
    assert (asked.path, asked.h1) == ("/sign-in", "Iniciar sesión")
    assert not asked.find_all("header nav")
    page = asked.submit("/sign-in", username=" ana@EXAMPLE.org ", password=PASSWORD)
    assert (page.path, page.find("header .account").text) == ("/meetings/new", "Ana Ruiz")
    assert browser.visit("/sign-in").path == "/", "who is in need not sign in"
    made = create(browser)
    assert "Ana Ruiz creó la reunión" in made.find(".activity").text
    (meeting,) = table(database_url, "meetings")
    assert meeting["created_by"] == "Ana@Example.org"
    left = browser.visit("/account").submit("/sign-out")
    assert left.path == "/sign-in"
    assert not gets_in(browser)
    name = "Ana@Example.org"
    assert deeds(database_url) == [
        ("account_added", "command", name), ("signed_in", name, None), ("create_meeting", name, None),
        ("signed_out", name, None),
    ]  # fmt: skip
    assert [row["ip_address"] for row in table(database_url, "audit_events")] == [None, *["127.0.0.1"] * 3]


@pytest.fixture
def crowd(guarded: Flask, database_url: str) -> Flask:
    """A person who may come in, and people who may not for every reason there is."""
    member(guarded, "boss", AccountRole.ADMIN)
    for name in ("right", "disabled"):
        member(guarded, name)
    member(guarded, "nopassword", password=None)
    member(guarded, "late", temporary=True)
    let_pass(
        database_url,
        "accounts",
        "temporary_password_expires_at",
        accounts.TEMPORARY_PASSWORD_HOURS * 3600 + 1,
        "late",
    )
    with guarded.app_context():
        found = accounts.find_account("disabled")
        assert found is not None
        accounts.disable(found.id, Actor("boss"))
    return guarded


REFUSED = [("right", ANOTHER), ("unknown", PASSWORD), ("disabled", PASSWORD), ("nopassword", PASSWORD), ("late", PASSWORD)]  # fmt: skip


def test_anyone_is_refused_reads_the_same(crowd: Flask, database_url: str) -> None:
    pages = {name: sign_in(PageClient(crowd), name, password) for name, password in REFUSED}
    assert {page.status for page in pages.values()} == {422}
    assert len({without_tokens(page, name) for name, page in pages.items()}) == 1
    assert errors(pages["right"]) == "Hay un problema El usuario o la contraseña no son correctos"
    assert pages["right"].find("#password").get("value") in {None, ""}
    failed = [to for action, who, to in deeds(database_url) if action == "sign_in_failed" and who is None]
    assert failed == ["right", None, "disabled", "nopassword", "late"]
    assert "unknown" not in repr(dump(database_url)), "it may be a password in the wrong field"


class Counting(PasswordHasher):
    """Counts the passwords that it checks."""

    checked = 0

    def verify(self, *args: str | bytes) -> bool:  # type: ignore[override]
        Counting.checked += 1
        return super().verify(*args)


@SQLITE
def test_anyone_is_refused_takes_one_check(crowd: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    for name, password in [*REFUSED, ("right", PASSWORD)]:
        Counting.checked = 0
        sign_in(PageClient(crowd), name, password)
        assert Counting.checked == 1, name


@SQLITE
def test_anyone_is_refused_waits_as_long(
    crowd: Flask, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    # Of fewer rounds and less memory than in earnest, and still nearly all of the time that an answer takes.
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16 * 1024, parallelism=1)
    )
    with crowd.app_context():
        for name in ("right", "disabled", "late"):
            found = accounts.find_account(name)
            assert found is not None
            change(database_url, "UPDATE accounts SET password_hash = :kept WHERE id = :id", kept=passwords.hash_password(PASSWORD), id=found.id)  # fmt: skip
    forms = {name: PageClient(crowd).visit("/sign-in") for name, _ in REFUSED}
    took: dict[str, list[float]] = {name: [] for name, _ in REFUSED}
    for _ in range(4):
        for name, password in REFUSED:
            change(database_url, "DELETE FROM failed_sign_ins")
            begun = time.perf_counter()
            forms[name].submit("/sign-in", username=name, password=password)
            took[name].append(time.perf_counter() - begun)
    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) < 2 * min(medians), took


def test_a_temporary_password_opens_only_the_way_to_another(guarded: Flask, database_url: str) -> None:
    member(guarded, temporary=True)
    browser = PageClient(guarded)
    page = sign_in(browser)
    assert (page.path, page.h1) == ("/account/password", "Elija una contraseña")
    assert not page.find_all("header nav")
    for path in ("/", "/meetings/new", "/account"):
        assert browser.visit(path).path == "/account/password"
    assert browser.post("/meetings/new", data={"title": "x"}).location == "/account/password"
    second = signed_in_with_temporary(guarded)
    wrong = page.submit("/account/password", current=ANOTHER, new="corta")
    assert wrong.status == 422
    assert "no es su contraseña actual" in errors(wrong)
    assert "menos de 12" in errors(wrong)
    same = wrong.submit("/account/password", current=PASSWORD, new=PASSWORD)
    assert "la que ya tiene" in errors(same)
    done = same.submit("/account/password", current=PASSWORD, new=ANOTHER)
    assert (done.status, done.path) == (200, "/")
    assert "Se cambió la contraseña" in done.find(".notice.ok").text
    assert gets_in(browser)
    assert second.visit("/").path == "/sign-in", "anyone who knew the temporary one is out"
    assert sign_in(PageClient(guarded)).status == 422
    assert gets_in(signed_in(guarded, password=ANOTHER))
    (account,) = table(database_url, "accounts")
    assert account["temporary_password_expires_at"] is None
    assert ("password_changed", "ana", "ana") in deeds(database_url)


def signed_in_with_temporary(app: Flask) -> PageClient:
    browser = PageClient(app)
    assert sign_in(browser).path == "/account/password"
    return browser


@SQLITE
def test_the_first_administrator_is_made_on_the_machine(guarded: Flask, browser: PageClient) -> None:
    member(guarded, "nobody in charge")
    assert "users add --admin NOMBRE" in browser.visit("/sign-in").text
    member(guarded, "boss", AccountRole.ADMIN)
    assert "users add" not in browser.visit("/sign-in").text


@SQLITE
def test_password_managers_find_their_way(guarded: Flask, browser: PageClient) -> None:
    member(guarded)
    page = browser.visit("/sign-in")
    assert page.find("#username")["autocomplete"] == "username"
    assert (page.find("#username")["autocapitalize"], page.find("#username")["spellcheck"]) == (
        "none",
        "false",
    )
    assert (page.find("#password")["type"], page.find("#password")["autocomplete"]) == (
        "password",
        "current-password",
    )
    page = signed_in(guarded).visit("/account/password")
    assert page.find('main input[autocomplete="username"]')["value"] == "ana"
    assert (page.find("#current")["autocomplete"], page.find("#new")["autocomplete"]) == (
        "current-password",
        "new-password",
    )
    for field in page.find_all("main input"):
        assert not {"maxlength", "minlength", "onpaste"} & set(field.element.attrib)


@SQLITE
def test_nobody_is_signed_in_from_another_site(guarded: Flask, browser: PageClient) -> None:
    member(guarded)
    browser.visit("/sign-in")
    fields = {"username": "ana", "password": PASSWORD}
    for extra in ({}, {"csrf_token": "forged"}):
        answer = browser.post("/sign-in", data=fields | extra)
        assert answer.status_code == 400
        assert PASSWORD not in answer.text
        assert not answer.page.find_all("main form"), "a password is not offered again"
    assert not gets_in(browser)


@SQLITE
def test_the_cookie_is_for_nobody_else(guarded: Flask, make_app: AppFactory) -> None:
    member(guarded)
    browser = PageClient(make_app(AUTH="password", TRUSTED_PROXIES="1"))
    https = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3", "X-Forwarded-Host": "localhost"}
    token = browser.get("/sign-in", headers=https).page.find_all('input[name="csrf_token"]')[0]["value"]
    data = {"username": "ana", "password": PASSWORD, "csrf_token": token}
    answer = browser.post("/sign-in", data=data, headers=https | {"Referer": "https://localhost/sign-in"})
    assert answer.status_code == 303
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Lax", "Secure", "Path=/"} <= set(cookie.split("; "))


@SQLITE
def test_after_signing_in_nobody_leaves_the_site(guarded: Flask) -> None:
    member(guarded)
    for address in (
        "//evil.example", "/\\evil.example", "https://evil.example/", "https:evil.example", "javascript:alert(1)",
        "/\tevil", "http:///evil.example", "/sign-in\n//evil.example", "/../evil", "/%2e%2e/evil",
    ):  # fmt: skip
        browser = PageClient(guarded)
        form = browser.visit("/sign-in").form("/sign-in").fill(username="ana", password=PASSWORD)
        form.values["next"] = [address]
        answer = browser.post("/sign-in", data=dict(form.entries()))
        assert (answer.status_code, answer.location) == (303, "/"), address


def test_what_is_odd_does_no_harm(guarded: Flask, database_url: str) -> None:
    member(guarded, password=ANOTHER)
    names = [
        "ana\u200b",
        "an\u200ba",
        "ana\x00",
        "a" * 100_000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "",
        "ａｎａ",
    ]
    for name, password in [(name, PASSWORD) for name in names] + [
        ("ana", password) for password in ("", "x" * 500_000, "\x00", "ñ\ud7ff🦆")
    ]:
        change(database_url, "DELETE FROM failed_sign_ins")
        page = sign_in(PageClient(guarded), name, password)
        assert page.status == 422, (name, password)
        assert "<script>alert" not in page.html
    assert gets_in(signed_in(guarded, password=ANOTHER))


@SQLITE
def test_in_english(guarded: Flask, make_app: AppFactory) -> None:
    member(guarded)
    browser = PageClient(make_app(AUTH="password", LANGUAGE="en"))
    page = sign_in(browser, "ana", ANOTHER)
    assert errors(page) == "There is a problem The user name or the password is not right"
    assert sign_in(browser).h1 == "Meetings"


@SQLITE
def test_where_nobody_signs_in_there_is_nothing_to_sign_in_with(client: PageClient) -> None:
    for path in ("/sign-in", "/account", "/account/password", "/sign-in/held"):
        client.visit(path, 404)
    assert not client.visit("/").find_all("header .account")


@SQLITE
def test_no_password_and_no_session_is_left_anywhere(
    serve: LiveFactory, guarded: Flask, database_url: str
) -> None:
    first, second, wrong = "reconocible primera frase", "reconocible segunda frase", "reconocible equivocada"
    member(guarded, password=first)
    server = serve("--workers", "1", "--log-level", "debug", AUTH="password")
    pages: list[Page] = []
    with server.client() as browser:
        pages.append(sign_in(browser, password=wrong))
        pages.append(sign_in(browser, wrong, wrong))
        before = browser.session.cookies["convoca"]
        pages.append(sign_in(browser, password=first))
        page = browser.visit("/account/password")
        pages.append(page.submit("/account/password", current=first, new=second))
        after = browser.session.cookies["convoca"]
    server.stop()
    assert pages[-1].path == "/"
    stored = repr(dump(database_url))
    for secret in ("reconocible", before, after):
        lines = [line for line in server.log.splitlines() if secret in line]
        assert not lines, lines
        assert secret not in stored
        assert all(secret not in page.html or page is pages[1] for page in pages)
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in stored
