"""Values of a preview's form that were not used: the page shows them, so that no input is lost."""

from collections.abc import Iterable, Mapping, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.database import db
from app.meetings.imports.rows import deserialize_rows, edits_of_removed_rows, typed_person
from app.models import Participant, ParticipantImport


def find_unused(list_id: int, form: Mapping[str, str], used: Set[int] = frozenset()) -> list[str]:
    """The included rows of a form that the list no longer has, and that are no person of its meeting as they stand.

    `used` are the numbers of the rows that this form itself has settled.
    """
    with Session(db.engine) as session:
        people_list = session.get_one(ParticipantImport, list_id)
        here = {row.n for row in deserialize_rows(people_list.rows)}
        return _find_not_added(session, people_list.meeting_id, edits_of_removed_rows(here | used, form))


def find_differing(list_id: int, form: Mapping[str, str]) -> list[str]:
    """The included rows of a form that neither the list nor its meeting has as they stand in the form."""
    with Session(db.engine) as session:
        people_list = session.get_one(ParticipantImport, list_id)
        rows = deserialize_rows(people_list.rows)
        here = {row.n for row in rows if typed_person(form, row.n) == (row.name, row.email)}
        return _find_not_added(session, people_list.meeting_id, edits_of_removed_rows(here, form))


def _find_not_added(session: Session, meeting_id: int, people: Iterable[tuple[str, str]]) -> list[str]:
    columns = select(Participant.name, Participant.email).where(Participant.meeting_id == meeting_id)
    added = {(name, email or "") for name, email in session.execute(columns)}
    return [" ".join(filter(None, person)) for person in people if person not in added]
