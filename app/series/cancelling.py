"""Cancel a meeting and all that follow it in its series: one decision, one call and one outcome a meeting.

The decision is committed for all of them at once. What waits in the outbox is discarded: it is never created.
Each scheduled meeting has its cancellation marked as not sent, until a background task has sent it under the
rate limit. If the process ends before that, the mark stays, and the meeting's page offers to send it.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import journal, rate_limit
from app.database import db, retry_on_rollback, write_transaction
from app.extensions import get_settings
from app.journal import Intent, PendingCall, Submission, executor
from app.meetings.service import ActionNotAllowed, can_cancel, lock_meeting, record_cancellation
from app.models import Action, CancellationState, Meeting, MeetingState
from app.models.batch_transitions import discard_waiting_meetings, pause_imports_in_progress
from app.models.lock_order import lock_meetings
from app.models.transitions import require_transition, transition_cancellation
from app.series.service import PlanChanged
from app.utils.timezones import is_past

log = logging.getLogger(__name__)

MAX_WAIT_SECONDS = 600.0
"""For the rate limit, all meetings together; what is left then stays marked as not sent."""
POLL_SECONDS = 2.0
FURTHER_TURNS = 2
WAITING_STATES = frozenset({MeetingState.QUEUED, MeetingState.CLAIMED})
UNSETTLED_CANCELLATIONS = frozenset({CancellationState.NOT_SENT, CancellationState.UNKNOWN})


class Fate(StrEnum):
    """What happens to a meeting when the series is cancelled from an earlier one on."""

    CANCEL = "cancel"
    DISCARD = "discard"
    BUSY = "busy"
    UNDECIDED = "undecided"
    OVER = "over"


@dataclass(frozen=True)
class Following:
    """A meeting of the series that is neither cancelled nor discarded, and what would happen to it."""

    meeting: Meeting
    fate: Fate


@dataclass(frozen=True)
class FollowingMeetings:
    """A meeting's series from it on; `digest` is equal as long as the same would happen."""

    series_id: int
    meetings: Sequence[Following]

    @property
    def digest(self) -> str:
        """Identifies what the page has shown."""
        content = ",".join(f"{one.meeting.id}:{one.fate}" for one in self.meetings)
        return sha256(content.encode()).hexdigest()

    def ids(self, fate: Fate) -> list[int]:
        """Our ids of the meetings with this fate, by position."""
        return [one.meeting.id for one in self.meetings if one.fate == fate]


def find_following(meeting_id: int) -> FollowingMeetings:
    """A meeting and those that follow it in its series, as of now; read in a session of its own.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
        ActionNotAllowed: it is in no series.
    """
    with Session(db.engine) as session:
        return _read_following(session, session.get_one(Meeting, meeting_id))


@retry_on_rollback
def cancel_following(meeting_id: int, digest: str, submission: Submission) -> None:
    """Cancel a meeting and those that follow it in its series; returns when the first call has ended.

    Args:
        meeting_id: ours.
        digest: of what the coordinator saw.
        submission: of the form.

    Raises:
        DuplicateSubmission: the form was sent before.
        ActionNotAllowed: the meeting is in no series, or nothing can be cancelled.
        PlanChanged: something else would happen than what was seen.
    """
    call = None
    with journal.submission_transaction(submission) as session:
        following = _lock_following(session, meeting_id)
        if following.digest != digest:
            raise PlanChanged
        cancel_ids, discard_ids = following.ids(Fate.CANCEL), following.ids(Fate.DISCARD)
        if not cancel_ids and not discard_ids:
            raise ActionNotAllowed
        for cancel_id in cancel_ids[1:]:
            _mark_not_sent(session, cancel_id)
        discarded_ids = discard_waiting_meetings(session, discard_ids)
        pause_imports_in_progress(session, cancel_ids)
        # One submission is one journal entry with its id.
        unnamed = Submission(submission.actor, None, submission.ip_address)
        of_form = submission
        if cancel_ids:
            call = record_cancellation(session, lock_meeting(session, cancel_ids[0]), of_form)
            of_form = unnamed
        for discarded_id in discarded_ids:
            journal.record_decision(session, Intent(Action.DISCARD_MEETING, of_form, discarded_id))
            of_form = unnamed
    if call is not None:
        executor.execute(call)
        executor.run(lambda: _cancel_rest(cancel_ids, unnamed))


