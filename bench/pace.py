"""A long list against a rolling rate limit: how near to what the limit allows, and how many calls were refused for it."""

import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from bench.report import Line, Samples
from tests.outbox.queue import Queue
from tests.support.environment import app_environment
from tests.support.peek import rows
from tests.support.senders import SenderProcess
from tests.support.zelta_backend import Announce
from tests.support.zelta_server import ZeltaServer

PEOPLE = 300
LIMIT, WINDOW = 60, 10.0
IDEAL = (PEOPLE / LIMIT - 1) * WINDOW
ALLOWED = 1.1 * IDEAL + 2
REFUSED_SHARE = 2.0
PATIENCE = 300.0


def pace(kind: str, url: str, announce: Announce, directory: Path) -> list[Line]:
    """Send 300 people, 60 of them in any 10 s, announced as `announce` says.

    Args:
        kind: the database's name, for the report.
        url: a migrated database without people who wait.
        announce: how the fake API makes its limit known.
        directory: for the sender's log.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer(limit=LIMIT, window=WINDOW, announce=announce))
        queue = Queue(url, zelta.backend.add_meeting("Comité"))
        stack.callback(queue.close)
        queue.add(PEOPLE)
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        stack.enter_context(SenderProcess(settings, directory / f"{announce}.log"))
        queue.wait(30, lambda states: states["added"] > 0)
        began = time.monotonic()
        queue.wait(PATIENCE)
        wall = time.monotonic() - began
        calls, limited = len(zelta.calls), zelta.backend.limited
        if wrong := _sent_wrongly(zelta, queue):
            print("\n".join(wrong))
            raise AssertionError(f"{announce}, {kind}: {len(wrong)} people sent twice, or not at all")
    share = Samples("answered 429", [100 * limited / calls], "%")
    if announce == "nothing":
        return [
            Line(
                f"300 people, limit announced by {announce}, {kind}",
                (Samples("wall", [wall], "s"), share),
                wall,
                PATIENCE,
                at_most=True,
            )
        ]
    return [
        Line(
            f"300 people, 60 in 10 s, by {announce}, {kind}",
            (Samples("wall", [wall], "s"), Samples("ideal", [IDEAL], "s")),
            wall,
            ALLOWED,
            at_most=True,
        ),
        Line(f"refused for it, by {announce}, {kind}", (share,), share.median, REFUSED_SHARE, at_most=True),
    ]


def _sent_wrongly(zelta: ZeltaServer, queue: Queue) -> list[str]:
    """Who was not added exactly once, with what the API and our own rows say of them."""
    added: dict[str | None, list[str]] = defaultdict(list)
    for person in zelta.backend.participants:
        added[person.email].append(person.public_participant_id)
    ours = rows(queue.url, "SELECT id, email, state, public_participant_id FROM participants ORDER BY id")
    return [
        f"{row['email']} (participant {row['id']}, {row['state']}, {row['public_participant_id']}):"
        f" added {len(added[row['email']])} times {added[row['email']]}"
        for row in ours
        if len(added[row["email"]]) != 1
    ]
