"""The sender: one thread that claims people and starts their calls at the shared pace, and several that make them."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import journal
from app.outbox import claims
from app.outbox.claims import Started, Wait

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
NAP_SECONDS = 0.25


class Sender:
    """Sends whoever waits, `concurrency` calls at once, until it is told to stop.

    Args:
        app: the application, for its database and its client.
        concurrency: calls under way at once.
        usual_rate: calls a minute while the API names no limit; 0 for none.
    """

    def __init__(self, app: Flask, concurrency: int, usual_rate: int) -> None:
        self._app, self._concurrency, self._usual_rate = app, concurrency, usual_rate
        self._owner = uuid4().hex
        self._stopping = threading.Event()
        self._free = threading.BoundedSemaphore(concurrency)

    def run(self) -> None:
        """Send until `stop`; returns when the calls that are under way have ended."""
        with ThreadPoolExecutor(self._concurrency, thread_name_prefix="call") as callers:
            while not self._stopping.is_set():
                with self._app.app_context():
                    found = self._round(callers)
                if not found:
                    self._stopping.wait(IDLE_SECONDS)
        with self._app.app_context():
            self._give_back()

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()

    def _round(self, callers: ThreadPoolExecutor) -> bool:
        """Claim some people and start their calls; says whether there was anybody."""
        try:
            ids = claims.claim(self._owner, self._concurrency)
            for participant_id in ids:
                if not self._start(participant_id, callers):
                    break
        except SQLAlchemyError as error:  # away for the moment, or not migrated yet
            log.warning("the sender could not reach its queue: %s", type(error).__name__)
            return False
        return bool(ids)

    def _start(self, participant_id: int, callers: ThreadPoolExecutor) -> bool:
        """Start one call as soon as there is a free place and the pace allows it; False to stop."""
        while not self._free.acquire(timeout=NAP_SECONDS):
            if self._stopping.is_set():
                return False
        handed_over = False
        try:
            while not self._stopping.is_set():
                step = claims.start(participant_id, self._owner, self._usual_rate)
                if isinstance(step, Wait):
                    self._stopping.wait(step.seconds)
                    continue
                if isinstance(step, Started):
                    callers.submit(self._call, step.entry_id)
                    handed_over = True
                return True
            return False
        finally:
            if not handed_over:
                self._free.release()

    def _call(self, entry_id: int) -> None:
        try:
            with self._app.app_context():
                journal.carry_out(entry_id)
        except Exception:  # the entry stays without an ending, and its lease makes it unknown
            log.exception("journal entry %d could not be carried out", entry_id)
        finally:
            self._free.release()

    def _give_back(self) -> None:
        try:
            claims.give_back(self._owner)
        except SQLAlchemyError as error:
            log.warning("the claims stay until they run out: %s", type(error).__name__)
