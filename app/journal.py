"""The journal: the only door through which a call reaches Zelta.

    with once(submission) as session:   # 1. what is about to be sent is on disk …
        …the row, in state `sending`…
        begun = begin(session, intent)
    carry_out(begun)                    # 2. … before a byte leaves; the outcome completes it

A process may die anywhere between: the entry then has no ending, its lease runs out, and `recover` ends it as
unknown, never as done, never as gone. An answer that comes after that still counts, as long as nobody has decided
otherwise.

`submission_id` is the idempotency key of a form, and unique: a form that is sent twice is one intent.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, bindparam, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from app import logs, metrics, pace
from app.database import db, reading, retried, transaction
from app.fittings import zelta
from app.models import Action, JournalEntry, utc_now
from app.models.add_guard import decision_number
from app.models.journal import Ending
from app.settling import AnyOutcome, lock_rows, settle
from app.zelta.calls import REPEATS
from app.zelta.outcome import Facts, Reason, Unknown

log = logging.getLogger(__name__)

# How long an entry outlives the deadline of its call: the time to write the outcome down.
GRACE_SECONDS = 3.0
# The key of `JournalEntry.request` that holds the digest of what the form asked.
ASKED = "asked"


@dataclass(frozen=True)
class Submission:
    """Who submitted a form, its idempotency key (None: no form), from where, and a digest of all that it asks."""

    actor: str
    id: str | None
    address: str | None = None
    asked: str = ""


class AlreadySubmitted(Exception):
    """This form was sent before; `entry` is what it made then, `same` whether it asked the same as now."""

    def __init__(self, entry: JournalEntry, *, same: bool) -> None:
        super().__init__("the form was already submitted")
        self.entry = entry
        self.same = same


@dataclass(frozen=True)
class Intent:
    """What somebody wants to happen: about which rows, and the very body that a call would send."""

    action: Action
    by: Submission
    meeting_id: int
    participant_id: int | None = None
    request: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Begun:
    """A call that is about to be made; `until` is its deadline by `_clock`."""

    entry_id: int
    intent: Intent
    from_outbox: bool
    until: float


@contextmanager
def once(submission: Submission) -> Iterator[Session]:
    """A write transaction for the work of one submitted form, which is done at most once.

    Raises:
        AlreadySubmitted: the form was sent before, whatever came of it; nothing is written now.
    """
    try:
        with transaction() as session:
            _refuse_second(session, submission)
            yield session
    except AlreadySubmitted:
        raise
    except Exception:
        # The failure may be a unique violation caused by a concurrent duplicate of this form: then report that.
        with Session(db.engine) as session:
            _refuse_second(session, submission)
        raise


def begin(session: Session, intent: Intent, *, from_outbox: bool = False) -> Begun:
    """Write down a call that is about to be made; the entry counts once the caller has committed.

    Raises:
        DuplicateAdd: the participant was added, or is being added, and no decision asked for another call.
        sqlalchemy.exc.IntegrityError: another transaction was quicker to begin the same call.
    """
    number = None
    if intent.action == Action.ADD_PARTICIPANT:
        number = decision_number(session, intent.meeting_id, intent.participant_id, from_outbox=from_outbox)
    # Taken before the lease starts, so that a process resumed after a suspend sends no call whose lease has expired.
    until = _clock() + zelta().timeout
    lease_expires_at = utc_now(zelta().timeout + GRACE_SECONDS)
    call = {"is_call": True, "lease_expires_at": lease_expires_at, "from_outbox": from_outbox}
    entry_id = _write(session, intent, **call, decision_number=number)
    return Begun(entry_id, intent, from_outbox, until)


def note(session: Session, intent: Intent) -> int:
    """Write down a decision that needs no call to Zelta: it is done when it is committed."""
    return _write(session, intent, outcome=Ending.DONE, finished_at=utc_now())


def carry_out(begun: Begun, answered: Callable[[AnyOutcome], None] = lambda _outcome: None) -> None:
    """Make a call, once, and complete its entry with the outcome.

    Whatever the vendor or the network does ends up in the entry and in its row; nothing is raised for it.

    Args:
        begun: the call, whose entry is committed.
        answered: told the outcome when the call is over, before it is written down.
    """
    with logs.about(journal_entry=begun.entry_id):
        outcome = _call(begun, deadline=time.monotonic() + begun.until - _clock())
        answered(outcome)
        _save(begun.entry_id, outcome)
        metrics.count_call(begun.intent.action, outcome.verdict, outcome.facts.duration)


def recover() -> int:
    """End as unknown every entry whose process has certainly lost it; gives how many there were."""
    with reading() as connection:
        lost = connection.scalars(_lost()).all()
    for entry_id in lost:
        with logs.about(journal_entry=entry_id):
            _save(entry_id, Unknown(Facts(reason=Reason.INTERRUPTED)))
    return len(lost)


def complete(session: Session, entry_id: int, outcome: AnyOutcome) -> None:
    """Write an outcome into its entry and, in the same transaction, into the row that the entry is about.

    An entry that has its ending keeps it, except that a definite answer replaces `unknown`; and a row that has gone
    on without the answer (sent again, discarded) keeps its state.
    """
    lock_rows(session, entry_id, outcome)
    recorded = _recorded(outcome)
    completing = _completing(tuple(recorded), definite=not isinstance(outcome, Unknown))
    if outcome.facts.retry_after is not None:
        completing = completing.values(retry_after=utc_now(outcome.facts.retry_after))
    given = {f"its_{name}": value for name, value in recorded.items()}
    entry = session.scalars(completing, {"entry_id": entry_id, **given}).one_or_none()
    if entry is None:
        return
    of_it = {"meeting": entry.meeting_id, "participant": entry.participant_id, "action": entry.action}
    if session.scalar(_successor(), {"entry_id": entry_id, **of_it}) is None:
        settle(session, entry, outcome)
    # Last in the lock order.
    pace.learn(session, entry.started_at, outcome.verdict, outcome.facts)


def _refuse_second(session: Session, submission: Submission) -> None:
    if submission.id is None:
        return
    entry = session.scalar(select(JournalEntry).where(JournalEntry.submission_id == submission.id))
    if entry is not None:
        # An entry without a digest was written by an earlier release: it is asked about.
        raise AlreadySubmitted(entry, same=entry.request.get(ASKED) == submission.asked)


def _write(session: Session, intent: Intent, **values: object) -> int:
    entry = JournalEntry(
        action=intent.action,
        actor=intent.by.actor,
        ip_address=intent.by.address,
        meeting_id=intent.meeting_id,
        participant_id=intent.participant_id,
        request=intent.request | ({ASKED: intent.by.asked} if intent.by.asked else {}),
        submission_id=intent.by.id,
        **values,
    )
    session.add(entry)
    session.flush()
    return entry.id


def _clock() -> float:
    """Seconds of a clock that goes on while the machine sleeps, as `time.monotonic()` does not on Linux."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _call(begun: Begun, deadline: float) -> AnyOutcome:
    intent = begun.intent
    body, public_meeting_id = intent.request["body"], intent.request.get("public_meeting_id", "")
    # The outbox keeps what was not sent and sends it in its turn; a person in front of a page waits for it now.
    repeats = 0 if begun.from_outbox else REPEATS
    match intent.action:
        case Action.CREATE_MEETING:
            return zelta().create_meeting(body, deadline=deadline)
        case Action.ADD_PARTICIPANT:
            return zelta().add_participant(public_meeting_id, body, deadline=deadline, repeats=repeats)
        case Action.CANCEL_MEETING:
            return zelta().cancel_meeting(public_meeting_id, deadline=deadline)
    raise ValueError(f"{intent.action} is a decision, not a call")


