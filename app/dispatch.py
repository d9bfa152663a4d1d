"""Calls that somebody in front of a page waits for, as long as others find a free thread meanwhile.

A process has so many threads for requests. When Zelta hangs, each submitted form would hold one for the whole deadline,
and the list would hang with it. So only some requests wait for their call; for the rest it is made behind their back, and the
page shows what it is by then: on its way. The intent is on disk either way, and the lease, the deadline and the outcome are
the same.
"""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait

from flask import Flask, current_app

from app import journal
from app.journal import Begun

log = logging.getLogger(__name__)

WAITING = 8
"""Requests of one process that wait for their call; half of its threads."""
BEHIND = 64
"""Calls of one process that are made behind somebody's back at once. One that finds no place in time is not sent."""

_room = threading.BoundedSemaphore(WAITING)
_under_way: set[Future[None]] = set()
_lock = threading.Lock()
_callers: ThreadPoolExecutor | None = None


def carry_out(begun: Begun) -> None:
    """Make a call (see `journal.carry_out`), and wait for it if there is room to wait."""
    if _room.acquire(blocking=False):
        try:
            journal.carry_out(begun)
        finally:
            _room.release()
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with _lock:
        future = _pool().submit(_behind, app, begun)
        _under_way.add(future)
    future.add_done_callback(_under_way.discard)


def finish(seconds: float) -> None:
    """Give the calls that are made behind somebody's back so long to end, before the process does."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and _under_way:
        wait(tuple(_under_way), left)


def _pool() -> ThreadPoolExecutor:
    global _callers  # noqa: PLW0603 - made by the process that needs it, since threads do not live through a fork
    if _callers is None:
        _callers = ThreadPoolExecutor(BEHIND, thread_name_prefix="behind")
    return _callers


def _behind(app: Flask, begun: Begun) -> None:
    try:
        with app.app_context():
            journal.carry_out(begun)
    except Exception:  # the entry stays without an ending, and its lease makes it unknown
        log.exception("journal entry %d could not be carried out", begun.entry_id)
