"""The tables: meetings, their participants, the journal of everything that was asked of Zelta, accounts and the audit."""

from app.models.account import Account, AccountSession, HeldForm, SignInAttempt, StaffRole
from app.models.audit import AuditEvent, Deed
from app.models.base import Base, utc_now
from app.models.delivery import (
    Delivery,
    DeliveryAction,
    DeliveryChannel,
    DeliveryPurpose,
    DeliveryStatus,
    MeetingMessage,
    MessageTemplate,
)
from app.models.journal import Action, JournalEntry
from app.models.meeting import Meeting
from app.models.pace import Pace
from app.models.participant import Participant
from app.models.people_list import PeopleList
from app.models.possibly_mailed import PossiblyMailedEmail
from app.models.states import Cancellation, Choice, IdSource, ListState, MeetingState, ParticipantState, Role

__all__ = [
    "Account",
    "AccountSession",
    "Action",
    "AuditEvent",
    "Base",
    "Cancellation",
    "Choice",
    "Deed",
    "Delivery",
    "DeliveryAction",
    "DeliveryChannel",
    "DeliveryPurpose",
    "DeliveryStatus",
    "HeldForm",
    "IdSource",
    "JournalEntry",
    "ListState",
    "Meeting",
    "MeetingMessage",
    "MeetingState",
    "MessageTemplate",
    "Pace",
    "Participant",
    "ParticipantState",
    "PeopleList",
    "PossiblyMailedEmail",
    "Role",
    "SignInAttempt",
    "StaffRole",
    "utc_now",
]
