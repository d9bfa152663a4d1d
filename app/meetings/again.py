"""Whether a form that is sent a second time asks for what it asked for the first time.

Then the first one's result answers it; anything else is asked about, never dropped.
"""

from flask_babel import gettext as _

from app.journal import AlreadySubmitted, Submission
from app.models import Action, Choice, JournalEntry, Meeting, Participant
from app.people.queue import Person
from app.people.service import addition

CHOSEN: dict[Action, Choice] = {
    Action.CREATE_MEETING: Choice.AGAIN,
    Action.CANCEL_MEETING: Choice.AGAIN,
    Action.ADD_PARTICIPANT: Choice.AGAIN,
    Action.MEETING_EXISTS: Choice.EXISTS,
    Action.INVITATION_RECEIVED: Choice.RECEIVED,
    Action.DISCARD_MEETING: Choice.DISCARD,
    Action.KEEP_MEETING: Choice.DISCARD,
    Action.DISCARD_PARTICIPANT: Choice.DISCARD,
    Action.SEND_LATER: Choice.LATER,
}


def same_for_meeting(entry: JournalEntry, meeting_id: int, choice: Choice, public_meeting_id: str) -> bool:
    """Whether an entry is this decision about this meeting; the id counts for `exists` alone."""
    if (entry.meeting_id, entry.participant_id) != (meeting_id, None):
        return False
    same_id = entry.request.get("public_meeting_id") == public_meeting_id
    if "said" in entry.request:
        return choice == Choice.CANCELLED
    return CHOSEN.get(entry.action) == choice and (choice != Choice.EXISTS or same_id)


def same_for_person(
    entry: JournalEntry, before: JournalEntry | None, participant_id: int, choice: Choice
) -> bool:
    """Whether an entry is this decision about this person; `before` is the call about them before it.

    A call that takes the address away from the one before it was made `without_email`.
    """
    if entry.participant_id != participant_id:
        return False
    lost = before is not None and _mails(before) and not _mails(entry)
    if entry.action == Action.ADD_PARTICIPANT and lost:
        return choice == Choice.WITHOUT_EMAIL
    return CHOSEN.get(entry.action) == choice


def same_correction(
    earlier: AlreadySubmitted, meeting: Meeting, row: Participant, person: Person, submission: Submission
) -> bool:
    """Whether a person was corrected so before; `row` is the person as they are now.

    An address that stays here (`without_email`) is not in what was sent, so the row has to say it.
    """
    entry = earlier.entry
    intent = addition(meeting, row.id, person, submission, mail=_mails(entry))
    kept = _mails(entry) or row.email == person.email
    return entry.participant_id == row.id and kept and earlier.asked_for(intent)


def another_choice() -> str:
    """What to say of a form of decisions that was sent before, with another one."""
    words = _("That form was already sent, with another choice. This is how things stand now: choose again.")
    return str(words)


def _mails(entry: JournalEntry) -> bool:
    return "email" in entry.request.get("body", {})
