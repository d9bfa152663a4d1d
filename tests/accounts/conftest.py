"""Fixtures of sign-in: a dashboard where people sign in, and passwords that are quickly checked."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app.identity import passwords
from tests.support.application import AppFactory
from tests.support.pages import PageClient

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Argon2 is slow by design; what it is slow for is not what most tests are about."""
    monkeypatch.setattr(passwords, "_hasher", QUICK)
    passwords._of_nobody.cache_clear()
    yield
    passwords._of_nobody.cache_clear()


@pytest.fixture
def guarded(make_app: AppFactory) -> Flask:
    """A dashboard with accounts of its own."""
    return make_app(AUTH="password")


@pytest.fixture
def browser(guarded: Flask) -> PageClient:
    """A browser in which nobody is signed in."""
    return PageClient(guarded)
