"""Bulk insert of participants into the outbox (ON CONFLICT DO NOTHING skips existing emails)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.journal import Submission
from app.list_parser import ParsedList
from app.meetings.imports.parse_result import ParseResult
from app.meetings.imports.source import ImportSource, ReadingState
from app.models import ImportState, Participant, ParticipantImport, ParticipantState, Role
from app.models.participant import derived_columns


@dataclass(frozen=True)
class ParticipantInput:
    """A participant to add to a meeting.

    Without `send_invitation`, the email is stored but not sent. `accept_second_mail`: the coordinator
    accepted a possible second invitation. `phone` is in E.164, `phone_typed` as typed: neither is
    sent to Zelta. `moved_from_id` is the person's row in a meeting that is moved. `other_than`: the match that the coordinator answered "another person" to (see
    `app.meetings.participants.present_people`).
    """

    role: Role
    name: str
    email: str | None
    external_id: str | None
    send_invitation: bool = True
    accept_second_mail: bool = False
    phone: str | None = None
    phone_typed: str | None = None
    other_than: str | None = None
    moved_from_id: int | None = None

    @property
    def is_mailed(self) -> bool:
        """Whether Zelta is asked to mail the invitation."""
        return self.send_invitation and self.email is not None

    def stored(self) -> dict[str, Any]:
        """The columns of `participants`, without derived ones."""
        return {
            "role": self.role,
            "name": self.name,
            "email": self.email,
            "send_invitation": self.is_mailed,
            "external_id": self.external_id,
            "phone": self.phone,
            "phone_typed": self.phone_typed,
            "moved_from_id": self.moved_from_id,
        }


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
            **participant.stored(),
            "possibly_mailed": participant.accept_second_mail and participant.is_mailed,
            "state": ParticipantState.QUEUED,
            "created_by": submission.actor,
            **derived_columns(participant.name, participant.email),
        }
        for participant in participants
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(Participant).on_conflict_do_nothing().returning(Participant.id)
    return len(session.execute(insert, rows).all())


@dataclass(frozen=True)
class ListDraft:
    """A list pasted into the new-meeting form that needs a review before it is sent.

    `rows` are as `app.meetings.imports.rows` stores them.
    """

    source: ImportSource
    state: ReadingState
    rows: list[dict[str, Any]]
    parsed: ParsedList


def new_draft(
    session: Session, meeting_id: int, draft: ListDraft, submission: Submission
) -> ParticipantImport:
    """Keep a list for its meeting's page; nothing of it is sent."""
    people_list = ParticipantImport(
        meeting_id=meeting_id,
        state=ImportState.DRAFT,
        rows=draft.rows,
        encoding=draft.parsed.encoding,
        source=draft.source.data,
        source_filename=draft.source.filename,
        answers=draft.state.to_json(),
        parse_result=ParseResult.from_parsed(draft.parsed).to_json(),
        created_by=submission.actor,
    )
    session.add(people_list)
    session.flush()
    return people_list


def create_import(session: Session, meeting_id: int, submission: Submission) -> ParticipantImport:
    """Create an import that runs at once: its participants come from the new-meeting form."""
    participant_import = ParticipantImport(
        meeting_id=meeting_id, state=ImportState.RUNNING, rows=[], created_by=submission.actor
    )
    session.add(participant_import)
    session.flush()
    return participant_import
