"""The one way to change a state: a conditional UPDATE, so that of two who try the same move only one succeeds.

Every result is used: the caller branches on it, or hands it to `require_changed` (no row is an error) or to
`either_way` (no row is right, and a comment says why). `tests/test_state_changes.py` refuses any other call.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.models.locks import lock_lists, lock_participants, waiting
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.people_list import PeopleList
from app.models.possibly_mailed import email_possibly_mailed_condition
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


class StateChanged(Exception):
    """A row was no longer in the state that a change starts from; the transaction must be rolled back."""


def require_changed(changed: bool) -> None:
    """Accept only a change that found its row.

    Raises:
        StateChanged: it found none.
    """
    if not changed:
        raise StateChanged


def either_way(_result: object) -> None:
    """Accept a change whether or not it found a row."""


def move_meeting(session: Session, meeting_id: int, to: MeetingState, **values: object) -> bool:
    """Bring a meeting to `to`, setting `values` with it.

    Returns:
        Whether it was in a state that may go there; if not, nothing changed.
    """
    return _update(session, Meeting, meeting_id, _meeting_may(to), {"state": to, **values})


def move_participant(session: Session, participant_id: int, to: ParticipantState, **values: object) -> bool:
    """Bring a person to `to`, setting `values` with it; see `move_meeting`.

    Raises:
        sqlalchemy.exc.IntegrityError: the move takes an e-mail that another row of the meeting has reserved.
    """
    return _update(session, Participant, participant_id, _participant_may(to), {"state": to, **values})


def move_cancellation(session: Session, meeting_id: int, to: Cancellation | None, **values: object) -> bool:
    """Bring the cancellation of a scheduled meeting to `to` (None: over), setting `values` with it."""
    return _update(session, Meeting, meeting_id, _cancellation_may(to), {"cancellation": to, **values})


def end_cancelled(session: Session, meeting_id: int) -> bool:
    """A scheduled meeting is cancelled, and the participants who wait for it are discarded; see `move_meeting`."""
    moved = move_cancellation(session, meeting_id, None, state=MeetingState.CANCELLED)
    if moved:
        discard_waiting(session, meeting_id=meeting_id)
    return moved


def move_list(session: Session, list_id: int, to: ListState, **values: object) -> bool:
    """Bring a list of people to `to`, setting `values` with it."""
    return _update(session, PeopleList, list_id, _list_may(to), {"state": to, **values})


def discard_waiting(session: Session, *, meeting_id: int, list_id: int | None = None) -> None:
    """Discard everybody of a meeting, or of one of its lists, who still waits in the outbox."""
    those = waiting(meeting_id, list_id)
    lock_participants(session, *those)
    statement = update(Participant).where(*those)
    discarded = statement.values(state=ParticipantState.DISCARDED, claimed_by=None, claim_expires_at=None)
    # No row: no participant waits.
    either_way(session.execute(discarded))


def requeue_refused(session: Session, meeting_id: int) -> int:
    """Queue everybody of a meeting's lists who was refused; gives how many there were.

    Whoever may have been mailed by an earlier call is left alone: that needs a decision about the one person. So is
    whoever has an address that somebody else of the meeting has, or would have first. A list of theirs that had been
    stopped runs again, for them alone, so that it can be paused and held like any other.
    """
    refused = (
        Participant.meeting_id == meeting_id,
        Participant.import_id.is_not(None),
        Participant.state == ParticipantState.REFUSED,
    )
    lock_lists(session, PeopleList.meeting_id == meeting_id, PeopleList.state == ListState.STOPPED)
    lock_participants(session, *refused)
    statement = (
        update(Participant)
        .where(
            *refused,
            ~(
                Participant.send_invitation
                & or_(Participant.possibly_mailed, email_possibly_mailed_condition())
            ),
            ~address_is_anothers(),
        )
        .values(state=ParticipantState.QUEUED)
        .returning(Participant.import_id)
        .execution_options(synchronize_session=False)
    )
    list_ids = list(session.scalars(statement))
    stopped = update(PeopleList).where(
        PeopleList.id.in_(set(list_ids)), PeopleList.state == ListState.STOPPED
    )
    # No row: none of their lists was stopped.
    either_way(session.execute(stopped.values(state=ListState.RUNNING, rows=[], pause_reason=None)))
    return len(list_ids)


def address_is_anothers() -> ColumnElement[bool]:
    """Whether another row of the meeting has the address reserved, or is a refused one that comes before."""
    other = aliased(Participant)
    reserved = (other.state != ParticipantState.DISCARDED) & (
        (other.state != ParticipantState.REFUSED) | other.possibly_mailed
    )
    before = (
        (other.state == ParticipantState.REFUSED) & other.import_id.is_not(None) & (other.id < Participant.id)
    )
    return (
        select(other.id)
        .where(
            other.meeting_id == Participant.meeting_id,
            other.email_key == Participant.email_key,
            other.id != Participant.id,
            reserved | before,
        )
        .exists()
    )


def keep_ids(
    session: Session, table: type[Meeting | Participant], row_id: int, ids: Mapping[str, object]
) -> bool:
    """Keep what an answer brought for a row that a coordinator has decided about meanwhile: its state stays.

    Returns:
        Whether the row had no id yet; one that has its id keeps it, and the journal keeps the answer.
    """
    return _update(session, table, row_id, _has_no_id(table), ids)


def confirm_id(session: Session, meeting_id: int) -> None:
    """Zelta has worked with the meeting's public id: if a person had typed it, it is verified now."""
    # No row: the id came from Zelta in the first place.
    either_way(_update(session, Meeting, meeting_id, _id_is_typed(), {"id_source": IdSource.ANSWER}))


# The conditions, and the statements with them, are put together once: that takes longer than they run.
@cache
def _meeting_may(become: MeetingState) -> ColumnElement[bool]:
    return Meeting.state.in_(MEETING_FROM[become])


@cache
def _participant_may(become: ParticipantState) -> ColumnElement[bool]:
    return Participant.state.in_(PARTICIPANT_FROM[become])


@cache
def _cancellation_may(become: Cancellation | None) -> ColumnElement[bool]:
    before = CANCELLATION_FROM[become]
    allowed: ColumnElement[bool] = Meeting.cancellation.in_([state for state in before if state is not None])
    if None in before:
        allowed = or_(allowed, Meeting.cancellation.is_(None))
    return (Meeting.state == MeetingState.SCHEDULED) & allowed


@cache
def _list_may(become: ListState) -> ColumnElement[bool]:
    return PeopleList.state.in_(LIST_FROM[become])


@cache
def _has_no_id(table: type[Meeting | Participant]) -> ColumnElement[bool]:
    return (Meeting.public_meeting_id if table is Meeting else Participant.public_participant_id).is_(None)


@cache
def _id_is_typed() -> ColumnElement[bool]:
    return Meeting.id_source == IdSource.TYPED


def _update(
    session: Session,
    table: type[Meeting | Participant | PeopleList],
    row_id: int,
    allowed: ColumnElement[bool],
    values: Mapping[str, object],
) -> bool:
    given = {"row_id": row_id} | {f"new_{name}": value for name, value in values.items()}
    return session.execute(_updating(table, allowed, tuple(values)), given).first() is not None


@lru_cache(maxsize=100)
def _updating(
    table: type[Meeting | Participant | PeopleList], allowed: ColumnElement[bool], names: tuple[str, ...]
) -> Update:
    values: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in names}
    return update(table).where(table.id == bindparam("row_id"), allowed).values(values).returning(table.id)
