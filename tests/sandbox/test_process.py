"""The sandbox as a process: what it keeps, when it ends, what it says."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from app.sandbox.server import SandboxError, build_environment, start_sandbox
from tests.sandbox.api_client import KEY, Sandbox, free_port

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import json, sys, time
from pathlib import Path
sys.path.append("app")
from sandbox.server import start_sandbox
child = start_sandbox("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]), "zlt_test_key")
print(json.dumps(child.pid), flush=True)
time.sleep(60)
"""
HANGING = (
    f"POST /public/meetings HTTP/1.1\r\nHost: x\r\nx-api-key: {KEY}\r\n"
    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
).encode()


def ends(holds: Callable[[], bool], seconds: float = 4.0) -> bool:
    deadline = time.monotonic() + seconds
    while holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not holds()


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_kill_and_a_restart_at_once_keep_everything(tmp_path: Path) -> None:
    port, file = free_port(), tmp_path / "deep" / "sandbox.sqlite3"
    sandbox = Sandbox(f"http://127.0.0.1:{port}")
    child = start_sandbox("127.0.0.1", port, file, KEY)
    meeting = sandbox.meeting()
    guest = sandbox.add(meeting, email="ana@ejemplo.org").json()["data"]["participant"]
    sandbox.fault("refuse", times="always")
    sandbox.session.close()
    child.kill()
    child.wait(5)
    second = start_sandbox("127.0.0.1", port, file, KEY)
    try:
        assert sandbox.count("invitations") == 1
        assert sandbox.page(f"/m/{meeting}?p={guest['public_participant_id']}").status_code == 200
        assert sandbox.create().status_code == 400
    finally:
        sandbox.session.close()
        second.kill()
        second.wait(5)


def test_it_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    port = free_port()
    argv = [sys.executable, "-c", PARENT, str(port), str(tmp_path / "sandbox.sqlite3")]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout
        master = json.loads(parent.stdout.readline())
        family = [master, *children(master)]
        assert len(family) == 2
        assert all(alive(pid) for pid in family)
        sandbox = Sandbox(f"http://127.0.0.1:{port}")
        sandbox.fault("hang_before", times="always")
        sandbox.session.close()
        with socket.create_connection(("127.0.0.1", port), 5) as hanging:
            hanging.sendall(HANGING)
            time.sleep(0.2)
            parent.kill()
            assert all(ends(lambda pid=pid: alive(pid)) for pid in family)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/", timeout=2)


def test_a_taken_port_is_told_in_one_line(tmp_path: Path, sandbox: Sandbox) -> None:
    port = int(sandbox.url.rsplit(":", 1)[1])
    with pytest.raises(
        SandboxError, match=rf"cannot listen on 127\.0\.0\.1 port {port}: the port is in use"
    ) as told:
        start_sandbox("127.0.0.1", port, tmp_path / "sandbox.sqlite3", KEY)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("content", [b"this is no database, " * 100, None])
def test_a_file_that_cannot_be_used_is_told_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "sandbox.sqlite3"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(SandboxError, match="cannot use its file") as told:
        start_sandbox("127.0.0.1", free_port(), file, KEY)
    assert "\n" not in str(told.value)


def test_it_runs_as_a_module_and_logs_no_secret(tmp_path: Path) -> None:
    port = free_port()
    env = os.environ | {"SANDBOX_API_KEY": KEY, "SANDBOX_DATABASE": str(tmp_path / "sandbox.sqlite3")}
    argv = [sys.executable, "-m", "app.sandbox", "--port", str(port), "--with-parent"]
    with subprocess.Popen(argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        sandbox = Sandbox(f"http://127.0.0.1:{port}")
        assert ends(lambda: not answers(sandbox.url), 8)
        token = sandbox.add(sandbox.meeting(), email="ana@ejemplo.org").json()["data"]["participant"]["token"]
        sandbox.page("/outbox?q=ana@ejemplo.org")
        sandbox.fault("drop_after")
        with pytest.raises(requests.ConnectionError):
            sandbox.create()
        sandbox.call("POST", "/public/meetings", data=b"{" + token.encode())
        sandbox.session.close()
        child.terminate()
        assert child.stdout
        said = child.stdout.read().decode()
    # gunicorn says when a worker was too slow to end, on a machine that is busy.
    lines = [line for line in said.splitlines() if "was sent SIGKILL" not in line]
    assert lines == [f"Sandbox: http://127.0.0.1:{port}"]
    assert token not in said


def answers(url: str) -> bool:
    try:
        return requests.get(url + "/healthz", timeout=2).ok
    except requests.ConnectionError:
        return False


def test_it_imports_nothing_else_of_ours(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.append('app'); import sandbox.wsgi, sandbox.server;"
        "print([name for name in sys.modules if name.split('.')[0] == 'app' or 'sqlalchemy' in name])"
    )
    env = os.environ | {"SANDBOX_DATABASE": str(tmp_path / "sandbox.sqlite3")}
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)
    assert said.stdout == b"[]\n"


def test_the_dashboards_secrets_do_not_reach_it() -> None:
    environ = {"SECRET_KEY": "s", "GUNICORN_CMD_ARGS": "--workers 9", "PATH": "/bin", "TIME_ZONE": "UTC"}
    told = build_environment(environ, Path("x.sqlite3"), KEY, 7)
    assert set(told) == {"PATH", "TIME_ZONE", "SANDBOX_DATABASE", "SANDBOX_API_KEY", "SANDBOX_PARENT"}
    assert told["SANDBOX_PARENT"] == "7"
