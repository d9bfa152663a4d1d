"""Batches and moves under every fault, by a schedule that chance makes: no meeting doubled, nobody mailed twice."""

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask

from tests.batches.conftest import batch_of
from tests.batches.stored import store_batch, store_moves
from tests.batches.test_sender import states
from tests.outbox.conftest import sending
from tests.support import zelta_faults as faults
from tests.support.db import rows
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour, as_usual

FAULTS: list[Callable[[], Behaviour]] = [
    lambda: faults.rate_limits(retry_after="0"),
    lambda: faults.refuses(422),
    faults.breaks,
    faults.drops,
    faults.drop_after_processing,
    lambda: faults.processes_then(500),
    faults.cuts_body,
    lambda: faults.redirects("/elsewhere"),
]
METHODS = ("POST", "POST", "POST", "PATCH")
WAITING = {"queued", "claimed", "sending"}
MOVES, MEETINGS, EACH = 6, 8, 3
FAULTY_SHARE = 0.2

OLD_CANCELLED_TOO_EARLY = """
SELECT old.id FROM meetings old JOIN meetings new ON new.moved_from_id = old.id
WHERE old.state = 'cancelled' AND (new.state <> 'scheduled' OR EXISTS (SELECT 1 FROM participants p
WHERE p.meeting_id = new.id AND p.state NOT IN ('added', 'received', 'discarded')))
"""


def settle(url: str, zelta: ZeltaServer, seconds: float = 30) -> None:
    """Wait until nothing that can be sent waits, and no call was made for a second."""
    deadline = time.monotonic() + seconds
    calls, quiet_since = -1, time.monotonic()
    while time.monotonic() < deadline:
        if len(zelta.calls) != calls:
            calls, quiet_since = len(zelta.calls), time.monotonic()
        # People of a meeting that is unknown or refused stay queued.
        is_busy = states(url).keys() & WAITING or states(url, "participants").keys() & WAITING - {"queued"}
        if time.monotonic() - quiet_since > 1.5 and not is_busy:
            return
        time.sleep(0.05)
    raise AssertionError(f"after {seconds} s: {states(url)} {states(url, 'participants')}")


def assert_exactly_once(url: str, zelta: ZeltaServer) -> None:
    """What must hold whatever happened."""
    made = Counter((meeting.title, meeting.datetime) for meeting in zelta.backend.meetings.values())
    assert [title for title, number in made.items() if number > 1] == []
    mails = Counter((mail.public_meeting_id, mail.email) for mail in zelta.backend.mails)
    assert [mail for mail, number in mails.items() if number > 1] == []
    per_email = Counter(mail.email for mail in zelta.backend.mails)
    assert [email for email, number in per_email.items() if number > 1] == []
    assert rows(url, OLD_CANCELLED_TOO_EARLY) == []
    for row in rows(
        url,
        "SELECT old.public_meeting_id, new.state FROM meetings old JOIN meetings new ON new.moved_from_id = old.id",
    ):
        is_cancelled = zelta.backend.meetings[row["public_meeting_id"]].status == "CANCELLED"
        assert not is_cancelled or row["state"] == "scheduled"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_doubled_or_lost_under_any_fault(
    seed: int, app: Flask, database_url: str, zelta: ZeltaServer
) -> None:
    dice = random.Random(seed)  # noqa: S311  (for chance, not for secrets)
    store_moves(database_url, zelta, MOVES, EACH)
    store_batch(database_url, batch_of(MEETINGS, EACH))
    for _ in range(60):
        behaviour = dice.choice(FAULTS)() if dice.random() < FAULTY_SHARE else as_usual
        zelta.next(behaviour, method=dice.choice(METHODS))
    with sending(app, concurrency=2), sending(app, concurrency=2):
        settle(database_url, zelta)
    print(seed, dict(states(database_url)), dict(states(database_url, "participants")))
    assert sum(states(database_url).values()) == 2 * MOVES + MEETINGS
    assert sum(states(database_url, "participants").values()) == (2 * MOVES + MEETINGS) * EACH
    assert_exactly_once(database_url, zelta)
