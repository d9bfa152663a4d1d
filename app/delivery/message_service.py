"""The texts of messages: the team's templates, and what a meeting makes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import By, record
from app.database import db, retried, transaction
from app.delivery.default_messages import MessageKind
from app.delivery.messages import LANGUAGES, default_template
from app.models import Deed, Meeting, MeetingMessage, MessageTemplate


@dataclass(frozen=True)
class MessageText:
    """The text of one kind of message; `is_own`: the meeting's, not the team's."""

    kind: MessageKind
    language: str
    template: str
    is_own: bool = False


TeamTemplates = dict[tuple[MessageKind, str], str]


def read_team_templates() -> TeamTemplates:
    """The team's text for each kind and language, which is the default where nobody wrote one."""
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
        default_language: of a meeting for which nobody has chosen one.
    """
    stored = {
        row.kind: row
        for row in db.session.scalars(select(MeetingMessage).where(MeetingMessage.meeting_id == meeting_id))
    }
    own = stored.get(kind.value)
    # Whoever chose a language for one message of the meeting has chosen it for its guests.
    chosen = own or stored.get(MessageKind.INVITATION.value) or next(iter(stored.values()), None)
    language = chosen.language if chosen else default_language
    if own is not None and own.body is not None:
        return MessageText(kind, language, own.body, is_own=True)
    return MessageText(kind, language, read_team_templates()[kind, language])


@retried
def save_meeting_text(meeting_id: int, text: MessageText, by: By) -> None:
    """Keep a meeting's text and language; a text that is the team's is not kept, so that it follows the team's.

    Raises:
        sqlalchemy.exc.NoResultFound: there is no such meeting.
    """
    team = read_team_templates()[text.kind, text.language]
    body = None if text.template == team else text.template
    with transaction() as session:
        # Two who save at once come one after the other.
        session.get_one(Meeting, meeting_id, with_for_update={"key_share": True})
        row = session.get(MeetingMessage, (meeting_id, text.kind.value))
        if row is not None and (row.language, row.body) == (text.language, body):
            return
        if row is None:
            row = MeetingMessage(meeting_id=meeting_id, kind=text.kind.value)
            session.add(row)
        row.language, row.body, row.updated_by = text.language, body, by.actor or ""
        detail = {"kind": text.kind.value, "language": text.language}
        record(session, Deed.MESSAGE_CHANGED, by, meeting_id=meeting_id, detail=detail)


def save_team_templates(templates: Mapping[tuple[MessageKind, str], str], by: By) -> None:
    """Keep the team's texts. One that nobody changed is not kept, so that it follows the default."""
    try:
        _save_team_templates(templates, by)
    except IntegrityError:
        # Somebody else wrote the same text's first version at the same moment: now there is a row to change.
        _save_team_templates(templates, by)


@retried
def _save_team_templates(templates: Mapping[tuple[MessageKind, str], str], by: By) -> None:
    with transaction() as session:
        stored = {(row.kind, row.language): row for row in session.scalars(select(MessageTemplate))}
        changed = [
            f"{kind}-{language}"
            for (kind, language), body in templates.items()
            if _save_template(session, stored.get((kind.value, language)), kind, language, body, by)
        ]
        if changed:
            record(session, Deed.TEMPLATES_CHANGED, by, detail={"templates": _joined(changed)})


def _save_template(
    session: Session, row: MessageTemplate | None, kind: MessageKind, language: str, body: str, by: By
) -> bool:
    """Bring one row to a text; gives whether that changed anything."""
    is_default = body == default_template(kind, language)
    if row is None and is_default:
        return False
    if row is None:
        session.add(MessageTemplate(kind=kind.value, language=language, body=body, updated_by=by.actor or ""))
        return True
    if row.body == body:
        return False
    row.body, row.updated_by = body, by.actor or ""
    return True


def _joined(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
