"""Searching: which meetings have all of some words, in the order of the list, without reading them all.

What is searched of a meeting, its title and everybody who is not discarded, stands folded in one row of `search_texts`, which
an index covers (`grams`). Whatever changes one of them puts the meeting into `search_reindex_queue` (triggers of migration 0002), and until
`refresh` has written its text anew, its own rows are asked instead: nothing is found too late.

Words that many meetings have are soon met on a walk along the list, and words that few have are best looked up in the index.
So the nearest `WALKED` meetings are walked, and the index is asked for what lies beyond.
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
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Boolean, Text

from app.database import db, transaction
from app.meetings.cursor import Cursor
from app.meetings.grams import TEXTS, grams
from app.meetings.scope import Query, Scope, Shape, first
from app.models import Meeting, Participant
from app.text import fold

WORDS_SEARCHED = 8
WALKED = 1000
AT_ONCE, BATCHES = 100, 10
REFRESH_LOCK = 0x72656672657368  # any number of our own

_QUEUE = table("search_reindex_queue", column("id"), column("meeting_id"))


def words_of(q: str) -> tuple[str, ...]:
    """The words that somebody looks for, as they stand in the texts."""
    return tuple(dict.fromkeys(fold(q).split()[:WORDS_SEARCHED]))


def find(session: Session, scope: Scope, words: Sequence[str], limit: int) -> list[int]:
    """The first meetings of a scope that have all these words, each in the title or with a person: their ids, in order.

    Args:
        session: for reading.
        scope: which meetings, in which order and from where.
        words: one or more of `words_of`.
        limit: how many at most.
    """
    wanted = {f"word_{number}": word for number, word in enumerate(words)}
    last = session.execute(_end_of_walk(scope.shape, WALKED), scope.values).one_or_none()
    if last is None:
        return list(session.scalars(_walk(scope.shape, len(words), limit), scope.values | wanted))
    end = Cursor(last.starts_at, last.id)
    near = scope.until(end)
    found = list(session.scalars(_walk(near.shape, len(words), limit), near.values | wanted))
    if len(found) == limit:
        return found
    far = scope.after(end)
    dialect = session.get_bind().dialect.name
    asked = grams(dialect).asked(session, words)
    query = _look_up(far.shape, len(words), limit, dialect=dialect, indexed=asked is not None)
    found += session.scalars(query, far.values | wanted | {"grams": asked})
    return found[:limit]


def refresh() -> int:
    """Write anew the texts of the meetings that wait longest for it; gives how many there were.

    One process at a time does this; another one leaves it to the first.
    """
    done = 0
    for _ in range(BATCHES):
        if not (number := _refresh_some()):
            break
        done += number
    return done


def rebuild(connection: Connection) -> None:
    """Write all texts, of whatever is there, in the caller's transaction."""
    connection.execute(delete(_QUEUE))
    connection.execute(delete(TEXTS))
    connection.execute(insert(TEXTS).from_select(["meeting_id", "text"], _texts().order_by(Meeting.id)))


def _refresh_some() -> int:
    with Session(db.engine) as session:
        if session.scalar(select(_QUEUE.c.id).limit(1)) is None:
            return 0
    with transaction() as session:
        if db.engine.dialect.name == "postgresql" and not session.scalar(
            select(func.pg_try_advisory_xact_lock(REFRESH_LOCK))
        ):
            return 0
        waiting = select(_QUEUE.c.meeting_id).order_by(_QUEUE.c.id).limit(AT_ONCE)
        meeting_ids = set(session.scalars(waiting))
        # In this order: whatever is queued after the first statement stays queued, and what was queued before it is read.
        session.execute(delete(_QUEUE).where(_QUEUE.c.meeting_id.in_(meeting_ids)))
        session.execute(delete(TEXTS).where(TEXTS.c.meeting_id.in_(meeting_ids)))
        session.execute(
            insert(TEXTS).from_select(["meeting_id", "text"], _texts().where(Meeting.id.in_(meeting_ids)))
        )
        return len(meeting_ids)


def _texts() -> Select[int, str]:
    """Each meeting with its text: a line for the title and each person, and an empty one, so that two letters follow the last."""
    people = (
        select(func.aggregate_strings(Participant.search_text, "\n"))
        .where(Participant.meeting_id == Meeting.id, Participant.state != "discarded")
        .scalar_subquery()
    )
    return select(Meeting.id, Meeting.title_search + "\n" + func.coalesce(people + "\n", "") + "\n")


# The statements are put together once: that takes longer than some of them run.
@lru_cache(maxsize=64)
def _end_of_walk(shape: Shape, walked: int) -> Query:
    """The place where the walk ends, if the scope goes that far."""
    query = select(Meeting.starts_at, Meeting.id).where(*shape.conditions())
    return first(shape.ordered(query), 1, skip=walked - 1)


@lru_cache(maxsize=256)
def _walk(shape: Shape, words: int, limit: int) -> Query:
    """Those that have the words, found by looking at each meeting of the scope in turn."""
    # A subquery for each row, not a join: for a join a planner might read all the texts.
    text_has = select(_all_in(TEXTS.c.text, words)).where(TEXTS.c.meeting_id == Meeting.id).scalar_subquery()
    has = or_(and_(Meeting.id.not_in(_waiting()), text_has), Meeting.id.in_(_waiting_with(words)))
    return first(shape.ordered(select(Meeting.id).where(*shape.conditions(), has)), limit)


@lru_cache(maxsize=256)
def _look_up(shape: Shape, words: int, limit: int, *, dialect: str, indexed: bool) -> Query:
    """Those that have the words, found by asking the index for all of them and sorting these."""
    conditions = [_all_in(TEXTS.c.text, words), TEXTS.c.meeting_id.not_in(_waiting())]
    if indexed:
        conditions.append(grams(dialect).condition())
    ids = union_all(select(TEXTS.c.meeting_id).where(*conditions), _waiting_with(words))
    # Made whole before it is sorted: a planner that walked along the list instead would look for a rare word everywhere.
    found = (
        select(Meeting.id, Meeting.starts_at)
        .where(*shape.conditions(), Meeting.id.in_(ids))
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    return first(shape.ordered(select(found.c.id), found.c.starts_at, found.c.id), limit)


def _waiting() -> Query:
    return select(_QUEUE.c.meeting_id)


def _waiting_with(words: int) -> Query:
    """Those whose text is out of date and that have the words, as their own rows say."""
    waiting = aliased(Meeting)
    query = select(waiting.id).where(waiting.id.in_(_waiting()))
    for number in range(words):
        word = _word(number)
        somebody = (
            select(Participant.id)
            .where(
                Participant.meeting_id == waiting.id,
                Participant.state != "discarded",
                _holds(Participant.search_text, word),
            )
            .exists()
        )
        query = query.where(or_(_holds(waiting.title_search, word), somebody))
    return query


def _all_in(text: ColumnElement[str], words: int) -> ColumnElement[bool]:
    return and_(*(_holds(text, _word(number)) for number in range(words)))


def _word(number: int) -> ColumnElement[str]:
    return bindparam(f"word_{number}", type_=Text())


class _holds(FunctionElement[bool]):  # noqa: N801  (reads as the SQL function that it is)
    """Whether a text has a word in it, each character standing for itself."""

    type = Boolean()
    inherit_cache = True


@compiles(_holds, "sqlite")
def _sqlite_holds(element: _holds, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"(instr({compiler.process(element.clauses, **kwargs)}) > 0)"


@compiles(_holds, "postgresql")
def _postgresql_holds(element: _holds, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"(strpos({compiler.process(element.clauses, **kwargs)}) > 0)"
