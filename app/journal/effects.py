"""Apply an outcome to its row: one state transition, in the transaction that records the outcome.

An outcome may arrive after a coordinator has resolved the row. Then the transition matches no row, the
decision stands, returned ids are stored anyway, and the journal entry has the outcome.
"""

import logging
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.extensions import get_cipher, get_settings
from app.http_client.errors import FailureReason
from app.journal.batch_effects import (
    PAUSING_REASONS,
    apply_failed_creation,
    keep_for_another_turn,
    lock_batch_of_call,
    pause_work,
)
from app.models import (
    CancellationState,
    IdSource,
    ImportState,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    Role,
)
from app.models.journal import Action
from app.models.lock_order import (
    lock_imports,
    lock_meetings,
    lock_participants,
    lock_public_meeting_id,
    outbox_conditions,
)
from app.models.possibly_mailed import may_mail_twice, possibly_mailed_keys, record_possibly_mailed
from app.models.sending import has_active_sender
from app.models.transitions import (
    complete_cancellation,
    ignore_result,
    mark_id_verified,
    set_ids_if_missing,
    transition_cancellation,
    transition_import,
    transition_meeting,
    transition_participant,
)
from app.models.unresolved_calls import has_unresolved_call
from app.utils.text import email_key
from app.zelta.client import CreatedMeeting, CreatedParticipant
from app.zelta.outcome import CallDetails, CallResult, Done, NotSent, Unknown

log = logging.getLogger(__name__)

CallOutcome = CallResult[CreatedMeeting] | CallResult[CreatedParticipant] | CallResult[None]

DUPLICATE_MEETING = "known_meeting"
"""Pause reason: another row has the same public meeting id."""
# Who has to wait longer may prefer another decision, and a queued participant offers none.
MAX_AUTOMATIC_WAIT_SECONDS = 300.0
# A sender outside is silent for a window of the rate limit at most.
ACTIVE_SENDER_SECONDS = 90.0


def lock_rows(session: Session, entry_id: int, result: CallOutcome) -> None:
    """Lock the rows that `apply_outcome` may change, before the entry (lock order: `app.models.lock_order`)."""
    if isinstance(result, Done) and isinstance(result.value, CreatedMeeting):
        lock_public_meeting_id(session, result.value.public_meeting_id)
    target = session.execute(_entry_target_query(), {"entry_id": entry_id}).one()
    if target.action == Action.CREATE_MEETING and isinstance(result, Done):
        lock_imports(session, ParticipantImport.meeting_id == target.meeting_id)
    is_pausing = result.details.reason in PAUSING_REASONS
    if target.action == Action.CANCEL_MEETING and (isinstance(result, NotSent) or is_pausing):
        lock_meetings(session, Meeting.moved_from_id == target.meeting_id)
    if target.action == Action.CANCEL_MEETING and isinstance(result, Done):
        lock_participants(session, *outbox_conditions(target.meeting_id))
    if is_pausing:
        lock_batch_of_call(session, target)
    if target.participant_id is None:
        return
    if is_pausing:
        import_id_query = select(Participant.import_id).where(Participant.id == target.participant_id)
        lock_imports(session, ParticipantImport.id == import_id_query.scalar_subquery())
    lock_participants(session, Participant.id == target.participant_id)


def apply_outcome(session: Session, entry: JournalEntry, result: CallOutcome) -> None:
    """Transition the meeting, its cancellation or the participant according to the outcome of a call."""
    if not _transition_row(session, entry, result):
        log.info("journal entry %d: a later decision about its row stands", entry.id)


def _transition_row(session: Session, entry: JournalEntry, result: CallOutcome) -> bool:
    """Transition the row; return whether the outcome changed it."""
    match entry.action, result:
        case Action.CREATE_MEETING, Done(value=CreatedMeeting(public_meeting_id=found)):
            ids = {"public_meeting_id": found, "id_source": IdSource.API}
            _pause_imports_of_duplicate_meeting(session, entry.meeting_id, found)
            changed = transition_meeting(session, entry.meeting_id, MeetingState.SCHEDULED, **ids)
            return changed or set_ids_if_missing(session, Meeting, entry.meeting_id, ids)
        case Action.CREATE_MEETING, _:
            return apply_failed_creation(session, entry, result)
        case Action.CANCEL_MEETING, _:
            return _apply_cancellation_outcome(session, entry, result)
        case Action.ADD_PARTICIPANT, _ if entry.participant_id is not None:
            return _apply_participant_outcome(session, entry, entry.participant_id, result)
        case Action.ADD_PARTICIPANT, _:
            raise ValueError(f"journal entry {entry.id} has no participant")
    raise ValueError(f"{entry.action} is a decision, not a call")


