"""The log: a line is whole, says what it is about, and holds nothing that lets anyone in; a request is found by its id."""

import json
import logging
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.observability import logs
from app.web.access import public
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.application import AppFactory
from tests.support.db import change
from tests.support.environment import app_environment, process_environment
from tests.support.live import LiveFactory, LiveServer, free_port
from tests.support.pages import PageClient
from tests.support.senders import SenderProcess
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer

HEX = re.compile(r"[0-9a-f]{32}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
SCRIPT = """
import logging, threading, warnings
from app.observability import logs
from app.config import load_settings
logs.configure(load_settings())
logs.configure(load_settings())
logging.getLogger("any.library").error("%s of 3", "bad", extra={"token": "abc", "who": "ana@x.example", "n": 7})
logging.getLogger("any.library").error("not %d", "a number")
logging.getLogger("any.library").info("not so important")
warnings.warn("watch out")
def fails():
    secret_local = "local-value"
    raise RuntimeError("in a thread, for ana@x.example")
thread = threading.Thread(target=fails)
thread.start()
thread.join()
fails()
"""


def lines_of(text: str) -> list[dict[str, Any]]:
    """The JSON lines of a log; anything else in it is an error."""
    return [json.loads(line) for line in text.splitlines()]


def written_facts() -> dict[str, Any]:
    """What a line that this thread writes now is about."""
    line = json.loads(logs.JsonFormatter().format(logging.makeLogRecord({})))
    return {name: line[name] for name in ("request_id", "journal_entry") if name in line}


def run(*command: str, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=process_environment(variables), timeout=30,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_json_has_one_object_for_everything() -> None:
    code, said = run("-c", SCRIPT, LOG_FORMAT="json")
    assert code == 1
    first, broken, warned, thread, last = lines_of(said)
    assert TIME.fullmatch(first.pop("time"))
    assert isinstance(first.pop("pid"), int)
    assert first == {
        "level": "error", "logger": "any.library", "message": "bad of 3", "token": "…", "who": "…", "n": 7,
    }  # fmt: skip
    assert "not %d" in broken["message"]
    assert (warned["logger"], warned["level"]) == ("py.warnings", "warning")
    assert "watch out" in warned["message"]
    for line in (thread, last):
        assert (line["level"], line["message"]) == ("critical", "uncaught")
        assert line["exception"].startswith("Traceback")
        assert line["exception"].endswith("RuntimeError: in a thread, for …")
        assert "local-value" not in line["exception"].replace('secret_local = "local-value"', "")


def test_text_is_calm() -> None:
    _, said = run("-c", SCRIPT, LOG_FORMAT="text")
    first, *_, last = said.splitlines()
    assert re.fullmatch(rf"{TIME.pattern} ERROR any\.library: bad of 3", first)
    assert last == "RuntimeError: in a thread, for …"
    assert "ana@" not in said


@pytest.mark.parametrize(
    "command", [("-m", "gunicorn", "wsgi:app"), ("-m", "flask", "--app", "wsgi", "routes")]
)
def test_a_refused_start_is_a_line_too(command: tuple[str, ...]) -> None:
    code, said = run(*command, LOG_FORMAT="json", TIME_ZONE="Nowhere", PORT=str(free_port()))
    (line,) = lines_of(said)
    assert code == 1
    assert line["level"] == "critical"
    assert line["message"].startswith("Convoca cannot start: TIME_ZONE")


@pytest.fixture
def json_server(serve: LiveFactory) -> LiveServer:
    """One process with two threads, behind one proxy that is trusted."""
    return serve("--workers", "1", "--threads", "2", LOG_FORMAT="json", TRUSTED_PROXIES="1")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_thread_takes_an_id_into_its_next_request(json_server: LiveServer) -> None:
    def ask(number: int) -> None:
        with json_server.client() as browser:
            path = f"/none/{number}\n\u00f1" if number % 7 else "/static/css/convoca.css"
            answer = browser.session.get(f"{json_server.url}{path}", headers={"X-Request-ID": f"n{number}"})
            assert answer.headers["X-Request-ID"] == f"n{number}"
            with socket.create_connection(("127.0.0.1", json_server.port)) as raw:
                raw.sendall(b"GET / HTTP/7.7\r\n\r\n")
                raw.recv(1000)

    with ThreadPoolExecutor(8) as callers:
        list(callers.map(ask, range(60)))
    json_server.stop()
    lines = lines_of(json_server.log)
    access = {line["request_id"]: line for line in lines if line["logger"] == "gunicorn.access"}
    for number in range(60):
        line = access[f"n{number}"]
        path = f"/none/{number}\n\u00f1" if number % 7 else "/static/css/convoca.css"
        assert (line["path"], line["method"], line["remote"]) == (path, "GET", "127.0.0.1")
        assert line["status"] == (404 if number % 7 else 200)
        assert line["bytes"] > 1000
        assert 0 < line["ms"] < 60_000
    refused = [line for line in lines if "Invalid HTTP Version" in line["message"]]
    assert len(refused) == 60
    assert not any("request_id" in line for line in refused), "they were no requests"
    assert not any("request_id" in line for line in lines if "connected to" in line["message"])


def test_an_error_is_found_by_the_id_on_its_page(json_server: LiveServer, database_url: str) -> None:
    change(database_url, "ALTER TABLE journal_entries RENAME TO journal_away")
    with json_server.client() as browser:
        form = browser.visit("/meetings/new").form("/meetings/new")
        page = browser.submit(
            browser.visit("/meetings/new"), form.fill(title="x", date="2099-01-01", time="10:00")
        )
    json_server.stop()
    assert page.status >= 500
    shown = page.find("main code").text
    assert shown == page.headers["X-Request-ID"]
    about = [line for line in lines_of(json_server.log) if line.get("request_id") == shown]
    assert len({line["logger"] for line in about}) == len(about) == 2


def test_no_message_can_write_a_line_of_its_own() -> None:
    logs.clear_context()
    record = logging.makeLogRecord(
        {"levelno": logging.INFO, "msg": "GET /x\n2026-01-01T00:00:00.000Z forged \x1b[31m \u202e\u2028 ñ"}
    )
    (line,) = logs.TextFormatter().format(record).splitlines()
    assert line.endswith(r"GET /x\n2026-01-01T00:00:00.000Z forged \x1b[31m \u202e\u2028 ñ")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("proxies", "given", "taken"),
    [
        ("1", "abc.DEF_1-2", True),
        ("1", "x" * 64, True),
        ("1", "x" * 65, False),
        ("1", "", False),
        ("1", "a b", False),
        ("1", "<script>", False),
        ("1", "añb", False),
        ("0", "abc", False),
    ],
)
def test_an_id_is_taken_from_a_trusted_proxy_only(
    make_app: AppFactory, proxies: str, given: str, taken: bool
) -> None:
    client = make_app(TRUSTED_PROXIES=proxies).test_client()
    headers = {"X-Request-ID": given.encode().decode("latin-1")}
    for path in ("/healthz", "/none", "/static/css/convoca.css"):
        with client.get(path, headers=headers) as answer:
            (found,) = answer.headers.getlist("X-Request-ID")
        assert (found == given) == taken
        assert taken or HEX.fullmatch(found)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("language", "label"), [("es", "Referencia"), ("en", "Reference")])
