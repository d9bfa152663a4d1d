"""Guessing passwords: slower, then refused for a while, counted in the database for all processes at once."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.audit import Actor
from app.auth import accounts, throttle
from app.auth.throttle import RegisteredAttempt, Throttled
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
from tests.support.actions import errors
from tests.support.db import table
from tests.support.live import LiveFactory
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


def waits(app: Flask, name: str, address: str = HERE, times: int = 1) -> list[int]:
    """The seconds that each of some attempts has to wait; 0: it may be made."""
    with app.app_context():
        tried = [throttle.register_attempt(name, address) for _ in range(times)]
    return [one.retry_after_seconds if isinstance(one, Throttled) else 0 for one in tried]


def pass_by(database_url: str, seconds: float) -> None:
    let_pass(database_url, "failed_sign_ins", "attempted_at", seconds)


def test_an_account_is_slower_and_then_refused(guarded: Flask, database_url: str) -> None:
    assert waits(guarded, "ana", times=6) == [0, 0, 0, 0, 0, 5]
    for pause in (5, 15, 45):
        assert waits(guarded, "ANA ", ELSEWHERE)[0] in {pause - 1, pause}, (
            "wherever it comes from, however it is spelt"
        )
        pass_by(database_url, pause)
        assert waits(guarded, "ana") == [0]
    assert 890 < waits(guarded, "ana")[0] <= 900
    assert waits(guarded, "beto", ELSEWHERE) == [0], "nobody else waits"
    pass_by(database_url, 15 * 60 + 1)
    assert waits(guarded, "ana", times=5) == [0] * 5


def test_an_address_is_slower_and_then_refused(guarded: Flask) -> None:
    found = [waits(guarded, f"a person {number}")[0] for number in range(22)]
    assert found == [0] * 20 + [5, 5]
    assert waits(guarded, "ana", ELSEWHERE) == [0]


@SQLITE
def test_a_household_of_the_new_internet_is_one_address(guarded: Flask) -> None:
    found = [waits(guarded, f"a person {number}", f"2001:db8:1:2::{number:x}")[0] for number in range(21)]
    assert found == [0] * 20 + [5]
    assert waits(guarded, "ana", "2001:db8:1:3::1") == [0]
    assert waits(guarded, "ana", "::ffff:192.0.2.9") == [0]
    assert waits(guarded, "ana", "") == [0]


def test_the_right_password_forgives_what_its_owner_mistyped(guarded: Flask) -> None:
    assert waits(guarded, "ana", times=4) == [0] * 4
    assert waits(guarded, "ana", ELSEWHERE) == [0]
    with guarded.app_context():
        throttle.clear_failures(RegisteredAttempt(throttle._hash_username("Ana"), HERE))
    assert waits(guarded, "ana", times=5) == [0, 0, 0, 0, 5], "what was tried elsewhere still counts"


def test_a_new_password_need_not_wait(guarded: Flask) -> None:
    account_id = member(guarded)
    assert waits(guarded, "ana", times=6)[-1] == 5
    with guarded.app_context():
        password = accounts.reset_password(account_id, Actor("command"))
    assert sign_in(PageClient(guarded), "ana", password).path == "/account/password"


def test_what_anyone_has_to_wait_reads(guarded: Flask, database_url: str) -> None:
    member(guarded)
    pages = {}
    for name in ("ana", "nobody"):
        browser = PageClient(guarded)
        for _ in range(5):
            assert sign_in(browser, name, ANOTHER).status == 422
        page = sign_in(browser, name)
        assert (page.status, page.headers["Retry-After"]) == (429, "5")
        assert "Demasiados intentos" in errors(page)
        assert "en 5 segundos" in page.text
        pages[name] = without_tokens(page, name)
    assert pages["ana"] == pages["nobody"]
    assert not gets_in(browser)
    for _ in range(3):
        assert sign_in(browser, "ana").status == 429
    refused = [deed for deed in deeds(database_url) if deed[0] == "sign_in_refused"]
    assert refused == [("sign_in_refused", None, "ana"), ("sign_in_refused", None, None)], (
        "a line a minute, no more"
    )
    pass_by(database_url, 6)
    assert sign_in(browser, "ana").path == "/"


@SQLITE
def test_a_session_left_open_does_not_serve_to_guess(guarded: Flask, database_url: str) -> None:
    member(guarded)
    page = signed_in(guarded).visit("/account/password")
    for _ in range(5):
        assert page.submit("/account/password", current="wrong", new=ANOTHER).status == 422
    refused = page.submit("/account/password", current=PASSWORD, new=ANOTHER)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "5")
    assert "Demasiados intentos" in errors(refused)
    pass_by(database_url, 6)
    assert page.submit("/account/password", current=PASSWORD, new=ANOTHER).path == "/"


def test_four_processes_count_together(serve: LiveFactory, guarded: Flask, database_url: str) -> None:
    member(guarded)
    member(guarded, "boss", AccountRole.ADMIN)
    servers = [serve("--workers", "2", AUTH="password", SENDER="outside") for _ in range(2)]
    clients = [servers[number % 2].client() for number in range(16)]
    pages = [client.visit("/sign-in") for client in clients]
    together = threading.Barrier(len(pages))

    def guess(number: int) -> int:
        together.wait()
        return pages[number].submit("/sign-in", username="ana", password=f"guess {number}").status

    begun = time.monotonic()
    with ThreadPoolExecutor(len(pages)) as pool:
        answers = Counter(pool.map(guess, range(len(pages))))
    more = int(time.monotonic() - begun) // 5  # a slow machine lets some of the pauses go by
    assert answers[422] + answers[429] == len(pages)
    assert 5 <= answers[422] <= 5 + more
    tried = [deed for deed in deeds(database_url) if deed[0] == "sign_in_failed"]
    assert len(tried) == answers[422] == len(table(database_url, "failed_sign_ins"))
    assert sign_in(clients[0], "ana").status == 429, "the right one has to wait too"
    pass_by(database_url, 15 * 60)
    assert sign_in(clients[1], "ana").path == "/"
    for client in clients:
        client.session.close()
