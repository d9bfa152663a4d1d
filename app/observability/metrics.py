"""Prometheus metrics of a process: its requests and its calls to Zelta. `app.operations.metrics` serves them.

prometheus-client's multiprocess mode: each process writes its own files in a shared directory; any process
can render the metrics of all. Without a directory (tests), a process renders only its own metrics. If the
directory is deleted, nothing is recorded, and requests still work.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess, values

from app.config import Settings

MULTIPROC_DIR_VAR = "PROMETHEUS_MULTIPROC_DIR"
HTTP_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_PROCESS = 0

REGISTRY = CollectorRegistry()
# All metrics have labels, so that a process that records nothing leaves no file.
REQUEST_SECONDS = Histogram(
    "convoca_request_seconds",
    "Requests, and how long each took until its answer began.",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
ZELTA_CALL_SECONDS = Histogram(
    "convoca_zelta_call_seconds",
    "Calls to Zelta, with their repeats, and how long each took.",
    ["kind", "outcome"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
    registry=REGISTRY,
)
RATE_LIMIT_WAIT = Counter(
    "convoca_zelta_held_back_seconds",
    "How long senders waited for the pace that Zelta allows.",
    ["kind"],
    registry=REGISTRY,
)


def observe_request(route: str, method: str, status: str, seconds: float) -> None:
    """Record a request: `route` is the URL rule, never the requested path."""
    with suppress(OSError):
        REQUEST_SECONDS.labels(route, method if method in HTTP_METHODS else "other", status).observe(seconds)


def observe_call(kind: str, outcome: str, seconds: float) -> None:
    """Record a finished call to Zelta."""
    with suppress(OSError):
        ZELTA_CALL_SECONDS.labels(kind, outcome).observe(seconds)


def observe_rate_limit_wait(kind: str, seconds: float) -> None:
    """Record the seconds for which a call of this kind waited for the rate limit."""
    with suppress(OSError):
        RATE_LIMIT_WAIT.labels(kind).inc(seconds)


def configure_multiprocess(settings: Settings) -> None:
    """Use the directory of `PROMETHEUS_MULTIPROC_DIR`, or else one in the instance directory."""
    configured = os.environ.get(MULTIPROC_DIR_VAR)
    directory = Path(configured) if configured else settings.instance_path / f"metrics-{settings.port}"
    try:
        directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory.mkdir(mode=0o700, exist_ok=True)
        tempfile.TemporaryFile(dir=directory).close()
    except OSError:  # the process may have no write access to the instance directory
        directory = Path(tempfile.mkdtemp(prefix="convoca-metrics-"))
    os.environ[MULTIPROC_DIR_VAR] = str(directory)
    if not getattr(values.ValueClass, "_multiprocess", False):
        values.ValueClass = values.MultiProcessValue()


def clear_stale_files() -> None:
    """Delete the files of dead processes."""
    for file in _metric_files():
        if not _is_alive(_pid_from_file(file)):
            file.unlink(missing_ok=True)


def mark_dead(process: int) -> None:
    """Tell Prometheus' client that a process has ended; its files stay, so that no counter goes back."""
    multiprocess.mark_process_dead(process)
    # A process that was killed while it made its file leaves an empty one, on which every scrape would fail.
    for file in _metric_files():
        if _pid_from_file(file) == process and not file.stat().st_size:
            file.unlink()


def render() -> bytes:
    """Render all metrics in the Prometheus text format."""
    if not _metrics_directory():
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def get_live_pids() -> list[int]:
    """The ids of the live processes that write to the directory."""
    own_pid = {os.getpid()}
    return sorted(own_pid | {pid for pid in map(_pid_from_file, _metric_files()) if pid and _is_alive(pid)})


def _metrics_directory() -> Path | None:
    directory = Path(os.environ.get(MULTIPROC_DIR_VAR) or "")
    return directory if directory.name and directory.is_dir() else None


def _metric_files() -> list[Path]:
    directory = _metrics_directory()
    return sorted(directory.glob("*_*.db")) if directory else []


def _pid_from_file(file: Path) -> int:
    pid = file.stem.rpartition("_")[2]
    return int(pid) if pid.isdigit() else NO_PROCESS


def _is_alive(pid: int) -> bool:
    if pid == NO_PROCESS:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
