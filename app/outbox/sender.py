"""The sender: one thread that claims people and starts their calls at the shared pace, and several that make them."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import uuid4

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import journal, metrics
from app.journal import Begun
from app.models import Action
from app.outbox import claims
from app.outbox.claims import Wait
from app.settling import AnyOutcome
from app.zelta.outcome import Done

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.05
NAP_SECONDS = 0.25
# A wait that the pace asks for may end early, so it is asked again after so long.
ASK_AGAIN_SECONDS = 5.0
# The next call goes before an outcome is written down: both want the interpreter and the database at the same moment.
HEAD_START_SECONDS = 0.006


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
        # Twice as many threads as calls: while one writes down its outcome, the next call is made.
        with ThreadPoolExecutor(2 * self._concurrency, thread_name_prefix="call") as callers:
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
            seconds = claims.seconds_to_wait(self._usual_rate)
            if seconds is None:
                return False
            # Whatever has to be waited for is waited for before anybody is claimed: no claim is waited out.
            if seconds > 0:
                self._wait(min(seconds, ASK_AGAIN_SECONDS))
            elif self._place_is_free():
                self._claim_and_start(callers)
        except SQLAlchemyError as error:  # away for the moment, or not migrated yet
            log.warning("the sender could not reach its queue: %s", type(error).__name__)
            return False
        return True

    def _claim_and_start(self, callers: ThreadPoolExecutor) -> None:
        # Others may take the slots that were free: then the rest goes back long before the claims run out.
        hold_until = time.monotonic() + claims.CLAIM_SECONDS / 2
        ids = claims.claim(self._owner, self._concurrency)
        if not all(self._start(one, callers, hold_until) for one in ids):
            self._give_back()

    def _place_is_free(self) -> bool:
        """Whether one of our own calls ends within a moment; this thread alone begins them, so the place stays free."""
        found = self._free.acquire(timeout=NAP_SECONDS)
        if found:
            self._free.release()
        return found

    def _start(self, participant_id: int, callers: ThreadPoolExecutor, hold_until: float) -> bool:
        """Start one call as soon as there is a free place and the pace allows it.

        Returns:
            False if that would take longer than the claim may be held, or the sender stops.
        """
        while not self._free.acquire(timeout=NAP_SECONDS):
            if self._stopping.is_set() or time.monotonic() > hold_until:
                return False
        handed_over = False
        try:
            while not self._stopping.is_set():
                step = claims.start(participant_id, self._owner, self._usual_rate)
                if isinstance(step, Wait):
                    if time.monotonic() + step.seconds > hold_until:
                        return False
                    self._wait(step.seconds)
                    continue
                if isinstance(step, Begun):
                    callers.submit(self._call, step)
                    handed_over = True
                return True
            return False
        finally:
            if not handed_over:
                self._free.release()

    def _wait(self, seconds: float) -> None:
        began = time.monotonic()
        self._stopping.wait(seconds)
        metrics.count_wait(Action.ADD_PARTICIPANT, time.monotonic() - began)

    def _call(self, begun: Begun) -> None:
        place = ExitStack()
        place.callback(self._free.release)

        def answered(outcome: AnyOutcome) -> None:
            if isinstance(outcome, Done):  # anything else may hold the list, which the next call has to see
                place.close()
                time.sleep(HEAD_START_SECONDS)

        try:
            with self._app.app_context():
                journal.carry_out(begun, answered=answered)
        except Exception:  # the entry stays without an ending, and its lease makes it unknown
            entry_id = begun.entry_id
            log.exception(
                "journal entry %d could not be carried out", entry_id, extra={"journal_entry": entry_id}
            )
        finally:
            place.close()

    def _give_back(self) -> None:
        try:
            claims.give_back(self._owner)
        except SQLAlchemyError as error:
            log.warning("the claims stay until they run out: %s", type(error).__name__)
