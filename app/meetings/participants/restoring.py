"""Discarded participants who can be put back as they were: a coordinator discarded them, and nothing was called since."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app import journal
from app.journal import Intent, Submission
from app.models import Action, JournalEntry, Meeting, MeetingState, Participant, ParticipantState
from app.models.states import PROBLEM_STATES
from app.models.transitions import require_transition, restore_participant
from app.utils.outcome import Outcome

# In the request of a DISCARD_PARTICIPANT decision: the state before, or that an earlier one was undone.
STATE_KEY, UNDONE_KEY = "state", "undone"


def find_restorable(session: Session, meeting: Meeting) -> dict[int, ParticipantState]:
    """The state before, for each participant of a meeting whose discarding can be undone.

    A response that came since and says that they were added cannot be undone: they are left out.
    """
    if meeting.state != MeetingState.SCHEDULED:
        return {}
    decisions = (
        select(JournalEntry.participant_id, JournalEntry.request)
        .where(JournalEntry.meeting_id == meeting.id, JournalEntry.action == Action.DISCARD_PARTICIPANT)
        .order_by(JournalEntry.id)
    )
    last = {row.participant_id: row.request for row in session.execute(decisions)}
    states = {
        participant_id: ParticipantState(request[STATE_KEY])
        for participant_id, request in last.items()
        if participant_id is not None and request.get(STATE_KEY) in PROBLEM_STATES
    }
    added = select(JournalEntry.participant_id).where(
        JournalEntry.participant_id.in_(list(states)),
        JournalEntry.action == Action.ADD_PARTICIPANT,
        or_(JournalEntry.outcome.is_(None), JournalEntry.outcome == Outcome.DONE),
    )
    for participant_id in session.scalars(added) if states else ():
        states.pop(participant_id or 0, None)
    return states


def restore(session: Session, meeting: Meeting, participant: Participant, submission: Submission) -> None:
    """Put a participant back who is restorable and locked.

    Raises:
        sqlalchemy.exc.IntegrityError: another row of the meeting has reserved the email.
    """
    target = find_restorable(session, meeting)[participant.id]
    require_transition(restore_participant(session, participant.id, target))
    request = {UNDONE_KEY: True}
    intent = Intent(Action.DISCARD_PARTICIPANT, submission, meeting.id, participant.id, request=request)
    journal.record_decision(session, intent)
