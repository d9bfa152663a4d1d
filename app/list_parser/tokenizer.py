"""One line → items: addresses, texts, and persons complete in themselves («Name <mail>»), each with its place.

Every pattern here walks over a line once, whatever the line holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from app.list_parser.names import clean_name
from app.list_parser.vocabulary import role_from_word
from app.utils.text import email_key

_TOKEN = re.compile(
    r"""(?P<skip>(?i:mailto):\s*+)
    |(?P<quoted>"(?:[^"]|"")*+"|“[^“”]*+”|«[^«»]*+»)
    |(?P<angle><[^<>]*+>)
    |(?P<separator>[;,\t|])
    |(?P<comma_for_dot>[^\s<>;,\t|"“«()\[\]{}:/@]*+@[\w-]++,(?:com|net|org|edu)(?:[.,][a-z]{2})?(?![\w@]))
    |(?P<plain_words>(?:(?!(?i:mailto):)[^\s<>;,|"“«()\[\]{}:/@]++(?:[^\S\t]++|\Z|(?=[\t<>;,|"“«()\[\]{}:/])))++)
    |(?P<word>[^\s<>;,\t|"“«()\[\]{}:/]++)
    |(?P<other>[^\S\t]++|<+(?=<)|[>()\[\]{}:/]++|.)""",
    re.VERBOSE | re.DOTALL,
)
_AROUND_EMAIL = "'‘’`´*.!?…·•«»”“\"<>()[]{}:,; \t\n"


class TokenType(Enum):
    """What a token is."""

    TEXT = auto()
    EMAIL = auto()
    ANGLE = auto()
    SEPARATOR = auto()
    SKIP = auto()


class Token(NamedTuple):
    """A piece of a line, from `start` to `end`; `text` is an address without what stands around it."""

    kind: TokenType
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Item:
    """A text (name only), an address (email only), or a person complete in itself (closed)."""

    start: int
    end: int
    name: str = ""
    email: str | None = None
    closed: bool = False
    tail: str = ""
    spaced: bool = False
    """Whether a space follows the comma before it."""


def clean_email(raw: str) -> str:
    """An address without what people and programs put around it."""
    local, at, domain = raw.strip(_AROUND_EMAIL).rpartition("@")
    local = re.sub(r"(?i)^mailto:\s*", "", local).lstrip(_AROUND_EMAIL)
    return f"{local}{at}{domain.partition('?')[0].rstrip(_AROUND_EMAIL)}"


def tokenize(line: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of a line; a quoted cell with an address in it is opened."""
    for match in _TOKEN.finditer(line, start, len(line) if end is None else end):
        kind, text = match.lastgroup, match[0]
        span = (match.start(), match.end())
        inside = clean_email(text) if kind == "angle" else ""
        if kind == "quoted" and "@" in text:
            yield from tokenize(line, span[0] + 1, span[1] - 1)
        elif inside and ("@" in inside or _is_broken_email(inside)):
            yield Token(TokenType.ANGLE, inside, *span)
        elif kind == "comma_for_dot" or (kind == "word" and "@" in text and len(text) > 1):
            yield Token(TokenType.EMAIL, clean_email(text), *span)
        elif kind == "separator":
            yield Token(TokenType.SEPARATOR, text, *span)
        else:
            yield Token(TokenType.SKIP if kind == "skip" else TokenType.TEXT, text, *span)


def _is_broken_email(inside: str) -> bool:
    """Whether a text in angle brackets without an @ is an address all the same, and not a remark such as «<sin apellido>»."""
    return ("." in inside or " " not in inside) and not role_from_word(inside)


class _Builder:
    """Groups the tokens of a cell. The next token decides whether a comma separates persons."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.pending: list[Token] = []

    def add_token(self, token: Token) -> None:
        if token.kind is TokenType.ANGLE:
            self._add_address(token, closed=True)
        elif token.kind is TokenType.EMAIL:
            self._add_address(token, closed=False)
        elif token.kind is not TokenType.SKIP:
            self.pending.append(token)

    def _add_address(self, token: Token, closed: bool) -> None:
        if closed:
            # «Ana <…> Gil, Luis <…>»: Gil belongs to the next person; only bracketed text to Ana.
            if "".join(piece.text for piece in self.pending[:2]).lstrip()[:1] in {"(", "["}:
                self._end_tail()
            name = self._join_tokens(self.pending)
        else:
            self.flush()
            name = ""
        last = self.items[-1] if self.items else None
        if not name and last and last.email and email_key(last.email) == email_key(token.text):
            last.end = token.end
        else:
            start = self.pending[0].start if closed and self.pending else token.start
            self.items.append(Item(start, token.end, name, token.text, closed))
        self.pending = []

    def _end_tail(self) -> None:
        """Leave to the address before it what reaches up to a separator: «Ana <…> (Acme), Luis <…>»."""
        if not (self.items and self.items[-1].closed):
            return
        for index, token in enumerate(self.pending):
            if token.kind is TokenType.SEPARATOR:
                self.items[-1].tail = self._join_tokens(self.pending[:index])
                self.pending = self.pending[index + 1 :]
                return

    def flush(self) -> None:
        """Make texts of what is pending, one for each part between commas."""
        self._end_tail()
        part: list[Token] = []
        for token in self.pending:
            if token.kind is TokenType.SEPARATOR:
                self._add_text(part)
                part = [token]
            else:
                part.append(token)
        self._add_text(part)
        self.pending = []

    def finish(self) -> None:
        """Take the end of the cell."""
        separated = any(token.kind is TokenType.SEPARATOR for token in self.pending)
        if self.items and self.items[-1].closed and not separated:
            self.items[-1].tail = self._join_tokens(self.pending)
            self.pending = []
        self.flush()

    def _add_text(self, part: list[Token]) -> None:
        comma = bool(part) and part[0].kind is TokenType.SEPARATOR
        rest = part[1:] if comma else part
        if rest and (name := self._join_tokens(rest)):
            spaced = comma and rest[0].text[:1].isspace()
            self.items.append(Item(rest[0].start, rest[-1].end, name, spaced=spaced))

    @staticmethod
    def _join_tokens(tokens: list[Token]) -> str:
        return clean_name("".join(token.text for token in tokens))


def group_tokens(tokens: list[Token]) -> list[Item]:
    """The items of one cell, whose only separators are commas."""
    builder = _Builder()
    for token in tokens:
        builder.add_token(token)
    builder.finish()
    return builder.items
