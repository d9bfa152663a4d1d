"""The numbers for Prometheus: who may read them, that they are right over many processes, and that they cost little."""

import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import requests
from flask import Flask
from sqlalchemy import event

from app.database import db
from app.models import MeetingState, ParticipantState
from app.models.states import CancellationState
from app.observability import metrics as counting
from app.operations import metrics
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.actions import add, cancel, create
from tests.support.application import AppFactory
from tests.support.db import change
from tests.support.environment import app_environment
from tests.support.live import LiveFactory, LiveServer
from tests.support.pages import PageClient
from tests.support.prometheus import numbers, numbers_of
from tests.support.rows import a_person, meeting, store
from tests.support.senders import SenderProcess
from tests.support.zelta_server import ZeltaServer

TOKEN = "the-token-of-the-metrics"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("peer", "headers", "proxies", "allowed"),
    [
        ("127.0.0.1", {}, "0", True),
        ("127.8.8.8", {}, "0", True),
        ("::1", {"Host": "[::1]:8000"}, "0", True),
        ("10.0.0.5", {}, "0", False),
        ("", {}, "0", False),
        # A header of a proxy shows that the request came from elsewhere.
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.5"}, "0", False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, "0", False),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, "0", False),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, "0", False),
        ("127.0.0.1", {"Via": "1.1 proxy"}, "0", False),
        ("127.0.0.1", {"Host": "reuniones.example.com"}, "0", False),
        ("127.0.0.1", {}, "1", True),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.5"}, "1", False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, "1", False),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1, 10.0.0.5"}, "2", False),
        ("10.0.0.5", {"X-Forwarded-For": "127.0.0.1"}, "1", False),
    ],
)
def test_without_a_token_only_this_machine_reads_them(
    make_app: AppFactory, peer: str, headers: dict[str, str], proxies: str, allowed: bool
) -> None:
    client = make_app(TRUSTED_PROXIES=proxies).test_client()
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == (200 if allowed else 403)
    assert ("convoca_" in answer.get_data(as_text=True)) == allowed


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        (f"Bearer {TOKEN}", True),
        (f"Bearer {TOKEN}x", False),
        (f"Bearer {TOKEN[:-1]}", False),
        (f"bearer{TOKEN}", False),
        (TOKEN, False),
        ("Bearer ", False),
        ("Bearer ñ", False),
        (None, False),
    ],
)
def test_with_a_token_only_who_brings_it(make_app: AppFactory, given: str | None, allowed: bool) -> None:
    client = make_app(METRICS_TOKEN=TOKEN).test_client()
    headers = {"Authorization": given} if given is not None else {}
    for peer in ("127.0.0.1", "10.0.0.5"):
        answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})
        assert answer.status_code == (200 if allowed else 403)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_requests_are_counted_by_route_and_never_by_path(client: PageClient) -> None:
    before = numbers(client)
    page = create(client, "Contada")
    client.get(f"{page.path}?q=una-consulta")
    client.get("/una-ruta-que-no-hay")
    client.open("/", method="BREW")
    with client.get("/static/css/convoca.css"):
        pass
    after = numbers(client)

    def more(**labels: str) -> float:
        name = "convoca_request_seconds_count"
        return after.of(name, **labels) - before.of(name, **labels)

    assert more(route="/meetings/new", method="POST", status="303") == 1
    assert more(route="/meetings/<meeting_id>", method="GET", status="200") == 2
    assert more(route="none", method="GET", status="404") == 1
    assert more(method="other", status="405") == 1
    assert (
        more(route="/static/<filename>", status="200") + more(route="/static/<path:filename>", status="200")
        == 1
    )
    text = client.get("/metrics").get_data(as_text=True)
    assert not re.search("una-consulta|una-ruta|BREW|meetings/1", text)
    assert 0 < after.of("convoca_request_seconds_sum", route="/meetings/new") < 60


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_calls_are_counted_by_kind_and_outcome(client: PageClient, zelta: ZeltaServer) -> None:
    before = numbers(client)
    page = create(client)
    zelta.next(faults.refuses(400))
    page = add(page, "Ana", "host")
    zelta.next(faults.breaks(502))
    page = add(page, "Luis")
    assert numbers(client).of("convoca_unknown_open", about="people") == 1
    cancel(client, page)
    after = numbers(client)
    expected = {
        ("create_meeting", "done"): 1,
        ("add_participant", "refused"): 1,
        ("add_participant", "unknown"): 1,
        ("add_participant", "done"): 0,
        ("cancel_meeting", "done"): 1,
    }
    name = "convoca_zelta_call_seconds_count"
    for (kind, outcome), more in expected.items():
        counted = after.of(name, kind=kind, outcome=outcome) - before.of(name, kind=kind, outcome=outcome)
        assert counted == more, (kind, outcome)
    assert after.of("convoca_unknown_open", about="people") == 0, "a cancelled meeting needs no decision"


