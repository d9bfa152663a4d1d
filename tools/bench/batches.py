"""A batch of 200 meetings with 5 people each under a rolling rate limit, sent by two senders.

`python -m tools.bench.batches [sqlite|postgresql]` runs it alone.
"""

import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from tests.batches.conftest import batch_of
from tests.batches.stored import store_batch
from tests.support.databases import Kind, fresh_database
from tests.support.db import rows
from tests.support.environment import app_environment
from tests.support.senders import SenderProcess
from tests.support.test_run import Run
from tests.support.zelta_server import ZeltaServer
from tools.bench.report import BenchmarkLine, Samples

MEETINGS, EACH, SENDERS = 200, 5, 2
LIMIT, WINDOW_SECONDS = 60, 10.0
CALLS = MEETINGS * (1 + EACH)
BOUND_SECONDS = (CALLS / LIMIT - 1) * WINDOW_SECONDS
MAX_RATIO = 1.1
TIMEOUT_SECONDS = 600.0
WAITING = "state IN ('queued', 'claimed', 'sending')"


def measure_batch(kind: str, url: str, directory: Path) -> BenchmarkLine:
    """Send the batch; fails unless each meeting and person was made exactly once.

    Args:
        kind: the database's name, for the report.
        url: a migrated database without anything that waits.
        directory: for the senders' logs.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer(limit=LIMIT, window=WINDOW_SECONDS))
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        for number in range(SENDERS):
            stack.enter_context(SenderProcess(settings, directory / f"batch-{number}.log"))
        # The senders are ready before there is anything to send.
        time.sleep(4)
        store_batch(url, batch_of(MEETINGS, EACH))
        while not zelta.calls:
            time.sleep(0.01)
        started = time.monotonic()
        _wait(url, started)
        wall = time.monotonic() - started
        wrong = _find_wrong(url, zelta)
        limited = zelta.backend.limited
    print(
        f"{kind}: {CALLS} calls in {wall:.1f} s, {wall / BOUND_SECONDS:.3f} of the bound, {limited} answered 429"
    )
    if wrong:
        print("\n".join(wrong))
        raise AssertionError(f"batch, {kind}: {len(wrong)} not made exactly once")
    title = f"{MEETINGS} meetings with {EACH} people each, {SENDERS} senders, {LIMIT} in 10 s, {kind}"
    measured = (Samples("wall", [wall], "s"), Samples("bound", [BOUND_SECONDS], "s"))
    return BenchmarkLine(title, measured, wall / BOUND_SECONDS, MAX_RATIO, at_most=True)


def _wait(url: str, started: float) -> None:
    query = (
        f"SELECT 1 FROM meetings WHERE {WAITING} UNION ALL SELECT 1 FROM participants WHERE {WAITING} LIMIT 1"  # noqa: S608
    )
    while rows(url, query):
        if time.monotonic() - started > TIMEOUT_SECONDS:
            raise AssertionError(f"not done after {TIMEOUT_SECONDS} s")
        time.sleep(0.2)


def _find_wrong(url: str, zelta: ZeltaServer) -> list[str]:
    """The meetings and people that Zelta does not have exactly once."""
    made = Counter(meeting.title for meeting in zelta.backend.meetings.values())
    added = Counter(person.email for person in zelta.backend.participants)
    titles = [row["title"] for row in rows(url, "SELECT title FROM meetings")]
    emails = [row["email"] for row in rows(url, "SELECT email FROM participants")]
    return [f"meeting {title}: {made[title]} times" for title in titles if made[title] != 1] + [
        f"person {email}: {added[email]} times" for email in emails if added[email] != 1
    ]


def main() -> int:
    """Run it alone; return the exit code."""
    kind = cast("Kind", sys.argv[1] if len(sys.argv) > 1 else "sqlite")
    run = Run()
    try:
        with (
            TemporaryDirectory(dir=run.directory) as directory,
            fresh_database(kind, Path(directory)) as url,
        ):
            line = measure_batch(kind, url, Path(directory))
    finally:
        run.end()
    print(" | ".join(line.cells))
    return 0 if line.is_met else 1


if __name__ == "__main__":
    sys.exit(main())
