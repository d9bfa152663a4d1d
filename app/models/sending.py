"""Conditions of the outbox in SQL: which participants and meetings may be sent, and whether a sender is active.

Senders have no heartbeat. An active one shows in the database, by its claims and its calls.
"""

from sqlalchemy import ColumnElement, and_, exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.models.base import utc_now
from app.models.batch import PAUSED, Batch
from app.models.journal import IS_CALL, JournalEntry
from app.models.meeting import IN_OUTBOX as MEETING_IN_OUTBOX
from app.models.meeting import Meeting
from app.models.participant import IN_OUTBOX, Participant
from app.models.participant_import import ParticipantImport
from app.models.states import CancellationState, ImportState, MeetingState


def batch_may_send(batch_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Whether what belongs to this batch, if to any, may be sent: not while the batch is paused."""
    return or_(batch_id.is_(None), batch_id.not_in(select(Batch.id).where(PAUSED)))


def sendable_conditions() -> tuple[ColumnElement[bool], ...]:
    """The conditions on meeting and import (outer join) under which a waiting participant may be sent.

    The first is the SQL form of `can_add_participants`. Queued participants of a stopped import were requeued
    later by a decision.
    """
    not_cancelling = or_(Meeting.cancellation.is_(None), Meeting.cancellation == CancellationState.NOT_SENT)
    not_paused = or_(Participant.import_id.is_(None), ParticipantImport.state != ImportState.PAUSED)
    accepts = and_(
        Meeting.state == MeetingState.SCHEDULED, Meeting.public_meeting_id.is_not(None), not_cancelling
    )
    return accepts, not_paused, batch_may_send(ParticipantImport.batch_id)


def has_active_sender(seconds: float) -> ColumnElement[bool]:
    """Whether a sender holds a claim, or has made a call in these last seconds."""
    has_claim = or_(
        exists().where(IN_OUTBOX, Participant.claim_expires_at > utc_now()),
        exists().where(MEETING_IN_OUTBOX, Meeting.claim_expires_at > utc_now()),
    )
    is_recent = or_(JournalEntry.outcome.is_(None), JournalEntry.finished_at > utc_now(-seconds))
    has_call = exists().where(JournalEntry.from_outbox == true(), IS_CALL, is_recent)
    return or_(has_claim, has_call)
