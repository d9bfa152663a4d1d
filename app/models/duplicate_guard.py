"""Prevents adding a participant twice: each call to add one belongs to the decision that requested it.

The calls to add a participant are numbered by decision: 0 for the first, one more for each decision to send
again. A form that sends at once is such a decision; so is `SEND_LATER`, which queues the participant. The
outbox makes no decisions: it retries under the same number, and only unsent calls. A unique index rejects a
second call with a number unless the first ended `not_sent`, also between concurrent transactions.
"""

from functools import cache
from typing import Any

from sqlalchemy import Boolean, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.models.journal import Action, JournalEntry
from app.utils.outcome import Outcome


class DuplicateAdd(Exception):
    """The last add call is in flight or has its outcome, and no decision requested another one."""


def next_decision_number(
    session: Session, meeting_id: int, participant_id: int | None, *, from_outbox: bool
) -> int:
    """The number for a new call to add this participant, whose row the transaction has locked.

    Raises:
        DuplicateAdd: no decision asked for this call.
    """
    parameters = {"meeting": meeting_id, "participant": participant_id}
    last_call = session.execute(_last_add_query(), parameters).one_or_none()
    if last_call is None:
        return 0
    is_requested = (
        not from_outbox
        or session.scalar(_resend_decision_query(), parameters | _last_call_parameters(last_call)) is not None
    )
    if last_call.outcome is None or not (is_requested or last_call.outcome == Outcome.NOT_SENT):
        raise DuplicateAdd
    # None: all entries are of a release that did not number them.
    return (last_call.highest or 0) + is_requested


def _last_call_parameters(last_call: Any) -> dict[str, object]:
    return {"last": last_call.id, "refused": last_call.outcome == Outcome.REFUSED}


@cache
def _last_add_query() -> Select[*tuple[Any, ...]]:
    """The last call to add a participant, and the highest number of all of them."""
    is_add_call = (
        JournalEntry.participant_id == bindparam("participant"),
        JournalEntry.action == Action.ADD_PARTICIPANT,
    )
    highest = select(func.max(JournalEntry.decision_number)).where(*is_add_call).scalar_subquery()
    return (
        select(JournalEntry.id, JournalEntry.outcome, highest.label("highest"))
        .where(*is_add_call)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )


@cache
def _resend_decision_query() -> Select[int]:
    """A decision after the last call: about the participant, or about all refused ones of the meeting."""
    same_target = or_(
        JournalEntry.participant_id == bindparam("participant"),
        JournalEntry.participant_id.is_(None) & bindparam("refused", type_=Boolean),
    )
    return (
        select(JournalEntry.id)
        .where(
            JournalEntry.meeting_id == bindparam("meeting"),
            JournalEntry.id > bindparam("last"),
            JournalEntry.action == Action.SEND_LATER,
            same_target,
        )
        .limit(1)
    )
