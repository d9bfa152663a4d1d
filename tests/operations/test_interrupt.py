"""^C at any moment ends the server soon, and without a word about signals."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.operations.test_graceful_stop import until
from tests.operations.test_start import RUN, answers
from tests.support.environment import process_environment
from tests.support.live import WORKING_COPY, free_port
from tests.support.test_run import ROOT

LIMIT_SECONDS = 5.0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the code, and an `instance/` of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in (*WORKING_COPY, "tools"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.5])
def test_interrupt_after_the_first_answer_says_nothing(project: Path, tmp_path: Path, seconds: float) -> None:
    log, port = tmp_path / "log", free_port()
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *RUN], cwd=project, env=process_environment({"PORT": str(port)}),
            stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: answers(port))
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        process.wait(LIMIT_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    said = log.read_text()
    assert "Traceback" not in said
    assert "ignored" not in said


CALL_WORKER_INT = """
import runpy, signal, types
runpy.run_path("gunicorn.conf.py")["worker_int"](types.SimpleNamespace())
for number in (signal.SIGINT, signal.SIGQUIT):
    print(type(signal.getsignal(number)).__name__)
"""


def test_handlers_of_an_interrupted_worker_are_functions(project: Path) -> None:
    """Python raises for a signal that has come, but whose handler is SIG_IGN or SIG_DFL when its turn comes."""
    done = subprocess.run(
        [sys.executable, "-c", CALL_WORKER_INT], cwd=project, env=process_environment({}),
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["function", "function"]
