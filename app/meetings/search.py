"""Search: the meetings that contain all terms, in list order, without a full scan.

A meeting's title and undiscarded participants are stored, case-folded, in one `search_texts` row, which an
index covers (`trigram_index`). Triggers of migration 0002 put each changed meeting into
`search_reindex_queue`. Until `reindex_pending` has updated the text, the meeting's own rows are searched, so
that results are never stale.

Frequent terms are found fastest by scanning the list; rare terms are found fastest in the index.
So the nearest `SCAN_ROWS` meetings are scanned, and the index is used for the rest.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, Text

from app.database import db, write_transaction
from app.meetings.cursor import Cursor
from app.meetings.list_query import ListQuery, ListQueryShape, Query, limited
from app.meetings.trigram_index import SEARCH_TEXTS, get_trigram_index
from app.models import Meeting, Participant
from app.utils.text import fold_for_search

MAX_SEARCH_TERMS = 8
SCAN_ROWS = 1000
REINDEX_BATCH_SIZE, MAX_REINDEX_BATCHES = 100, 10
REINDEX_ADVISORY_LOCK_ID = 0x72656672657368  # an arbitrary advisory lock key

_REINDEX_QUEUE = table("search_reindex_queue", column("id"), column("meeting_id"))


def tokenize_query(q: str) -> tuple[str, ...]:
    """Split a search into terms, folded like the texts."""
    return tuple(dict.fromkeys(fold_for_search(q).split()[:MAX_SEARCH_TERMS]))


def find_meeting_ids(session: Session, scope: ListQuery, terms: Sequence[str], limit: int) -> list[int]:
    """The ids of the first meetings of a list query that contain all terms, in order.

    Args:
        session: for reading.
        scope: which meetings, in which order and from where.
        terms: one or more, from `tokenize_query`.
        limit: how many at most.
    """
    term_parameters = {f"word_{number}": term for number, term in enumerate(terms)}
    scan_end = session.execute(_scan_end_query(scope.shape, SCAN_ROWS), scope.parameters).one_or_none()
    if scan_end is None:
        return list(
            session.scalars(_scan_query(scope.shape, len(terms), limit), scope.parameters | term_parameters)
        )
    scan_cursor = Cursor(scan_end.starts_at, scan_end.id)
    near = scope.until(scan_cursor)
    meeting_ids = list(
        session.scalars(_scan_query(near.shape, len(terms), limit), near.parameters | term_parameters)
    )
    if len(meeting_ids) == limit:
        return meeting_ids
    far = scope.after(scan_cursor)
    dialect = session.get_bind().dialect.name
    trigram_query = get_trigram_index(dialect).build_query(session, terms)
    query = _index_query(far.shape, len(terms), limit, dialect=dialect, use_index=trigram_query is not None)
    meeting_ids += session.scalars(query, far.parameters | term_parameters | {"trigrams": trigram_query})
    return meeting_ids[:limit]


def reindex_pending() -> int:
    """Update the search texts of queued meetings, oldest first; return how many.

    Only one process at a time does this (advisory lock); others return at once.
    """
    done = 0
    for _ in range(MAX_REINDEX_BATCHES):
        if not (number := _reindex_batch()):
            break
        done += number
    return done


def reindex_all(connection: Connection) -> None:
    """Rebuild all search texts, in the caller's transaction."""
    connection.execute(delete(_REINDEX_QUEUE))
    connection.execute(delete(SEARCH_TEXTS))
    connection.execute(
        insert(SEARCH_TEXTS).from_select(["meeting_id", "text"], _search_texts_query().order_by(Meeting.id))
    )


def _reindex_batch() -> int:
    with Session(db.engine) as session:
        if session.scalar(select(_REINDEX_QUEUE.c.id).limit(1)) is None:
            return 0
    with write_transaction() as session:
        if db.engine.dialect.name == "postgresql" and not session.scalar(
            select(func.pg_try_advisory_xact_lock(REINDEX_ADVISORY_LOCK_ID))
        ):
            return 0
        pending_query = (
            select(_REINDEX_QUEUE.c.meeting_id).order_by(_REINDEX_QUEUE.c.id).limit(REINDEX_BATCH_SIZE)
        )
        meeting_ids = set(session.scalars(pending_query))
        # Order matters: rows queued after the first DELETE stay queued; earlier ones are in the text.
        session.execute(delete(_REINDEX_QUEUE).where(_REINDEX_QUEUE.c.meeting_id.in_(meeting_ids)))
        session.execute(delete(SEARCH_TEXTS).where(SEARCH_TEXTS.c.meeting_id.in_(meeting_ids)))
        session.execute(
            insert(SEARCH_TEXTS).from_select(
                ["meeting_id", "text"], _search_texts_query().where(Meeting.id.in_(meeting_ids))
            )
        )
        return len(meeting_ids)


