"""`make dev`: what is changed shows after a reload of the page, and Ctrl+C ends everything."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests

from tests.support.databases import migrate
from tests.support.environment import process_environment
from tests.support.live import WORKING_COPY, free_port
from tests.support.test_run import ROOT

TEMPLATE = "templates/layout.html"
CATALOGUE = "app/translations/es/LC_MESSAGES/messages.po"
MODULE = "app/web/views.py"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that may be changed, with a migrated database."""
    for name in (*WORKING_COPY, "tools"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    migrate({}, tmp_path)
    return tmp_path


@pytest.fixture
def dev(project: Path) -> Iterator[tuple[psutil.Popen, str]]:
    """The development server of that copy, and its address."""
    port = free_port()
    with (project / "log").open("wb") as log:
        process = psutil.Popen(
            [sys.executable, "-m", "tools.dev"], cwd=project, env=process_environment({"PORT": str(port)}),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    yield process, f"http://127.0.0.1:{port}"
    with suppress(psutil.NoSuchProcess):
        for child in [*process.children(recursive=True), process]:
            child.kill()
    process.wait()


def test_changes_show_and_interrupt_ends_everything(project: Path, dev: tuple[psutil.Popen, str]) -> None:
    process, url = dev
    wait_until(lambda: "<body" in get(url))
    change(project / MODULE, '"""', 'raise RuntimeError("broken")\n"""')
    wait_until(lambda: "could not start" in get(url))
    change(project / CATALOGUE, 'msgid "Meetings"\nmsgstr "', 'msgid "Meetings"\nmsgstr "Traducidas ')
    change(project / TEMPLATE, "<body", "<body data-changed")
    change(project / MODULE, 'raise RuntimeError("broken")\n', "")
    wait_until(lambda: all(part in get(url) for part in ("data-changed", "Traducidas")))
    started = [process, *process.children(recursive=True)]
    assert len(started) >= 4, "the reloader, the dashboard, the sandbox and its worker"
    # As a terminal does: to the foreground process group, which the sandbox is no part of.
    for one in started[:2]:
        one.send_signal(signal.SIGINT)
    _, alive = psutil.wait_procs(started, timeout=20)
    assert not alive


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def get(url: str) -> str:
    try:
        return requests.get(url, timeout=30).text
    except requests.RequestException:
        return ""


def wait_until(holds: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
