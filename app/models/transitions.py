"""State transitions: a conditional UPDATE (compare-and-set): of two concurrent ones only one succeeds.

Every result is used: the caller branches on it, or passes it to `require_transition` (no row: error) or to
`ignore_result` (no row is fine, and a comment says why). `tests/test_state_changes.py` enforces this.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from app.models.lock_order import lock_imports, lock_participants, outbox_conditions
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.possibly_mailed import possibly_mailed_keys
from app.models.states import (
    CANCELLATION_TRANSITIONS,
    IMPORT_TRANSITIONS,
    MEETING_TRANSITIONS,
    PARTICIPANT_TRANSITIONS,
    CancellationState,
    IdSource,
    ImportState,
    MeetingState,
    ParticipantState,
)


class StateChanged(Exception):
    """A row was no longer in an allowed source state; the transaction must be rolled back."""


def require_transition(succeeded: bool) -> None:
    """Raise unless the transition changed a row.

    Raises:
        StateChanged: it changed no row.
    """
    if not succeeded:
        raise StateChanged


def ignore_result(_result: object) -> None:
    """Accept a transition whether or not it changed a row."""


def transition_meeting(session: Session, meeting_id: int, target: MeetingState, **values: object) -> bool:
    """Transition a meeting to `target`, and set `values`.

    Returns:
        Whether the transition was allowed; if not, nothing changed.
    """
    return _update_row(
        session, Meeting, meeting_id, _meeting_allowed_sources(target), {"state": target, **values}
    )


def transition_participant(
    session: Session, participant_id: int, target: ParticipantState, **values: object
) -> bool:
    """Transition a participant to `target`, and set `values`; see `transition_meeting`.

    Raises:
        sqlalchemy.exc.IntegrityError: another row of the meeting has reserved the email.
    """
    return _update_row(
        session,
        Participant,
        participant_id,
        _participant_allowed_sources(target),
        {"state": target, **values},
    )


def restore_participant(session: Session, participant_id: int, target: ParticipantState) -> bool:
    """Transition a discarded participant back to `target`, the state before; see `transition_participant`.

    Not in `PARTICIPANT_TRANSITIONS`: a late response must not bring a discarded participant back.
    """
    return _update_row(session, Participant, participant_id, _is_discarded_condition(), {"state": target})


def correct_meeting_id(session: Session, meeting_id: int, public_meeting_id: str) -> bool:
    """Replace the public id of a scheduled meeting, if a person typed it; see `transition_meeting`."""
    condition = _is_scheduled_with_typed_id()
    return _update_row(session, Meeting, meeting_id, condition, {"public_meeting_id": public_meeting_id})


def transition_cancellation(
    session: Session, meeting_id: int, target: CancellationState | None, **values: object
) -> bool:
    """Transition the cancellation of a scheduled meeting to `target` (None: ended), and set `values`.

    Without `cancellation_refused` among them, an earlier refusal no longer counts.
    """
    return _update_row(
        session,
        Meeting,
        meeting_id,
        _cancellation_allowed_sources(target),
        {"cancellation": target, "cancellation_refused": False, **values},
    )


def dismiss_refused_cancellation(session: Session, meeting_id: int) -> bool:
    """A coordinator keeps a meeting whose cancellation Zelta refused; see `transition_meeting`."""
    return _update_row(
        session, Meeting, meeting_id, _cancellation_was_refused_condition(), {"cancellation_refused": False}
    )


def complete_cancellation(session: Session, meeting_id: int) -> bool:
    """Set a meeting to cancelled and discard its queued participants; see `transition_meeting`."""
    changed = transition_cancellation(session, meeting_id, None, state=MeetingState.CANCELLED)
    if changed:
        discard_queued(session, meeting_id=meeting_id)
    return changed


def transition_import(session: Session, list_id: int, target: ImportState, **values: object) -> bool:
    """Transition an import to `target`, and set `values`."""
    return _update_row(
        session, ParticipantImport, list_id, _import_allowed_sources(target), {"state": target, **values}
    )


def discard_queued(session: Session, *, meeting_id: int, list_id: int | None = None) -> None:
    """Discard the participants of a meeting, or of one of its imports, that are in the outbox."""
    conditions = outbox_conditions(meeting_id, list_id)
    lock_participants(session, *conditions)
    statement = update(Participant).where(*conditions)
    discard_statement = statement.values(
        state=ParticipantState.DISCARDED, claimed_by=None, claim_expires_at=None
    )
    # No row: no participant waits.
    ignore_result(session.execute(discard_statement))


def requeue_refused(session: Session, meeting_id: int) -> int:
    """Queue the refused participants of a meeting's imports; return how many there were.

    Skips participants that an earlier call may have mailed (each needs its own decision), and
    participants whose email another row has reserved or would reserve first. Their stopped imports run
    again, for these participants only, so that they can be paused like any other.
    """
    refused_conditions = (
        Participant.meeting_id == meeting_id,
        Participant.import_id.is_not(None),
        Participant.state == ParticipantState.REFUSED,
    )
    lock_imports(
        session, ParticipantImport.meeting_id == meeting_id, ParticipantImport.state == ImportState.STOPPED
    )
    lock_participants(session, *refused_conditions)
    statement = (
        update(Participant)
        .where(
            *refused_conditions,
            ~_may_mail_twice_condition(session, meeting_id),
            ~email_taken_by_other(),
        )
        .values(state=ParticipantState.QUEUED)
        .returning(Participant.import_id)
        .execution_options(synchronize_session=False)
    )
    list_ids = list(session.scalars(statement))
    stopped_imports = update(ParticipantImport).where(
        ParticipantImport.id.in_(set(list_ids)), ParticipantImport.state == ImportState.STOPPED
    )
    # No row: none of their imports was stopped.
    ignore_result(
        session.execute(stopped_imports.values(state=ImportState.RUNNING, rows=[], pause_reason=None))
    )
    return len(list_ids)


def _may_mail_twice_condition(session: Session, meeting_id: int) -> ColumnElement[bool]:
    """The SQL form of `may_mail_twice`."""
    keys = possibly_mailed_keys(session, meeting_id)
    return Participant.send_invitation & or_(Participant.possibly_mailed, Participant.email_key.in_(keys))


def email_taken_by_other() -> ColumnElement[bool]:
    """Whether another row of the meeting has reserved the email, or is an earlier refused row with it."""
    other = aliased(Participant)
    is_reserved = (other.state != ParticipantState.DISCARDED) & (
        (other.state != ParticipantState.REFUSED) | other.possibly_mailed
    )
    is_earlier = (
        (other.state == ParticipantState.REFUSED) & other.import_id.is_not(None) & (other.id < Participant.id)
    )
    return (
        select(other.id)
        .where(
            other.meeting_id == Participant.meeting_id,
            other.email_key == Participant.email_key,
            other.id != Participant.id,
            is_reserved | is_earlier,
        )
        .exists()
    )


def set_ids_if_missing(
    session: Session, table: type[Meeting | Participant], row_id: int, ids: Mapping[str, object]
) -> bool:
    """Store the ids of a response in a row that was resolved meanwhile; its state stays.

    Returns:
        Whether the row had no id yet; an existing id stays, and the journal keeps the response.
    """
    return _update_row(session, table, row_id, _id_missing_condition(table), ids)


def mark_id_verified(session: Session, meeting_id: int) -> None:
    """Zelta has accepted the meeting's public id: if it was typed by hand, it is now verified."""
    # No row: the id came from Zelta.
    ignore_result(
        _update_row(session, Meeting, meeting_id, _id_is_manual_condition(), {"id_source": IdSource.API})
    )


