"""Moving a meeting: Zelta cannot change a date, so a new meeting takes the place of the old one.

The new one is queued as a batch of one. The old one is cancelled by the sender once the new one stands
(`app.models.moves`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import journal
from app.batches.carried_people import PeopleCount, read_carried_people
from app.batches.service import BatchMeeting, new_batch, queue_meetings
from app.database import db, retry_on_rollback
from app.journal import Intent, Submission
from app.meetings.service import MeetingInput, lock_meeting
from app.models import (
    Action,
    BatchKind,
    Meeting,
    MeetingMessage,
    MeetingState,
    Participant,
)
from app.models.meeting import ACTIVE
from app.models.participant import IN_PROGRESS


class MoveObstacle(StrEnum):
    """Why a meeting cannot be moved now."""

    CANCELLED = "cancelled"
    NOT_CREATED = "not_created"
    OVER = "over"
    CANCELLING = "cancelling"
    REFUSED = "refused"
    MOVED = "moved"
    MOVING = "moving"
    SENDING = "sending"


class MoveNotAllowed(Exception):
    """The meeting cannot be moved; nothing changed. `new_id`: the meeting to which it was moved already."""

    def __init__(self, obstacle: MoveObstacle, new_id: int | None = None) -> None:
        super().__init__(f"the meeting cannot be moved: {obstacle.value}")
        self.obstacle, self.new_id = obstacle, new_id


@retry_on_rollback
def move(meeting_id: int, new_input: MeetingInput, submission: Submission) -> int:
    """Queue a meeting at another time with the same people; the old one is cancelled once it stands.

    Args:
        meeting_id: our id of the meeting to move.
        new_input: as the new meeting is; its title and duration are those of the old one.
        submission: of the form.

    Returns:
        Our id of the new meeting.

    Raises:
        DuplicateSubmission: the form was sent before; its entry is about the new meeting.
        MoveNotAllowed: the meeting cannot be moved now.
    """
    with journal.submission_transaction(submission) as session:
        old = lock_meeting(session, meeting_id)
        _require_movable(session, old)
        people = read_carried_people(session, meeting_id, is_move=True)
        batch = new_batch(session, BatchKind.MOVE, submission, meeting_id)
        (new,) = queue_meetings(session, batch, [BatchMeeting(new_input, people)], submission)
        new.moved_from_id, new.move_pending = meeting_id, True
        new.series_id, new.series_position = old.series_id, old.series_position
        copy_messages(session, meeting_id, [new.id])
        by = Submission(submission.actor, None, submission.ip_address)
        request = {"batch_id": batch.id, "new_meeting_id": new.id}
        journal.record_decision(session, Intent(Action.MOVE_MEETING, by, meeting_id, request=request))
        return new.id


def find_obstacle(meeting_id: int) -> MoveNotAllowed | None:
    """Why a meeting cannot be moved now, if it cannot."""
    with Session(db.engine) as session:
        try:
            _require_movable(session, session.get_one(Meeting, meeting_id))
        except MoveNotAllowed as obstacle:
            return obstacle
    return None


def count_carried_people(meeting_id: int) -> PeopleCount:
    """Whom a move of this meeting would carry on."""
    with Session(db.engine) as session:
        return PeopleCount.of(read_carried_people(session, meeting_id, is_move=True))


def find_active_move(session: Session, meeting_id: int) -> int | None:
    """Our id of the meeting to which this one was moved, unless that one was given up."""
    return session.scalar(select(Meeting.id).where(Meeting.moved_from_id == meeting_id, ACTIVE))


def _require_movable(session: Session, meeting: Meeting) -> None:
    if (new_id := find_active_move(session, meeting.id)) is not None:
        raise MoveNotAllowed(MoveObstacle.MOVED, new_id)
    obstacles = {
        MoveObstacle.CANCELLED: meeting.state == MeetingState.CANCELLED,
        MoveObstacle.NOT_CREATED: meeting.state != MeetingState.SCHEDULED,
        MoveObstacle.CANCELLING: meeting.cancellation is not None,
        MoveObstacle.REFUSED: meeting.cancellation_refused,
        MoveObstacle.OVER: meeting.is_over(datetime.now(UTC)),
        MoveObstacle.MOVING: meeting.move_pending and _is_scheduled(session, meeting.moved_from_id),
        MoveObstacle.SENDING: _has_people_in_progress(session, meeting.id),
    }
    if obstacle := next((obstacle for obstacle, holds in obstacles.items() if holds), None):
        raise MoveNotAllowed(obstacle)


def _is_scheduled(session: Session, meeting_id: int | None) -> bool:
    query = select(Meeting.id).where(Meeting.id == meeting_id, Meeting.state == MeetingState.SCHEDULED)
    return session.scalar(query) is not None


def _has_people_in_progress(session: Session, meeting_id: int) -> bool:
    query = select(Participant.id).where(Participant.meeting_id == meeting_id, IN_PROGRESS)
    return session.scalar(query.limit(1)) is not None


def copy_messages(session: Session, old_id: int, new_ids: Sequence[int]) -> None:
    """The new meetings have the texts, and the language, that were chosen for the old one's guests."""
    texts = session.scalars(select(MeetingMessage).where(MeetingMessage.meeting_id == old_id)).all()
    session.add_all(
        MeetingMessage(
            meeting_id=new_id,
            kind=text.kind,
            language=text.language,
            body=text.body,
            updated_by=text.updated_by,
        )
        for new_id in new_ids
        for text in texts
    )
