"""The keeper: a thread in each serving process that ends, as unknown, what a dead process left in flight.

It starts with the process's first request or, under gunicorn, with the worker (see `gunicorn.conf.py`); never in a
`flask` command, and never before a fork, which a thread would not survive.
"""

import logging
import os
import threading
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import journal

EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)
_started_in: set[tuple[int, int]] = set()
_lock = threading.Lock()


def init_app(app: Flask) -> None:
    """Let the keeper start with the first request, wherever the application is served."""
    app.before_request(lambda: None if app.testing else start(app))


def start(app: Flask) -> None:
    """Start the keeper in this process, once; the first round is over when this returns."""
    key = (os.getpid(), id(app))
    if key in _started_in:
        return
    with _lock:
        if key in _started_in:
            return
        _started_in.add(key)
    _round(app)
    threading.Thread(target=_keep, args=(app,), name="keeper", daemon=True).start()


def _keep(app: Flask) -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        _round(app)


def _round(app: Flask) -> None:
    with app.app_context():
        try:
            journal.recover()
        except (
            SQLAlchemyError
        ) as error:  # away for the moment, or not migrated yet: the next round tries again
            log.warning("the keeper could not look after the journal: %s", type(error).__name__)
