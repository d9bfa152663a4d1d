"""Senders as they run in production: `flask --app wsgi sender` in processes of their own, to be killed at any time."""

import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.environment import process_environment
from tests.support.test_run import ROOT


class SenderProcess:
    """One sender with these settings, logging to `log_path`."""

    def __init__(self, environment: dict[str, str], log_path: Path, concurrency: int = 4) -> None:
        self._environment = process_environment(environment)
        self.log_path = log_path
        self._command = [
            sys.executable, "-m", "flask", "--app", "wsgi", "sender", "--concurrency", str(concurrency)
        ]  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill9()

    def start(self) -> Self:
        """Start it (again)."""
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        return self

    def kill9(self) -> None:
        """Kill it at once; nothing if it is not running."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self, seconds: float = 15) -> int:
        """End it as `systemctl stop` would; gives its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)
