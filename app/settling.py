"""What an outcome does to the row that it is about: each ends in one move, in the transaction that records it.

An outcome may come late, when a coordinator has already decided about the row. Then the move finds no row, the
decision stands, ids that came back are kept all the same, and the journal entry has the outcome.
"""

import logging
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.fittings import vault
from app.models import (
    Cancellation,
    IdSource,
    JournalEntry,
    ListState,
    Meeting,
    MeetingState,
    Participant,
    ParticipantState,
    PeopleList,
    Role,
)
from app.models.doubts import left_open
from app.models.journal import Action
from app.models.locks import lock_lists, lock_participants, waiting
from app.models.moves import (
    confirm_id,
    either_way,
    end_cancelled,
    keep_ids,
    move_cancellation,
    move_list,
    move_meeting,
    move_participant,
)
from app.models.possibly_mailed import record_possibly_mailed
from app.text import email_key
from app.zelta.client import NewMeeting, NewParticipant
from app.zelta.outcome import Done, NotSent, Outcome, Reason, Unknown

log = logging.getLogger(__name__)

AnyOutcome = Outcome[NewMeeting] | Outcome[NewParticipant] | Outcome[None]

KNOWN_MEETING = "known_meeting"
"""Why a list is held whose meeting another row stands for too."""
# A key that Zelta does not accept makes it refuse every participant: pause the list instead of trying them all.
HOLD_THE_LIST = frozenset({Reason.API_KEY, Reason.SUSPENDED})


def lock_rows(session: Session, entry_id: int, outcome: AnyOutcome) -> None:
    """Lock the rows that `settle` may change: before the entry, as the lock order of `app.models.locks` has it."""
    about = session.execute(_locking_meeting(), {"entry_id": entry_id}).one()
    if about.action == Action.CREATE_MEETING and isinstance(outcome, Done):
        lock_lists(session, PeopleList.meeting_id == about.meeting_id)
    if about.action == Action.CANCEL_MEETING and isinstance(outcome, Done):
        lock_participants(session, *waiting(about.meeting_id))
    if about.participant_id is None:
        return
    if outcome.facts.reason in HOLD_THE_LIST:
        of = select(Participant.import_id).where(Participant.id == about.participant_id)
        lock_lists(session, PeopleList.id == of.scalar_subquery())
    lock_participants(session, Participant.id == about.participant_id)


def settle(session: Session, entry: JournalEntry, outcome: AnyOutcome) -> None:
    """Move the meeting, its cancellation or the person that a call was about to where the outcome leaves it."""
    if not _move(session, entry, outcome):
        log.info("journal entry %d: a later decision about its row stands", entry.id)


def _move(session: Session, entry: JournalEntry, outcome: AnyOutcome) -> bool:
    """Make the move; gives whether the row took anything from the outcome."""
    match entry.action, outcome:
        case Action.CREATE_MEETING, Done(value=NewMeeting(public_meeting_id=found)):
            ids = {"public_meeting_id": found, "id_source": IdSource.ANSWER}
            _pause_lists_of_known_meeting(session, entry.meeting_id, found)
            moved = move_meeting(session, entry.meeting_id, MeetingState.SCHEDULED, **ids)
            return moved or keep_ids(session, Meeting, entry.meeting_id, ids)
        case Action.CREATE_MEETING, _:
            return move_meeting(session, entry.meeting_id, MeetingState(outcome.verdict.value))
        case Action.CANCEL_MEETING, Done():
            return end_cancelled(session, entry.meeting_id)
        case Action.CANCEL_MEETING, Unknown():
            return move_cancellation(session, entry.meeting_id, Cancellation.UNKNOWN)
        case Action.CANCEL_MEETING, _ if left_open(session, entry.meeting_id, entry.action, before=entry.id):
            return move_cancellation(session, entry.meeting_id, Cancellation.UNKNOWN)
        case Action.CANCEL_MEETING, NotSent():
            return move_cancellation(session, entry.meeting_id, Cancellation.NOT_SENT)
        case Action.CANCEL_MEETING, _:
            return move_cancellation(session, entry.meeting_id, None)
        case Action.ADD_PARTICIPANT, _:
            return _settle_participant(session, entry, outcome)
    raise ValueError(f"{entry.action} is a decision, not a call")


