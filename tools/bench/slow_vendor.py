"""Latency of the list while Zelta hangs and 40 users submit, compared with an idle server."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

from tests.support import zelta_faults as faults
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.zelta_server import ZeltaServer
from tools.bench.report import BenchmarkLine, Samples

SUBMITTERS = 40
READ_COUNT = 150
READ_PAUSE_SECONDS = 0.03


def measure_slow_vendor(kind: str, url: str, directory: Path) -> BenchmarkLine:
    """The 95th percentile of the list's time with every call to Zelta hanging, next to its quiet value.

    Args:
        kind: the database's name, for the report.
        url: a migrated database.
        directory: where the dashboard may keep its log.
    """
    settings = {"ZELTA_TIMEOUT": "10"}
    with (
        ZeltaServer() as zelta,
        LiveServer(directory / "hanging", app_environment(url, zelta, **settings)) as server,
    ):
        zelta.always(faults.hangs())
        pages = [server.client().visit("/meetings/new") for _ in range(SUBMITTERS)]
        quiet = measure_p95(server)
        barrier = threading.Barrier(SUBMITTERS + 1)

        def submit(number: int) -> None:
            barrier.wait()
            fields = {"title": f"Comité {number}", "date": "2099-01-01", "time": "10:00", "time_zone": "UTC"}
            pages[number].submit("/meetings/new", **fields)

        with ThreadPoolExecutor(SUBMITTERS) as executor:
            for number in range(SUBMITTERS):
                executor.submit(submit, number)
            barrier.wait()
            time.sleep(1)  # all of them have been taken in; their calls hang for nine more seconds
            busy = measure_p95(server)
    samples = (Samples("quiet", [quiet], "ms"), Samples("hanging", [busy], "ms"))
    return BenchmarkLine(f"p95 of the list while Zelta hangs, {kind}", samples, busy / quiet, 3, at_most=True)


def measure_p95(server: LiveServer) -> float:
    client, times = server.client(), []
    for _ in range(READ_COUNT):
        started = time.perf_counter()
        client.session.get(f"{server.url}/").raise_for_status()
        times.append((time.perf_counter() - started) * 1000)
        time.sleep(READ_PAUSE_SECONDS)
    return quantiles(times, n=20)[-1]
