"""Journal entries: recorded before a call is sent, completed with its outcome."""

import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app import rate_limit
from app.extensions import get_zelta_client
from app.journal.effects import CallOutcome, apply_outcome, lock_rows
from app.journal.submissions import REQUEST_DIGEST_KEY, Submission
from app.models import Action, JournalEntry, utc_now
from app.models.duplicate_guard import next_decision_number
from app.utils.outcome import Outcome
from app.zelta.outcome import Unknown

# Lease = call deadline + this grace period, in which the outcome is written.
LEASE_GRACE_SECONDS = 3.0


@dataclass(frozen=True)
class Intent:
    """An intended action: the rows it concerns, and the exact request body of its call."""

    action: Action
    submission: Submission
    meeting_id: int
    participant_id: int | None = None
    request: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PendingCall:
    """A recorded call that is not sent yet; `deadline` is in seconds of `read_boot_clock`."""

    entry_id: int
    intent: Intent
    from_outbox: bool
    deadline: float


def record_call(session: Session, intent: Intent, *, from_outbox: bool = False) -> PendingCall:
    """Record a call before it is sent; the entry is valid once the caller has committed.

    Raises:
        DuplicateCall: the participant was added or the meeting created, or is being so, and no decision
            requested another call.
        sqlalchemy.exc.IntegrityError: a concurrent transaction recorded the same call first.
    """
    number = None
    if intent.action in {Action.ADD_PARTICIPANT, Action.CREATE_MEETING}:
        number = next_decision_number(
            session, intent.meeting_id, intent.participant_id, from_outbox=from_outbox
        )
    # Taken before the lease starts, so that a process resumed after a suspend sends no call whose lease has
    # expired.
    deadline = read_boot_clock() + get_zelta_client().timeout
    lease_expires_at = utc_now(get_zelta_client().timeout + LEASE_GRACE_SECONDS)
    call = {"is_call": True, "lease_expires_at": lease_expires_at, "from_outbox": from_outbox}
    entry_id = _insert_entry(session, intent, **call, decision_number=number)
    return PendingCall(entry_id, intent, from_outbox, deadline)


def record_decision(session: Session, intent: Intent) -> int:
    """Record a decision that needs no call to Zelta; its outcome is `done`."""
    return _insert_entry(session, intent, outcome=Outcome.DONE, finished_at=utc_now())


def complete_entry(session: Session, entry_id: int, result: CallOutcome) -> None:
    """Write an outcome to its entry and, in the same transaction, to the row of the entry.

    An entry keeps its first outcome, except that a definite one replaces `unknown`. A row that has moved
    on meanwhile (sent again, discarded) keeps its state.
    """
    lock_rows(session, entry_id, result)
    columns = _outcome_columns(result)
    statement = _complete_statement(tuple(columns), is_definite=not isinstance(result, Unknown))
    if result.details.retry_after_seconds is not None:
        statement = statement.values(retry_after=utc_now(result.details.retry_after_seconds))
    parameters = {f"its_{name}": value for name, value in columns.items()}
    entry = session.scalars(statement, {"entry_id": entry_id, **parameters}).one_or_none()
    if entry is None:
        return
    target = {"meeting": entry.meeting_id, "participant": entry.participant_id, "action": entry.action}
    if session.scalar(_newer_entry_query(), {"entry_id": entry_id, **target}) is None:
        apply_outcome(session, entry, result)
    # Last in the lock order.
    rate_limit.observe_response(session, entry.started_at, result.outcome, result.details)


def _insert_entry(session: Session, intent: Intent, **values: object) -> int:
    entry = JournalEntry(
        action=intent.action,
        actor=intent.submission.actor,
        ip_address=intent.submission.ip_address,
        meeting_id=intent.meeting_id,
        participant_id=intent.participant_id,
        request=intent.request
        | (
            {REQUEST_DIGEST_KEY: intent.submission.request_digest} if intent.submission.request_digest else {}
        ),
        submission_id=intent.submission.id,
        **values,
    )
    session.add(entry)
    session.flush()
    return entry.id


def read_boot_clock() -> float:
    """Seconds of CLOCK_BOOTTIME, which includes suspend; `time.monotonic()` does not on Linux."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _outcome_columns(result: CallOutcome) -> dict[str, object]:
    details = result.details
    return {
        "outcome": result.outcome,
        "http_status": details.status,
        "error_code": details.code,
        "error_message": details.message,
        "reason": details.reason,
        "attempts": details.attempts,
        "duration_ms": round(details.duration_seconds * 1000),
        "response": details.response,
    }


# Cached statements.
@cache
def _complete_statement(columns: tuple[str, ...], *, is_definite: bool) -> ReturningUpdate[JournalEntry]:
    """Set the outcome of an entry; a definite one replaces `unknown`."""
    is_open: ColumnElement[bool] = JournalEntry.outcome.is_(None)
    if is_definite:
        is_open = or_(is_open, JournalEntry.outcome == Outcome.UNKNOWN)
    values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in columns}
    return (
        update(JournalEntry)
        .where(JournalEntry.id == bindparam("entry_id"), is_open)
        .values(finished_at=utc_now(), retry_after=None, **values)
        .returning(JournalEntry)
        .execution_options(synchronize_session=False)
    )


@cache
def _newer_entry_query() -> Select[int]:
    """A later entry with the same action, for the same participant or the meeting itself."""
    same_target = (
        JournalEntry.meeting_id == bindparam("meeting"),
        JournalEntry.participant_id.is_not_distinct_from(bindparam("participant")),
        JournalEntry.action == bindparam("action"),
    )
    return select(JournalEntry.id).where(*same_target, JournalEntry.id > bindparam("entry_id")).limit(1)
