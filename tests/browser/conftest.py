"""Fixtures of the browser journeys: one dashboard with a fake Zelta Meet for a worker's tests, which share it in turn."""

from collections.abc import Iterator

import pytest

from tests.browser.data import Stage
from tests.support.databases import fresh_database
from tests.support.db import change
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.zelta_server import ZeltaServer

FORGET_RATE_LIMIT = """UPDATE rate_limit_state SET call_limit = NULL, window_seconds = NULL,
    announced_window_seconds = NULL, inferred_at = NULL, blocked_until = NULL, probing_since = NULL"""


@pytest.fixture(scope="session")
def shared_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A dashboard on SQLite; what differs between databases is tested where no browser is needed."""
    directory = tmp_path_factory.mktemp("browser")
    with ZeltaServer() as zelta, fresh_database("sqlite", directory) as url:
        environment = app_environment(url, zelta, ZELTA_TIMEOUT="8")
        with LiveServer(directory / "live", environment) as server:
            yield Stage(server, zelta, url)


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The worker's dashboard, with a Zelta that behaves; each test brings meetings of its own."""
    yield shared_stage
    shared_stage.zelta.behave()
    # The rate limit that one test teaches the dashboard would hold back what the outbox sends in the next one.
    change(shared_stage.database_url, FORGET_RATE_LIMIT)


@pytest.fixture
def empty_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A dashboard of the test's own, on which nothing has happened yet."""
    directory = tmp_path_factory.mktemp("empty")
    with (
        ZeltaServer() as zelta,
        fresh_database("sqlite", directory) as url,
        LiveServer(directory / "live", app_environment(url, zelta), ("--workers", "1")) as server,
    ):
        yield Stage(server, zelta)
