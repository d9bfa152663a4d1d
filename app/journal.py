"""The journal: the only door through which a call reaches Zelta.

    with once(submission) as session:   # 1. what is about to be sent is on disk …
        …the row, in state `sending`…
        entry_id = begin(session, intent)
    carry_out(entry_id)                 # 2. … before a byte leaves; the outcome completes it

A process may die anywhere between: the entry then has no ending, its lease runs out, and `recover` ends it as
unknown, never as done, never as gone. An answer that comes after that still counts, as long as nobody has decided
otherwise.

`submission_id` is unique in the journal. That alone makes a form that is sent twice, however close together and in
however many processes, one intent.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import logs, metrics, pace
from app.database import db, transaction
from app.fittings import zelta
from app.models import Action, JournalEntry, utc_now
from app.models.journal import Ending
from app.settling import AnyOutcome, settle
from app.zelta.calls import REPEATS
from app.zelta.outcome import Facts, Reason, Unknown

log = logging.getLogger(__name__)

# How long an entry outlives the deadline of its call: the time to write the outcome down.
GRACE_SECONDS = 3.0


@dataclass(frozen=True)
class Submission:
    """Who submitted a form, the id that makes the form one intent, and from where (None: it is not a form's doing)."""

    actor: str
    id: str | None
    address: str | None = None


class AlreadySubmitted(Exception):
    """This form was sent before; `entry` is what it made then."""

    def __init__(self, entry: JournalEntry) -> None:
        super().__init__("the form was already submitted")
        self.entry = entry

    def asked_for(self, intent: "Intent") -> bool:
        """Whether the earlier submission asked for the very same thing."""
        return (self.entry.action, self.entry.request) == (intent.action, intent.request)


@dataclass(frozen=True)
class Intent:
    """What somebody wants to happen: about which rows, and the very body that a call would send."""

    action: Action
    by: Submission
    meeting_id: int
    participant_id: int | None = None
    request: dict[str, Any] = field(default_factory=dict)


@contextmanager
def once(submission: Submission) -> Iterator[Session]:
    """A write transaction for the work of one submitted form, which is done at most once.

    Raises:
        AlreadySubmitted: the form was sent before, whatever came of it; nothing is written now.
    """
    try:
        with transaction() as session:
            _refuse_second(session, submission.id)
            yield session
    except AlreadySubmitted:
        raise
    except Exception:
        # Whatever stood in the way may be what the form's own twin, which was quicker, has done.
        with Session(db.engine) as session:
            _refuse_second(session, submission.id)
        raise


def begin(session: Session, intent: Intent, *, from_outbox: bool = False) -> int:
    """Write down a call that is about to be made; gives the entry's id, which counts once the caller has committed."""
    expires_at = utc_now(zelta().timeout + GRACE_SECONDS)
    return _write(session, intent, expires_at=expires_at, from_outbox=from_outbox)


def note(session: Session, intent: Intent) -> int:
    """Write down a decision that needs no call to Zelta: it is done when it is committed."""
    return _write(session, intent, ending=Ending.DONE, ended_at=utc_now())


def carry_out(entry_id: int, answered: Callable[[AnyOutcome], None] = lambda _outcome: None) -> None:
    """Make the call that an entry describes, once, and complete the entry with its outcome.

    Whatever the vendor or the network does ends up in the entry and in its row; nothing is raised for it.

    Args:
        entry_id: of the entry, which is committed.
        answered: told the outcome when the call is over, before it is written down.
    """
    before = time.monotonic()
    with Session(db.engine) as session:
        entry, now = session.execute(select(JournalEntry, utc_now()).where(JournalEntry.id == entry_id)).one()
    if entry.ending is not None:
        return
    # Counted from the entry's own lease, by the database's clock: a process that was frozen since the commit must
    # not send what everybody else has given up for lost.
    deadline = before + _seconds_left(entry, now)
    with logs.about(journal_entry=entry_id):
        outcome = _call(entry, deadline)
        answered(outcome)
        _save(entry_id, outcome)
        metrics.count_call(entry.action, outcome.verdict, outcome.facts.duration)


def recover() -> int:
    """End as unknown every entry whose process has certainly lost it; gives how many there were."""
    with Session(db.engine) as session:
        lost = session.scalars(
            select(JournalEntry.id).where(JournalEntry.ending.is_(None), JournalEntry.expires_at < utc_now())
        ).all()
    for entry_id in lost:
        with logs.about(journal_entry=entry_id):
            _save(entry_id, Unknown(Facts(reason=Reason.INTERRUPTED)))
    return len(lost)


def complete(session: Session, entry_id: int, outcome: AnyOutcome) -> None:
    """Write an outcome into its entry and, in the same transaction, into the row that the entry is about.

    An entry that has its ending keeps it, except that a definite answer replaces `unknown`; and a row that has gone
    on without the answer (sent again, discarded) keeps its state.
    """
    unfinished: ColumnElement[bool] = JournalEntry.ending.is_(None)
    if not isinstance(outcome, Unknown):
        unfinished = or_(unfinished, JournalEntry.ending == Ending.UNKNOWN)
    completed = session.execute(
        update(JournalEntry)
        .where(JournalEntry.id == entry_id, unfinished)
        .values(_recorded(outcome))
        .returning(JournalEntry.id)
    )
    if completed.first() is None:
        return
    entry = session.get_one(JournalEntry, entry_id)
    if not _has_successor(session, entry):
        settle(session, entry, outcome)
    pace.learn(
        session, entry.begun_at, outcome.verdict, outcome.facts
    )  # last, since everybody waits for that row


def _refuse_second(session: Session, submission_id: str | None) -> None:
    if submission_id is None:
        return
    entry = session.scalar(select(JournalEntry).where(JournalEntry.submission_id == submission_id))
    if entry is not None:
        raise AlreadySubmitted(entry)


def _write(session: Session, intent: Intent, **values: object) -> int:
    entry = JournalEntry(
        action=intent.action,
        actor=intent.by.actor,
        address=intent.by.address,
        meeting_id=intent.meeting_id,
        participant_id=intent.participant_id,
        request=intent.request,
        submission_id=intent.by.id,
        **values,
    )
    session.add(entry)
    session.flush()
    return entry.id


def _seconds_left(entry: JournalEntry, now: datetime) -> float:
    if entry.expires_at is None:
        raise ValueError(f"journal entry {entry.id} is a decision, not a call")
    return (entry.expires_at - now).total_seconds() - GRACE_SECONDS


def _call(entry: JournalEntry, deadline: float) -> AnyOutcome:
    body, public_meeting_id = entry.request["body"], entry.request.get("public_meeting_id", "")
    # The outbox keeps what was not sent and sends it in its turn; a person in front of a page waits for it now.
    repeats = 0 if entry.from_outbox else REPEATS
    match entry.action:
        case Action.CREATE_MEETING:
            return zelta().create_meeting(body, deadline=deadline)
        case Action.ADD_PARTICIPANT:
            return zelta().add_participant(public_meeting_id, body, deadline=deadline, repeats=repeats)
        case Action.CANCEL_MEETING:
            return zelta().cancel_meeting(public_meeting_id, deadline=deadline)
    raise ValueError(f"{entry.action} is a decision, not a call")


def _recorded(outcome: AnyOutcome) -> dict[str, object]:
    facts = outcome.facts
    return {
        "ending": Ending(outcome.verdict.value),
        "ended_at": utc_now(),
        "status": facts.status,
        "code": facts.code,
        "message": facts.message,
        "reason": facts.reason,
        "retry_at": None if facts.retry_after is None else utc_now(facts.retry_after),
        "attempts": facts.attempts,
        "duration_ms": round(facts.duration * 1000),
        "answer": facts.answer,
    }


def _has_successor(session: Session, entry: JournalEntry) -> bool:
    return (
        session.scalar(
            select(JournalEntry.id)
            .where(
                JournalEntry.meeting_id == entry.meeting_id,
                JournalEntry.participant_id.is_not_distinct_from(entry.participant_id),
                JournalEntry.action == entry.action,
                JournalEntry.id > entry.id,
            )
            .limit(1)
        )
        is not None
    )


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
            with transaction() as session:
                complete(session, entry_id, outcome)
        except OperationalError:
            if time.monotonic() > give_up:
                return False
            time.sleep(0.25)
        else:
            return True
