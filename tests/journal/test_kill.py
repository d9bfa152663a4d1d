"""`kill -9` between the journal's commit and the answer: after the restart the rows are unknown, and nothing is sent again."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import requests

from tests.support import zelta_faults as faults
from tests.support.actions import Browser, add, cancel, create, meeting, state
from tests.support.db import table
from tests.support.live import LiveFactory, LiveServer
from tests.support.zelta_server import ZeltaServer

TIMEOUT = 3


def test_the_process_dies_in_mid_call(serve: LiveFactory, zelta: ZeltaServer, database_url: str) -> None:
    server = serve(ZELTA_TIMEOUT=str(TIMEOUT))
    with server.client() as browser:
        to_cancel, to_fill = create(browser, "Una"), create(browser, "Otra")
    zelta.always(faults.hangs(processed=True))
    doings: list[Callable[[Browser], object]] = [
        lambda browser: create(browser, "Nueva"),
        lambda browser: add(browser.visit(to_fill.path), "Ana", email="ana@example.org"),
        lambda browser: cancel(browser, browser.visit(to_cancel.path)),
    ]
    with ThreadPoolExecutor(3) as pool:
        for doing in doings:
            pool.submit(_cut_off, server, doing)
        _until(lambda: len(zelta.calls) == 5)
        server.kill9()
    assert [entry["outcome"] for entry in table(database_url, "journal_entries")] == [
        "done",
        "done",
        None,
        None,
        None,
    ]
    zelta.behave()
    server.start()
    begun = time.monotonic()
    _until(lambda: all(entry["outcome"] for entry in table(database_url, "journal_entries")))
    assert time.monotonic() - begun < TIMEOUT + 10
    with server.client() as browser:
        assert state(browser.visit("/meetings/3")) == "unknown"
        assert state(browser.visit(to_fill.path), "Ana") == "unknown"
        cancelled = meeting(browser.visit(to_cancel.path))
        assert (cancelled["data-state"], cancelled["data-cancellation"]) == ("scheduled", "unknown")
    assert len(zelta.calls) == 5


def _cut_off(server: LiveServer, doing: Callable[[Browser], object]) -> None:
    with server.client() as browser, suppress(requests.RequestException):
        doing(browser)


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
