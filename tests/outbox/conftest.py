"""Fixtures: a queue on each database, and a sender that runs in this process while a test looks on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from flask import Flask

from app.outbox.sender import Sender
from tests.outbox.queue import Queue
from tests.support.zelta_server import ZeltaServer

Sending = Callable[..., object]


@pytest.fixture
def queue(database_url: str, zelta: ZeltaServer) -> Iterator[Queue]:
    """A scheduled meeting whose list runs; nobody is in it yet."""
    queue = Queue(database_url, zelta.backend.add_meeting("Comité"))
    yield queue
    queue.close()


@contextmanager
def sending(app: Flask, concurrency: int = 4, usual_rate: int = 0) -> Iterator[Sender]:
    """A sender at work for the length of a block."""
    sender = Sender(app, concurrency, usual_rate)
    thread = threading.Thread(target=sender.run)
    thread.start()
    try:
        yield sender
    finally:
        sender.stop()
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture
def start(app: Flask) -> Iterator[Callable[[], Sender]]:
    """Start senders that stop with the test."""
    with ExitStack() as stack:
        yield lambda concurrency=4, usual_rate=0: stack.enter_context(sending(app, concurrency, usual_rate))
