"""One run of the suite: a directory of its own, and a guard that clears up however the run ends.

The process that started pytest holds a lock for as long as it lives. A small guard process waits for that lock: it gets it
when the run is over, be it by a green end, by Ctrl-C or by `kill -9`, and then stops whatever the run started (PostgreSQL,
gunicorn, browsers) and removes the directory. Should the guard be killed as well, the next run does its work first.

A process belongs to a run when the environment it was born with names it, or, since PostgreSQL overwrites its own
environment, when it is a `postgres` whose data directory lies in the run's.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = Path(tempfile.gettempdir()) / f"convoca-tests-{os.geteuid()}"
VARIABLE = "CONVOCA_TEST_RUN"
PATIENCE = 15.0
"""Seconds given to a process that was asked to stop before it is killed."""


def run_directory() -> Path:
    """The directory of this run, the same for every xdist worker."""
    return Path(os.environ[VARIABLE])


@contextmanager
def alone(name: str, directory: Path | None = None) -> Iterator[Path]:
    """Let one process of the run at a time do `name`; yields the run's directory."""
    directory = directory or run_directory()
    with _lock_file(directory, name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield directory


def _lock_file(directory: Path, name: str) -> Path:
    return directory / f".{name}.lock"


class Run:
    """A run in progress, held by the process that started pytest."""

    def __init__(self) -> None:
        RUNS.mkdir(mode=0o755, exist_ok=True)
        if RUNS.stat().st_uid != os.geteuid():
            raise RuntimeError(f"{RUNS} belongs to another user")
        with alone("sweep", RUNS):
            sweep()
            self.directory = Path(tempfile.mkdtemp(prefix="run-", dir=RUNS))
            # PostgreSQL refuses to run as root, so as root it runs as a user who has to get in here.
            self.directory.chmod(0o755)
            self._alive = _lock_file(self.directory, "alive").open("w")
            fcntl.flock(self._alive, fcntl.LOCK_EX)
        self._guard = subprocess.Popen(
            [sys.executable, "-m", __name__, str(self.directory)], cwd=ROOT, start_new_session=True
        )
        os.environ[VARIABLE] = str(self.directory)

    def end(self) -> None:
        """Let go of the lock and wait until the guard has cleared up; do it here if the guard is gone."""
        os.environ.pop(VARIABLE, None)
        self._alive.close()
        with suppress(subprocess.TimeoutExpired):
            self._guard.wait(2 * PATIENCE)
        if self.directory.exists():
            clear(self.directory)


def sweep() -> None:
    """Clear up what killed runs left: those whose lock nobody holds, and processes whose directory is gone."""
    left = {directory for directory in RUNS.iterdir() if directory.is_dir()}
    left |= {directory for _, directory in _processes()}
    for directory in left:
        if _abandoned(directory):
            clear(directory)


def _abandoned(directory: Path) -> bool:
    try:
        with _lock_file(directory, "alive").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


def clear(directory: Path) -> None:
    """Stop every process of the run in `directory`, then remove the directory."""
    members = [process for process, run in _processes() if run == directory]
    for process in members:
        with suppress(psutil.NoSuchProcess):
            # SIGQUIT is PostgreSQL's immediate shutdown, which also gives its shared memory back.
            process.send_signal(signal.SIGQUIT if process.name() == "postgres" else signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while any(map(_alive, members)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in filter(_alive, members):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    shutil.rmtree(directory, ignore_errors=True)


def _alive(process: psutil.Process) -> bool:
    try:
        # In a container nobody may be there to take in an orphan's exit: a zombie is as good as gone.
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _processes() -> Iterator[tuple[psutil.Process, Path]]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            directory = _run_of(process)
            if directory is not None:
                yield process, directory


def _run_of(process: psutil.Process) -> Path | None:
    if process.name() == "postgres":
        command = process.cmdline()
        data = Path(command[command.index("-D") + 1]) if "-D" in command[:-1] else Path()
        return data.parent if data.is_relative_to(RUNS) else None
    named = process.environ().get(VARIABLE)
    return Path(named) if named and Path(named).parent == RUNS else None


_CURRENT = pytest.StashKey[Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the run, in the process that the xdist workers are born from."""
    if not hasattr(config, "workerinput"):
        config.stash[_CURRENT] = Run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End it; the directory is gone when this returns."""
    run = config.stash.get(_CURRENT, None)
    if run is not None:
        run.end()


def _guard(directory: Path) -> None:
    with suppress(FileNotFoundError), alone("alive", directory):
        clear(directory)


if __name__ == "__main__":
    _guard(Path(sys.argv[1]))
