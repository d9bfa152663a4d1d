"""The sender command ends when it is asked to, whatever it is at."""

import subprocess
import sys
from pathlib import Path

from tests.support.environment import app_environment, process_environment
from tests.support.test_run import ROOT

# A signal that comes while the sender holds the lock of the event that tells it to stop.
AT_THE_WORST_MOMENT = """
import os, signal, time
from app.outbox.sender import Sender
from wsgi import app

def run(sender):
    with sender._stop_event._cond:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.3)
    assert sender._stop_event.wait(10)
    print("heard")

Sender.run = run
with app.app_context():
    app.cli.commands["sender"].main([], standalone_mode=False)
"""
BREAKS = AT_THE_WORST_MOMENT.replace("    with sender", "    raise SystemError('broken')\n    with sender")


def ends(tmp_path: Path, program: str) -> subprocess.CompletedProcess[str]:
    environment = process_environment(app_environment(f"sqlite:///{tmp_path}/convoca.db"))
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, timeout=20, check=False,
        capture_output=True, text=True,
    )  # fmt: skip


def test_a_stop_is_heard_while_the_sender_holds_its_own_locks(tmp_path: Path) -> None:
    ended = ends(tmp_path, AT_THE_WORST_MOMENT)
    assert (ended.returncode, ended.stdout) == (0, "heard\n"), ended.stderr


def test_a_sender_that_breaks_ends_with_an_error(tmp_path: Path) -> None:
    ended = ends(tmp_path, BREAKS)
    assert ended.returncode == 1
    assert "SystemError: broken" in ended.stderr
