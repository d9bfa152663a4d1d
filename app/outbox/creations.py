"""Creating the meetings of batches: claimed with a lease, then sent, as participants are (`app.outbox.queue`)."""

import logging

from sqlalchemy.exc import IntegrityError

from app import journal, rate_limit
from app.database import retry_on_rollback, write_transaction
from app.journal import PendingCall, Submission
from app.meetings.service import MeetingInput, creation_intent
from app.models import BatchState, MeetingState
from app.models.duplicate_guard import DuplicateCall
from app.models.transitions import StateChanged, require_transition, transition_meeting
from app.outbox import meeting_statements as statements
from app.outbox.claims import MEETINGS, claim_rows, release_rows
from app.outbox.queue import RateLimited

log = logging.getLogger(__name__)


@retry_on_rollback
def claim(owner: str, limit: int) -> list[int]:
    """Claim up to `limit` meetings: those that are moved, then in the order of their batches.

    Returns:
        Their ids (ours), in that order.
    """
    with write_transaction() as session:
        ids = list(session.scalars(statements.next_claimable_query(limit)))
        return claim_rows(session, MEETINGS, ids, owner)


@retry_on_rollback
def begin_creation(meeting_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    """Transition a claimed meeting to `sending`, if the rate limit allows a call now.

    Returns:
        The recorded call; or how long to wait; or None if the claim is lost or the batch is paused.
    """
    try:
        return _try_begin_creation(meeting_id, owner, default_rate)
    except StateChanged:
        return None  # the claim is lost: no call was recorded
    except (DuplicateCall, IntegrityError):
        log.exception("meeting %d was queued although no decision asked for another call", meeting_id)
        _mark_unknown(meeting_id, owner)
        return None


def _try_begin_creation(meeting_id: int, owner: str, default_rate: int) -> PendingCall | RateLimited | None:
    parameters = {"row_id": meeting_id, "owner": owner}
    with write_transaction() as session:
        meeting = session.execute(statements.claimed_meeting_query(), parameters).one_or_none()
        if meeting is None:
            return None
        is_paused = meeting.batch_state == BatchState.PAUSED
        if not is_paused and (seconds := rate_limit.seconds_until_slot(session, default_rate)) > 0:
            return RateLimited(seconds)
        target = MeetingState.QUEUED if is_paused else MeetingState.SENDING
        moved = session.execute(statements.transition_statement(), parameters | {"to": target}).first()
        require_transition(moved is not None)
        if is_paused:
            return None
        meeting_input = MeetingInput(meeting.title, meeting.starts_at, meeting.time_zone)
        intent = creation_intent(meeting_input, Submission(meeting.created_by, None), meeting_id)
        return journal.record_call(session, intent, from_outbox=True)


@retry_on_rollback
def _mark_unknown(meeting_id: int, owner: str) -> None:
    """Set a claimed meeting to unknown, for a coordinator to resolve: the journal refused the call."""
    parameters = {"row_id": meeting_id, "owner": owner, "to": MeetingState.SENDING}
    with write_transaction() as session:
        if session.execute(statements.transition_statement(), parameters).first() is None:
            return  # the claim is lost: the journal refuses the next sender as well
        require_transition(transition_meeting(session, meeting_id, MeetingState.UNKNOWN))


@retry_on_rollback
def release_claims(owner: str) -> None:
    """Release this sender's unused claims."""
    with write_transaction() as session:
        release_rows(session, MEETINGS, owner)
