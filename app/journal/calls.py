"""Sends recorded calls and saves their outcomes, also while the database is unavailable."""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache

from flask import Flask, current_app
from sqlalchemy import Select, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.database import read_connection, retry_on_rollback, write_transaction
from app.extensions import get_zelta_client
from app.http_client.errors import FailureReason
from app.journal.effects import CallOutcome
from app.journal.entries import PendingCall, complete_entry, read_boot_clock
from app.models import Action, JournalEntry, utc_now
from app.observability import logs, metrics
from app.zelta.outcome import CallDetails, Unknown
from app.zelta.retries import MAX_RETRIES

log = logging.getLogger(__name__)


def execute_call(
    call: PendingCall, on_outcome: Callable[[CallOutcome], None] = lambda _outcome: None
) -> None:
    """Send a recorded call once, and complete its entry with the outcome.

    Vendor and network failures become outcomes of the entry and its row; none is raised.

    Args:
        call: the call, whose entry is committed.
        on_outcome: called with the outcome when the call has ended, before it is saved.
    """
    with logs.log_context(journal_entry=call.entry_id):
        result = _send_call(call, deadline=time.monotonic() + call.deadline - read_boot_clock())
        on_outcome(result)
        _save_outcome(call.entry_id, result)
        metrics.observe_call(call.intent.action, result.outcome, result.details.duration_seconds)


def expire_lost_calls() -> int:
    """Set entries whose lease has expired to unknown; return how many there were."""
    with read_connection() as connection:
        expired_ids = connection.scalars(_expired_entries_query()).all()
    for entry_id in expired_ids:
        with logs.log_context(journal_entry=entry_id):
            _save_outcome(entry_id, Unknown(CallDetails(reason=FailureReason.INTERRUPTED)))
    return len(expired_ids)


def _send_call(call: PendingCall, deadline: float) -> CallOutcome:
    intent = call.intent
    body, public_meeting_id = intent.request["body"], intent.request.get("public_meeting_id", "")
    # The outbox requeues a call that was not sent, so only interactive calls retry here.
    max_retries = 0 if call.from_outbox else MAX_RETRIES
    match intent.action:
        case Action.CREATE_MEETING:
            return get_zelta_client().create_meeting(body, deadline=deadline, max_retries=max_retries)
        case Action.ADD_PARTICIPANT:
            return get_zelta_client().add_participant(
                public_meeting_id, body, deadline=deadline, max_retries=max_retries
            )
        case Action.CANCEL_MEETING:
            return get_zelta_client().cancel_meeting(
                public_meeting_id, deadline=deadline, max_retries=max_retries
            )
    raise ValueError(f"{intent.action} is a decision, not a call")


def _save_outcome(entry_id: int, result: CallOutcome) -> None:
    """Complete the entry; if the database is unavailable, keep retrying in a background thread."""
    if _save_with_retries(entry_id, result, timeout_seconds=1.5):
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    threading.Thread(target=_save_in_background, args=(app, entry_id, result), daemon=True).start()


def _save_in_background(app: Flask, entry_id: int, result: CallOutcome) -> None:
    with app.app_context(), logs.log_context(journal_entry=entry_id):
        if not _save_with_retries(entry_id, result, timeout_seconds=300):
            log.critical("the outcome of journal entry %d could not be saved: the database is away", entry_id)


def _save_with_retries(entry_id: int, result: CallOutcome, timeout_seconds: float) -> bool:
    deadline = time.monotonic() + timeout_seconds
    while True:
        try:
            _complete_in_transaction(entry_id, result)
        except (OperationalError, PoolTimeoutError):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.25)
        else:
            return True


@retry_on_rollback
def _complete_in_transaction(entry_id: int, result: CallOutcome) -> None:
    with write_transaction() as session:
        complete_entry(session, entry_id, result)


@cache
def _expired_entries_query() -> Select[int]:
    return select(JournalEntry.id).where(
        JournalEntry.outcome.is_(None), JournalEntry.lease_expires_at < utc_now()
    )
