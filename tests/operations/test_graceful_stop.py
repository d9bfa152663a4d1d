"""A plain restart or deploy leaves nothing unknown: what is on its way to Zelta ends, and its browser gets the answer."""

import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
import requests

from app.outbox.background import SHUTDOWN_POLL_SECONDS
from tests.outbox.queue import Queue
from tests.support.actions import day
from tests.support.db import rows
from tests.support.environment import app_environment
from tests.support.live import LiveFactory, LiveServer
from tests.support.senders import SenderProcess
from tests.support.zelta_faults import late
from tests.support.zelta_server import ZeltaServer

TIMEOUT = "8"
SLOW = 1.0
PEOPLE = 200


@pytest.fixture
def queue(database_url: str, zelta: ZeltaServer) -> Queue:
    queue = Queue(database_url, zelta.backend.add_meeting("Lista"))
    queue.add(PEOPLE)
    queue.close()
    return queue


def control_group(server: LiveServer) -> None:
    """As systemd does it: everybody at once, the workers too."""
    for process in [*workers(server), psutil.Process(server.pid)]:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGTERM)


def workers(server: LiveServer) -> list[psutil.Process]:
    return psutil.Process(server.pid).children()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def submit(server: LiveServer) -> requests.Response:
    """Create a meeting; gives the answer to the POST itself."""
    with server.client() as browser:
        page = browser.visit("/meetings/new")
        form = page.form("/meetings/new")
        # Another one each time: a second meeting of the same title and time is asked about.
        fields = {"title": f"Comité {uuid4().hex}", "date": day(), "time": "10:00", "time_zone": "UTC"}
        form.values.update({name: [value] for name, value in fields.items()})
        headers = {"Referer": page.url}
        return browser.session.post(
            form.action, data=form.entries(), headers=headers, timeout=30, allow_redirects=False
        )


def answered_in_mid_call(server: LiveServer, zelta: ZeltaServer, then: Callable[[], object]) -> None:
    """Submit a meeting, do `then` while Zelta works at it, and see that the browser is led to it."""
    before = meetings_asked(zelta)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(submit, server)
        until(lambda: meetings_asked(zelta) > before)
        then()
        response = answer.result(20)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/meetings/")


def meetings_asked(zelta: ZeltaServer) -> int:
    return sum(call.path.endswith("/meetings") for call in zelta.calls)


def people_asked(zelta: ZeltaServer) -> int:
    return sum(call.path.endswith("/participants") for call in zelta.calls)


def assert_all_is_known(url: str, zelta: ZeltaServer) -> None:
    """Every call was made once and is done; anyone who was not sent waits, and nobody holds them."""
    entries = rows(url, "SELECT outcome, attempts FROM journal_entries")
    assert {(entry["outcome"], entry["attempts"]) for entry in entries} == {("done", 1)}
    assert len(entries) == len(zelta.calls)
    states = [row["state"] for row in rows(url, "SELECT state FROM participants WHERE claimed_by IS NULL")]
    assert states.count("added") == people_asked(zelta)
    assert states.count("queued") == PEOPLE - people_asked(zelta)
    assert 0 < people_asked(zelta) < PEOPLE


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_reload_stop_and_the_sender_of_its_own(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str, tmp_path: Path
) -> None:
    zelta.always(late(SLOW))
    settings = {"ZELTA_TIMEOUT": TIMEOUT, "ZELTA_CONCURRENCY": "2", "ZELTA_RATE": "0"}
    server = serve("--workers", "2", **settings)
    old = {worker.pid for worker in workers(server)}
    answered_in_mid_call(server, zelta, lambda: os.kill(server.pid, signal.SIGHUP))
    until(lambda: not old & {worker.pid for worker in workers(server)})
    answered_in_mid_call(server, zelta, lambda: control_group(server))
    server.stop()
    assert_all_is_known(database_url, zelta)

    asked = people_asked(zelta)
    log = tmp_path / "sender.log"
    with SenderProcess(app_environment(database_url, zelta, **settings), log, concurrency=2) as sender:
        until(lambda: people_asked(zelta) >= asked + 2)
        assert sender.stop() == 0, log.read_text()
    assert_all_is_known(database_url, zelta)


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_worker_is_renewed_and_a_stopping_one_begins_nothing(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    zelta.always(late(SLOW / 4))
    renewed = ("--workers", "1", "--max-requests", "3", "--max-requests-jitter", "0")
    server = serve(*renewed, ZELTA_TIMEOUT=TIMEOUT, ZELTA_CONCURRENCY="2", ZELTA_RATE="0")
    (old,) = workers(server)
    answered_in_mid_call(server, zelta, lambda: None)  # the third, after /readyz and its form
    until(lambda: not old.is_running())

    with socket.create_connection(("127.0.0.1", server.port)) as half:
        half.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.2)
        os.kill(server.pid, signal.SIGTERM)
        time.sleep(SHUTDOWN_POLL_SECONDS + 1.5)
        begun = people_asked(zelta)
        time.sleep(1)
        assert (
            people_asked(zelta) == begun
        )  # although the worker lives on, for the one request that it has half of
        half.sendall(b"\r\n")
        assert b"200 OK" in half.recv(1000)
    server.stop()
    assert_all_is_known(database_url, zelta)
