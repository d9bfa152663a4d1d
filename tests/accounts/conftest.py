"""Fixtures of sign-in: a dashboard where people sign in, and passwords that are quickly checked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.auth import passwords
from app.models import AccountRole
from tests.accounts.steps import audited, member, signed_in
from tests.support.actions import create
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.pages import PageClient

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 is slow by design; what it is slow for is not what most tests are about."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    passwords._dummy_hash.cache_clear()
    yield
    passwords._dummy_hash.cache_clear()


@pytest.fixture
def guarded(make_app: AppFactory) -> Flask:
    """A dashboard with accounts of its own."""
    return make_app(AUTH="password")


@pytest.fixture
def browser(guarded: Flask) -> PageClient:
    """A browser in which nobody is signed in."""
    return PageClient(guarded)


@pytest.fixture
def boss(guarded: Flask) -> PageClient:
    """The browser of the only administrator."""
    member(guarded, "boss", AccountRole.ADMIN, called="Berta Jefa")
    return signed_in(guarded, "boss")


@pytest.fixture
def history(guarded: Flask, boss: PageClient, database_url: str) -> PageClient:
    """Events of three days, of several people and meetings, whose times are known."""
    for name, called in (("ana", "Ana Ruiz"), ("beto", "Beto Ñandú")):
        member(guarded, name, password=None, called=called)
    create(boss, "Comité de compras")
    create(boss, "Junta <b>directiva</b>")
    first, second = (row["id"] for row in table(database_url, "meetings"))
    midnight = datetime(2026, 3, 10, 5, tzinfo=UTC)  # in Panama
    done: list[tuple[float, str, str | None, str | None, int | None]] = [
        (-1, "signed_in", "ana", None, None),
        (0, "copied_links", "ana", None, first),
        (1, "copied_links", "beto", None, first),
        (23.9, "role_changed", "beto", "ana", None),
        (24, "copied_links", "ana", None, second),
        (25, "sign_in_failed", None, "beto", None),
    ]
    for hours, action, actor, subject, meeting_id in done:
        at = midnight + timedelta(hours=hours)
        audited(
            database_url,
            created_at=at,
            action=action,
            actor=actor,
            target_username=subject,
            meeting_id=meeting_id,
        )
    return boss
