"""The tables: meetings, participants, imports, batches, the journal of calls, accounts, the audit and deliveries."""

from app.models.account import Account, AccountRole, AccountSession, FailedSignIn, SavedForm
from app.models.audit import AuditAction, AuditEvent
from app.models.base import Base, utc_now
from app.models.batch import Batch
from app.models.column_choice import ColumnChoice
from app.models.delivery import (
    Delivery,
    DeliveryAction,
    DeliveryChannel,
    DeliveryPurpose,
    DeliveryStatus,
    MeetingMessage,
    MessageTemplate,
)
from app.models.group import Group, GroupMember
from app.models.journal import Action, JournalEntry
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.participant_import import ParticipantImport
from app.models.possibly_mailed import PossiblyMailedEmail
from app.models.rate_limit_state import RateLimitState
from app.models.states import (
    BatchKind,
    BatchState,
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
    "Batch",
    "BatchKind",
    "BatchState",
    "CancellationState",
    "ColumnChoice",
    "Delivery",
    "DeliveryAction",
    "DeliveryChannel",
    "DeliveryPurpose",
    "DeliveryStatus",
    "FailedSignIn",
    "Group",
    "GroupMember",
    "IdSource",
    "ImportState",
    "JournalEntry",
    "Meeting",
    "MeetingMessage",
    "MeetingState",
    "MessageTemplate",
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
