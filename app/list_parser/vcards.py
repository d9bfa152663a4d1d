"""vCards, of one person or several → people."""

import re
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import vobject

from app.list_parser.normalization import split_lines

_BEGIN = re.compile(r"(?i)\ufeff?\s*BEGIN:VCARD\s*$")
_END = re.compile(r"(?i)\s*END:VCARD\s*$")
_MAX_CARD_LINES = 5_000
_AGENT = re.compile(r"(?i)\s*AGENT\b[^:]*:\s*$")
_MAX_SHOWN_CHARS = 2_000
"""A picture in a card is not shown."""


class Card(NamedTuple):
    """A card: the lines that it takes, from 1, and what it says; `name` is empty for one that cannot be read."""

    number: int
    text: str
    name: str
    emails: tuple[str, ...]
    phone: str


def has_vcards(text: str) -> bool:
    """Whether a vCard begins on some line of a text."""
    return "vcard" in text.casefold() and any(map(_BEGIN.match, split_lines(text)))


def read_cards(text: str) -> list[Card]:
    """The cards of a text, in order; lines between them are cards without a name."""
    return list(_iter_cards(split_lines(text)))


def _iter_cards(lines: list[str]) -> Iterator[Card]:
    start, depth = 0, 0
    is_open = False
    for index, line in enumerate(lines):
        if _BEGIN.match(line) and is_open and _AGENT.match(lines[index - 1]):
            # The card of the secretary, within that of the person.
            depth += 1
        elif _BEGIN.match(line):
            yield from _loose_lines(lines, start, index)
            start, depth, is_open = index, 0, True
        elif _END.match(line) and depth:
            depth -= 1
        elif is_open and (_END.match(line) or index - start >= _MAX_CARD_LINES):
            yield _read_card(start + 1, lines[start : index + 1])
            start, is_open = index + 1, False
    yield from _loose_lines(lines, start, len(lines))


def _drop_agents(lines: list[str]) -> list[str]:
    """The lines of a card without the cards within it."""
    kept: list[str] = []
    depth = 0
    for line in lines:
        depth += bool(_BEGIN.match(line))
        if depth == 1:
            kept.append(line)
        depth -= bool(_END.match(line))
    return [line for line in kept if not _AGENT.match(line)]


def _loose_lines(lines: list[str], start: int, end: int) -> Iterator[Card]:
    for index in range(start, end):
        yield Card(index + 1, lines[index], "", (), "")


def _read_card(number: int, lines: list[str]) -> Card:
    text = " · ".join(line.strip() for line in lines if line.strip())
    shown = text if len(text) <= _MAX_SHOWN_CHARS else f"{text[:_MAX_SHOWN_CHARS]}…"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            contents: Any = vobject.readOne(
                "\n".join(_drop_agents(lines)), allowQP=True, ignoreUnreadable=True
            ).contents
            phone = next(iter(_get_values(contents, "tel")), "")
            return Card(number, shown, _get_name(contents), _get_values(contents, "email"), phone)
        except Exception:  # noqa: BLE001 - the library raises what it meets in a broken card
            return Card(number, shown, "", (), "")


def _get_values(contents: dict[str, Any], key: str) -> tuple[str, ...]:
    values = (str(entry.value).strip() for entry in contents.get(key, ()))
    return tuple(
        dict.fromkeys(value.removeprefix("mailto:").removeprefix("tel:") for value in values if value)
    )


def _get_name(contents: dict[str, Any]) -> str:
    if full := next(iter(_get_values(contents, "fn")), ""):
        return full
    for entry in contents.get("n", ()):
        parts = (entry.value.given, entry.value.additional, entry.value.family)
        return " ".join(part if isinstance(part, str) else " ".join(part) for part in parts if part)
    return next(iter(_get_values(contents, "org")), "")
