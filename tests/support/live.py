"""Dashboards as they run in production: `gunicorn wsgi:app` in processes of their own, to be used, killed and restarted."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import psutil
import pytest
import requests
from werkzeug.datastructures import Headers

from tests.support.databases import migrate
from tests.support.environment import Vendor, app_environment, process_environment
from tests.support.forms import Form
from tests.support.pages import Page
from tests.support.test_run import ROOT

WORKING_COPY = ("app", "gunicorn.conf.py", "migrations", "static", "templates", "wsgi.py")
START = 20.0
"""Seconds until a dashboard must be ready."""
STOP = 15.0
"""Seconds until it must have ended after SIGTERM."""


class LiveServer:
    """A dashboard under gunicorn, with its own port, its own folder and its own process group.

    Args:
        directory: an empty directory for its log and its `instance/`.
        environment: its settings; without a `ZELTA_API_URL` it brings its sandbox along.
        arguments: more arguments for gunicorn, such as `--workers`, `2`.
    """

    def __init__(self, directory: Path, environment: dict[str, str], arguments: tuple[str, ...] = ()) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{environment.get('SCRIPT_NAME', '')}"
        self.directory = directory
        self.log_path = directory / "gunicorn.log"
        self._command = [sys.executable, "-m", "gunicorn", *arguments, "wsgi:app"]
        self._environment = process_environment({"HOST": "127.0.0.1", "PORT": str(self.port)} | environment)
        self._process: subprocess.Popen[bytes] | None = None
        directory.mkdir(parents=True, exist_ok=True)
        for name in WORKING_COPY:
            # Links, so that `instance/` is made beside them and not in the developer's own.
            if (ROOT / name).exists():
                (directory / name).symlink_to(ROOT / name)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill9()

    @property
    def log(self) -> str:
        """All that it has written so far, over all its starts."""
        return self.log_path.read_text(errors="replace")

    @property
    def pid(self) -> int:
        """The number of gunicorn's master process, which is also the number of its process group."""
        assert self._process is not None, "the server was not started"
        return self._process.pid

    def start(self) -> Self:
        """Start it (again, on the same port and database) and wait until it is ready."""
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self.directory, env=self._environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self.kill9()
            raise
        return self

    def stop(self) -> None:
        """End it as `systemctl stop` would, and wait; an error if it does not end in time."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(STOP)
            except subprocess.TimeoutExpired:
                raise AssertionError(f"the server did not end in {STOP} s:\n{self.log}") from None
            finally:
                self.kill9()

    def kill9(self) -> None:
        """Kill it, its workers and its sandbox at once, as a power cut would; nothing if it is not running."""
        if self._process is None:
            return
        # The sandbox has a session of its own, so that it is no part of the process group.
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self._process.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def client(self) -> "LiveClient":
        """Another person's browser without JavaScript."""
        return LiveClient(self.url)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START
        with requests.Session() as session:
            session.trust_env = False
            while process.poll() is None and time.monotonic() < deadline:
                with suppress(requests.RequestException):
                    if session.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                        return
                time.sleep(0.05)
        raise AssertionError(
            f"the server was not ready in {START} s, exit code {process.poll()}:\n{self.log}"
        )


class LiveClient:
    """A person's browser without JavaScript over a real connection: cookies, redirects, forms, and pages checked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()

    def visit(self, path: str, status: int = 200, **options: Any) -> Page:
        """The page at `path`, redirects followed, which must come with `status`."""
        page = self._page(self.session.get(self.url + path, **{"timeout": 30, **options}))
        assert page.status == status, f"{page} should be {status}: {page.text}"
        return page

    def submit(self, page: Page, form: Form) -> Page:
        """Send a form as `Page.submit` filled it in; the page that it leads to may have any status."""
        return self._page(self.send(page, form))

    def send(self, page: Page, form: Form) -> requests.Response:
        """Send a form and give back whatever came, unchecked."""
        headers = {"Referer": page.url}
        if form.method == "GET":
            return self.session.get(form.address_with_query(), headers=headers, timeout=30)
        return self.session.post(
            form.action, data=form.entries(), files=form.files or None, headers=headers, timeout=30
        )

    def _page(self, response: requests.Response) -> Page:
        assert urlsplit(response.url).netloc == urlsplit(self.url).netloc, f"led away to {response.url}"
        headers = Headers(response.headers.items())
        return Page(self, response.url, response.status_code, headers, response.content.decode())


LiveFactory = Callable[..., LiveServer]


@pytest.fixture
def serve(database_url: str, zelta: Vendor, tmp_path: Path) -> Iterator[LiveFactory]:
    """Start dashboards on the test's database: `serve(ZELTA_TIMEOUT="1")`, twice for two machines' worth of them."""
    with ExitStack() as stack:
        count = 0

        def start(*arguments: str, **overrides: str) -> LiveServer:
            nonlocal count
            count += 1
            environment = app_environment(database_url, zelta, **overrides)
            return stack.enter_context(LiveServer(tmp_path / f"live-{count}", environment, arguments))

        yield start


@pytest.fixture
def live(serve: LiveFactory) -> LiveServer:
    """One dashboard under gunicorn, connected to `zelta`, on each database."""
    return serve()


@pytest.fixture
def live_sandbox(tmp_path: Path) -> Iterator[LiveServer]:
    """A dashboard without any settings but where to listen: with its sandbox, and a SQLite file of its own."""
    server = LiveServer(tmp_path / "live-sandbox", {})
    migrate({"PORT": str(server.port)}, server.directory)
    with server:
        yield server


def free_port() -> int:
    """A port that nobody uses, with a free one after it for the sandbox.

    Below the range that the system gives to outgoing connections, so that none of them takes it before it is used.
    """
    while True:
        port = 20_000 + 2 * secrets.randbelow(6_000)
        if _is_free(port) and _is_free(port + 1):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
