"""A provider, and a dashboard whose people sign in there."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.application import AppFactory
from tests.support.oidc_provider import OidcProvider


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with OidcProvider() as one:
        yield one


@pytest.fixture
def make(make_app: AppFactory, provider: OidcProvider) -> AppFactory:
    """Make a dashboard whose people sign in at `provider`."""
    return lambda **overrides: make_app(**provider.environment | {"LANGUAGE": "en"} | overrides)


@pytest.fixture
def app(make: AppFactory) -> Flask:
    return make()
