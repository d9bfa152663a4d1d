"""Starts the sandbox as a child process; standard library only, so that importing it is cheap.

    sandbox = start("127.0.0.1", 8001, Path("instance/sandbox.sqlite3"), "zlt_sandbox")

The child inherits a socket that is bound already: a port that is taken shows here, in one line, and a call
that comes before the child is ready waits instead of being refused.
"""

import errno
import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from .storage import Store

PACKAGE_FOLDER = Path(__file__).resolve().parent
PORT_RELEASE_SECONDS = (
    1.0  # seconds that the sandbox of a killed dashboard may take to notice and leave the port
)
START_TIMEOUT_SECONDS = 10.0  # seconds; it takes less than one
INHERITED_VARIABLES = ("PATH", "HOME", "LANG", "LANGUAGE", "TMPDIR", "TZ", "TIME_ZONE", "VIRTUAL_ENV")
INHERITED_PREFIXES = ("LC_", "PYTHON", "SANDBOX_")


class SandboxError(Exception):
    """The sandbox did not start; its text is one line that says why."""


def start_sandbox(
    host: str, port: int, database: Path, api_key: str, *, with_parent: bool = True
) -> subprocess.Popen[bytes]:
    """Start the sandbox and wait until it answers.

    Args:
        host: The address to listen on.
        port: The port to listen on.
        database: Its SQLite file, made where it is missing.
        api_key: The only key that it takes.
        with_parent: Whether it ends when this process does, however this process ends.

    Raises:
        SandboxError: The port is taken, the file cannot be used, or it gave no answer.
    """
    _prepare_database(database)
    with open_listener(host, port) as listener:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter, and no user input
            build_command(listener.fileno()),
            env=build_environment(os.environ, database, api_key, os.getpid() if with_parent else None),
            pass_fds=(listener.fileno(),),
            stdin=subprocess.DEVNULL,
            # Ctrl+C is for the dashboard, which finishes its calls first: the sandbox then ends with it.
            start_new_session=True,
        )
    _wait_until_up(child, host, port)
    return child


def open_listener(host: str, port: int, program: str = "the sandbox") -> socket.socket:
    """A socket that listens there; `program` is who wants it, for the error.

    Raises:
        SandboxError: It cannot.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + PORT_RELEASE_SECONDS
    while True:
        try:
            return socket.create_server((host, port), family=family, backlog=128)
        except (OSError, OverflowError) as error:
            in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            if not in_use or time.monotonic() > deadline:
                reason = "the port is in use" if in_use else str(error)
                raise SandboxError(f"{program} cannot listen on {host} port {port}: {reason}") from error
        time.sleep(0.05)


def build_command(descriptor: int) -> list[str]:
    """The command that serves the sandbox on an inherited listening socket."""
    config = str(PACKAGE_FOLDER / "gunicorn_conf.py")
    bind = f"fd://{descriptor}"
    return [sys.executable, "-m", "gunicorn", "--config", config, "--bind", bind, "sandbox.wsgi:app"]


def build_environment(
    environ: Mapping[str, str], database: Path, api_key: str, parent: int | None = None
) -> dict[str, str]:
    """The sandbox's environment: only the variables that it needs, so none of the dashboard's secrets."""
    variables = {
        name: value
        for name, value in environ.items()
        if name in INHERITED_VARIABLES or name.startswith(INHERITED_PREFIXES)
    }
    variables["SANDBOX_DATABASE"] = str(database.resolve())
    variables["SANDBOX_API_KEY"] = api_key
    variables["SANDBOX_PARENT"] = str(parent or "")
    return variables


def _prepare_database(database: Path) -> None:
    try:
        Store(database).create_tables()
    except (OSError, sqlite3.Error) as error:
        raise SandboxError(f"the sandbox cannot use its file {database}: {error}") from error


def _wait_until_up(child: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while (remaining := deadline - time.monotonic()) > 0 and child.poll() is None:
        if _is_healthy(host, port, remaining):
            return
        time.sleep(0.02)
    code = child.poll()
    child.kill()
    reason = (
        f"ended with code {code}" if code is not None else f"gave no answer in {START_TIMEOUT_SECONDS:g} s"
    )
    raise SandboxError(f"the sandbox on {host} port {port} {reason}")


def _is_healthy(host: str, port: int, timeout: float) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
