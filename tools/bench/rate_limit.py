"""A long import under a rolling rate limit: how close its throughput is to the limit, and how many 429s."""

import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from tests.outbox.queue import Queue
from tests.support.db import rows
from tests.support.environment import app_environment
from tests.support.senders import SenderProcess
from tests.support.zelta_backend import Announce
from tests.support.zelta_server import ZeltaServer
from tools.bench.report import BenchmarkLine, Samples

PEOPLE = 300
LIMIT, WINDOW_SECONDS = 60, 10.0
IDEAL_SECONDS = (PEOPLE / LIMIT - 1) * WINDOW_SECONDS
MAX_SECONDS = 1.1 * IDEAL_SECONDS + 2
MAX_REFUSED_PERCENT = 2.0
TIMEOUT_SECONDS = 300.0


def measure_rate_limit(kind: str, url: str, announce: Announce, directory: Path) -> list[BenchmarkLine]:
    """Send 300 people, 60 of them in any 10 s, announced as `announce` says.

    Args:
        kind: the database's name, for the report.
        url: a migrated database without people who wait.
        announce: how the fake API makes its limit known.
        directory: for the sender's log.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer(limit=LIMIT, window=WINDOW_SECONDS, announce=announce))
        queue = Queue(url, zelta.backend.add_meeting("Comité"))
        stack.callback(queue.close)
        queue.add(PEOPLE)
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        stack.enter_context(SenderProcess(settings, directory / f"{announce}.log"))
        queue.wait(30, lambda states: states["added"] > 0)
        started = time.monotonic()
        queue.wait(TIMEOUT_SECONDS)
        wall = time.monotonic() - started
        calls, limited = len(zelta.calls), zelta.backend.limited
        if errors := _find_wrong_sends(zelta, queue):
            print("\n".join(errors))
            raise AssertionError(f"{announce}, {kind}: {len(errors)} people sent twice, or not at all")
    share = Samples("answered 429", [100 * limited / calls], "%")
    if announce == "nothing":
        return [
            BenchmarkLine(
                f"300 people, limit announced by {announce}, {kind}",
                (Samples("wall", [wall], "s"), share),
                wall,
                TIMEOUT_SECONDS,
                at_most=True,
            )
        ]
    return [
        BenchmarkLine(
            f"300 people, 60 in 10 s, by {announce}, {kind}",
            (Samples("wall", [wall], "s"), Samples("ideal", [IDEAL_SECONDS], "s")),
            wall,
            MAX_SECONDS,
            at_most=True,
        ),
        BenchmarkLine(
            f"refused for it, by {announce}, {kind}",
            (share,),
            share.median,
            MAX_REFUSED_PERCENT,
            at_most=True,
        ),
    ]


def _find_wrong_sends(zelta: ZeltaServer, queue: Queue) -> list[str]:
    """The participants not added exactly once, with the API's and our own rows."""
    added: dict[str | None, list[str]] = defaultdict(list)
    for person in zelta.backend.participants:
        added[person.email].append(person.public_participant_id)
    stored_rows = rows(
        queue.url, "SELECT id, email, state, public_participant_id FROM participants ORDER BY id"
    )
    return [
        f"{row['email']} (participant {row['id']}, {row['state']}, {row['public_participant_id']}):"
        f" added {len(added[row['email']])} times {added[row['email']]}"
        for row in stored_rows
        if len(added[row["email"]]) != 1
    ]
