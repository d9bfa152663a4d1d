"""The one way to change a state: a conditional UPDATE, so that of two who try the same move only one succeeds."""

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.states import (
    CANCELLATION_FROM,
    MEETING_FROM,
    PARTICIPANT_FROM,
    Cancellation,
    MeetingState,
    ParticipantState,
)


def move_meeting(session: Session, meeting_id: int, to: MeetingState, **values: object) -> bool:
    """Bring a meeting to `to`, setting `values` with it.

    Returns:
        Whether it was in a state that may go there; if not, nothing changed.
    """
    allowed = Meeting.state.in_(MEETING_FROM[to])
    return _update(session, Meeting, meeting_id, allowed, {"state": to, **values})


def move_participant(session: Session, participant_id: int, to: ParticipantState, **values: object) -> bool:
    """Bring a person to `to`, setting `values` with it; see `move_meeting`.

    Raises:
        sqlalchemy.exc.IntegrityError: the move takes an e-mail that another row of the meeting has reserved.
    """
    allowed = Participant.state.in_(PARTICIPANT_FROM[to])
    return _update(session, Participant, participant_id, allowed, {"state": to, **values})


def move_cancellation(session: Session, meeting_id: int, to: Cancellation | None, **values: object) -> bool:
    """Bring the cancellation of a scheduled meeting to `to` (None: over), setting `values` with it."""
    allowed = _is_one_of(Meeting.cancellation, CANCELLATION_FROM[to])
    scheduled = Meeting.state == MeetingState.SCHEDULED
    return _update(session, Meeting, meeting_id, scheduled & allowed, {"cancellation": to, **values})


def _is_one_of(
    column: InstrumentedAttribute[Cancellation | None], values: tuple[Cancellation | None, ...]
) -> ColumnElement[bool]:
    words = [value for value in values if value is not None]
    return or_(column.in_(words), column.is_(None)) if None in values else column.in_(words)


def _update(
    session: Session,
    table: type[Meeting | Participant],
    row_id: int,
    allowed: ColumnElement[bool],
    values: dict[str, object],
) -> bool:
    moved = session.execute(
        update(table).where(table.id == row_id, allowed).values(values).returning(table.id)
    )
    return moved.first() is not None
