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
from app.text import email_key

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

    what: TokenType
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
    for found in _TOKEN.finditer(line, start, len(line) if end is None else end):
        kind, text = found.lastgroup, found[0]
        place = (found.start(), found.end())
        inside = clean_email(text) if kind == "angle" else ""
        if kind == "quoted" and "@" in text:
            yield from tokenize(line, place[0] + 1, place[1] - 1)
        elif inside and ("@" in inside or _is_broken_email(inside)):
            yield Token(TokenType.ANGLE, inside, *place)
        elif kind == "comma_for_dot" or (kind == "word" and "@" in text and len(text) > 1):
            yield Token(TokenType.EMAIL, clean_email(text), *place)
        elif kind == "separator":
            yield Token(TokenType.SEPARATOR, text, *place)
        else:
            yield Token(TokenType.SKIP if kind == "skip" else TokenType.TEXT, text, *place)


def _is_broken_email(inside: str) -> bool:
    """Whether a text in angle brackets without an @ is an address all the same, and not a remark such as «<sin apellido>»."""
    return ("." in inside or " " not in inside) and not role_from_word(inside)


class _Builder:
    """Takes the tokens of one cell in turn. A comma may part persons or belong to a name; what follows tells."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.pending: list[Token] = []

    def take(self, token: Token) -> None:
        if token.what is TokenType.ANGLE:
            self._address(token, closed=True)
        elif token.what is TokenType.EMAIL:
            self._address(token, closed=False)
        elif token.what is not TokenType.SKIP:
            self.pending.append(token)

    def _address(self, token: Token, closed: bool) -> None:
        if closed:
            # «Ana <…> Gil, Luis <…>» has no tail: what has no brackets of its own is of the next name.
            if "".join(piece.text for piece in self.pending[:2]).lstrip()[:1] in {"(", "["}:
                self._end_tail()
            name = self._taken(self.pending)
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
        for place, token in enumerate(self.pending):
            if token.what is TokenType.SEPARATOR:
                self.items[-1].tail = self._taken(self.pending[:place])
                self.pending = self.pending[place + 1 :]
                return

    def flush(self) -> None:
        """Make texts of what is pending, one for each part between commas."""
        self._end_tail()
        part: list[Token] = []
        for token in self.pending:
            if token.what is TokenType.SEPARATOR:
                self._text(part)
                part = [token]
            else:
                part.append(token)
        self._text(part)
        self.pending = []

    def end(self) -> None:
        """Take the end of the cell."""
        separated = any(token.what is TokenType.SEPARATOR for token in self.pending)
        if self.items and self.items[-1].closed and not separated:
            self.items[-1].tail = self._taken(self.pending)
            self.pending = []
        self.flush()

    def _text(self, part: list[Token]) -> None:
        comma = bool(part) and part[0].what is TokenType.SEPARATOR
        rest = part[1:] if comma else part
        if rest and (name := self._taken(rest)):
            spaced = comma and rest[0].text[:1].isspace()
            self.items.append(Item(rest[0].start, rest[-1].end, name, spaced=spaced))

    @staticmethod
    def _taken(tokens: list[Token]) -> str:
        return clean_name("".join(token.text for token in tokens))


def group_tokens(tokens: list[Token]) -> list[Item]:
    """The items of one cell, whose only separators are commas."""
    builder = _Builder()
    for token in tokens:
        builder.take(token)
    builder.end()
    return builder.items