def _lock_following(session: Session, meeting_id: int) -> FollowingMeetings:
    own = session.execute(
        select(Meeting.series_id, Meeting.series_position).where(Meeting.id == meeting_id)
    ).one()
    if own.series_id is None:
        raise ActionNotAllowed
    lock_meetings(session, Meeting.series_id == own.series_id, Meeting.series_position >= own.series_position)
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    return _read_following(session, meeting)


def _read_following(session: Session, meeting: Meeting) -> FollowingMeetings:
    if meeting.series_id is None:
        raise ActionNotAllowed
    query = (
        select(Meeting)
        .where(
            Meeting.series_id == meeting.series_id,
            Meeting.series_position >= meeting.series_position,
            Meeting.state.not_in((MeetingState.CANCELLED, MeetingState.DISCARDED)),
        )
        .order_by(Meeting.series_position, Meeting.id)
        .execution_options(populate_existing=True)
    )
    now = datetime.now(UTC)
    members = [Following(member, _find_fate(member, now)) for member in session.scalars(query)]
    return FollowingMeetings(meeting.series_id, members)


def _find_fate(meeting: Meeting, now: datetime) -> Fate:
    if meeting.state in WAITING_STATES:
        return Fate.DISCARD
    if is_past(meeting.starts_at, now):
        return Fate.OVER
    if can_cancel(meeting.state, meeting.cancellation):
        return Fate.CANCEL
    is_busy = meeting.state in {MeetingState.SENDING, MeetingState.SCHEDULED}
    return Fate.BUSY if is_busy else Fate.UNDECIDED


def _mark_not_sent(session: Session, meeting_id: int) -> None:
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.cancellation not in UNSETTLED_CANCELLATIONS:
        for target in (CancellationState.SENDING, CancellationState.NOT_SENT):
            require_transition(transition_cancellation(session, meeting_id, target))


def _cancel_rest(meeting_ids: Sequence[int], submission: Submission) -> None:
    """Send the marked cancellations, one after another; what cannot be sent keeps its mark.

    The first one has been sent once already. A call that was not sent gets another turn; one that ended unknown
    does not: only a coordinator sends it again.
    """
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    turns = [
        (meeting_ids[1:], UNSETTLED_CANCELLATIONS),
        *[(meeting_ids, frozenset({CancellationState.NOT_SENT}))] * FURTHER_TURNS,
    ]
    try:
        for ids, sources in turns:
            for meeting_id in ids:
                _cancel_within(deadline, meeting_id, sources, submission)
    except SQLAlchemyError as error:
        log.warning("the rest of a series was not cancelled: %s", type(error).__name__)


def _cancel_within(
    deadline: float, meeting_id: int, sources: frozenset[CancellationState], submission: Submission
) -> None:
    while not executor.is_stopping() and time.monotonic() < deadline:
        result = begin_cancellation(meeting_id, sources, submission)
        if isinstance(result, PendingCall):
            journal.execute_call(result)
        if not isinstance(result, float):
            return
        time.sleep(min(result, POLL_SECONDS))


@retry_on_rollback
def begin_cancellation(
    meeting_id: int, sources: frozenset[CancellationState], submission: Submission
) -> PendingCall | float | None:
    """Record the call that cancels a meeting, if the rate limit allows it now.

    Args:
        meeting_id: ours.
        sources: the states in which its cancellation may be.
        submission: names the actor.

    Returns:
        The call; or the seconds to wait; or None if a coordinator or another call has settled it meanwhile.
    """
    with write_transaction() as session:
        meeting = lock_meeting(session, meeting_id)
        if meeting.cancellation not in sources or meeting.state != MeetingState.SCHEDULED:
            return None
        seconds = rate_limit.seconds_until_slot(session, get_settings().zelta_rate)
        return seconds if seconds > 0 else record_cancellation(session, meeting, submission)
