"""Everything is killed, again and again, while a list is sent: nobody twice, nobody lost, nothing claimed that is not known.

Short here; `make chaos` makes it long (CHAOS_PEOPLE, CHAOS_KILLS, CHAOS_LATENCY in seconds) and prints what came out.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.outbox.queue import WAITING, Queue
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.senders import SenderProcess
from tests.support.zelta_faults import late
from tests.support.zelta_server import ZeltaServer

PEOPLE = int(os.environ.get("CHAOS_PEOPLE", "60"))
KILLS = int(os.environ.get("CHAOS_KILLS", "4"))
LATENCY = float(os.environ.get("CHAOS_LATENCY", "0.4"))
CONCURRENCY = 4
TIMEOUT = 2
Killable = LiveServer | SenderProcess


@pytest.fixture
def zelta() -> Iterator[ZeltaServer]:
    with ZeltaServer() as server:
        server.always(late(LATENCY), method="POST", path="/participants")
        yield server


@pytest.fixture
def queue(database_url: str, zelta: ZeltaServer) -> Iterator[Queue]:
    meeting = zelta.backend.add_meeting("Comité")
    queue = Queue(database_url, meeting)
    yield queue
    queue.close()


def processes(url: str, kind: str, zelta: ZeltaServer, folder: Path) -> list[Killable]:
    environment = app_environment(
        url, zelta, ZELTA_TIMEOUT=str(TIMEOUT), ZELTA_RATE="0", ZELTA_CONCURRENCY=str(CONCURRENCY)
    )
    if kind == "sqlite":
        return [LiveServer(folder / "web", environment, ("--workers", "2"))]
    outside = environment | {"SENDER": "outside"}
    webs: list[Killable] = [LiveServer(folder / f"web{n}", outside, ("--workers", "1")) for n in range(2)]
    return webs + [SenderProcess(environment, folder / f"sender{n}.log", CONCURRENCY) for n in range(3)]


def test_kills(
    queue: Queue, database_kind: str, database_url: str, zelta: ZeltaServer, tmp_path: Path
) -> None:
    dice = random.Random(20261122)  # noqa: S311  (for chance, not for secrets)
    queue.add(PEOPLE, hosts=3)
    kills = 0
    with ExitStack() as stack:
        running = [
            stack.enter_context(one) for one in processes(database_url, database_kind, zelta, tmp_path)
        ]
        while kills < KILLS and any(queue.states()[state] for state in WAITING):
            time.sleep(dice.uniform(0.2, 1.2))
            victim = dice.choice(running)
            victim.kill9()
            kills += 1
            victim.start()
        queue.wait(60 + PEOPLE)
    states = queue.states()
    print(f"{database_kind}: {PEOPLE} people, {kills} kills, {dict(states)}")
    assert kills >= min(KILLS, 3), "it was over before anything could be killed"
    assert sum(states.values()) == PEOPLE
    assert set(states) <= {"added", "unknown"}
    assert states["unknown"] <= kills * CONCURRENCY * 2
    sent = Counter(person.email for person in zelta.backend.participants)
    assert max(sent.values()) == 1, [email for email, times in sent.items() if times > 1]
    asked = Counter(call.json["email"] for call in zelta.calls if call.path.endswith("/participants"))
    assert max(asked.values()) == 1
    assert states["added"] <= len(sent) <= states["added"] + states["unknown"]
