"""The trigram index of both databases (see migration 0002).

It finds the texts that have all trigrams of the terms, in any order. The caller must check
the matches for the terms themselves.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

TRIGRAM_LENGTH = 3
# The first trigrams of a very long term are selective enough.
MAX_TRIGRAMS_PER_WORD = 20
# A short term matches all trigrams with that prefix. Beyond this many, a full scan is faster.
MAX_PREFIX_TERMS = 100
MAX_CHARACTER = chr(0x10FFFF)
IMPOSSIBLE_TRIGRAM = "\x01" * TRIGRAM_LENGTH

SEARCH_TEXTS = table("search_texts", column("meeting_id"), column("text"))
_INDEX = table("search_index", column("rowid"), column("search_index"))
_TRIGRAM_QUERY = bindparam("trigrams", type_=Text())
_TERMS = table("search_terms", column("term"))


class TrigramIndex(Protocol):
    """The trigram index of one database."""

    def build_query(self, session: Session, terms: Sequence[str]) -> str | None:
        """The index query, for the parameter `trigrams`; None if the index cannot be used."""

    def matches(self) -> ColumnElement[bool]:
        """The condition that a row of `search_texts` matches the query."""

    def newest_matches(self, limit: int) -> Select[Any]:
        """A query for the ids of at most so many meetings whose texts match, the newest first."""


def get_trigram_index(dialect: str) -> TrigramIndex:
    """The trigram index of this database."""
    return _PostgresqlTrigramIndex() if dialect == "postgresql" else _SqliteTrigramIndex()


def trigrams(word: str) -> list[str]:
    """The distinct trigrams of a word; none if it is shorter."""
    slices = (word[index : index + TRIGRAM_LENGTH] for index in range(len(word) - TRIGRAM_LENGTH + 1))
    return list(dict.fromkeys(slices))[:MAX_TRIGRAMS_PER_WORD]


class _SqliteTrigramIndex:
    """FTS5 with its trigram tokenizer."""

    def build_query(self, session: Session, terms: Sequence[str]) -> str | None:
        wanted_trigrams = [trigram for term in terms for trigram in trigrams(term)]
        if wanted_trigrams:
            return " AND ".join(map(self._quote, wanted_trigrams))
        longest = max(terms, key=len)
        has_prefix = _TERMS.c.term.between(longest, longest + MAX_CHARACTER)
        terms = session.scalars(select(_TERMS.c.term).where(has_prefix).limit(MAX_PREFIX_TERMS + 1)).all()
        return (
            " OR ".join(map(self._quote, terms or [IMPOSSIBLE_TRIGRAM]))
            if len(terms) <= MAX_PREFIX_TERMS
            else None
        )

    def matches(self) -> ColumnElement[bool]:
        index_match = _INDEX.c.search_index.op("MATCH")(_TRIGRAM_QUERY)
        return SEARCH_TEXTS.c.meeting_id.in_(select(_INDEX.c.rowid).where(index_match))

    def newest_matches(self, limit: int) -> Select[Any]:
        index_match = _INDEX.c.search_index.op("MATCH")(_TRIGRAM_QUERY)
        # In this order the index gives its matches one by one.
        return select(_INDEX.c.rowid).where(index_match).order_by(_INDEX.c.rowid.desc()).limit(limit)

    @staticmethod
    def _quote(trigram: str) -> str:
        return '"' + trigram.replace('"', '""') + '"'


class _PostgresqlTrigramIndex:
    """A GIN index over the trigrams as a tsvector; a short term is a prefix query."""

    def build_query(self, session: Session, terms: Sequence[str]) -> str | None:  # noqa: ARG002
        return " & ".join(self._quote(trigram) for term in terms for trigram in (trigrams(term) or [term]))

    def matches(self) -> ColumnElement[bool]:
        tsquery = cast(_TRIGRAM_QUERY, TSQUERY)
        return func.search_trigrams(SEARCH_TEXTS.c.text).op("@@", is_comparison=True)(tsquery)

    def newest_matches(self, limit: int) -> Select[Any]:
        # MATERIALIZED: otherwise the planner might go through all texts in the order of their ids.
        found = (
            select(SEARCH_TEXTS.c.meeting_id).where(self.matches()).cte("found").prefix_with("MATERIALIZED")
        )
        return select(found.c.meeting_id).order_by(found.c.meeting_id.desc()).limit(limit)

    @staticmethod
    def _quote(trigram: str) -> str:
        lexeme = trigram.replace("\\", "\\\\").replace("'", "''")
        return f"'{lexeme}'{'' if len(trigram) == TRIGRAM_LENGTH else ':*'}"
