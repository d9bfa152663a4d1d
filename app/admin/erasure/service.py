"""Look for a person's data, and erase it: one transaction for each meeting, one for everything else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, undefer

from app.admin.erasure.person import Person, is_row_about, redact, source_mentions
from app.admin.erasure.places import (
    Counts,
    PersonBeingSentError,
    draft_batches,
    erase_elsewhere,
    erase_in_meeting,
    is_batch_about,
    is_member,
    is_person,
)
from app.audit import Actor, record_event
from app.database import db, retry_on_rollback, write_transaction
from app.extensions import get_settings
from app.list_parser import parse_phone
from app.meetings import search
from app.models import (
    Action,
    AuditAction,
    GroupMember,
    ImportState,
    JournalEntry,
    Participant,
    ParticipantImport,
    PossiblyMailedEmail,
)
from app.models.participant import IN_PROGRESS
from app.utils.text import email_key, is_valid_email


class UnusableIdentityError(ValueError):
    """Neither an email nor a phone, or one that cannot be read; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Found:
    """What is there of a person. `is_being_sent`: nothing can be erased now."""

    meeting_ids: tuple[int, ...]
    participants: int
    imports: int
    groups: int
    is_being_sent: bool

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.meeting_ids or self.imports or self.groups)


def read_identity(email: str, phone: str) -> Person:
    """The person with this email, or phone, or both.

    Raises:
        UnusableIdentityError: one of them cannot be read, or both are empty.
    """
    if email and not is_valid_email(email):
        raise UnusableIdentityError("email")
    parsed = parse_phone(phone, get_settings().country or None) if phone else None
    if phone and (parsed is None or parsed.e164 is None):
        raise UnusableIdentityError("phone")
    if not email and not phone:
        raise UnusableIdentityError("email")
    emails = frozenset({email_key(email)} if email else ())
    return Person(emails, frozenset({parsed.e164} if parsed and parsed.e164 else ()))


def find(person: Person) -> Found:
    """Where a person's data is; changes nothing."""
    with Session(db.engine) as session:
        of_person = select(Participant.meeting_id).where(is_person(person))
        mailed = select(PossiblyMailedEmail.meeting_id).where(
            PossiblyMailedEmail.email_key.in_(person.emails)
        )
        import_meetings = _find_imports(session, person)
        meeting_ids = {*session.scalars(of_person), *session.scalars(mailed), *import_meetings}
        meeting_ids |= _find_entries(session, person)
        count = select(func.count(Participant.id)).where(is_person(person))
        batches = sum(is_batch_about(one, person) for one in session.scalars(draft_batches()))
        members = select(func.count(GroupMember.id)).where(is_member(person))
        being_sent = select(Participant.id).where(is_person(person), IN_PROGRESS).limit(1)
        return Found(
            tuple(sorted(meeting_ids)),
            session.scalar(count) or 0,
            len(import_meetings) + batches,
            session.scalar(members) or 0,
            session.scalar(being_sent) is not None,
        )


def erase(person: Person, actor: Actor) -> Counts:
    """Erase a person; run again, it erases what has come since, and otherwise does nothing.

    Returns:
        How many rows of each place were changed.

    Raises:
        PersonBeingSentError: the person is being sent in a meeting; what other meetings held may be erased.
    """
    found = find(person)
    if found.is_being_sent:
        raise PersonBeingSentError
    counts: Counts = Counter()
    for meeting_id in found.meeting_ids:
        counts += _erase_in_meeting(meeting_id, person)
    counts += _finish(person, actor, counts)
    search.reindex_pending()
    return counts


@retry_on_rollback
def _erase_in_meeting(meeting_id: int, person: Person) -> Counts:
    with write_transaction() as session:
        return erase_in_meeting(session, meeting_id, person)


@retry_on_rollback
def _finish(person: Person, actor: Actor, counts: Counts) -> Counts:
    with write_transaction() as session:
        elsewhere = erase_elsewhere(session, person)
        total = (counts + elsewhere).total()
        if total:
            record_event(session, AuditAction.PERSON_ERASED, actor, detail={"number": total})
        return elsewhere


def _find_imports(session: Session, person: Person) -> list[int]:
    """The meetings of the imports that mention the person, once for each import."""
    has_content = or_(ParticipantImport.source.is_not(None), ParticipantImport.state != ImportState.STOPPED)
    query = select(ParticipantImport).where(has_content).options(undefer(ParticipantImport.source))
    return [
        one.meeting_id
        for one in session.scalars(query.execution_options(yield_per=20))
        if any(is_row_about(row, person) for row in one.rows)
        or source_mentions(one.source, one.source_filename, person)
        or redact(one.parse_result, person) != one.parse_result
    ]


def _find_entries(session: Session, person: Person) -> set[int]:
    """The meetings whose journal names the person among the people of a creation."""
    query = select(JournalEntry.meeting_id, JournalEntry.request).where(
        JournalEntry.action == Action.CREATE_MEETING
    )
    rows: Iterable[Sequence[object]] = session.execute(query.execution_options(yield_per=1000))
    return {
        int(str(meeting_id))
        for meeting_id, request in rows
        if isinstance(request, dict) and "people" in request and redact(request, person) != request
    }
