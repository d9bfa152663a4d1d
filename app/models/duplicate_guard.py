"""Prevents adding a participant, or creating a meeting, twice: each such call belongs to the decision for it.

The calls to add a participant, and those to create a meeting, are numbered by decision: 0 for the first, one more for each decision to send
again. A form that sends at once is such a decision; so is `SEND_LATER`, which queues the participant. The
outbox makes no decisions: it retries under the same number, and only unsent calls. A unique index rejects a
second call with a number unless the first ended `not_sent`, also between concurrent transactions.
"""

from functools import cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.models.journal import Action, JournalEntry
from app.utils.outcome import Outcome


class DuplicateCall(Exception):
    """The last call of its kind is in flight or has its outcome, and no decision requested another one."""


def next_decision_number(
    session: Session, meeting_id: int, participant_id: int | None, *, from_outbox: bool
) -> int:
    """The number for a new call to add this participant, or (None) to create the meeting; the row is locked.

    Raises:
        DuplicateCall: no decision asked for this call.
    """
    parameters = {"meeting": meeting_id, "participant": participant_id}
    is_creation = participant_id is None
    query = _last_creation_query() if is_creation else _last_add_query()
    last_call = session.execute(query, parameters).one_or_none()
    if last_call is None:
        return 0
    # Nothing but a form creates a meeting again.
    is_requested = not from_outbox or (
        not is_creation
        and session.scalar(_resend_decision_query(), parameters | _last_call_parameters(last_call))
        is not None
    )
    if last_call.outcome is None or not (is_requested or last_call.outcome == Outcome.NOT_SENT):
        raise DuplicateCall
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
    return _last_call_query(*is_add_call)


@cache
def _last_creation_query() -> Select[*tuple[Any, ...]]:
    """The last call to create a meeting, and the highest number of all of them."""
    is_creation = (
        JournalEntry.meeting_id == bindparam("meeting"),
        JournalEntry.action == Action.CREATE_MEETING,
    )
    return _last_call_query(*is_creation)


def _last_call_query(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    highest = select(func.max(JournalEntry.decision_number)).where(*conditions).scalar_subquery()
    return (
        select(JournalEntry.id, JournalEntry.outcome, highest.label("highest"))
        .where(*conditions)
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