def _recorded(outcome: AnyOutcome) -> dict[str, object]:
    facts = outcome.facts
    return {
        "outcome": Ending(outcome.verdict.value),
        "http_status": facts.status,
        "error_code": facts.code,
        "error_message": facts.message,
        "reason": facts.reason,
        "attempts": facts.attempts,
        "duration_ms": round(facts.duration * 1000),
        "response": facts.answer,
    }


# The statements of every call are put together once: that takes longer than they run.
@cache
def _lost() -> Select[int]:
    return select(JournalEntry.id).where(
        JournalEntry.outcome.is_(None), JournalEntry.lease_expires_at < utc_now()
    )


@cache
def _completing(recorded: tuple[str, ...], *, definite: bool) -> ReturningUpdate[JournalEntry]:
    """Give an entry its ending; a definite one replaces `unknown`."""
    unfinished: ColumnElement[bool] = JournalEntry.outcome.is_(None)
    if definite:
        unfinished = or_(unfinished, JournalEntry.outcome == Ending.UNKNOWN)
    values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in recorded}
    return (
        update(JournalEntry)
        .where(JournalEntry.id == bindparam("entry_id"), unfinished)
        .values(finished_at=utc_now(), retry_after=None, **values)
        .returning(JournalEntry)
        .execution_options(synchronize_session=False)
    )


@cache
def _successor() -> Select[int]:
    """A later entry that asks the same, of the same person or of the meeting itself."""
    same = (
        JournalEntry.meeting_id == bindparam("meeting"),
        JournalEntry.participant_id.is_not_distinct_from(bindparam("participant")),
        JournalEntry.action == bindparam("action"),
    )
    return select(JournalEntry.id).where(*same, JournalEntry.id > bindparam("entry_id")).limit(1)


def _save(entry_id: int, outcome: AnyOutcome) -> None:
    """Complete the entry, and do not let go of an answer because the database is away for a moment."""
    if _try_to_save(entry_id, outcome, patience=1.5):
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    threading.Thread(target=_save_later, args=(app, entry_id, outcome), daemon=True).start()


def _save_later(app: Flask, entry_id: int, outcome: AnyOutcome) -> None:
    with app.app_context(), logs.about(journal_entry=entry_id):
        if not _try_to_save(entry_id, outcome, patience=300):
            log.critical("the outcome of journal entry %d could not be saved: the database is away", entry_id)


def _try_to_save(entry_id: int, outcome: AnyOutcome, patience: float) -> bool:
    give_up = time.monotonic() + patience
    while True:
        try:
            _complete(entry_id, outcome)
        except OperationalError:
            if time.monotonic() > give_up:
                return False
            time.sleep(0.25)
        else:
            return True


@retried
def _complete(entry_id: int, outcome: AnyOutcome) -> None:
    with transaction() as session:
        complete(session, entry_id, outcome)
