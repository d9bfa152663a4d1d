"""The texts of messages: the team's templates, and what a meeting makes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.delivery.default_messages import MessageKind
from app.delivery.messages import LANGUAGES, default_template
from app.models import AuditAction, Meeting, MeetingMessage, MessageTemplate


@dataclass(frozen=True)
class MessageText:
    """The text of one kind of message; `is_own`: the meeting's, not the team's."""

    kind: MessageKind
    language: str
    template: str
    is_own: bool = False


TeamTemplates = dict[tuple[MessageKind, str], str]


def read_team_templates() -> TeamTemplates:
    """The team's text for each kind and language; the default text where there is no own one."""
    stored = {(row.kind, row.language): row.body for row in db.session.scalars(select(MessageTemplate))}
    return {
        (kind, language): stored.get((kind.value, language), default_template(kind, language))
        for kind in MessageKind
        for language in LANGUAGES
    }


def read_meeting_text(meeting_id: int, kind: MessageKind, default_language: str) -> MessageText:
    """A meeting's text of this kind, in the language that was chosen for its guests.

    Args:
        meeting_id: ours.
        kind: of message.
        default_language: the language if none was chosen for the meeting.
    """
    stored = {
        row.kind: row
        for row in db.session.scalars(select(MeetingMessage).where(MeetingMessage.meeting_id == meeting_id))
    }
    own = stored.get(kind.value)
    # A language chosen for one message of the meeting applies to all of its messages.
    chosen = own or stored.get(MessageKind.INVITATION.value) or next(iter(stored.values()), None)
    language = chosen.language if chosen else default_language
    if own is not None and own.body is not None:
        return MessageText(kind, language, own.body, is_own=True)
    return MessageText(kind, language, read_team_templates()[kind, language])


@retry_on_rollback
def save_meeting_text(meeting_id: int, text: MessageText, by: Actor) -> None:
    """Save a meeting's text and language. A text equal to the team's is not stored: it follows the team's.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    team = read_team_templates()[text.kind, text.language]
    body = None if text.template == team else text.template
    with write_transaction() as session:
        # Serializes concurrent saves.
        session.get_one(Meeting, meeting_id, with_for_update={"key_share": True})
        row = session.get(MeetingMessage, (meeting_id, text.kind.value))
        if row is not None and (row.language, row.body) == (text.language, body):
            return
        if row is None:
            row = MeetingMessage(meeting_id=meeting_id, kind=text.kind.value)
            session.add(row)
        row.language, row.body, row.updated_by = text.language, body, by.name or ""
        detail = {"kind": text.kind.value, "language": text.language}
        record_event(session, AuditAction.MESSAGE_CHANGED, by, meeting_id=meeting_id, detail=detail)


def save_team_templates(templates: Mapping[tuple[MessageKind, str], str], by: Actor) -> None:
    """Save the team's texts. A text equal to the default is not stored, so that it follows the default."""
    try:
        _save_team_templates(templates, by)
    except IntegrityError:
        # A concurrent request inserted the row first: update it.
        _save_team_templates(templates, by)


@retry_on_rollback
def _save_team_templates(templates: Mapping[tuple[MessageKind, str], str], by: Actor) -> None:
    with write_transaction() as session:
        stored = {(row.kind, row.language): row for row in session.scalars(select(MessageTemplate))}
        changed = [
            f"{kind}-{language}"
            for (kind, language), body in templates.items()
            if _save_template(session, stored.get((kind.value, language)), kind, language, body, by)
        ]
        if changed:
            record_event(session, AuditAction.TEMPLATES_CHANGED, by, detail={"templates": _joined(changed)})


def _save_template(
    session: Session, row: MessageTemplate | None, kind: MessageKind, language: str, body: str, by: Actor
) -> bool:
    """Insert, update or delete one row for a text; return whether anything changed."""
    is_default = body == default_template(kind, language)
    if row is None and is_default:
        return False
    if row is None:
        session.add(MessageTemplate(kind=kind.value, language=language, body=body, updated_by=by.name or ""))
        return True
    if row.body == body:
        return False
    row.body, row.updated_by = body, by.name or ""
    return True


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
