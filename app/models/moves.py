"""The one way to change a state: a conditional UPDATE, so that of two who try the same move only one succeeds."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.people_list import PeopleList
from app.models.states import (
    CANCELLATION_FROM,
    LIST_FROM,
    MEETING_FROM,
    PARTICIPANT_FROM,
    Cancellation,
    IdSource,
    ListState,
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


def move_list(session: Session, list_id: int, to: ListState, **values: object) -> bool:
    """Bring a list of people to `to`, setting `values` with it."""
    return _update(session, PeopleList, list_id, PeopleList.state.in_(LIST_FROM[to]), {"state": to, **values})


def discard_waiting(session: Session, *, meeting_id: int, list_id: int | None = None) -> None:
    """Discard everybody of a meeting, or of one of its lists, who still waits in the outbox."""
    statement = update(Participant).where(
        Participant.meeting_id == meeting_id,
        Participant.state.in_((ParticipantState.QUEUED, ParticipantState.CLAIMED)),
    )
    if list_id is not None:
        statement = statement.where(Participant.list_id == list_id)
    session.execute(statement.values(state=ParticipantState.DISCARDED, claimed_by=None, claimed_until=None))


def requeue_refused(session: Session, meeting_id: int) -> int:
    """Queue everybody of a meeting's lists who was refused; gives how many there were.

    Whoever may have been mailed by an earlier call is left alone: that needs a decision about the one person.
    """
    statement = (
        update(Participant)
        .where(
            Participant.meeting_id == meeting_id,
            Participant.list_id.is_not(None),
            Participant.state == ParticipantState.REFUSED,
            ~(Participant.mailed & Participant.maybe_mailed),
        )
        .values(state=ParticipantState.QUEUED)
        .returning(Participant.id)
    )
    return len(session.execute(statement).all())


def keep_ids(
    session: Session, table: type[Meeting | Participant], row_id: int, ids: Mapping[str, object]
) -> None:
    """Keep what an answer brought for a row that somebody has decided about meanwhile: its state stays, no id is lost."""
    known = Meeting.public_meeting_id if table is Meeting else Participant.public_participant_id
    _update(session, table, row_id, known.is_(None), ids)


def confirm_id(session: Session, meeting_id: int) -> None:
    """Zelta has worked with the meeting's public id: if a person had typed it, it is verified now."""
    typed = Meeting.id_source == IdSource.TYPED
    _update(session, Meeting, meeting_id, typed, {"id_source": IdSource.ANSWER})


def _is_one_of(
    column: InstrumentedAttribute[Cancellation | None], values: tuple[Cancellation | None, ...]
) -> ColumnElement[bool]:
    words = [value for value in values if value is not None]
    return or_(column.in_(words), column.is_(None)) if None in values else column.in_(words)


def _update(
    session: Session,
    table: type[Meeting | Participant | PeopleList],
    row_id: int,
    allowed: ColumnElement[bool],
    values: Mapping[str, object],
) -> bool:
    moved = session.execute(
        update(table).where(table.id == row_id, allowed).values(values).returning(table.id)
    )
    return moved.first() is not None
