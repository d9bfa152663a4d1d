"""Everything is killed, again and again, while batches and moves are sent.

Short here; BATCH_MEETINGS and BATCH_KILLS make it long.
"""

import os
import random
import time
from contextlib import ExitStack
from pathlib import Path

from tests.batches.conftest import batch_of
from tests.batches.stored import store_batch, store_moves
from tests.batches.test_faults import WAITING, assert_exactly_once, settle
from tests.batches.test_sender import states
from tests.outbox.test_chaos import CONCURRENCY, processes
from tests.support.zelta_faults import late
from tests.support.zelta_server import ZeltaServer

MEETINGS = int(os.environ.get("BATCH_MEETINGS", "24"))
KILLS = int(os.environ.get("BATCH_KILLS", "4"))
MOVES, EACH = 4, 3


def test_kills(database_kind: str, database_url: str, zelta: ZeltaServer, tmp_path: Path) -> None:
    dice = random.Random(20261201)  # noqa: S311  (for chance, not for secrets)
    zelta.always(late(1.0))
    store_moves(database_url, zelta, MOVES, EACH)
    store_batch(database_url, batch_of(MEETINGS, EACH))
    kills = 0
    with ExitStack() as stack:
        running = [
            stack.enter_context(one) for one in processes(database_url, database_kind, zelta, tmp_path)
        ]
        while (
            kills < KILLS and (states(database_url) | states(database_url, "participants")).keys() & WAITING
        ):
            time.sleep(dice.uniform(0.05, 0.4))
            victim = dice.choice(running)
            victim.kill9()
            kills += 1
            victim.start()
        settle(database_url, zelta, 90)
    found = states(database_url)
    print(f"{database_kind}: {kills} kills, {dict(found)}, {dict(states(database_url, 'participants'))}")
    assert kills >= min(KILLS, 3), "it was over before anything could be killed"
    assert set(found) <= {"scheduled", "cancelled", "unknown"}
    assert found["unknown"] <= kills * CONCURRENCY * 2
    assert sum(found.values()) == 2 * MOVES + MEETINGS
    assert_exactly_once(database_url, zelta)