def test_what_waits_and_what_is_unknown_is_read_from_the_database(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    nothing = numbers(client)
    for name in ("queue_people", "queue_oldest_seconds", "unknown_open", "zelta_blocked_seconds"):
        assert nothing.of(f"convoca_{name}") == 0, name
    assert nothing.of("convoca_database_up") == 1
    unknown, cancelling, _refused = store(
        database_url,
        [
            meeting(state=MeetingState.UNKNOWN),
            meeting(cancellation=CancellationState.UNKNOWN),
            meeting(state=MeetingState.REFUSED),
        ],
    )
    waits, lost = ParticipantState.QUEUED, ParticipantState.UNKNOWN
    store(
        database_url,
        [
            a_person(unknown, "Espera a la reunión", state=waits),
            a_person(cancelling, "Ana", state=lost),
            a_person(cancelling, "Eva", state=lost),
            a_person(cancelling, "Luis", state=ParticipantState.NOT_SENT),
        ],
    )
    queue = Queue(database_url, zelta.backend.add_meeting("Lista"))
    queue.add(3)
    queue.close()
    hour_ago = (
        "created_at = '2020-01-01 00:00:00+00'"
        if "postgresql" in database_url
        else "created_at = '2020-01-01 00:00:00.000000'"
    )
    change(database_url, f"UPDATE participants SET {hour_ago}")  # noqa: S608
    later = "'2090-01-01 00:00:00+00'" if "postgresql" in database_url else "'2090-01-01 00:00:00.000000'"
    change(database_url, f"UPDATE rate_limit_state SET blocked_until = {later}")  # noqa: S608
    found = numbers(client)
    assert found.of("convoca_queue_people") == 4
    assert found.of("convoca_queue_oldest_seconds") > 365 * 24 * 3600
    assert found.of("convoca_unknown_open", about="meetings") == 1
    assert found.of("convoca_unknown_open", about="cancellations") == 1
    assert found.of("convoca_unknown_open", about="people") == 2
    assert found.of("convoca_zelta_blocked_seconds") > 365 * 24 * 3600
    # Nobody waits in vain where a person paused the list; and anyone who is sent again has waited since then.
    change(database_url, "UPDATE participant_imports SET state = 'paused'")
    assert numbers(client).of("convoca_queue_oldest_seconds") == 0
    change(database_url, "UPDATE participant_imports SET pause_reason = 'api_key'")
    client.visit(f"/meetings/{queue.meeting_id}").submit(f"/lists/{queue.list_id}/control", "resume")
    assert 0 < numbers(client).of("convoca_queue_oldest_seconds") < 60


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_database_that_is_away_is_a_number_too(make_app: AppFactory, empty_database_url: str) -> None:
    found = numbers(PageClient(make_app(DATABASE_URL=empty_database_url)))
    assert found.of("convoca_database_up") == 0
    assert "convoca_queue_people" not in found.names
    assert found.of("convoca_build_info") == 1


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_table_is_read_from_end_to_end(app: Flask) -> None:
    statements: list[tuple[str, object]] = []
    with app.app_context():
        event.listen(
            db.engine,
            "before_cursor_execute",
            lambda _c, _k, text, values, *_: statements.append((text, values)),
        )
        metrics.render_metrics()
        asked = [pair for pair in statements if pair[0].startswith("SELECT")]
        with db.engine.connect() as connection:
            plans = [
                row[-1]
                for text, values in asked
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
            ]
    assert len(asked) >= 5
    for step in plans:
        if step.startswith("SCAN") and step not in {"SCAN rate_limit_state", "SCAN anon_1"}:
            assert re.search(
                r"ix_participants_(waiting|in_trouble)|ix_meetings_(waiting|in_trouble)|ix_batches_paused",
                step,
            ), step


def workers(server: LiveServer) -> list[psutil.Process]:
    return psutil.Process(server.pid).children()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_all_processes_of_a_machine_are_told_of_together(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str, tmp_path: Path
) -> None:
    shared = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "numbers"), "SENDER": "outside", "ZELTA_RATE": "0"}
    server = serve("--workers", "2", **shared)
    queue = Queue(database_url, zelta.backend.add_meeting("Lista"))
    queue.add(3)
    with SenderProcess(app_environment(database_url, zelta, **shared), tmp_path / "sender.log") as sender:
        queue.wait(30)
        added = {"kind": "add_participant", "outcome": "done"}
        assert numbers_of(server).of("convoca_zelta_call_seconds_count", **added) == 3
        assert len({number for number, _ in processes(server)} & {str(sender.process.pid)}) == 1  # type: ignore[union-attr]
        sender.stop()
    queue.close()
    for _ in range(20):
        requests.get(f"{server.url}/healthz", timeout=10)
    before = [worker.pid for worker in workers(server)]
    for worker in workers(server):
        worker.send_signal(signal.SIGKILL)
    until(lambda: len({worker.pid for worker in workers(server)} - set(before)) == 2)
    after = numbers_of(server)
    assert after.of("convoca_request_seconds_count", route="/healthz") == 20
    assert after.of("convoca_zelta_call_seconds_count", **added) == 3
    server.stop()
    server.start()
    assert numbers_of(server).of("convoca_request_seconds_count", route="/healthz") == 0, "it counts anew"
    assert set(files(tmp_path)) <= {worker.pid for worker in workers(server)}
    assert (tmp_path / "numbers").stat().st_mode & 0o077 == 0


