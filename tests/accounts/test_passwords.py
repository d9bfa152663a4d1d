"""Passwords: which are taken, how they are kept, and that they are kept better when the parameters rise."""

import re
from functools import cache

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.accounts.forms import FLAWS
from app.identity import passwords
from app.identity.passwords import Flaw, flaw, hashed, is_outdated, is_right, temporary
from tests.accounts.steps import ANOTHER, PASSWORD, member, sign_in, signed_in
from tests.support.application import AppFactory
from tests.support.pages import PageClient
from tests.support.peek import table
from tests.support.steps import errors

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("", Flaw.TOO_SHORT),
        ("Tr0ub4dor&3", Flaw.TOO_SHORT),
        ("ñ" * 257, Flaw.TOO_LONG),
        ("password1234", Flaw.EASY_TO_GUESS),
        ("aaaaaaaaaaaaaaaaaaaa", Flaw.EASY_TO_GUESS),
        ("qwertyuiop123456", Flaw.EASY_TO_GUESS),
        ("zeltaconvoca", Flaw.EASY_TO_GUESS),
        ("Ana Ruiz Hidalgo", Flaw.EASY_TO_GUESS),
        ("ana.ruiz@example.org", Flaw.EASY_TO_GUESS),
        (PASSWORD, None),
        ("correct horse battery staple", None),
        ("kBx3-99pz-Wq7T", None),
        ("  mucho  espacio  en  medio  ", None),
        ("🦆 pato 🌋 volcán 🎻 violín", None),
        ("x" + "y9#K" * 60, None),
    ],
)
def test_which_are_taken(password: str, found: Flaw | None) -> None:
    assert flaw(password, "ana.ruiz@example.org", "Ana Ruiz Hidalgo") == found


def test_how_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    kept, again = hashed(PASSWORD), hashed(PASSWORD)
    assert re.match(r"\$argon2id\$v=19\$m=65536,t=3,p=4\$", kept)
    assert kept != again
    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD.upper(), kept)
    assert not is_right(PASSWORD + " ", kept)


@pytest.mark.parametrize("kept", [None, "", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$broken"])
def test_where_none_is_kept_none_is_right(kept: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_right("", kept)
    monkeypatch.setattr(passwords, "_of_nobody", cache(lambda: hashed(PASSWORD)))
    assert not is_right(PASSWORD, kept)


def test_an_accent_is_an_accent_on_every_keyboard() -> None:
    assert is_right("cancio\u0301n de cuna", hashed("canci\u00f3n de cuna"))


def test_temporary_ones() -> None:
    made = {temporary() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", one)
        assert not set("il1o0") & set(one), "which hand or ear would confuse"
    assert flaw(made.pop()) is None


def test_they_are_kept_better_when_the_parameters_rise(
    guarded: Flask, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    member(guarded)
    (before,) = table(database_url, "accounts")
    signed_in(guarded)
    assert table(database_url, "accounts") == [before]
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert is_outdated(before["password_hash"])
    assert sign_in(PageClient(guarded), password=ANOTHER).status == 422
    assert table(database_url, "accounts") == [before], "only the right one is known"
    signed_in(guarded)
    (after,) = table(database_url, "accounts")
    assert "$m=16,t=2,p=1$" in after["password_hash"]
    assert not is_outdated(after["password_hash"])
    signed_in(guarded)
    assert table(database_url, "accounts") == [after]


SAID = {
    "es": {"breve": "Tiene menos de 12 caracteres", "x" * 300: "Tiene más de 256 caracteres", "password1234": "fácil de adivinar"},
    "en": {"brief": "It has fewer than 12 characters", "x" * 300: "It has more than 256 characters", "password1234": "easy to guess"},
}  # fmt: skip


@SQLITE
@pytest.mark.parametrize("language", SAID)
def test_what_is_wrong_is_said(guarded: Flask, make_app: AppFactory, language: str) -> None:
    member(guarded)
    browser = PageClient(make_app(AUTH="password", LANGUAGE=language))
    sign_in(browser)
    page = browser.visit("/account/password")
    for password, words in SAID[language].items():
        answer = page.submit("/account/password", current=PASSWORD, new=password)
        assert answer.status == 422
        assert words in errors(answer)
        assert words in answer.find("#new-error").text
        assert not answer.find("#new").get("value")
        assert password not in answer.html
    assert set(FLAWS) == set(Flaw)


@SQLITE
def test_ones_own_name_is_no_password(guarded: Flask) -> None:
    member(guarded, "b.penalver", called="Begoña Peñalver")
    page = signed_in(guarded, "b.penalver").visit("/account/password")
    assert page.submit("/account/password", current=PASSWORD, new="Begoña Peñalver").status == 422
