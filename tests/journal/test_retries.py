"""A transaction that the database rolls back as the victim of a deadlock runs again; what is left over gives the form back."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from app.journal import calls
from app.zelta.client import CreatedParticipant
from app.zelta.outcome import CallDetails, Done
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, person, state
from tests.support.db import change, last_call, rows, table
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)

PERSON = "SELECT FROM participants WHERE name = 'Ana' FOR UPDATE"
PACE = "SELECT FROM rate_limit_state FOR UPDATE"
MEETING = "SELECT FROM meetings FOR UPDATE"
WAITS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND pid <> pg_backend_pid()"
)


class Rival:
    """A transaction that takes two locks against the lock order, and never is the victim itself."""

    def __init__(self, url: str, first: str, times: int) -> None:
        self._url, self._first, self._times = url, first, times
        self.met = 0
        self.ready, self.over = threading.Event(), threading.Event()

    def run(self) -> None:
        address = make_url(self._url)
        with psycopg.connect(
            dbname=address.database, user="postgres", host=address.query["host"], autocommit=True
        ) as own:
            own.execute("SET deadlock_timeout = '1h'")
            while self.met < self._times and not self.over.is_set():
                with own.transaction():
                    own.execute(self._first)
                    self.ready.set()
                    while not self.over.is_set() and not rows(self._url, WAITS):
                        time.sleep(0.005)
                    if self.over.is_set():
                        return
                    own.execute(MEETING)  # which the other one holds, until it is the victim
                self.met += 1


@contextmanager
def rival(url: str, first: str, times: int = 1) -> Iterator[Rival]:
    """A rival at work for the length of a block."""
    one = Rival(url, first, times)
    thread = threading.Thread(target=one.run)
    thread.start()
    try:
        assert one.ready.wait(10)
        yield one
    finally:
        one.over.set()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def refused(client: PageClient, zelta: ZeltaServer) -> Page:
    """The page of a meeting with a person whom Zelta refused."""
    page = create(client)
    zelta.next(faults.refuses(400))
    return add(page, "Ana", email="ana@example.org")


def test_decision_that_meets_a_deadlock_is_carried_out_once(
    refused: Page, database_url: str, zelta: ZeltaServer
) -> None:
    path = f"/participants/{person(refused)['data-participant']}/resolve"
    calls = len(zelta.calls)
    with rival(database_url, PERSON, times=2) as other:
        page = refused.submit(path, "again")
    assert (page.status, state(page, "Ana"), other.met) == (200, "added", 2)
    assert len(zelta.calls) == calls + 1


def test_outcome_that_meets_a_deadlock_is_written_down(
    app: Flask, client: PageClient, database_url: str
) -> None:
    add(create(client), "Ana")
    change(database_url, "UPDATE participants SET state = 'sending', public_participant_id = NULL")
    entry_id = int(last_call(database_url)["id"])
    change(
        database_url, "UPDATE journal_entries SET outcome = NULL, response = NULL WHERE id = :id", id=entry_id
    )
    done = Done(CreatedParticipant("prt-1", None), CallDetails(status=201))
    with app.app_context(), rival(database_url, PACE) as other:
        assert calls._save_with_retries(entry_id, done, timeout_seconds=0)
    assert other.met == 1
    assert [row["state"] for row in table(database_url, "participants")] == ["added"]
    assert last_call(database_url)["outcome"] == "done"


def test_form_whose_transaction_never_gets_through_gives_back_what_was_typed(
    client: PageClient, refused: Page, database_url: str, zelta: ZeltaServer
) -> None:
    path = person(refused).find('a[href$="/correct"]')["href"]
    calls, form = len(zelta.calls), client.visit(path)
    with rival(database_url, PERSON, times=100) as other:
        page = form.submit(path, name="Ana María", email="anamaria@example.org")
    assert (page.status, other.met, len(zelta.calls)) == (503, 5, calls)
    assert "Ana María" in page.find("main .facts").text
    assert "anamaria@example.org" in page.find("main .facts").text
    made = page.submit(path)
    assert (made.status, state(made, "Ana María"), len(zelta.calls)) == (200, "added", calls + 1)
