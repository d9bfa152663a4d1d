"""Background threads of a serving process: maintenance, and the sender if it runs in the process.

Maintenance expires lost calls and updates the search index. The threads start with the
first request or, under gunicorn, with the worker (see `gunicorn.conf.py`); never in a `flask` command,
nor before a fork, which threads do not survive.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import journal
from app.config import Settings
from app.journal import executor
from app.meetings import search
from app.outbox.sender import Sender

MAINTENANCE_INTERVAL_SECONDS = 2.0
SHUTDOWN_POLL_SECONDS = 0.2
SHUTDOWN_GRACE_SECONDS = 5.0

log = logging.getLogger(__name__)
_threads_by_process: dict[tuple[int, int], "BackgroundThreads"] = {}
_start_lock = threading.Lock()


class BackgroundThreads:
    """The maintenance thread and, if it runs in the process, the sender."""

    def __init__(self, app: Flask, is_serving: Callable[[], bool] | None) -> None:
        settings: Settings = app.extensions["settings"]
        self._app = app
        self._sender = Sender(app, settings.zelta_concurrency, settings.zelta_rate)
        self._sender_thread = threading.Thread(target=self._sender.run, name="sender", daemon=True)
        threading.Thread(target=self._maintenance_loop, name="maintenance", daemon=True).start()
        if settings.sender == "inside":
            self._sender_thread.start()
            if is_serving is not None:
                threading.Thread(
                    target=self._stop_when_worker_stops, args=(is_serving,), name="watch", daemon=True
                ).start()

    def stop(self, seconds: float) -> None:
        """Start no more calls, and wait up to `seconds` for calls in flight."""
        deadline = time.monotonic() + seconds
        self._sender.stop()
        if self._sender_thread.is_alive():
            self._sender_thread.join(seconds)
        executor.drain(deadline - time.monotonic())

    def _stop_when_worker_stops(self, is_serving: Callable[[], bool]) -> None:
        """Stop the sender when the worker starts to shut down: gunicorn's worker_exit hook runs too late."""
        while is_serving():
            time.sleep(SHUTDOWN_POLL_SECONDS)
        self._sender.stop()

    def _maintenance_loop(self) -> None:
        while True:
            time.sleep(MAINTENANCE_INTERVAL_SECONDS)
            run_maintenance(self._app)


def init_app(app: Flask) -> None:
    """Start the threads with the first request, under any WSGI server."""
    app.before_request(lambda: None if app.testing else start_threads(app))


def start_threads(app: Flask, is_serving: Callable[[], bool] | None = None) -> None:
    """Start the threads of this process, once; returns after the first maintenance run.

    Args:
        app: the application.
        is_serving: whether the process still takes requests; if not, the sender starts no more calls.
    """
    key = (os.getpid(), id(app))
    if key in _threads_by_process:
        return
    with _start_lock:
        if key in _threads_by_process:
            return
        run_maintenance(app)
        _threads_by_process[key] = BackgroundThreads(app, is_serving)


def stop_threads(app: Flask) -> None:
    """Wait for calls in flight before the process exits."""
    threads = _threads_by_process.get((os.getpid(), id(app)))
    if threads is not None:
        settings: Settings = app.extensions["settings"]
        threads.stop(settings.zelta_timeout + SHUTDOWN_GRACE_SECONDS)


def run_maintenance(app: Flask) -> None:
    """Expire lost calls and update the search index, once."""
    with app.app_context():
        try:
            journal.expire_lost_calls()
            search.reindex_pending()
        except SQLAlchemyError as error:  # unavailable, or not migrated yet: the next run retries
            log.warning("maintenance failed: %s", type(error).__name__)
