"""Fixtures: the application in this process, connected to a fake Zelta Meet, and a client that checks its pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache, Undefined, UndefinedError
from jinja2.bccache import Bucket
from jinja2.runtime import missing
from wtforms import Form

from app import create_app
from app.config import Settings, load_settings
from tests.support.environment import app_environment
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

AppFactory = Callable[..., Flask]


class AttributeMustExist(Undefined):
    """Raises for an attribute that one of our view models lacks; anything else missing stays undefined."""

    def __init__(
        self, hint: str | None = None, obj: object = missing, *args: object, **options: object
    ) -> None:
        super().__init__(hint, obj, *args, **options)  # type: ignore[arg-type]
        if type(obj).__module__.startswith("app.") and not isinstance(obj, Form):
            raise UndefinedError(f"{type(obj).__name__} has no attribute {self._undefined_name!r}")


class _Compiled(BytecodeCache):
    """Templates compiled once for all the apps of a run, which is half of the time that an app's first pages take."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@pytest.fixture
def zelta() -> Iterator[ZeltaServer]:
    """A Zelta Meet over real HTTP that does as it is told and remembers what it was asked."""
    with ZeltaServer() as server:
        yield server


@pytest.fixture
def settings(database_url: str, zelta: ZeltaServer, tmp_path: Path) -> Settings:
    """The settings of a dashboard connected to `zelta`, on each database."""
    return load_settings(app_environment(database_url, zelta), tmp_path / "instance")


@pytest.fixture
def make_app(database_url: str, zelta: ZeltaServer, tmp_path: Path) -> Iterator[AppFactory]:
    """Make an app with other settings: `make_app(LANGUAGE="en")`; call it twice for two processes' worth of apps."""
    with ExitStack() as stack:

        def make(**overrides: str) -> Flask:
            environment = app_environment(database_url, zelta, **overrides)
            app = create(load_settings(environment, tmp_path / "instance"))
            stack.callback(close, app)
            return app

        yield make


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The dashboard on a migrated database without rows, with CSRF protection as in production."""
    application = create(settings)
    yield application
    close(application)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A person's browser without JavaScript, which fails the test on a page that breaks the rules for pages."""
    return PageClient(app)


def create(settings: Settings) -> Flask:
    """The app as in production, but for two things: an unexpected error reaches the test, and no background thread starts."""
    app = create_app(settings)
    app.testing = True
    # A misspelt attribute in a template would show nothing and fail no test.
    app.jinja_env.undefined = AttributeMustExist
    app.jinja_env.bytecode_cache = _COMPILED
    return app


def close(app: Flask) -> None:
    """Give back the connections of an app that is no longer needed."""
    app.extensions["zelta"].close()
    with app.app_context():
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()
