"""How gunicorn serves the sandbox; `server.command` names this file."""

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

# The folder around the package, so that it is imported as `sandbox`: importing `app.sandbox` would import the
# dashboard with it and take five times as long. At the end of the path, where it shadows no other module.
sys.path.append(str(Path(__file__).resolve().parents[1]))

workers = 1  # the rate limit lives in memory
worker_class = "gthread"
threads = 32
keepalive = 75  # longer than a client keeps an idle connection, so that none is closed under a call
graceful_timeout = 1
control_socket_disable = True
accesslog = None
loglevel = "error"  # warnings quote broken request lines, and those may hold a query string


def on_starting(_server: Any) -> None:
    """End with the process that asked for it."""
    parent = os.environ.get("SANDBOX_PARENT")
    if parent:
        _exit_with_parent(int(parent))


def post_fork(_server: Any, worker: Any) -> None:
    """End the worker with its master, without waiting for calls that hang on purpose."""
    _exit_with_parent(worker.ppid)


def _exit_with_parent(parent: int) -> None:
    def exit_when_orphaned() -> None:
        while os.getppid() == parent:
            time.sleep(0.1)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=exit_when_orphaned, name="end-with-parent", daemon=True).start()