def test_marking_a_process_dead_keeps_its_counts_and_removes_an_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for name, content in (("counter_77.db", b"counts"), ("histogram_77.db", b""), ("counter_78.db", b"")):
        (tmp_path / name).write_bytes(content)
    counting.mark_dead(77)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter_77.db", "counter_78.db"]


def processes(server: LiveServer) -> set[tuple[str, float]]:
    found = numbers_of(server).samples.items()
    return {
        (dict(labels)["pid"], value)
        for (name, labels), value in found
        if name == "convoca_process_resident_memory_bytes"
    }


def files(tmp_path: Path) -> list[int]:
    return [int(file.stem.rpartition("_")[2]) for file in (tmp_path / "numbers").glob("*.db")]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_nobody_is_refused_because_nothing_can_be_counted(serve: LiveFactory, tmp_path: Path) -> None:
    server = serve("--workers", "1", PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "numbers"))
    shutil.rmtree(tmp_path / "numbers")
    for worker in workers(server):
        worker.send_signal(signal.SIGKILL)
        worker.wait(20)
    until(lambda: len(workers(server)) == 1)
    for path in ("/healthz", "/", "/metrics"):
        assert requests.get(f"{server.url}{path}", timeout=10).status_code == 200


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_where_nothing_is_set_the_folder_is_the_installations_own(live: LiveServer) -> None:
    assert numbers_of(live).of("convoca_request_seconds_count", route="/readyz") >= 1
    assert list((live.directory / "instance").glob("metrics-*/*.db"))
