"""Transactions that run against each other on PostgreSQL, and how often the server found them in a deadlock."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.journal import DuplicateSubmission
from app.meetings.service import ActionNotAllowed
from tests.support.db import change, rows

Step = Callable[[], object]
EXPECTED = (DuplicateSubmission, ActionNotAllowed)
OTHERS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def quick_detection(database_url: str) -> None:
    """A deadlock is found after 20 ms: while the server waits for its usual second, nothing else is tried."""
    change(
        database_url,
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''20ms''', current_database());"
        " END $$",
    )


@pytest.fixture
def slow() -> Iterator[None]:
    """Each statement takes up to 4 ms more, in which the other transactions get on."""

    def delay(*_arguments: object) -> None:
        time.sleep(random.uniform(0, 0.004))  # noqa: S311

    event.listen(Engine, "after_cursor_execute", delay)
    yield
    event.remove(Engine, "after_cursor_execute", delay)


def play(app: Flask, steps: Sequence[Step]) -> None:
    """Run the steps all at once; what the application expects to raise is no failure."""
    barrier = Barrier(len(steps))

    def run(step: Step) -> None:
        with app.app_context():
            barrier.wait(10)
            with suppress(*EXPECTED):
                step()

    with ThreadPoolExecutor(len(steps)) as pool:
        list(pool.map(run, steps))


def deadlocks(url: str) -> int:
    """How many the server has counted in this database, once the connections to it are closed."""
    until = time.monotonic() + 10
    while rows(url, f"{OTHERS} AND backend_type = 'client backend'") and time.monotonic() < until:
        time.sleep(0.05)
    found = rows(url, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(found[0]["deadlocks"])
