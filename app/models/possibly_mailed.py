"""Emails that Zelta may have sent an invitation to, although no response confirms it.

An email stays known for its meeting, whatever becomes of the participant's row: it may be corrected,
discarded, or added without email. Adding the email again is asked about, since it may mean a second
invitation.
"""

from collections.abc import Collection

from sqlalchemy import ForeignKey, Select, Text, select, union
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from app.models.base import Base
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.states import MeetingState, ParticipantState

# Zelta has mailed these participants, or may still do so.
MAILED_STATES = (
    ParticipantState.QUEUED,
    ParticipantState.CLAIMED,
    ParticipantState.SENDING,
    ParticipantState.ADDED,
    ParticipantState.UNKNOWN,
    ParticipantState.RECEIVED,
)


class PossiblyMailedEmail(Base):
    """One email of one meeting: a call that asked Zelta to mail it ended unknown."""

    __tablename__ = "possibly_mailed_emails"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    email_key: Mapped[str] = mapped_column(Text, primary_key=True)


def record_possibly_mailed(session: Session, meeting_id: int, email_key: str) -> None:
    """Record an email for a meeting; does nothing if it is already recorded."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(PossiblyMailedEmail).values(meeting_id=meeting_id, email_key=email_key)
    session.execute(insert.on_conflict_do_nothing())


def possibly_mailed_keys(session: Session, meeting_id: int) -> frozenset[str]:
    """All emails of a meeting that may have been sent an invitation, as `email_key` compares them.

    They include the emails of other rows with the same public meeting id: one meeting of Zelta's can stand in
    two rows, where it was adopted while its creation was still in flight.
    """
    own = select(PossiblyMailedEmail.email_key).where(PossiblyMailedEmail.meeting_id == meeting_id)
    duplicate_ids = _duplicate_meeting_ids(meeting_id)
    unconfirmed = select(PossiblyMailedEmail.email_key).where(
        PossiblyMailedEmail.meeting_id.in_(duplicate_ids)
    )
    invited = select(Participant.email_key).where(
        Participant.meeting_id.in_(duplicate_ids),
        Participant.email_key.is_not(None),
        Participant.send_invitation,
        Participant.state.in_(MAILED_STATES),
    )
    return frozenset(key for key in session.scalars(union(own, unconfirmed, invited)) if key)


def _duplicate_meeting_ids(meeting_id: int) -> Select[int]:
    """The ids of other meetings with the same public meeting id."""
    other = aliased(Meeting)
    public_id = select(Meeting.public_meeting_id).where(Meeting.id == meeting_id).scalar_subquery()
    return select(other.id).where(
        other.public_meeting_id == public_id, other.id != meeting_id, other.state != MeetingState.DISCARDED
    )


def may_mail_twice(participant: Participant, possibly_mailed: Collection[str | None]) -> bool:
    """Whether sending this participant again may mean a second invitation.

    Args:
        participant: as stored.
        possibly_mailed: the emails of the meeting that may have been mailed (see `possibly_mailed_keys`).
    """
    return participant.send_invitation and (
        participant.possibly_mailed or participant.email_key in possibly_mailed
    )
