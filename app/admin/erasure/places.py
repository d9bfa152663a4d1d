"""Every place that may hold a person's data, and how it is cleared: one function for each table.

Each takes a session in a write transaction. To add a table, add a function and call it in `erase_in_meeting` (rows of one
meeting) or `erase_elsewhere`, and add its number of rows to the counts.
"""

import json
from collections import Counter

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session, undefer

from app.admin.erasure.person import ERASED, Person, is_row_about, redact, source_mentions
from app.extensions import get_cipher
from app.meetings.imports.review import delete_source
from app.models import (
    AuditEvent,
    Batch,
    GroupMember,
    JournalEntry,
    Meeting,
    Participant,
    ParticipantImport,
    ParticipantState,
    PossiblyMailedEmail,
    SavedForm,
    utc_now,
)
from app.models.batch_transitions import transition_batch
from app.models.lock_order import lock_imports, lock_participants
from app.models.participant import IN_PROGRESS
from app.models.states import PROBLEM_STATES, BatchState
from app.models.transitions import require_transition, transition_participant
from app.utils.text import fold_for_search

PLACEHOLDER = "Persona eliminada"
"""The name of a participant who was erased, in all languages: it is stored."""

Counts = Counter[str]


class PersonBeingSentError(Exception):
    """The person waits to be sent to Zelta, or is being sent; nothing was erased now."""


def is_person(person: Person) -> ColumnElement[bool]:
    """The participants with one of the emails or phones of a person."""
    typed = and_(Participant.phone.is_(None), Participant.phone_typed.in_(person.phones))
    return or_(Participant.email_key.in_(person.emails), Participant.phone.in_(person.phones), typed)


def erase_in_meeting(session: Session, meeting_id: int, person: Person) -> Counts:
    """Erase a person from one meeting, its imports and its journal; returns how many rows of each place.

    Raises:
        PersonBeingSentError: nothing was erased.
    """
    session.get_one(Meeting, meeting_id, with_for_update=True)
    counts = Counts()
    lock_imports(session, ParticipantImport.meeting_id == meeting_id)
    of_meeting = and_(Participant.meeting_id == meeting_id, is_person(person))
    lock_participants(session, of_meeting)
    participants = session.scalars(select(Participant).where(of_meeting).order_by(Participant.id)).all()
    if session.scalar(select(Participant.id).where(of_meeting, IN_PROGRESS).limit(1)) is not None:
        raise PersonBeingSentError
    emails = frozenset(row.email_key for row in participants if row.email_key) | person.emails
    phones = frozenset(row.phone for row in participants if row.phone) | person.phones
    known = Person(emails, phones, frozenset(fold_for_search(row.name) for row in participants))
    counts["imports"] = _erase_imports(session, meeting_id, known)
    ids = [row.id for row in participants]
    for row in participants:
        _erase_participant(session, row)
    counts["participants"] = len(ids)
    counts["journal"] = _erase_journal(session, meeting_id, ids, known)
    counts["audit"] = _erase_audit(session, ids)
    mailed = delete(PossiblyMailedEmail).where(
        PossiblyMailedEmail.meeting_id == meeting_id, PossiblyMailedEmail.email_key.in_(emails)
    )
    deleted_keys = session.scalars(mailed.returning(PossiblyMailedEmail.email_key)).all()
    counts["possibly_mailed"] = len(deleted_keys)
    return counts


def erase_elsewhere(session: Session, person: Person) -> Counts:
    """Erase a person from what belongs to no meeting: groups, and forms saved until a sign-in."""
    members = delete(GroupMember).where(is_member(person)).returning(GroupMember.id)
    counts = Counts(groups=len(session.scalars(members).all()))
    counts["batches"] = _stop_draft_batches(session, person)
    for form in session.scalars(select(SavedForm)).all():
        text = get_cipher().decrypt(form.data_encrypted)
        form_values = json.loads(text) if text is not None else None
        if form_values is None or redact(form_values, person) != form_values:
            session.delete(form)
            counts["forms"] += 1
    return counts


def is_batch_about(batch: Batch, person: Person) -> bool:
    """Whether a draft spreadsheet of meetings mentions a person."""
    mentioned = source_mentions(batch.source, batch.source_filename, person)
    return mentioned or redact(batch.answers, person) != batch.answers


