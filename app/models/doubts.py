"""What an earlier call left open, though the newest one got a plain no.

That a second try was refused, or not sent, says nothing of what became of the first: it may have been carried out.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.journal import Action, Ending, JournalEntry
from app.models.meeting import Meeting

PLAIN_NO = (Ending.REFUSED, Ending.NOT_SENT)


def left_open(session: Session, meeting_id: int, action: Action, before: int | None = None) -> bool:
    """Whether a call to create or to cancel a meeting ended unknown, and nobody decided since that the meeting stays.

    Args:
        session: any.
        meeting_id: ours.
        action: which of the two.
        before: look at entries before this one only.
    """
    of_it = [JournalEntry.meeting_id == meeting_id]
    if before is not None:
        of_it.append(JournalEntry.id < before)
    kept = select(func.max(JournalEntry.id)).where(*of_it, JournalEntry.action == Action.KEEP_MEETING)
    unknown = select(JournalEntry.id).where(
        *of_it,
        JournalEntry.action == action,
        JournalEntry.outcome == Ending.UNKNOWN,
        JournalEntry.id > func.coalesce(kept.scalar_subquery(), 0),
    )
    return session.scalar(unknown.limit(1)) is not None


def in_doubt(session: Session, meeting: Meeting) -> bool:
    """Whether the newest call to create or to cancel a meeting got a plain no, and an earlier one was left open."""
    action = Action.CANCEL_MEETING if meeting.cancellation else Action.CREATE_MEETING
    newest = (
        select(JournalEntry.outcome)
        .where(JournalEntry.meeting_id == meeting.id, JournalEntry.action == action)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    return session.scalar(newest) in PLAIN_NO and left_open(session, meeting.id, action)


def people_left_open(session: Session, participant_ids: Sequence[int]) -> frozenset[int]:
    """Which of these people a call was about that ended unknown."""
    unknown = select(JournalEntry.participant_id).where(
        JournalEntry.participant_id.in_(participant_ids), JournalEntry.outcome == Ending.UNKNOWN
    )
    return frozenset(one for one in session.scalars(unknown) if one is not None)
