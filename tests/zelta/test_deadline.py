"""No server outlasts the deadline, and nothing is sent once it has passed."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from app.http_client import attempt, connection
from app.http_client.errors import FailureReason
from app.zelta.client import MeetingBody, ZeltaClient
from app.zelta.outcome import NotSent, Refused, Unknown
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

Connect = Callable[..., ZeltaClient]
TIMEOUT = 0.6
PATIENCE = 0.3
PHASES: list[faults.Phase] = ["status", "headers", "body", "chunks", "endless_body"]


@contextmanager
def ends_in_time(timeout: float = TIMEOUT) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < timeout + PATIENCE


@pytest.mark.parametrize("phase", PHASES)
def test_trickle(zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, phase: faults.Phase) -> None:
    zelta.next(faults.trickles(phase, pause=0.1))
    client = connect(zelta.url, TIMEOUT)
    with ends_in_time():
        outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.TIMEOUT
    assert len(zelta.calls) == 1


@pytest.mark.parametrize("behaviour", [faults.hangs(), faults.hangs(processed=True), faults.late(0.9)])
def test_silence(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, behaviour: faults.Behaviour
) -> None:
    zelta.next(behaviour)
    client = connect(zelta.url, TIMEOUT)
    with ends_in_time():
        outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.TIMEOUT


def test_endless_interim_answers(zelta: ZeltaServer, connect: Connect, meeting: MeetingBody) -> None:
    def forever(exchange: faults.Exchange) -> None:
        while True:
            exchange.send(b"HTTP/1.1 102 Processing\r\n\r\n")
            exchange.wait(0.01)

    zelta.next(forever)
    with ends_in_time():
        assert isinstance(connect(zelta.url, TIMEOUT).create_meeting(meeting), Unknown)


def test_refusal_with_trickling_body_is_still_one(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody
) -> None:
    zelta.next(faults.trickles("body", pause=0.1, status=422))
    with ends_in_time():
        outcome = connect(zelta.url, TIMEOUT).create_meeting(meeting)
    assert isinstance(outcome, Refused)
    assert len(zelta.calls) == 1


def test_server_that_reads_nothing(connect: Connect) -> None:
    body: MeetingBody = {"title": "x" * 20_000_000, "datetime": "2026-11-24T15:00:00Z"}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = connect(f"http://127.0.0.1:{listener.getsockname()[1]}", TIMEOUT)
        with ends_in_time():
            outcome = client.create_meeting(body)
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.TIMEOUT


def test_handshake_that_hangs_or_trickles_is_not_sent(connect: Connect, meeting: MeetingBody) -> None:
    def trickle(listener: socket.socket, done: threading.Event) -> None:
        sock, _ = listener.accept()
        with sock:
            sock.sendall(b"\x16\x03\x03\x40\x00")
            while not done.wait(0.1):
                sock.sendall(b"\x02")

    for starts in (False, True):
        done = threading.Event()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=trickle, args=(listener, done), daemon=True)
            if starts:
                thread.start()
            client = connect(f"https://127.0.0.1:{listener.getsockname()[1]}", TIMEOUT)
            with ends_in_time():
                outcome = client.create_meeting(meeting, max_retries=0)
            done.set()
            if starts:
                thread.join(5)
        assert isinstance(outcome, NotSent)
        assert outcome.details.reason is FailureReason.CONNECT_TIMEOUT


def test_name_server_that_hangs(
    connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        released.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    client = connect("http://zelta.example", TIMEOUT)
    with ends_in_time():
        outcome = client.create_meeting(meeting)
    released.set()
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.NAME_NOT_RESOLVED


def test_connect_timeout_leaves_the_rest_of_the_time(
    connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "CONNECT_TIMEOUT_SECONDS", 0.2)
    with deaf_address() as url, ends_in_time(0.2):
        outcome = connect(url, 5).create_meeting(meeting, max_retries=0)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.CONNECT_TIMEOUT


def test_silent_address_leaves_time_for_the_next(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "CONNECT_TIMEOUT_SECONDS", 0.6)
    with deaf_address() as url:
        ports = [int(address.rsplit(":", 1)[1]) for address in (url, zelta.url)]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)) for port in ports]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
        outcome = connect("http://zelta.example", 5).create_meeting(meeting)
    assert outcome.details.status == 201


def test_deadline_that_has_passed(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    outcome = client.create_meeting(meeting, deadline=time.monotonic() - 0.001)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.NOT_STARTED
    assert (zelta.calls, zelta.connections) == ([], 0)


@pytest.mark.parametrize("warm", [False, True])
def test_process_frozen_before_the_first_byte_sends_nothing(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch, warm: bool
) -> None:
    client = connect(zelta.url, 0.5)
    if warm:
        client.create_meeting(meeting)
    before = len(zelta.calls)
    watch = attempt.Attempt.arm_deadline

    def thaw_late(self: attempt.Attempt, descriptor: int) -> None:
        watch(self, descriptor)
        time.sleep(0.6)

    monkeypatch.setattr(attempt.Attempt, "arm_deadline", thaw_late)
    outcome = client.create_meeting(meeting)

    assert isinstance(outcome, NotSent)
    assert len(zelta.calls) == before


def test_no_thread_outlives_its_call(zelta: ZeltaServer, connect: Connect, meeting: MeetingBody) -> None:
    client = connect(zelta.url, TIMEOUT)
    client.create_meeting(meeting)
    zelta.next(faults.hangs())
    client.create_meeting(meeting)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_limits_are_the_documented_ones() -> None:
    assert attempt.CONNECT_TIMEOUT_SECONDS == 3.0
    assert connection.MAX_IDLE_SECONDS == 1.5


@contextmanager
def deaf_address() -> Iterator[str]:
    """An address whose queue is full: connecting to it takes forever."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        yield f"http://127.0.0.1:{port}"
        for sock in waiting:
            sock.close()
