"""What cancelling the rest of a series does to its unsent meetings and lists; see `app.models.transitions`."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.lock_order import lock_imports, lock_participants
from app.models.meeting import IN_OUTBOX, Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.states import IMPORT_TRANSITIONS, ImportState, MeetingState, ParticipantState
from app.models.transitions import ignore_result

_QUEUED_STATES = (ParticipantState.QUEUED, ParticipantState.CLAIMED)
_UNCLAIMED = {"claimed_by": None, "claim_expires_at": None}


def discard_waiting_meetings(session: Session, meeting_ids: Collection[int]) -> list[int]:
    """Discard the meetings of these that wait in the outbox, with their people and lists.

    Args:
        session: the transaction, which has locked the meetings.
        meeting_ids: ours.

    Returns:
        The ids of the discarded meetings.
    """
    statement = (
        update(Meeting)
        .where(Meeting.id.in_(meeting_ids), IN_OUTBOX)
        .values(state=MeetingState.DISCARDED, **_UNCLAIMED)
        .returning(Meeting.id)
        .execution_options(synchronize_session=False)
    )
    discarded_ids = list(session.scalars(statement))
    lists = (
        ParticipantImport.meeting_id.in_(discarded_ids),
        ParticipantImport.state.in_(IMPORT_TRANSITIONS[ImportState.STOPPED]),
    )
    people = (Participant.meeting_id.in_(discarded_ids), Participant.state.in_(_QUEUED_STATES))
    lock_imports(session, *lists)
    lock_participants(session, *people)
    for change in (
        update(ParticipantImport).where(*lists).values(state=ImportState.STOPPED, pause_reason=None),
        update(Participant).where(*people).values(state=ParticipantState.DISCARDED, **_UNCLAIMED),
    ):
        # No row: the meeting has nobody.
        ignore_result(session.execute(change.execution_options(synchronize_session=False)))
    return sorted(discarded_ids)


def pause_lists_in_progress(session: Session, meeting_ids: Collection[int]) -> None:
    """Pause the lists of these meetings that still have people to send: the meetings are being cancelled."""
    waiting = select(Participant.import_id).where(
        Participant.meeting_id.in_(meeting_ids), Participant.state.in_(_QUEUED_STATES)
    )
    lists = (
        ParticipantImport.meeting_id.in_(meeting_ids),
        ParticipantImport.state == ImportState.RUNNING,
        ParticipantImport.id.in_(waiting),
    )
    lock_imports(session, *lists)
    statement = update(ParticipantImport).where(*lists).values(state=ImportState.PAUSED)
    # No row: everybody has been sent.
    ignore_result(session.execute(statement.execution_options(synchronize_session=False)))
