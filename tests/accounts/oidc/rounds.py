"""Rounds between a dashboard and its provider, and what came of them."""

import pytest

from tests.support.db import table
from tests.support.oidc_provider import OidcProvider
from tests.support.pages import PageClient, PageResponse

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def begun(client: PageClient, provider: OidcProvider, query: str = "") -> str:
    """Begin a round; gives the address that the browser comes back to."""
    away = client.get(f"/sign-in/oidc{query}")
    assert away.status_code == 303
    return provider.visit(away.headers["Location"])


def signed_in(client: PageClient, provider: OidcProvider, query: str = "") -> PageResponse:
    """A whole round; gives what the browser finds when it is back."""
    return client.get(begun(client, provider, query))


def failures(database_url: str) -> list[tuple[str | None, str]]:
    """The audit of failed sign-ins: who, and why."""
    failed = [row for row in table(database_url, "audit_events") if row["action"] == "sign_in_failed"]
    return [(row["actor"], row["detail"]["reason"]) for row in failed]


def is_in(client: PageClient) -> bool:
    return client.get("/").status_code == 200


def no_one_is_in(client: PageClient, answer: PageResponse, status: int) -> bool:
    """A calm page with a way to try again, and no session."""
    assert answer.status_code == status
    assert answer.page.find("main a.button")["href"].startswith("/sign-in/oidc")
    assert "script" not in answer.page.find("main").text
    assert "code=" not in answer.page.html, "not even for the choice of a language to come back to"
    return not is_in(client)