def _search_texts_query() -> Select[int, str]:
    """Each meeting with its text: one line per title and participant, plus a blank line as padding."""
    participant_text = (
        select(func.aggregate_strings(Participant.search_text, "\n"))
        .where(Participant.meeting_id == Meeting.id, Participant.state != "discarded")
        .scalar_subquery()
    )
    return select(Meeting.id, Meeting.title_search + "\n" + func.coalesce(participant_text + "\n", "") + "\n")


# Cached statements.
@lru_cache(maxsize=64)
def _scan_end_query(shape: ListQueryShape, scan_rows: int) -> Query:
    """The cursor where the scan ends, if there are that many rows."""
    query = select(Meeting.starts_at, Meeting.id).where(*shape.conditions())
    return limited(shape.apply_order(query), 1, offset=scan_rows - 1)


@lru_cache(maxsize=256)
def _scan_query(shape: ListQueryShape, term_count: int, limit: int) -> Query:
    """Find matches by scanning the meetings in list order."""
    # A correlated subquery, not a join: for a join a planner might read all texts.
    text_matches = (
        select(contains_all_condition(SEARCH_TEXTS.c.text, term_count))
        .where(SEARCH_TEXTS.c.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    matches_terms = or_(
        and_(Meeting.id.not_in(_pending_query()), text_matches),
        Meeting.id.in_(_pending_matches_query(term_count)),
    )
    return limited(shape.apply_order(select(Meeting.id).where(*shape.conditions(), matches_terms)), limit)


@lru_cache(maxsize=256)
def _index_query(
    shape: ListQueryShape, term_count: int, limit: int, *, dialect: str, use_index: bool
) -> Query:
    """Find matches in the index, then sort them."""
    conditions = [
        contains_all_condition(SEARCH_TEXTS.c.text, term_count),
        SEARCH_TEXTS.c.meeting_id.not_in(_pending_query()),
    ]
    if use_index:
        conditions.append(get_trigram_index(dialect).matches())
    ids = union_all(select(SEARCH_TEXTS.c.meeting_id).where(*conditions), _pending_matches_query(term_count))
    # MATERIALIZED: otherwise the planner might scan the whole list for a rare term.
    matching = (
        select(Meeting.id, Meeting.starts_at)
        .where(*shape.conditions(), Meeting.id.in_(ids))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    return limited(shape.apply_order(select(matching.c.id), matching.c.starts_at, matching.c.id), limit)


def _pending_query() -> Query:
    return select(_REINDEX_QUEUE.c.meeting_id)


def _pending_matches_query(term_count: int) -> Query:
    """Queued meetings (outdated text) whose own rows contain the terms."""
    pending_meeting = aliased(Meeting)
    query = select(pending_meeting.id).where(pending_meeting.id.in_(_pending_query()))
    for number in range(term_count):
        term = _term_parameter(number)
        participant_matches = (
            select(Participant.id)
            .where(
                Participant.meeting_id == pending_meeting.id,
                Participant.state != "discarded",
                contains(Participant.search_text, term),
            )
            .exists()
        )
        query = query.where(or_(contains(pending_meeting.title_search, term), participant_matches))
    return query


def contains_all_condition(
    text: ColumnElement[str] | InstrumentedAttribute[str], term_count: int
) -> ColumnElement[bool]:
    """Whether a text contains all terms, the parameters `word_0` and so on."""
    return and_(*(contains(text, _term_parameter(number)) for number in range(term_count)))


def _term_parameter(number: int) -> ColumnElement[str]:
    return bindparam(f"word_{number}", type_=Text())


class contains(FunctionElement[bool]):  # noqa: N801  (reads as the SQL function that it is)
    """Whether a text contains a term literally (no wildcards)."""

    type = Boolean()
    inherit_cache = True


@compiles(contains, "sqlite")
def _sqlite_contains(element: contains, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **kwargs)}) > 0)"


@compiles(contains, "postgresql")
def _postgresql_contains(element: contains, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **kwargs)}) > 0)"
