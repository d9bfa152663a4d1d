"""People invited before, proposed while a name or an email is typed.

The newest `SCAN_ROWS` participants are scanned first. Only if they give too few people, the trigram index names
at most `MAX_MEETINGS` meetings, whose participants are read. So the cost does not grow with the history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select

from app.database import db
from app.list_parser.duplicates import name_key
from app.meetings.list_query import Query, limited
from app.meetings.search import contains_all_condition, tokenize_query
from app.meetings.trigram_index import TRIGRAM_LENGTH, get_trigram_index
from app.models import Participant, ParticipantState

MIN_LETTERS = 2
MAX_SUGGESTIONS = 8
SCAN_ROWS = 3000
MAX_MEETINGS = 30
MAX_ROWS = 100
MAX_TYPED_LENGTH = 300

_COLUMNS = (
    *(Participant.id, Participant.name, Participant.email, Participant.email_key),
    *(Participant.phone, Participant.search_text, Participant.state, Participant.erased_at),
)


@dataclass(frozen=True)
class Suggestion:
    """A person as they were last invited; `line` is what the list reader reads as this person."""

    name: str
    email: str
    phone: str

    @property
    def line(self) -> str:
        """The person as one line of a list."""
        return " ".join(filter(None, (self.name, self.email and f"<{self.email}>", self.phone)))


def find_suggestions(typed: str) -> list[Suggestion]:
    """The people invited before whose name or email has all words of a text, the last invited first.

    Participants with one email are one person; so are those with one phone, or with one name, where no email
    tells them apart. Discarded and erased participants do not count.

    Args:
        typed: what was typed; fewer than `MIN_LETTERS` letters find no one.
    """
    terms = tokenize_query(typed[:MAX_TYPED_LENGTH])
    if sum(map(len, terms)) < MIN_LETTERS:
        return []
    rows = list(_find_recent(terms))
    people = _merge(rows)
    if len(people) < MAX_SUGGESTIONS and max(map(len, terms)) >= TRIGRAM_LENGTH:
        known = {row.id for row in rows}
        people = _merge([*rows, *(row for row in _find_indexed(terms) if row.id not in known)])
    return [Suggestion(row.name, row.email or "", row.phone or "") for row in people[:MAX_SUGGESTIONS]]


def _find_recent(terms: Sequence[str]) -> Sequence[Row[Any]]:
    return db.session.connection().execute(_recent_query(len(terms)), _parameters(terms)).all()


def _find_indexed(terms: Sequence[str]) -> Sequence[Row[Any]]:
    index = get_trigram_index(db.engine.dialect.name)
    # Terms of one or two letters are checked in the rows.
    long_terms = [term for term in terms if len(term) >= TRIGRAM_LENGTH]
    trigrams = index.build_query(db.session(), long_terms)
    connection = db.session.connection()
    meeting_ids = (
        connection.execute(index.newest_matches(MAX_MEETINGS), {"trigrams": trigrams}).scalars().all()
    )
    if not meeting_ids:
        return []
    parameters = _parameters(terms) | {"meeting_ids": meeting_ids}
    return connection.execute(_of_meetings_query(len(terms)), parameters).all()


def _parameters(terms: Iterable[str]) -> dict[str, object]:
    return {f"word_{number}": term for number, term in enumerate(terms)}


@lru_cache(maxsize=16)
def _recent_query(term_count: int) -> Query:
    newest = limited(select(*_COLUMNS).order_by(Participant.id.desc()), SCAN_ROWS).subquery("newest")
    matches = contains_all_condition(newest.c.search_text, term_count)
    is_known = (newest.c.state != ParticipantState.DISCARDED, newest.c.erased_at.is_(None))
    query = select(newest).where(*is_known, matches)
    return limited(query.order_by(newest.c.id.desc()), MAX_ROWS)


@lru_cache(maxsize=16)
def _of_meetings_query(term_count: int) -> Query:
    query = select(*_COLUMNS).where(
        Participant.meeting_id.in_(bindparam("meeting_ids", expanding=True)),
        Participant.state != ParticipantState.DISCARDED,
        Participant.erased_at.is_(None),
        contains_all_condition(Participant.search_text, term_count),
    )
    return limited(query.order_by(Participant.id.desc()), MAX_ROWS)


def _merge(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """One row for each person: the first, which is the newest."""
    people: list[Row[Any]] = []
    emails: set[str] = set()
    others: set[str] = set()
    for row in rows:
        keys = {f"name:{name_key(row.name)}", f"phone:{row.phone}"} - {"phone:None", "name:"}
        is_known = row.email_key in emails if row.email_key else not others.isdisjoint(keys)
        if not is_known:
            people.append(row)
        if row.email_key:
            emails.add(row.email_key)
        others |= keys
    return people
