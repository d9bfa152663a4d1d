"""The sender: one thread claims people and meetings under the shared rate limit; a pool makes their calls."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from uuid import uuid4

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import journal
from app.journal import PendingCall
from app.journal.effects import CallOutcome
from app.models import Action
from app.observability import metrics
from app.outbox import work
from app.outbox.claims import CLAIM_SECONDS
from app.outbox.queue import RateLimited
from app.outbox.work import Work
from app.zelta.outcome import Done

log = logging.getLogger(__name__)

IDLE_POLL_SECONDS = 0.05
SLOT_POLL_SECONDS = 0.25
# The rate limit may open early, so check again after this long.
MAX_RATE_LIMIT_WAIT_SECONDS = 5.0
# Delay saving by 6 ms so that the next request is sent first; otherwise both contend for the GIL.
SAVE_DELAY_SECONDS = 0.006


class Sender:
    """Sends queued participants and meetings, with `concurrency` calls at once, until `stop`.

    Args:
        app: the application, for its database and its client.
        concurrency: maximum calls in flight.
        default_rate: calls per minute while the API announces no limit; 0: unlimited.
    """

    def __init__(self, app: Flask, concurrency: int, default_rate: int) -> None:
        self._app, self._concurrency, self._default_rate = app, concurrency, default_rate
        self._owner = uuid4().hex
        self._stop_event = threading.Event()
        self._slots = threading.BoundedSemaphore(concurrency)

    def run(self) -> None:
        """Send until `stop`; returns when the calls in flight have ended."""
        # Two threads per slot: the next call starts while the previous outcome is saved.
        with ThreadPoolExecutor(2 * self._concurrency, thread_name_prefix="call") as call_pool:
            while not self._stop_event.is_set():
                with self._app.app_context():
                    has_work = self._claim_and_start(call_pool)
                if not has_work:
                    self._stop_event.wait(IDLE_POLL_SECONDS)
        with self._app.app_context():
            self._release_claims()

    def stop(self) -> None:
        """Start no more calls."""
        self._stop_event.set()

    def _claim_and_start(self, call_pool: ThreadPoolExecutor) -> bool:
        """Claim calls and start them; return whether there was anything to do."""
        try:
            seconds = work.seconds_to_wait(self._default_rate)
            if seconds is None:
                return False
            # Wait before claiming, so that no claim expires during the wait.
            if seconds > 0:
                self._wait_for_rate_limit(min(seconds, MAX_RATE_LIMIT_WAIT_SECONDS))
            elif self._wait_for_free_slot():
                self._start_claimed_calls(call_pool)
        except SQLAlchemyError as error:  # unavailable, or not migrated yet
            log.warning("the sender could not reach its queue: %s", type(error).__name__)
            return False
        return True

    def _start_claimed_calls(self, call_pool: ThreadPoolExecutor) -> None:
        # Other senders may use up the rate limit: release the rest well before the claims expire.
        claim_deadline = time.monotonic() + CLAIM_SECONDS / 2
        claimed = work.claim(self._owner, self._concurrency)
        if not all(self._start_call(one, call_pool, claim_deadline) for one in claimed):
            self._release_claims()

    def _wait_for_free_slot(self) -> bool:
        """Wait briefly for a free slot. Only this thread starts calls, so the slot stays free."""
        is_free = self._slots.acquire(timeout=SLOT_POLL_SECONDS)
        if is_free:
            self._slots.release()
        return is_free

    def _start_call(self, call: Work, call_pool: ThreadPoolExecutor, claim_deadline: float) -> bool:
        """Start one call as soon as there is a free slot and the rate limit allows it.

        Returns:
            False if that would outlast the claim, or the sender stops.
        """
        while not self._slots.acquire(timeout=SLOT_POLL_SECONDS):
            if self._stop_event.is_set() or time.monotonic() > claim_deadline:
                return False
        is_submitted = False
        try:
            while not self._stop_event.is_set():
                result = work.begin(call, self._owner, self._default_rate)
                if isinstance(result, RateLimited):
                    if time.monotonic() + result.seconds > claim_deadline:
                        return False
                    self._wait_for_rate_limit(result.seconds)
                    continue
                if isinstance(result, PendingCall):
                    call_pool.submit(self._execute_call, result)
                    is_submitted = True
                return True
            return False
        finally:
            if not is_submitted:
                self._slots.release()

    def _wait_for_rate_limit(self, seconds: float) -> None:
        started = time.monotonic()
        self._stop_event.wait(seconds)
        metrics.observe_rate_limit_wait(Action.ADD_PARTICIPANT, time.monotonic() - started)

    def _execute_call(self, call: PendingCall) -> None:
        slot = ExitStack()
        slot.callback(self._slots.release)

        def on_outcome(outcome: CallOutcome) -> None:
            # A failure may pause the import, and a new meeting has people to send: save those before the next call.
            if isinstance(outcome, Done) and call.intent.action == Action.ADD_PARTICIPANT:
                slot.close()
                time.sleep(SAVE_DELAY_SECONDS)

        try:
            with self._app.app_context():
                journal.execute_call(call, on_outcome=on_outcome)
        except Exception:  # the entry has no outcome: when its lease expires, it becomes unknown
            entry_id = call.entry_id
            log.exception(
                "journal entry %d could not be carried out", entry_id, extra={"journal_entry": entry_id}
            )
        finally:
            slot.close()

    def _release_claims(self) -> None:
        try:
            work.release_claims(self._owner)
        except SQLAlchemyError as error:
            log.warning("the claims stay until they run out: %s", type(error).__name__)
