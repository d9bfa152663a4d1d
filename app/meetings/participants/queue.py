"""Bulk insert of participants into the outbox (ON CONFLICT DO NOTHING skips existing emails)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.journal import Submission
from app.models import ImportState, Participant, ParticipantImport, ParticipantState, Role
from app.models.participant import derived_columns


@dataclass(frozen=True)
class ParticipantInput:
    """A participant to add to a meeting.

    Without `send_invitation`, the email is stored but not sent. `accept_second_mail`: the coordinator
    accepted a possible second invitation.
    """

    role: Role
    name: str
    email: str | None
    external_id: str | None
    send_invitation: bool = True
    accept_second_mail: bool = False


def enqueue(
    session: Session,
    participant_import: ParticipantImport,
    participants: Sequence[ParticipantInput],
    submission: Submission,
) -> int:
    """Queue participants for the meeting of their import, in order; return how many were new.

    The unique index skips emails that the meeting has reserved, also between concurrent imports.
    """
    if not participants:
        return 0
    rows = [
        {
            "meeting_id": participant_import.meeting_id,
            "import_id": participant_import.id,
            "role": participant.role,
            "name": participant.name,
            "email": participant.email,
            "send_invitation": participant.send_invitation and participant.email is not None,
            "possibly_mailed": participant.accept_second_mail
            and participant.send_invitation
            and participant.email is not None,
            "external_id": participant.external_id,
            "state": ParticipantState.QUEUED,
            "created_by": submission.actor,
            **derived_columns(participant.name, participant.email),
        }
        for participant in participants
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Participant).on_conflict_do_nothing().returning(Participant.id)
    return len(session.execute(insert, rows).all())


def create_import(session: Session, meeting_id: int, submission: Submission) -> ParticipantImport:
    """Create an import that runs at once: its participants come from the new-meeting form."""
    participant_import = ParticipantImport(
        meeting_id=meeting_id, state=ImportState.RUNNING, rows=[], created_by=submission.actor
    )
    session.add(participant_import)
    session.flush()
    return participant_import
