"""Switching the language on the forms about accounts keeps what was typed, but for passwords, and does nothing."""

import pytest

from tests.accounts.steps import PASSWORD, member
from tests.support.db import table
from tests.support.pages import PageClient

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_the_user_name_to_sign_in_with_stays(browser: PageClient) -> None:
    member(browser.application, "ana")
    english = browser.visit("/sign-in").submit("#page-form", "English", username="ana", password=PASSWORD)
    values = english.form("#page-form").values
    assert (english.status, english.root.get("lang"), values["username"]) == (200, "en", ["ana"])
    assert values["password"] == [""]
    assert browser.get("/").status_code == 302, "nobody has signed in"
    assert english.submit("#page-form", password=PASSWORD).path == "/"


def test_an_account_to_give_stays(boss: PageClient, database_url: str) -> None:
    typed = {"username": "quimera", "display_name": "Quimera Núñez", "role": "viewer"}
    english = boss.visit("/admin/users/invite").submit("#page-form", "English", **typed)
    values = english.form("#page-form").values
    assert (english.status, english.root.get("lang")) == (200, "en")
    assert {name: values[name] for name in typed} == {name: [text] for name, text in typed.items()}
    assert len(table(database_url, "accounts")) == 1


def test_a_role_to_give_stays(boss: PageClient, database_url: str) -> None:
    account_id = member(boss.application, "ana")
    english = boss.visit(f"/admin/users/{account_id}").submit("#page-form", "English", role="viewer")
    assert (english.root.get("lang"), english.form("#page-form").values["role"]) == ("en", ["viewer"])
    assert {row["role"] for row in table(database_url, "accounts")} == {"admin", "coordinator"}
