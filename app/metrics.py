"""What a process counts: the requests that it answered, and its calls to Zelta. `app.operations.metrics` shows it.

Each process counts for itself, in files of a folder (`share`) where whichever is asked finds those of all the others on the
machine, the senders too. Without a folder, as in tests, it tells of itself alone. Should the folder go away, nothing is counted
and everything else goes on.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values

from app.settings import Settings

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_PROCESS = 0

REGISTRY = CollectorRegistry()
# All of them have labels, so that a process that counts nothing leaves no file behind.
REQUESTS = Histogram(
    "convoca_request_seconds",
    "Requests, and how long each took until its answer began.",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
CALLS = Histogram(
    "convoca_zelta_call_seconds",
    "Calls to Zelta, with their repeats, and how long each took.",
    ["kind", "outcome"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
    registry=REGISTRY,
)
HELD_BACK = Counter(
    "convoca_zelta_held_back_seconds",
    "How long senders waited for the pace that Zelta allows.",
    ["kind"],
    registry=REGISTRY,
)


def count_request(route: str, method: str, status: str, seconds: float) -> None:
    """Count a request: `route` as the application knows it, never the path that was asked for."""
    with suppress(OSError):
        REQUESTS.labels(route, method if method in METHODS else "other", status).observe(seconds)


def count_call(kind: str, outcome: str, seconds: float) -> None:
    """Count a call to Zelta that has ended."""
    with suppress(OSError):
        CALLS.labels(kind, outcome).observe(seconds)


def count_wait(kind: str, seconds: float) -> None:
    """Count the time for which a call of this kind was held back."""
    with suppress(OSError):
        HELD_BACK.labels(kind).inc(seconds)


def share(settings: Settings) -> None:
    """Count, from now on, in the folder that `PROMETHEUS_MULTIPROC_DIR` names, or else in one of the installation's."""
    given = os.environ.get(FOLDER)
    folder = Path(given) if given else settings.instance_path / f"metrics-{settings.port}"
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:  # the installation's own folder may be closed to the process that serves it
        folder = Path(tempfile.mkdtemp(prefix="convoca-metrics-"))
    os.environ[FOLDER] = str(folder)
    if not getattr(values.ValueClass, "_multiprocess", False):
        values.ValueClass = values.MultiProcessValue()


def start_anew() -> None:
    """Forget what processes that have ended had counted."""
    for file in _files():
        if not _lives(_process_of(file)):
            file.unlink(missing_ok=True)


def mark_dead(process: int) -> None:
    """Tell Prometheus' client that a process has ended; its files stay, so that no counter goes back."""
    multiprocess.mark_process_dead(process)
    # A process that was killed while it made its file leaves an empty one, on which every scrape would fail.
    for file in _files():
        if _process_of(file) == process and not file.stat().st_size:
            file.unlink()


def counted() -> bytes:
    """All that was counted, in Prometheus' text format."""
    if not _folder():
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)
    return generate_latest(together)


def processes() -> list[int]:
    """The numbers of the living processes that count here."""
    own = {os.getpid()}
    return sorted(own | {number for number in map(_process_of, _files()) if number and _lives(number)})


def _folder() -> Path | None:
    folder = Path(os.environ.get(FOLDER) or "")
    return folder if folder.name and folder.is_dir() else None


def _files() -> list[Path]:
    folder = _folder()
    return sorted(folder.glob("*_*.db")) if folder else []


def _process_of(file: Path) -> int:
    number = file.stem.rpartition("_")[2]
    return int(number) if number.isdigit() else NO_PROCESS


def _lives(process: int) -> bool:
    if process == NO_PROCESS:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
