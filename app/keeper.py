"""The threads of a serving process: the keeper, and the sender where it runs inside.

The keeper ends, as unknown, what a dead process left in flight, and writes the texts of search anew. They start with the
process's first request or, under gunicorn, with the worker (see `gunicorn.conf.py`); never in a `flask` command, and
never before a fork, which a thread would not survive.
"""

import logging
import os
import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import dispatch, journal
from app.meetings import search
from app.outbox.sender import Sender
from app.settings import Settings

EVERY_SECONDS = 2.0
NOTICED_SECONDS = 0.2
STOPPING_SECONDS = 5.0

log = logging.getLogger(__name__)
_started: dict[tuple[int, int], "Threads"] = {}
_lock = threading.Lock()


class Threads:
    """The keeper and, where it runs inside, the sender of one process."""

    def __init__(self, app: Flask, serving: Callable[[], bool] | None) -> None:
        settings: Settings = app.extensions["settings"]
        self._app = app
        self._sender = Sender(app, settings.zelta_concurrency, settings.zelta_rate)
        self._sending = threading.Thread(target=self._sender.run, name="sender", daemon=True)
        threading.Thread(target=self._keep, name="keeper", daemon=True).start()
        if settings.sender == "inside":
            self._sending.start()
            if serving is not None:
                threading.Thread(target=self._watch, args=(serving,), name="watch", daemon=True).start()

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and give calls that are under way so long to end."""
        until = time.monotonic() + seconds
        self._sender.stop()
        if self._sending.is_alive():
            self._sending.join(seconds)
        dispatch.finish(until - time.monotonic())

    def _watch(self, serving: Callable[[], bool]) -> None:
        """Begin no call that the process might not live to end: gunicorn tells its application of a stop only at the end."""
        while serving():
            time.sleep(NOTICED_SECONDS)
        self._sender.stop()

    def _keep(self) -> None:
        while True:
            time.sleep(EVERY_SECONDS)
            look_after(self._app)


def init_app(app: Flask) -> None:
    """Let the threads start with the first request, wherever the application is served."""
    app.before_request(lambda: None if app.testing else start(app))


def start(app: Flask, serving: Callable[[], bool] | None = None) -> None:
    """Start the threads in this process, once; the keeper's first round is over when this returns.

    Args:
        app: the application.
        serving: whether the process still takes requests; once it does not, nothing of the outbox is begun any more.
    """
    key = (os.getpid(), id(app))
    if key in _started:
        return
    with _lock:
        if key in _started:
            return
        look_after(app)
        _started[key] = Threads(app, serving)


def stop(app: Flask) -> None:
    """Let what is under way end, before the process does."""
    threads = _started.get((os.getpid(), id(app)))
    if threads is not None:
        settings: Settings = app.extensions["settings"]
        threads.stop(settings.zelta_timeout + STOPPING_SECONDS)


def look_after(app: Flask) -> None:
    """One round of the keeper."""
    with app.app_context():
        try:
            journal.recover()
            search.refresh()
        except (
            SQLAlchemyError
        ) as error:  # away for the moment, or not migrated yet: the next round tries again
            log.warning("the keeper could not do its round: %s", type(error).__name__)
