"""The index of every three letters in a row, as each database has it (see migration 0002).

It tells which texts have all the threes of some words, anywhere and in any order; whether the words themselves are there is for
the reader of the texts to see.
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Text, bindparam, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

LENGTH = 3
# Of very long words the first ones say enough.
OF_ONE_WORD = 20
# A short word stands for all threes that begin with it. Beyond so many, reading all texts is quicker.
ALTERNATIVES = 100
LAST_LETTER = chr(0x10FFFF)
IN_NO_TEXT = "\x01" * LENGTH

TEXTS = table("search_texts", column("meeting_id"), column("text"))
_INDEX = table("search_index", column("rowid"), column("search_index"))
_ASKED = bindparam("grams", type_=Text())
_TERMS = table("search_terms", column("term"))


class Grams(Protocol):
    """How a database is asked."""

    def asked(self, session: Session, words: Sequence[str]) -> str | None:
        """What to ask the index for, as the parameter `grams`; None if it cannot help."""

    def condition(self) -> ColumnElement[bool]:
        """Whether a row of `search_texts` has what `grams` asks for."""


def grams(dialect: str) -> Grams:
    """The way of this database."""
    return _Postgresql() if dialect == "postgresql" else _Sqlite()


def threes(word: str) -> list[str]:
    """Every three letters in a row, each once; none if it is shorter."""
    found = (word[place : place + LENGTH] for place in range(len(word) - LENGTH + 1))
    return list(dict.fromkeys(found))[:OF_ONE_WORD]


class _Sqlite:
    """FTS5 with its trigram tokenizer."""

    def asked(self, session: Session, words: Sequence[str]) -> str | None:
        wanted = [three for word in words for three in threes(word)]
        if wanted:
            return " AND ".join(map(self._quoted, wanted))
        longest = max(words, key=len)
        between = _TERMS.c.term.between(longest, longest + LAST_LETTER)
        begun = session.scalars(select(_TERMS.c.term).where(between).limit(ALTERNATIVES + 1)).all()
        return " OR ".join(map(self._quoted, begun or [IN_NO_TEXT])) if len(begun) <= ALTERNATIVES else None

    def condition(self) -> ColumnElement[bool]:
        asked = _INDEX.c.search_index.op("MATCH")(_ASKED)
        return TEXTS.c.meeting_id.in_(select(_INDEX.c.rowid).where(asked))

    @staticmethod
    def _quoted(three: str) -> str:
        return '"' + three.replace('"', '""') + '"'


class _Postgresql:
    """GIN over the threes as a tsvector; a short word asks for those that begin with it."""

    def asked(self, session: Session, words: Sequence[str]) -> str | None:  # noqa: ARG002
        return " & ".join(self._quoted(three) for word in words for three in (threes(word) or [word]))

    def condition(self) -> ColumnElement[bool]:
        asked = cast(_ASKED, TSQUERY)
        return func.search_trigrams(TEXTS.c.text).op("@@", is_comparison=True)(asked)

    @staticmethod
    def _quoted(three: str) -> str:
        lexeme = three.replace("\\", "\\\\").replace("'", "''")
        return f"'{lexeme}'{'' if len(three) == LENGTH else ':*'}"
