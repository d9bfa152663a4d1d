"""A participant is mailed once, however long the start of the call has to wait."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from app.journal import Submission
from app.outbox import claims
from tests.outbox.conftest import sending
from tests.outbox.queue import Queue
from tests.support.db import change
from tests.support.zelta_server import ZeltaServer

BY = Submission("anonymous", None)
Start = Callable[..., object]


def twice(zelta: ZeltaServer) -> list[str]:
    """The addresses that were mailed more than once."""
    mails = Counter(mail.email for mail in zelta.backend.mails)
    return sorted(email for email, number in mails.items() if number > 1)


@pytest.fixture
def short_claims(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Let claims last so many seconds."""

    def last(seconds: float) -> None:
        monkeypatch.setattr(claims, "CLAIM_SECONDS", seconds)
        claims._claim_statement.cache_clear()

    yield last
    claims._claim_statement.cache_clear()


@contextmanager
def pace_locked(url: str, seconds: float) -> Iterator[None]:
    """Another transaction has the pace row for the first seconds of the block."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT id FROM rate_limit_state WHERE id = 1 FOR UPDATE")).one()

        def release() -> None:
            time.sleep(seconds)
            connection.rollback()

        thread = threading.Thread(target=release)
        thread.start()
        try:
            yield
        finally:
            thread.join()
    engine.dispose()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("senders", [1, 2])
def test_start_that_waits_for_the_pace_longer_than_its_claim_mails_once(
    senders: int,
    queue: Queue,
    zelta: ZeltaServer,
    start: Start,
    database_url: str,
    short_claims: Callable[[float], None],
) -> None:
    short_claims(1.0)
    queue.add(8)
    with pace_locked(database_url, 1.6):
        for _ in range(senders):
            start(concurrency=2)
    queue.wait(15)
    assert twice(zelta) == []
    assert queue.states() == {"added": 8}


def test_claims_that_run_out_between_check_and_start_mail_once(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start, short_claims: Callable[[float], None]
) -> None:
    """Claims of 1 to 30 ms: hundreds of them run out somewhere in the transaction that starts the call."""
    queue.add(120)
    for milliseconds in range(1, 31):
        short_claims(milliseconds / 1000)
        with sending(app, concurrency=4), sending(app, concurrency=4):
            time.sleep(0.1)
        if not queue.states()["queued"] + queue.states()["claimed"]:
            break
    short_claims(10.0)
    start()
    queue.wait(20)
    assert twice(zelta) == []
    assert queue.states() == {"added": 120}


def test_waits_for_the_rate_limit_as_long_as_a_claim_mail_once(
    queue: Queue, zelta: ZeltaServer, start: Start, short_claims: Callable[[float], None]
) -> None:
    """Some 100 waits, each of which ends about when a claim that was made before it runs out."""
    short_claims(0.05)
    change(queue.url, "UPDATE rate_limit_state SET call_limit = 2, window_seconds = 0.05")
    queue.add(150)
    start(concurrency=2)
    start(concurrency=2)
    queue.wait(30)
    assert twice(zelta) == []
    assert queue.states() == {"added": 150}
