"""A whole meeting with its people: against the vendor's own way, one `curl` after the other, and against what the API allows."""

import json
import subprocess
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.report import Line, Samples
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.environment import API_KEY, app_environment
from tests.support.live import LiveServer
from tests.support.peek import rows
from tests.support.senders import SenderProcess
from tests.support.zelta_server import ZeltaServer

PEOPLE = 50
LATENCY = 0.1
MANY = 300
CONCURRENCY = 4
PATIENCE = 120.0

# What the vendor's page documents: a call for the meeting, then one for each person, with the id that the first one gave.
SCRIPT = r"""
set -eu
post() { curl -sS -X POST "$URL/public/meetings$1" -H "x-api-key: $KEY" -H "Content-Type: application/json" -d "$2"; }
meeting=$(post "" '{"title": "Comité", "datetime": "2027-01-01T15:00:00Z"}' | sed 's/.*"public_meeting_id": "\([^"]*\)".*/\1/')
for number in $(seq "$PEOPLE"); do
  post "/$meeting/participants" "{\"preset_name\": \"participant\", \"name\": \"Persona $number\", \"email\": \"p$number@example.org\"}" > /dev/null
done
"""


def vendors_way(kind: str, url: str, directory: Path) -> Line:
    """One meeting with 50 people from submit to the last link, next to the documented calls one after the other.

    Args:
        kind: the database's name, for the report.
        url: a migrated database.
        directory: where the dashboard may keep its log.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer())
        zelta.always(faults.late(LATENCY))
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        server = stack.enter_context(LiveServer(directory / "bulk", settings))
        theirs, ours = [], []
        for _ in range(3):
            theirs.append(_curl(zelta))
            ours.append(_submit(server, url))
        assert len(zelta.participants) == 6 * PEOPLE
    figure = sorted(theirs)[1] / sorted(ours)[1]
    samples = (Samples("curl", theirs, "s"), Samples("ours", ours, "s"))
    return Line(
        f"a meeting with {PEOPLE} people, times faster than curl, {kind}", samples, figure, 5, at_most=False
    )


def bound(kind: str, url: str, directory: Path) -> Line:
    """Wall time of sending 300 people, next to latency ÷ concurrency.

    The latency is what a bare client sees of the same API, with the time that HTTP takes.
    """
    with ExitStack() as stack:
        zelta = stack.enter_context(ZeltaServer())
        zelta.always(faults.late(LATENCY))
        latency = _latency(zelta)
        queue = Queue(url, zelta.backend.add_meeting("Comité"))
        stack.callback(queue.close)
        queue.add(MANY)
        settings = app_environment(url, zelta, ZELTA_RATE="0", ZELTA_TIMEOUT="10")
        stack.enter_context(SenderProcess(settings, directory / "bound.log", CONCURRENCY))
        queue.wait(30, lambda states: states["added"] > 0)
        began = time.monotonic()
        queue.wait(PATIENCE)
        wall = time.monotonic() - began + latency  # the first of them had been under way
    ideal = MANY / CONCURRENCY * latency
    samples = (Samples("wall", [wall], "s"), Samples("ideal", [ideal], "s"))
    return Line(
        f"{MANY} people at {LATENCY:g} s and {CONCURRENCY} at once, {kind}",
        samples,
        wall / ideal,
        1.1,
        at_most=True,
    )


def _latency(zelta: ZeltaServer, requests: int = 20) -> float:
    """Seconds of a request on a connection that stays open: the median."""
    address = urlsplit(zelta.url)
    meeting = zelta.backend.add_meeting("Comité")
    connection = HTTPConnection(address.netloc)
    headers = {"x-api-key": API_KEY, "Content-Type": "application/json"}
    times = []
    for number in range(requests):
        body = json.dumps({"preset_name": "participant", "name": f"Persona {number}"})
        began = time.monotonic()
        connection.request("POST", f"{address.path}/public/meetings/{meeting}/participants", body, headers)
        connection.getresponse().read()
        times.append(time.monotonic() - began)
    connection.close()
    return median(times)


def _curl(zelta: ZeltaServer) -> float:
    environment = {"URL": zelta.url, "KEY": API_KEY, "PEOPLE": str(PEOPLE), "PATH": "/usr/bin:/bin"}
    began = time.monotonic()
    subprocess.run(["sh", "-c", SCRIPT], env=environment, check=True)
    return time.monotonic() - began


def _submit(server: LiveServer, url: str) -> float:
    page = server.client().visit("/meetings/new")
    people = "\n".join(f"Persona {number} <p{number}@example.org>" for number in range(PEOPLE))
    fields = {"title": "Comité", "date": "2027-01-01", "time": "10:00", "time_zone": "UTC", "guests": people}
    began = time.monotonic()
    shown = page.submit("/meetings/new", **fields)
    meeting = int(shown.path.rpartition("/")[2])
    query = "SELECT count(public_participant_id) AS links FROM participants WHERE meeting_id = :meeting"
    while rows(url, query, meeting=meeting)[0]["links"] < PEOPLE:
        assert time.monotonic() - began < PATIENCE, json.dumps(rows(url, query, meeting=meeting))
        time.sleep(0.02)
    return time.monotonic() - began