# Cached conditions and statements.
@cache
def _meeting_allowed_sources(target: MeetingState) -> ColumnElement[bool]:
    return Meeting.state.in_(MEETING_TRANSITIONS[target])


@cache
def _participant_allowed_sources(target: ParticipantState) -> ColumnElement[bool]:
    return Participant.state.in_(PARTICIPANT_TRANSITIONS[target])


@cache
def _is_discarded_condition() -> ColumnElement[bool]:
    return Participant.state == ParticipantState.DISCARDED


@cache
def _is_scheduled_with_typed_id() -> ColumnElement[bool]:
    is_scheduled = (Meeting.state == MeetingState.SCHEDULED) & Meeting.cancellation.is_(None)
    return is_scheduled & _id_is_manual_condition()


@cache
def _cancellation_allowed_sources(target: CancellationState | None) -> ColumnElement[bool]:
    sources = CANCELLATION_TRANSITIONS[target]
    allowed: ColumnElement[bool] = Meeting.cancellation.in_([state for state in sources if state is not None])
    if None in sources:
        allowed = or_(allowed, Meeting.cancellation.is_(None))
    return (Meeting.state == MeetingState.SCHEDULED) & allowed


@cache
def _cancellation_was_refused_condition() -> ColumnElement[bool]:
    return (Meeting.state == MeetingState.SCHEDULED) & Meeting.cancellation_refused.is_(true())


@cache
def _import_allowed_sources(target: ImportState) -> ColumnElement[bool]:
    return ParticipantImport.state.in_(IMPORT_TRANSITIONS[target])


@cache
def _id_missing_condition(table: type[Meeting | Participant]) -> ColumnElement[bool]:
    return (Meeting.public_meeting_id if table is Meeting else Participant.public_participant_id).is_(None)


@cache
def _id_is_manual_condition() -> ColumnElement[bool]:
    return Meeting.id_source == IdSource.MANUAL


def _update_row(
    session: Session,
    table: type[Meeting | Participant | ParticipantImport],
    row_id: int,
    allowed: ColumnElement[bool],
    values: Mapping[str, object],
) -> bool:
    parameters = {"row_id": row_id} | {f"new_{name}": value for name, value in values.items()}
    return session.execute(_update_statement(table, allowed, tuple(values)), parameters).first() is not None


@lru_cache(maxsize=100)
def _update_statement(
    table: type[Meeting | Participant | ParticipantImport],
    allowed: ColumnElement[bool],
    names: tuple[str, ...],
) -> Update:
    values: dict[str, BindParameter[object]] = {name: bindparam(f"new_{name}") for name in names}
    return update(table).where(table.id == bindparam("row_id"), allowed).values(values).returning(table.id)
