"""Earlier calls whose outcome is unknown, although the latest call definitely failed.

A refused or unsent second attempt does not tell whether the first one was processed.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.journal import Action, JournalEntry
from app.models.meeting import Meeting
from app.utils.outcome import Outcome

DEFINITE_FAILURES = (Outcome.REFUSED, Outcome.NOT_SENT)


def has_unresolved_call(
    session: Session, meeting_id: int, action: Action, before_entry_id: int | None = None
) -> bool:
    """Whether a create or cancel call ended unknown and no later decision kept the meeting.

    Args:
        session: any session.
        meeting_id: our id.
        action: create or cancel.
        before_entry_id: look at entries before this one only.
    """
    conditions = [JournalEntry.meeting_id == meeting_id]
    if before_entry_id is not None:
        conditions.append(JournalEntry.id < before_entry_id)
    last_keep_query = select(func.max(JournalEntry.id)).where(
        *conditions, JournalEntry.action == Action.KEEP_MEETING
    )
    unknown_query = select(JournalEntry.id).where(
        *conditions,
        JournalEntry.action == action,
        JournalEntry.outcome == Outcome.UNKNOWN,
        JournalEntry.id > func.coalesce(last_keep_query.scalar_subquery(), 0),
    )
    return session.scalar(unknown_query.limit(1)) is not None


def has_unresolved_earlier_call(session: Session, meeting: Meeting) -> bool:
    """Whether the latest create or cancel call failed definitely and an earlier one is unresolved."""
    action = Action.CANCEL_MEETING if meeting.cancellation else Action.CREATE_MEETING
    latest_outcome_query = (
        select(JournalEntry.outcome)
        .where(JournalEntry.meeting_id == meeting.id, JournalEntry.action == action)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    return session.scalar(latest_outcome_query) in DEFINITE_FAILURES and has_unresolved_call(
        session, meeting.id, action
    )


def participants_with_unresolved_calls(session: Session, participant_ids: Sequence[int]) -> frozenset[int]:
    """The ids of these participants that have a call with outcome unknown."""
    unknown_query = select(JournalEntry.participant_id).where(
        JournalEntry.participant_id.in_(participant_ids), JournalEntry.outcome == Outcome.UNKNOWN
    )
    return frozenset(
        participant_id for participant_id in session.scalars(unknown_query) if participant_id is not None
    )
