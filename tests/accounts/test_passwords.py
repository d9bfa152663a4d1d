"""Passwords: which are taken, how they are kept, and that they are kept better when the parameters rise."""

import re
from functools import cache

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.auth import passwords
from app.auth.forms import PASSWORD_PROBLEM_MESSAGES
from app.auth.passwords import (
    PasswordProblem,
    check_strength,
    generate_temporary_password,
    hash_password,
    needs_rehash,
    verify_password,
)
from tests.accounts.steps import ANOTHER, PASSWORD, member, sign_in, signed_in
from tests.support.actions import errors
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("", PasswordProblem.TOO_SHORT),
        ("Tr0ub4dor&3", PasswordProblem.TOO_SHORT),
        ("ñ" * 257, PasswordProblem.TOO_LONG),
        ("password1234", PasswordProblem.EASY_TO_GUESS),
        ("aaaaaaaaaaaaaaaaaaaa", PasswordProblem.EASY_TO_GUESS),
        ("qwertyuiop123456", PasswordProblem.EASY_TO_GUESS),
        ("zeltaconvoca", PasswordProblem.EASY_TO_GUESS),
        ("Ana Ruiz Hidalgo", PasswordProblem.EASY_TO_GUESS),
        ("ana.ruiz@example.org", PasswordProblem.EASY_TO_GUESS),
        (PASSWORD, None),
        ("correct horse battery staple", None),
        ("kBx3-99pz-Wq7T", None),
        ("  mucho  espacio  en  medio  ", None),
        ("🦆 pato 🌋 volcán 🎻 violín", None),
        ("x" + "y9#K" * 60, None),
    ],
)
def test_which_are_taken(password: str, found: PasswordProblem | None) -> None:
    assert check_strength(password, "ana.ruiz@example.org", "Ana Ruiz Hidalgo") == found


def test_how_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    kept, again = hash_password(PASSWORD), hash_password(PASSWORD)
    assert re.match(r"\$argon2id\$v=19\$m=65536,t=3,p=4\$", kept)
    assert kept != again
    assert verify_password(PASSWORD, kept)
    assert not verify_password(PASSWORD.upper(), kept)
    assert not verify_password(PASSWORD + " ", kept)


@pytest.mark.parametrize("kept", [None, "", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$broken"])
def test_where_none_is_kept_none_is_right(kept: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not verify_password("", kept)
    monkeypatch.setattr(passwords, "_dummy_hash", cache(lambda: hash_password(PASSWORD)))
    assert not verify_password(PASSWORD, kept)


def test_an_accent_is_an_accent_on_every_keyboard() -> None:
    assert verify_password("cancio\u0301n de cuna", hash_password("canci\u00f3n de cuna"))


def test_temporary_ones() -> None:
    made = {generate_temporary_password() for _ in range(200)}
    assert len(made) == 200
    for one in made:
        assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", one)
        assert not set("il1o0") & set(one), "which hand or ear would confuse"
    assert check_strength(made.pop()) is None


def test_they_are_kept_better_when_the_parameters_rise(
    guarded: Flask, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    member(guarded)
    (before,) = table(database_url, "accounts")
    signed_in(guarded)
    assert table(database_url, "accounts") == [before]
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert needs_rehash(before["password_hash"])
    assert sign_in(PageClient(guarded), password=ANOTHER).status == 422
    assert table(database_url, "accounts") == [before], "only the right one is known"
    signed_in(guarded)
    (after,) = table(database_url, "accounts")
    assert "$m=16,t=2,p=1$" in after["password_hash"]
    assert not needs_rehash(after["password_hash"])
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
    assert set(PASSWORD_PROBLEM_MESSAGES) == set(PasswordProblem)


@SQLITE
def test_ones_own_name_is_no_password(guarded: Flask) -> None:
    member(guarded, "b.penalver", called="Begoña Peñalver")
    page = signed_in(guarded, "b.penalver").visit("/account/password")
    assert page.submit("/account/password", current=PASSWORD, new="Begoña Peñalver").status == 422