def draft_batches() -> Select[Batch]:
    """The batches that keep what they were read from."""
    query = select(Batch).where(Batch.state == BatchState.DRAFT).options(undefer(Batch.source))
    return query.order_by(Batch.id)


def _stop_draft_batches(session: Session, person: Person) -> int:
    """Stop the draft spreadsheets that mention a person: of their source, no part can be taken out."""
    found = [one for one in session.scalars(draft_batches().with_for_update()) if is_batch_about(one, person)]
    emptied = {"source": None, "source_filename": None, "answers": None}
    for batch in found:
        require_transition(transition_batch(session, batch.id, BatchState.STOPPED, **emptied))
    return len(found)


def is_member(person: Person) -> ColumnElement[bool]:
    """The members of groups with one of the emails or phones of a person."""
    return or_(GroupMember.email_key.in_(person.emails), GroupMember.phone.in_(person.phones))


def _erase_participant(session: Session, row: Participant) -> None:
    """Clear a row; it cannot be sent again: a row that failed or is unconfirmed is discarded."""
    if row.state in PROBLEM_STATES:
        require_transition(transition_participant(session, row.id, ParticipantState.DISCARDED))
        session.refresh(row)
    row.name, row.email = PLACEHOLDER, None
    row.phone = row.phone_typed = row.external_id = row.token_encrypted = None
    row.erased_at = utc_now()
    session.flush()


def _erase_imports(session: Session, meeting_id: int, person: Person) -> int:
    query = select(ParticipantImport).where(ParticipantImport.meeting_id == meeting_id)
    imports = session.scalars(query.options(undefer(ParticipantImport.source)).order_by(ParticipantImport.id))
    return sum(erase_from_import(one, person) for one in imports.all())


def erase_from_import(one: ParticipantImport, person: Person) -> bool:
    """Remove the person's rows, and the source if it mentions them; returns whether there was anything."""
    rows = [row for row in one.rows if not is_row_about(row, person)]
    mentioned = len(rows) != len(one.rows) or source_mentions(one.source, one.source_filename, person)
    if not mentioned and redact(one.parse_result, person) == one.parse_result:
        return False
    one.rows = rows
    # Without its source, the list cannot be read again, which would bring the person back.
    delete_source(one)
    return True


def _erase_journal(session: Session, meeting_id: int, participant_ids: list[int], person: Person) -> int:
    query = select(JournalEntry).where(
        JournalEntry.meeting_id == meeting_id,
        or_(JournalEntry.participant_id.is_(None), JournalEntry.participant_id.in_(participant_ids)),
    )
    number = 0
    for entry in session.scalars(query.order_by(JournalEntry.id).with_for_update()).all():
        if entry.participant_id is not None:
            number += _erase_entry_of_person(entry)
            continue
        before = entry.request, entry.response, entry.error_message
        after = tuple(redact(value, person) for value in before)
        if after != before:
            entry.request, entry.response, entry.error_message = after
            number += 1
    return number


def _erase_entry_of_person(entry: JournalEntry) -> bool:
    """Keep that the call was made, with its outcome; not what it held."""
    kept = {key: value for key, value in entry.request.items() if key in {"asked", "public_meeting_id"}}
    if "body" in entry.request:
        kept["body"] = {"preset_name": entry.request["body"].get("preset_name"), "name": PLACEHOLDER}
    entry.request, entry.error_message = kept, None
    if entry.response is not None:
        entry.response = {"omitted": "erased"}
    return True


def _erase_audit(session: Session, participant_ids: list[int]) -> int:
    query = select(AuditEvent.id, AuditEvent.detail).where(
        AuditEvent.participant_id.in_(participant_ids), AuditEvent.detail.is_not(None)
    )
    number = 0
    for row in session.execute(query).all():
        if row.detail and "name" in row.detail:
            changed = update(AuditEvent).where(AuditEvent.id == row.id)
            statement = changed.values(detail=row.detail | {"name": ERASED}).returning(AuditEvent.id)
            number += len(session.scalars(statement).all())
    return number
