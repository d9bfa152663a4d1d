"""A wrong setting stops the start, of gunicorn and of the `flask` command alike, with one line that says which and why."""

import subprocess
import sys

import pytest

from tests.support.environment import app_environment, process_environment
from tests.support.live import free_port
from tests.support.test_run import ROOT

COMMANDS = {"gunicorn": ["gunicorn", "wsgi:app"], "flask": ["flask", "--app", "wsgi", "routes"]}


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [("gunicorn", "DATABASE_URL", "mysql://root:hunter2@db/x"), ("flask", "ZELTA_API_KEY", "")],
)
def test_one_line_says_which_and_why(command: str, name: str, value: str) -> None:
    said = told(command, name, value)
    assert said.startswith("Convoca cannot start: ")
    assert name in said
    assert "hunter2" not in said


def told(command: str, name: str, value: str) -> str:
    """The one line with which a command refuses to start."""
    environment = app_environment("sqlite:////tmp/never-made.db") | {"PORT": str(free_port()), name: value}
    done = subprocess.run(
        [sys.executable, "-m", *COMMANDS[command]], cwd=ROOT, env=process_environment(environment),
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    said = (done.stdout + done.stderr).strip()
    assert done.returncode != 0
    assert len(said.splitlines()) == 1, said
    return said


@pytest.mark.parametrize(
    # What is no number at all stops gunicorn before it reads anything of ours.
    ("command", "value"),
    [("gunicorn", "0"), ("flask", "abc")],
)
def test_processes_are_a_whole_number_that_serves_a_person(command: str, value: str) -> None:
    said = told(command, "WEB_CONCURRENCY", value)
    assert said.startswith("Convoca cannot start: WEB_CONCURRENCY")
    assert said.endswith("give a whole number from 1 to 64")
