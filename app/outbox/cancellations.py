"""Cancelling a meeting that was moved, once the new one stands (see `app.models.moves`).

It needs no claim: one transaction locks both meetings, checks all conditions again and records the call.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import rate_limit
from app.database import read_connection, retry_on_rollback, write_transaction
from app.journal import PendingCall, Submission
from app.meetings.service import record_cancellation
from app.models import Meeting
from app.models.batch_transitions import end_pending_move
from app.models.moves import due_cancellation_query
from app.models.transitions import require_transition
from app.outbox.queue import RateLimited


def next_due() -> int | None:
    """Our id of a new meeting whose old one may be cancelled now."""
    with read_connection() as connection:
        return connection.scalar(due_cancellation_query())


@retry_on_rollback
def begin_cancellation(new_meeting_id: int, default_rate: int) -> PendingCall | RateLimited | None:
    """Record the call that cancels the old meeting, if the rate limit allows a call now.

    Returns:
        The recorded call; or how long to wait; or None if the conditions hold no more.
    """
    with write_transaction() as session:
        old = _lock_both(session, new_meeting_id)
        due = due_cancellation_query().where(Meeting.id == new_meeting_id)
        if old is None or session.scalar(due) is None:
            return None
        if (seconds := rate_limit.seconds_until_slot(session, default_rate)) > 0:
            return RateLimited(seconds)
        require_transition(end_pending_move(session, old.id))
        actor = session.scalars(select(Meeting.created_by).where(Meeting.id == new_meeting_id)).one()
        return record_cancellation(session, old, Submission(actor, None), from_outbox=True)


def _lock_both(session: Session, new_meeting_id: int) -> Meeting | None:
    """Lock the new and the old meeting, FOR UPDATE: nobody is added to either meanwhile. Gives the old one."""
    old_id = session.scalar(select(Meeting.moved_from_id).where(Meeting.id == new_meeting_id))
    if old_id is None:
        return None
    # By ascending id: the new meeting is the later one.
    old = session.get_one(Meeting, old_id, with_for_update=True)
    session.get_one(Meeting, new_meeting_id, with_for_update=True)
    return old
