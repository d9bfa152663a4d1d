"""A meeting with its participants, compared with sequential `curl` calls and with the API's latency."""

import json
import subprocess
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.db import rows
from tests.support.environment import API_KEY, app_environment
from tests.support.live import LiveServer
from tests.support.senders import SenderProcess
from tests.support.zelta_server import ZeltaServer
from tools.bench.report import BenchmarkLine, Samples

PEOPLE = 50
LATENCY_SECONDS = 0.1
MANY_PEOPLE = 300
CONCURRENCY = 4
TIMEOUT_SECONDS = 120.0

# As the vendor documents: a call for the meeting, then one per participant with the returned id.
CURL_SCRIPT = r"""
set -eu
post() { curl -sS -X POST "$URL/public/meetings$1" -H "x-api-key: $KEY" -H "Content-Type: application/json" -d "$2"; }
meeting=$(post "" '{"title": "Comité", "datetime": "2027-01-01T15:00:00Z"}' | sed 's/.*"public_meeting_id": "\([^"]*\)".*/\1/')
for number in $(seq "$PEOPLE"); do
  post "/$meeting/participants" "{\"preset_name\": \"participant\", \"name\": \"Persona $number\", \"email\": \"p$number@example.org\"}" > /dev/null
done
"""


def compare_with_curl(kind: str, url: str, directory: Path) -> BenchmarkLine:
    """One meeting with 50 people from submit to the last link, next to the documented calls one after the other.

    Args:
        kind: the database's name, for the report.
        url: a migrated database.
        directory: where the dashboard may keep its log.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer())
        zelta.always(faults.late(LATENCY_SECONDS))
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        server = stack.enter_context(LiveServer(directory / "bulk", settings))
        curl_seconds, app_seconds = [], []
        for _ in range(3):
            curl_seconds.append(measure_curl(zelta))
            app_seconds.append(measure_submit(server, url))
        assert len(zelta.participants) == 6 * PEOPLE
    figure = sorted(curl_seconds)[1] / sorted(app_seconds)[1]
    samples = (Samples("curl", curl_seconds, "s"), Samples("ours", app_seconds, "s"))
    return BenchmarkLine(
        f"a meeting with {PEOPLE} people, times faster than curl, {kind}", samples, figure, 5, at_most=False
    )


def compare_with_ideal(kind: str, url: str, directory: Path) -> BenchmarkLine:
    """Wall time of sending 300 people, next to latency ÷ concurrency.

    The latency is what a bare client sees of the same API, with the time that HTTP takes.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer())
        zelta.always(faults.late(LATENCY_SECONDS))
        latency = measure_latency(zelta)
        queue = Queue(url, zelta.backend.add_meeting("Comité"))
        stack.callback(queue.close)
        queue.add(MANY_PEOPLE)
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        stack.enter_context(SenderProcess(settings, directory / "bound.log", CONCURRENCY))
        queue.wait(30, lambda states: states["added"] > 0)
        started = time.monotonic()
        queue.wait(TIMEOUT_SECONDS)
        wall = time.monotonic() - started + latency  # the first of them had been under way
    ideal = MANY_PEOPLE / CONCURRENCY * latency
    samples = (Samples("wall", [wall], "s"), Samples("ideal", [ideal], "s"))
    return BenchmarkLine(
        f"{MANY_PEOPLE} people at {LATENCY_SECONDS:g} s and {CONCURRENCY} at once, {kind}",
        samples,
        wall / ideal,
        1.1,
        at_most=True,
    )


def measure_latency(zelta: ZeltaServer, requests: int = 20) -> float:
    """Seconds of a request on a connection that stays open: the median."""
    parts = urlsplit(zelta.url)
    meeting = zelta.backend.add_meeting("Comité")
    connection = HTTPConnection(parts.netloc)
    headers = {"x-api-key": API_KEY, "Content-Type": "application/json"}
    times = []
    for number in range(requests):
        body = json.dumps({"preset_name": "participant", "name": f"Persona {number}"})
        started = time.monotonic()
        connection.request("POST", f"{parts.path}/public/meetings/{meeting}/participants", body, headers)
        connection.getresponse().read()
        times.append(time.monotonic() - started)
    connection.close()
    return median(times)


def measure_curl(zelta: ZeltaServer) -> float:
    environment = {"URL": zelta.url, "KEY": API_KEY, "PEOPLE": str(PEOPLE), "PATH": "/usr/bin:/bin"}
    started = time.monotonic()
    subprocess.run(["sh", "-c", CURL_SCRIPT], env=environment, check=True)
    return time.monotonic() - started


def measure_submit(server: LiveServer, url: str) -> float:
    page = server.client().visit("/meetings/new")
    people = "\n".join(f"Persona {number} <p{number}@example.org>" for number in range(PEOPLE))
    fields = {"title": "Comité", "date": "2027-01-01", "time": "10:00", "time_zone": "UTC", "guests": people}
    started = time.monotonic()
    result_page = page.submit("/meetings/new", **fields)
    meeting = int(result_page.path.rpartition("/")[2])
    query = "SELECT count(public_participant_id) AS links FROM participants WHERE meeting_id = :meeting"
    while rows(url, query, meeting=meeting)[0]["links"] < PEOPLE:
        assert time.monotonic() - started < TIMEOUT_SECONDS, json.dumps(rows(url, query, meeting=meeting))
        time.sleep(0.02)
    return time.monotonic() - started
