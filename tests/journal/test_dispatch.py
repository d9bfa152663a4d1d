"""Zelta hangs and many submit at once: those who find no room to wait see their meeting on its way, and nothing is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from app.journal.executor import MAX_FOREGROUND_CALLS
from tests.support import zelta_faults as faults
from tests.support.actions import create, meeting, state
from tests.support.db import table
from tests.support.live import LiveFactory
from tests.support.zelta_server import ZeltaServer

SUBMITTERS = 2 * MAX_FOREGROUND_CALLS + 4


def test_nobody_waits_for_another_persons_call(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    server = serve(WEB_CONCURRENCY="1", ZELTA_TIMEOUT="4")
    clients = [server.client() for _ in range(SUBMITTERS)]
    pages = [client.visit("/meetings/new") for client in clients]
    zelta.always(faults.hangs())

    def submit(number: int) -> tuple[str, float]:
        begun = time.monotonic()
        fields = {"title": f"Comité {number}", "date": "2099-01-01", "time": "10:00", "time_zone": "UTC"}
        page = pages[number].submit("/meetings/new", **fields)
        return state(page), time.monotonic() - begun

    with ThreadPoolExecutor(SUBMITTERS) as everybody:
        done = [everybody.submit(submit, number) for number in range(SUBMITTERS)]
        time.sleep(1)
        begun = time.monotonic()
        assert server.client().visit("/").status == 200
        assert time.monotonic() - begun < 2.5, "the list is there while everybody waits"
        states = [one.result() for one in done]
    quick = [found for found, seconds in states if seconds < 3]
    assert len(quick) == SUBMITTERS - MAX_FOREGROUND_CALLS
    assert set(quick) == {"sending"}
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(
        row["outcome"] is None for row in table(database_url, "journal_entries")
    ):
        time.sleep(0.1)
    assert {row["outcome"] for row in table(database_url, "journal_entries")} == {"unknown"}
    assert len(zelta.calls) == SUBMITTERS, "each went out once"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_call_behind_ones_back_ends_before_the_process_does(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    server = serve(WEB_CONCURRENCY="1", ZELTA_TIMEOUT="5")
    clients = [server.client() for _ in range(MAX_FOREGROUND_CALLS + 2)]
    zelta.always(faults.late(1.5))
    with ThreadPoolExecutor(MAX_FOREGROUND_CALLS + 2) as everybody:
        pages = list(everybody.map(lambda client: create(client, uuid4().hex), clients))
    assert meeting(pages[0])
    server.stop()
    assert {row["outcome"] for row in table(database_url, "journal_entries")} == {"done"}