def test_error_pages_show_it(make_app: AppFactory, language: str, label: str) -> None:
    client = PageClient(make_app(LANGUAGE=language))
    for path, method, status in (("/none", "GET", 404), ("/language", "GET", 405)):
        answer = client.open(path, method=method)
        assert answer.status_code == status
        assert answer.page.find("main code").text == answer.headers["X-Request-ID"]
        assert label in answer.page.find("main").text


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_each_request_has_its_own_id(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def speak() -> str:
        logging.getLogger("any").warning("spoken")
        return str(written_facts()["request_id"])

    app.add_url_rule("/speaks", view_func=public(speak))
    answers = [app.test_client().get("/speaks") for _ in range(3)]
    assert [answer.get_data(as_text=True) for answer in answers] == [
        answer.headers["X-Request-ID"] for answer in answers
    ]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 3
    assert len(caplog.records) >= 3


def test_facts_end_with_their_block() -> None:
    logs.clear_context()
    with logs.log_context(journal_entry=1):
        with logs.log_context(request_id="a"):
            assert written_facts() == {"journal_entry": 1, "request_id": "a"}
        assert written_facts() == {"journal_entry": 1}
        with ThreadPoolExecutor(1) as other:
            assert other.submit(written_facts).result() == {}
    assert written_facts() == {}


def test_what_the_sender_does_is_about_a_journal_entry(
    database_url: str, zelta: ZeltaServer, tmp_path: Path
) -> None:
    zelta.always(faults.late(1))
    queue = Queue(database_url, zelta.backend.add_meeting("Comité"))
    queue.add(1)
    environment = app_environment(database_url, zelta, LOG_FORMAT="json", ZELTA_RATE="0")
    with SenderProcess(environment, tmp_path / "sender.log") as sender:
        queue.wait(30, lambda states: states["sending"] > 0)
        change(
            database_url, "UPDATE journal_entries SET participant_id = NULL"
        )  # so that the answer is about nobody
        sender.stop()
    queue.close()
    first, *_, last = lines_of((tmp_path / "sender.log").read_text())
    assert first["message"] == "the sender is at work"
    assert (last["journal_entry"], "request_id" in last) == (1, False)
    assert last["exception"].endswith("ValueError: journal entry 1 has no participant")
