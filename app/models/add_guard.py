"""The guard against adding a participant twice: each call to add one belongs to the decision that asked for it.

The calls to add a participant are numbered by decision: 0 for the first, one more for each decision to send again.
A form that calls at once is such a decision; so is `SEND_LATER`, which hands the participant to the outbox. The outbox
itself decides nothing: it repeats under the same number, and only what was certainly not sent. A unique index refuses
a second call of one number whose first was not ended `not_sent`, also where two transactions do not see each other.
"""

from functools import cache
from typing import Any

from sqlalchemy import Boolean, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.models.journal import Action, Ending, JournalEntry


class DuplicateAdd(Exception):
    """The participant's last call to add them is open, or has its outcome, and no decision asked for another."""


def decision_number(
    session: Session, meeting_id: int, participant_id: int | None, *, from_outbox: bool
) -> int:
    """The number for a new call to add this participant, whose row the transaction has locked.

    Raises:
        DuplicateAdd: no decision asked for this call.
    """
    given = {"meeting": meeting_id, "participant": participant_id}
    last = session.execute(_last_add(), given).one_or_none()
    if last is None:
        return 0
    asked = not from_outbox or session.scalar(_asked_again(), given | _of_last(last)) is not None
    if last.outcome is None or not (asked or last.outcome == Ending.NOT_SENT):
        raise DuplicateAdd
    # None: all of them are entries of a release that did not number them.
    return (last.highest or 0) + asked


def _of_last(last: Any) -> dict[str, object]:
    return {"last": last.id, "refused": last.outcome == Ending.REFUSED}


@cache
def _last_add() -> Select[*tuple[Any, ...]]:
    """The last call to add a participant, and the highest number of all of them."""
    adds = (
        JournalEntry.participant_id == bindparam("participant"),
        JournalEntry.action == Action.ADD_PARTICIPANT,
    )
    highest = select(func.max(JournalEntry.decision_number)).where(*adds).scalar_subquery()
    return (
        select(JournalEntry.id, JournalEntry.outcome, highest.label("highest"))
        .where(*adds)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )


@cache
def _asked_again() -> Select[int]:
    """A decision after the last call: about the participant, or about all refused ones of the meeting."""
    about_them = or_(
        JournalEntry.participant_id == bindparam("participant"),
        JournalEntry.participant_id.is_(None) & bindparam("refused", type_=Boolean),
    )
    return (
        select(JournalEntry.id)
        .where(
            JournalEntry.meeting_id == bindparam("meeting"),
            JournalEntry.id > bindparam("last"),
            JournalEntry.action == Action.SEND_LATER,
            about_them,
        )
        .limit(1)
    )
