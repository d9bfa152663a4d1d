"""A meeting whose id was typed by a person and is unknown to Zelta: it answers 404 to calls about it.

The id can be corrected, or the meeting removed from the list, as long as no call about it may have been
carried out: otherwise people would be listed in another meeting than the one that invited them.
"""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.models import Action, IdSource, JournalEntry, Meeting, MeetingState
from app.models.possibly_mailed import PossiblyMailedEmail
from app.utils.outcome import Outcome

NOT_FOUND = 404


def is_id_unknown(session: Session, meeting: Meeting) -> bool:
    """Whether Zelta has answered 404 to a call with the id that this meeting has now."""
    if not _has_typed_id(meeting):
        return False
    sent_id = JournalEntry.request["public_meeting_id"].as_string()
    return _exists(
        session, meeting, JournalEntry.http_status == NOT_FOUND, sent_id == meeting.public_meeting_id
    )


def can_change_id(session: Session, meeting: Meeting) -> bool:
    """Whether the id is unknown to Zelta and no call about the meeting is open or may have been carried out."""
    if not is_id_unknown(session, meeting):
        return False
    may_be_done = or_(
        JournalEntry.outcome.is_(None), JournalEntry.outcome.in_((Outcome.DONE, Outcome.UNKNOWN))
    )
    about_id = JournalEntry.action.in_((Action.ADD_PARTICIPANT, Action.CANCEL_MEETING))
    mailed = select(PossiblyMailedEmail.email_key).where(PossiblyMailedEmail.meeting_id == meeting.id)
    return not _exists(session, meeting, about_id, may_be_done) and session.scalar(mailed.limit(1)) is None


def _has_typed_id(meeting: Meeting) -> bool:
    return (
        meeting.state == MeetingState.SCHEDULED
        and meeting.cancellation is None
        and meeting.id_source == IdSource.MANUAL
    )


def _exists(session: Session, meeting: Meeting, *conditions: ColumnElement[bool]) -> bool:
    query = select(JournalEntry.id).where(JournalEntry.meeting_id == meeting.id, *conditions)
    return session.scalar(query.limit(1)) is not None