def _apply_cancellation_outcome(session: Session, entry: JournalEntry, result: CallOutcome) -> bool:
    match result:
        case Done():
            return complete_cancellation(session, entry.meeting_id)
        case Unknown():
            return transition_cancellation(session, entry.meeting_id, CancellationState.UNKNOWN)
        case _ if has_unresolved_call(session, entry.meeting_id, entry.action, before_entry_id=entry.id):
            return transition_cancellation(session, entry.meeting_id, CancellationState.UNKNOWN)
        case _ if entry.from_outbox and keep_for_another_turn(session, entry, result):
            return transition_cancellation(session, entry.meeting_id, None)
        case NotSent():
            return transition_cancellation(session, entry.meeting_id, CancellationState.NOT_SENT)
        case _:
            return transition_cancellation(session, entry.meeting_id, None, cancellation_refused=True)


def _pause_imports_of_duplicate_meeting(session: Session, meeting_id: int, public_meeting_id: str) -> None:
    """Pause the imports of a duplicate meeting: its participants may have been added already."""
    duplicate_query = select(Meeting.id).where(
        Meeting.public_meeting_id == public_meeting_id,
        Meeting.id != meeting_id,
        Meeting.state != MeetingState.DISCARDED,
    )
    if session.scalar(duplicate_query.limit(1)) is None:
        return
    is_running = (ParticipantImport.meeting_id == meeting_id, ParticipantImport.state == ImportState.RUNNING)
    for list_id in session.scalars(
        select(ParticipantImport.id).where(*is_running).order_by(ParticipantImport.id)
    ).all():
        # No row: the import was already paused or stopped.
        ignore_result(transition_import(session, list_id, ImportState.PAUSED, pause_reason=DUPLICATE_MEETING))


def _apply_participant_outcome(
    session: Session, entry: JournalEntry, participant_id: int, result: CallOutcome
) -> bool:
    unclaimed = {"claimed_by": None, "claim_expires_at": None}
    match result:
        case Done(value=CreatedParticipant(public_participant_id=found, token=token)):
            # Only hosts connect with the token: a guest's token is not stored.
            is_host = entry.request["body"]["preset_name"] == Role.HOST
            token_encrypted = get_cipher().encrypt(token) if token and is_host else None
            ids = {"public_participant_id": found, "token_encrypted": token_encrypted}
            changed = transition_participant(
                session, participant_id, ParticipantState.ADDED, **ids, **unclaimed
            )
            changed = changed or set_ids_if_missing(session, Participant, participant_id, ids)
            mark_id_verified(session, entry.meeting_id)
        case Unknown() if "email" in entry.request["body"]:
            record_possibly_mailed(session, entry.meeting_id, email_key(entry.request["body"]["email"]))
            values = {"possibly_mailed": True, **unclaimed}
            changed = transition_participant(session, participant_id, ParticipantState.UNKNOWN, **values)
        case NotSent() if _may_be_requeued(session, entry, result.details) and transition_participant(
            session, participant_id, ParticipantState.QUEUED, **unclaimed
        ):
            changed = True  # it waits for another turn
        case _:
            state = ParticipantState(result.outcome.value)
            changed = transition_participant(session, participant_id, state, **unclaimed)
    if entry.from_outbox and result.details.reason in PAUSING_REASONS:
        pause_work(session, entry, result.details.reason)
    return changed


def _may_be_requeued(session: Session, entry: JournalEntry, details: CallDetails) -> bool:
    """Whether a participant who was not sent may return to the queue, or enter it after an interactive call."""
    participant = session.get_one(Participant, entry.participant_id)
    meeting = session.get_one(Meeting, participant.meeting_id)
    participant_import = (
        session.get(ParticipantImport, participant.import_id) if participant.import_id else None
    )
    import_state = participant_import.state if participant_import else ImportState.RUNNING
    if meeting.state != MeetingState.SCHEDULED or import_state == ImportState.STOPPED:
        return False
    return entry.from_outbox or (
        import_state == ImportState.RUNNING and _may_be_sent_by_outbox(session, participant, details)
    )


def _may_be_sent_by_outbox(session: Session, participant: Participant, details: CallDetails) -> bool:
    """Whether the outbox may repeat an interactive call: only the rate limit stopped it, and not for long.

    The outbox cannot ask: a possible second mail needs the coordinator's confirmation. It makes no decision of
    its own: its call belongs to the decision that the interactive one belonged to.
    """
    is_short_wait = (
        details.reason == FailureReason.RATE_LIMITED
        and (details.retry_after_seconds or 0) <= MAX_AUTOMATIC_WAIT_SECONDS
    )
    if not is_short_wait:
        return False
    if may_mail_twice(participant, possibly_mailed_keys(session, participant.meeting_id)):
        return False
    is_inside = get_settings().sender == "inside"
    return is_inside or bool(session.scalar(select(has_active_sender(ACTIVE_SENDER_SECONDS))))


# Cached statement.
@cache
def _entry_target_query() -> Select[*tuple[Any, ...]]:
    """The meeting, participant and action of an entry; locks the meeting."""
    return (
        select(JournalEntry.meeting_id, JournalEntry.participant_id, JournalEntry.action)
        .join(Meeting, Meeting.id == JournalEntry.meeting_id)
        .where(JournalEntry.id == bindparam("entry_id"))
        .with_for_update(key_share=True, of=Meeting)
    )
