"""The tables: meetings, their participants, and the journal of everything that was asked of Zelta."""

from app.models.base import Base, utc_now
from app.models.journal import Action, JournalEntry
from app.models.meeting import Meeting
from app.models.pace import Pace
from app.models.participant import Participant
from app.models.people_list import PeopleList
from app.models.states import Cancellation, Choice, IdSource, ListState, MeetingState, ParticipantState, Role

__all__ = [
    "Action",
    "Base",
    "Cancellation",
    "Choice",
    "IdSource",
    "JournalEntry",
    "ListState",
    "Meeting",
    "MeetingState",
    "Pace",
    "Participant",
    "ParticipantState",
    "PeopleList",
    "Role",
    "utc_now",
]
