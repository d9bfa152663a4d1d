"""Sessions: they end when they should, at once and everywhere, and a cookie alone opens nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from app.audit import Actor
from app.auth import accounts
from app.models import AccountRole
from tests.accounts.steps import (
    ANOTHER,
    PASSWORD,
    copy_of,
    deeds,
    gets_in,
    let_pass,
    member,
    sign_in,
    signed_in,
)
from tests.support.actions import create, meeting_path
from tests.support.application import AppFactory
from tests.support.db import change, dump, table
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_a_session_ends_after_a_while_of_rest(make_app: AppFactory) -> None:
    app = make_app(AUTH="password", SESSION_HOURS="1")
    member(app)
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        browser = signed_in(app)
        for minutes in (50, 50, 59):
            clock.shift(timedelta(minutes=minutes))
            assert gets_in(browser), "each request begins the rest anew"
        clock.shift(timedelta(minutes=62))
        page = browser.visit("/?view=past")
        assert page.path == "/sign-in"
        back = page.submit("/sign-in", username="ana", password=PASSWORD)
        assert (back.path, back.find(".tabs [aria-current]").find("b").text) == ("/", "Pasadas")


@SQLITE
def test_no_session_is_kept_up_for_ever(make_app: AppFactory) -> None:
    app = make_app(AUTH="password", SESSION_HOURS="400")
    member(app)
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        browser = signed_in(app)
        for _ in range(2):
            clock.shift(timedelta(days=14))
            assert gets_in(browser)
        clock.shift(timedelta(days=3))
        assert not gets_in(browser)


def test_a_cookie_from_before_is_worthless(guarded: Flask, browser: PageClient) -> None:
    member(guarded)
    form = browser.visit("/sign-in").form("/sign-in").fill(username="ana", password=PASSWORD)
    planted = copy_of(browser)  # anyone who planted it in the victim's browser has it too
    assert browser.post("/sign-in", data=dict(form.entries())).location == "/"
    assert gets_in(browser)
    assert not gets_in(planted)


def test_signing_in_again_ends_the_session_before(guarded: Flask, database_url: str) -> None:
    member(guarded)
    member(guarded, "beto")
    browser = PageClient(guarded)
    form = browser.visit("/sign-in").form("/sign-in").fill(username="beto", password=PASSWORD)
    assert sign_in(browser).path == "/"
    stolen = copy_of(browser)
    assert gets_in(stolen)
    token = browser.visit("/").find_all('input[name="csrf_token"]')[0]["value"]
    assert browser.post("/sign-in", data=dict(form.entries()) | {"csrf_token": token}).status_code == 303
    assert browser.visit("/").find("header .account").text == "beto"
    assert not gets_in(stolen)
    assert len(table(database_url, "sessions")) == 1


def test_signing_out_ends_it_for_anyone_has_the_cookie(guarded: Flask) -> None:
    member(guarded)
    browser, elsewhere = signed_in(guarded), signed_in(guarded)
    stolen = copy_of(browser)
    browser.visit("/account").submit("/sign-out")
    assert not gets_in(stolen)
    assert gets_in(elsewhere)


def test_signing_out_everywhere(guarded: Flask, database_url: str) -> None:
    member(guarded)
    member(guarded, "beto")
    browser, elsewhere, other = signed_in(guarded), signed_in(guarded), signed_in(guarded, "beto")
    stolen = copy_of(elsewhere)
    page = browser.visit("/account").submit("/account/sign-out-everywhere")
    assert (page.path, page.find(".notice.ok").text) == (
        "/sign-in",
        "Se cerró su sesión en todos los navegadores.",
    )
    assert not any(gets_in(one) for one in (browser, elsewhere, stolen))
    assert gets_in(other)
    assert deeds(database_url)[-1] == ("signed_out_everywhere", "ana", "ana")


def test_a_new_password_ends_the_other_sessions(guarded: Flask) -> None:
    member(guarded)
    browser, elsewhere = signed_in(guarded), signed_in(guarded)
    before = copy_of(browser)
    browser.visit("/account/password").submit("/account/password", current=PASSWORD, new=ANOTHER)
    assert gets_in(browser)
    assert not gets_in(elsewhere)
    assert not gets_in(before)


def test_disabled_and_enabled_again(guarded: Flask) -> None:
    member(guarded, "boss", AccountRole.ADMIN)
    account_id = member(guarded)
    browser = signed_in(guarded)
    with guarded.app_context():
        accounts.disable(account_id, Actor("boss"))
    assert not gets_in(browser)
    assert sign_in(PageClient(guarded)).status == 422
    with guarded.app_context():
        accounts.enable(account_id, Actor("boss"))
    assert not gets_in(browser), "the session of before does not come back"
    assert gets_in(signed_in(guarded))


@SQLITE
def test_disabled_while_a_session_begins(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    change(database_url, "UPDATE accounts SET disabled_at = '2026-01-01 00:00:00.000000'")
    assert not gets_in(browser)


def test_another_role_counts_at_the_next_request(guarded: Flask) -> None:
    member(guarded, "boss", AccountRole.ADMIN)
    account_id = member(guarded)
    browser = signed_in(guarded)
    browser.visit("/meetings/new")
    for role, expected in ((AccountRole.VIEWER, 403), (AccountRole.ADMIN, 200)):
        with guarded.app_context():
            accounts.change_role(account_id, role, Actor("boss"))
        browser.visit("/meetings/new", expected)
        browser.visit("/admin/users", expected)


@SQLITE
def test_what_the_database_holds_opens_nothing(guarded: Flask, database_url: str) -> None:
    member(guarded)
    browser = signed_in(guarded)
    with browser.session_transaction() as cookie:
        key = cookie["key"]
    assert key not in repr(dump(database_url))
    forged = PageClient(guarded)
    forged.visit("/sign-in")
    with forged.session_transaction() as cookie:
        cookie["key"] = table(database_url, "sessions")[0]["token_hash"]
    assert not gets_in(forged)
    value = copy_of(browser).get_cookie("convoca")
    assert value is not None
    for broken in (value.value[:-3] + "AAA", f"x{value.value}", "", "a.b.c"):
        other = PageClient(guarded)
        other.set_cookie("convoca", broken)
        assert not gets_in(other)


@SQLITE
def test_sessions_that_ended_long_ago_are_forgotten(guarded: Flask, database_url: str) -> None:
    member(guarded)
    signed_in(guarded)
    let_pass(database_url, "sessions", "last_seen_at", 31 * 24 * 3600)
    signed_in(guarded)
    assert len(table(database_url, "sessions")) == 1


@SQLITE
def test_a_script_of_a_page_is_told_that_the_session_ended(guarded: Flask) -> None:
    member(guarded)
    browser = signed_in(guarded)
    path = meeting_path(create(browser))
    script = {"X-Requested-With": "fetch"}
    assert browser.get(f"{path}/progress", headers=script).status_code == 200
    browser.visit("/account").submit("/sign-out")
    assert browser.get(f"{path}/progress", headers=script).status_code == 401
    assert browser.get(f"{path}/progress").status_code == 302


@SQLITE
def test_pages_of_people_are_not_kept_by_anybody_on_the_way(guarded: Flask) -> None:
    member(guarded)
    browser = signed_in(guarded)
    for path in ("/", "/account", "/account/password", "/none"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"
    assert PageClient(guarded).get("/").headers["Cache-Control"] == "no-store"
