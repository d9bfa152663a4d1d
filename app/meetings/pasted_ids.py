"""Find meetings and participants by a pasted join link, a meeting id, a participant id or an external id."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app.database import db
from app.meetings.list_query import ListQuery, ListQueryShape, Query, limited
from app.meetings.search import contains_all_condition
from app.models import Meeting, Participant, ParticipantState
from app.utils.text import extract_meeting_id, extract_participant_id, normalize_text

# An external id may be in many meetings.
MAX_MATCHES = 200
MAX_PEOPLE = 10


@dataclass(frozen=True)
class PastedIds:
    """The ids that a search may be; a link names a meeting, and maybe a participant, and is no text to search."""

    meeting_id: str | None
    participant_id: str | None
    external_id: str | None
    is_link: bool


def parse(q: str) -> PastedIds:
    """The ids that a search may be."""
    q = normalize_text(q)
    meeting_id = extract_meeting_id(q)
    is_link = meeting_id is not None and meeting_id != q
    return PastedIds(meeting_id, extract_participant_id(q) if is_link else q, None if is_link else q, is_link)


def find_meeting_ids(session: Session, scope: ListQuery, ids: PastedIds, limit: int) -> list[int]:
    """The ids of the first meetings of a list query that have one of these ids, in order.

    A link whose meeting is known finds that meeting only; its participant id finds it where it is not.
    """
    candidates: list[int] = []
    for name, query in _MATCH_QUERIES.items():
        if candidates and ids.is_link:
            break
        if value := getattr(ids, name):
            candidates += session.scalars(query, {"value": value})
    if not candidates:
        return []
    query = _in_scope_query(scope.shape, limit)
    return list(session.scalars(query, scope.parameters | {"candidates": candidates}))


def find_people(
    meeting_ids: Sequence[int], terms: Sequence[str], ids: PastedIds
) -> Sequence[Row[Participant, Meeting]]:
    """The participants of these meetings who match a search, with their meetings.

    Args:
        meeting_ids: the meetings of one page of results.
        terms: from `search.tokenize_query`; they must all occur in the name and the email of one participant.
        ids: what `parse` made of the search.
    """
    if not meeting_ids:
        return []
    values: dict[str, str | None] = {f"word_{number}": term for number, term in enumerate(terms)}
    values |= {"participant_id": ids.participant_id, "external_id": ids.external_id}
    query = _people_query(0 if ids.is_link else len(terms))
    return db.session.execute(query, values | {"meeting_ids": meeting_ids}).all()


def _match_query(column: Any, meeting_id: Any) -> Query:
    return limited(select(meeting_id).where(column == bindparam("value")), MAX_MATCHES)


_MATCH_QUERIES = {
    "meeting_id": _match_query(Meeting.public_meeting_id, Meeting.id),
    "participant_id": _match_query(Participant.public_participant_id, Participant.meeting_id),
    "external_id": _match_query(Participant.external_id, Participant.meeting_id),
}


@lru_cache(maxsize=64)
def _in_scope_query(shape: ListQueryShape, limit: int) -> Query:
    # MATERIALIZED: otherwise the planner might scan the whole list in order.
    found = (
        select(Meeting.id, Meeting.starts_at)
        .where(*shape.conditions(), Meeting.id.in_(bindparam("candidates", expanding=True)))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    return limited(shape.apply_order(select(found.c.id), found.c.starts_at, found.c.id), limit)


@lru_cache(maxsize=16)
def _people_query(term_count: int) -> Select[Participant, Meeting]:
    is_named = [contains_all_condition(Participant.search_text, term_count)] if term_count else []
    return (
        select(Participant, Meeting)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(
            Participant.meeting_id.in_(bindparam("meeting_ids", expanding=True)),
            Participant.state != ParticipantState.DISCARDED,
            or_(
                *is_named,
                Participant.public_participant_id == bindparam("participant_id"),
                Participant.external_id == bindparam("external_id"),
            ),
        )
        .order_by(Participant.search_text, Meeting.starts_at.desc(), Participant.id)
        .limit(MAX_PEOPLE + 1)
    )