def _pause_lists_of_known_meeting(session: Session, meeting_id: int, public_meeting_id: str) -> None:
    """Pause the lists of a meeting that another row stands for too: its people may be in it already."""
    same = select(Meeting.id).where(
        Meeting.public_meeting_id == public_meeting_id,
        Meeting.id != meeting_id,
        Meeting.state != MeetingState.DISCARDED,
    )
    if session.scalar(same.limit(1)) is None:
        return
    running = (PeopleList.meeting_id == meeting_id, PeopleList.state == ListState.RUNNING)
    for list_id in session.scalars(select(PeopleList.id).where(*running).order_by(PeopleList.id)).all():
        # No row: the list was paused or stopped before.
        either_way(move_list(session, list_id, ListState.PAUSED, pause_reason=KNOWN_MEETING))


def _settle_participant(session: Session, entry: JournalEntry, outcome: AnyOutcome) -> bool:
    if entry.participant_id is None:
        raise ValueError(f"journal entry {entry.id} adds nobody")
    free = {"claimed_by": None, "claim_expires_at": None}
    match outcome:
        case Done(value=NewParticipant(public_participant_id=found, token=token)):
            # Only a host connects with the token; a guest's is not kept, since nobody needs it.
            is_host = entry.request["body"]["preset_name"] == Role.HOST
            sealed = vault().seal(token) if token and is_host else None
            ids = {"public_participant_id": found, "token_encrypted": sealed}
            moved = move_participant(session, entry.participant_id, ParticipantState.ADDED, **ids, **free)
            moved = moved or keep_ids(session, Participant, entry.participant_id, ids)
            confirm_id(session, entry.meeting_id)
        case Unknown() if "email" in entry.request["body"]:
            record_possibly_mailed(session, entry.meeting_id, email_key(entry.request["body"]["email"]))
            unknown = {"possibly_mailed": True, **free}
            moved = move_participant(session, entry.participant_id, ParticipantState.UNKNOWN, **unknown)
        case NotSent() if (
            entry.from_outbox
            and _goes_on(session, entry.participant_id)
            and move_participant(session, entry.participant_id, ParticipantState.QUEUED, **free)
        ):
            moved = True  # it waits for another turn
        case _:
            verdict = ParticipantState(outcome.verdict.value)
            moved = move_participant(session, entry.participant_id, verdict, **free)
    if entry.from_outbox and outcome.facts.reason in HOLD_THE_LIST:
        _hold_list(session, entry.participant_id, outcome.facts.reason)
    return moved


def _goes_on(session: Session, participant_id: int) -> bool:
    """Whether a person who was not sent may wait for another turn."""
    participant = session.get_one(Participant, participant_id)
    meeting = session.get_one(Meeting, participant.meeting_id)
    people_list = session.get(PeopleList, participant.import_id) if participant.import_id else None
    stopped = people_list is not None and people_list.state == ListState.STOPPED
    return meeting.state == MeetingState.SCHEDULED and not stopped


def _hold_list(session: Session, participant_id: int, reason: Reason) -> None:
    participant = session.get_one(Participant, participant_id)
    if participant.import_id is not None:
        # No row: the list is held or stopped already.
        either_way(move_list(session, participant.import_id, ListState.PAUSED, pause_reason=reason.value))


# Put together once, as the statements of the journal are.
@cache
def _locking_meeting() -> Select[*tuple[Any, ...]]:
    """What an entry is about; its meeting is locked with it."""
    return (
        select(JournalEntry.meeting_id, JournalEntry.participant_id, JournalEntry.action)
        .join(Meeting, Meeting.id == JournalEntry.meeting_id)
        .where(JournalEntry.id == bindparam("entry_id"))
        .with_for_update(key_share=True, of=Meeting)
    )
