"""The dashboard and the bare view under gunicorn, with the dashboard's own settings."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.test_run import ROOT

WORKERS = 2
Starter = Callable[[Path, dict[str, str]], LiveServer]


def start_dashboard(directory: Path, environment: dict[str, str]) -> LiveServer:
    """The dashboard, one worker of it."""
    return LiveServer(directory, environment, ("--workers", "1"))


def start_baseline(directory: Path, environment: dict[str, str]) -> LiveServer:
    """The bare view, one worker of it."""
    server = LiveServer(directory, environment, ("--workers", "1"))
    (directory / "bench").symlink_to(ROOT / "bench")
    settings = ["--config", "tools/bench/baseline_gunicorn.py", "--workers", "1"]
    server._command = [sys.executable, "-m", "gunicorn", *settings, "tools.bench.baseline_app:app"]
    return server


@contextmanager
def running_servers(start: Starter, url: str, directory: Path) -> Iterator[str]:
    """The URLs of `WORKERS` single-worker servers, each on its own port for an even load."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                start(directory / f"{start.__name__}-{number}", app_environment(url, AUTH="password"))
            )
            for number in range(WORKERS)
        ]
        yield " ".join(f"{server.url}/" for server in servers)
