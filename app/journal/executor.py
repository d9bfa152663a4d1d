"""Execute calls in the foreground up to a limit, and in a background pool beyond it.

A process has a fixed number of request threads. When Zelta hangs, each submitted form would block one until
the deadline, and no thread would be left for other pages. So only some requests wait for their call. The
others run it in the background, and their page shows it as in progress. The intent is committed before either
way; the lease, the deadline and the outcome handling are the same.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

from flask import Flask, current_app

from app import journal
from app.journal import PendingCall

log = logging.getLogger(__name__)

MAX_FOREGROUND_CALLS = 8
"""Requests of one process that wait for their call: half of its threads."""
MAX_BACKGROUND_CALLS = 64
"""Concurrent background calls of one process. A call that gets no slot before its deadline is not sent."""

_foreground_slots = threading.BoundedSemaphore(MAX_FOREGROUND_CALLS)
_pending_futures: set[Future[None]] = set()
_pool_lock = threading.Lock()
_stop_event = threading.Event()
_background_pool: ThreadPoolExecutor | None = None


def execute(call: PendingCall) -> None:
    """Execute a call (see `journal.execute_call`) and wait for it if a foreground slot is free."""
    if _foreground_slots.acquire(blocking=False):
        try:
            journal.execute_call(call)
        finally:
            _foreground_slots.release()
        return
    _submit(partial(_execute_in_background, call))


def run(task: Callable[[], None]) -> None:
    """Run a task that makes several calls in the background; between two of them it looks at `is_stopping`."""
    _submit(task)


def is_stopping() -> bool:
    """Whether the process exits: a background task starts no more calls."""
    return _stop_event.is_set()


def drain(seconds: float) -> None:
    """Wait up to this many seconds for background calls to end, before the process exits."""
    _stop_event.set()
    deadline = time.monotonic() + seconds
    while (remaining := deadline - time.monotonic()) > 0 and _pending_futures:
        wait(tuple(_pending_futures), remaining)


def _get_background_pool() -> ThreadPoolExecutor:
    global _background_pool  # noqa: PLW0603 - created after the fork: threads do not survive one
    if _background_pool is None:
        _background_pool = ThreadPoolExecutor(MAX_BACKGROUND_CALLS, thread_name_prefix="behind")
    return _background_pool


def _submit(task: Callable[[], None]) -> None:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with _pool_lock:
        future = _get_background_pool().submit(_run_in_context, app, task)
        _pending_futures.add(future)
    future.add_done_callback(_pending_futures.discard)


def _run_in_context(app: Flask, task: Callable[[], None]) -> None:
    try:
        with app.app_context():
            task()
    except Exception:
        log.exception("a background task failed")


def _execute_in_background(call: PendingCall) -> None:
    try:
        journal.execute_call(call)
    except Exception:  # the entry has no outcome: when its lease expires, it becomes unknown
        log.exception("journal entry %d could not be carried out", call.entry_id)
