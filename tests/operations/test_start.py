"""The start: what cannot be had is one line, and ^C ends it soon and without a traceback."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.operations.test_graceful_stop import until
from tests.support.environment import app_environment, process_environment
from tests.support.live import WORKING_COPY, free_port
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
RUN = ("-m", "tools.run")
INTERRUPT_LIMIT_SECONDS = 20.0
"""5 s on an idle machine; the tests share theirs. What hangs here would last for 80 s."""
UPGRADE = ("-m", "flask", "--app", "wsgi", "db", "upgrade")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the code, and an `instance/` of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in (*WORKING_COPY, "tools"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        yield port


def refusal(project: Path, command: tuple[str, ...], **variables: str) -> str:
    """What a command that cannot start says: one line."""
    done = subprocess.run(
        [sys.executable, *command], cwd=project, env=process_environment(variables), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    said = (done.stdout + done.stderr).strip()
    assert (done.returncode, len(said.splitlines())) == (1, 1), said
    return said


@pytest.mark.parametrize("command", [RUN, UPGRADE])
def test_postgresql_that_is_away_is_one_line(project: Path, command: tuple[str, ...]) -> None:
    said = refusal(project, command, **app_environment("postgresql://x:recognisable@127.0.0.1:9/none"))
    assert "the database does not answer: connection failed" in said
    assert "Connection refused" in said
    assert "recognisable" not in said


def test_taken_port_is_one_line_that_names_the_setting(project: Path, taken_port: int) -> None:
    said = refusal(project, RUN, PORT=str(taken_port))
    assert f"the dashboard cannot listen on 127.0.0.1 port {taken_port}: the port is in use" in said
    assert "PORT=" in said


def test_taken_port_of_the_sandbox_is_one_line(project: Path, taken_port: int) -> None:
    said = refusal(project, RUN, PORT=str(free_port()), SANDBOX_PORT=str(taken_port))
    assert f"the sandbox cannot listen on 127.0.0.1 port {taken_port}" in said
    assert "SANDBOX_PORT" in said


def test_file_of_the_sandbox_that_cannot_be_used_is_one_line(project: Path) -> None:
    (project / "instance" / "sandbox.db").mkdir(parents=True)
    assert "the sandbox cannot use its file" in refusal(project, RUN, PORT=str(free_port()))


def start(project: Path, log: Path, **variables: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, *RUN], cwd=project, env=process_environment(variables), stdin=subprocess.DEVNULL,
            stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


def assert_interrupt_ends(process: subprocess.Popen[bytes], log: Path) -> None:
    """^C as a terminal sends it, twice: to the whole process group."""
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.3)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(INTERRUPT_LIMIT_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("seconds", [0.3, 0.9, 1.5, 2.1])
def test_interrupt_during_the_start_ends_it(project: Path, tmp_path: Path, seconds: float) -> None:
    log = tmp_path / "log"
    process = start(project, log, PORT=str(free_port()))
    time.sleep(seconds)
    assert_interrupt_ends(process, log)


@SQLITE
def test_interrupt_during_a_request_ends_it(
    project: Path, tmp_path: Path, zelta: ZeltaServer, database_url: str
) -> None:
    log, port = tmp_path / "log", free_port()
    environment = app_environment(database_url, zelta, PORT=str(port), ZELTA_TIMEOUT="60")
    process = start(project, log, **environment)
    try:
        until(lambda: answers(port))
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(b"POST /meetings/new HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
            time.sleep(0.5)
            assert_interrupt_ends(process, log)
    finally:
        process.kill()
        process.wait()
