"""The tables: meetings, their participants, the journal of everything that was asked of Zelta, accounts and the audit."""

from app.models.account import Account, AccountRole, AccountSession, FailedSignIn, SavedForm
from app.models.audit import AuditAction, AuditEvent
from app.models.base import Base, utc_now
from app.models.journal import Action, JournalEntry
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.possibly_mailed import PossiblyMailedEmail
from app.models.rate_limit_state import RateLimitState
from app.models.states import (
    CancellationState,
    IdSource,
    ImportState,
    MeetingState,
    ParticipantState,
    Resolution,
    Role,
)

__all__ = [
    "Account",
    "AccountRole",
    "AccountSession",
    "Action",
    "AuditAction",
    "AuditEvent",
    "Base",
    "CancellationState",
    "FailedSignIn",
    "IdSource",
    "ImportState",
    "JournalEntry",
    "Meeting",
    "MeetingState",
    "Participant",
    "ParticipantImport",
    "ParticipantState",
    "PossiblyMailedEmail",
    "RateLimitState",
    "Resolution",
    "Role",
    "SavedForm",
    "utc_now",
]
