"""What the cells of a column look like: names, addresses, yes and no, numbers, dates, phones."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from app.utils.text import fold_for_search

_PARTICLES = frozenset(
    (
        "de",
        "del",
        "la",
        "las",
        "los",
        "y",
        "e",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "i",
        "san",
        "santa",
        "le",
        "el",
        "bin",
        "al",
        "ben",
        "mac",
    )
)
_NUMBER = re.compile(r"[#$€]?\s*[-+]?\d[\d.,\s%]*$")
_DATE = re.compile(
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}:\d{2})[\d\s,:/.TZ+-]*(?:[ap]\.?\s?m\.?)?$|\d+\s*(?:h|min|m|s)\b[\d\s a-z]*$",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\+?\(?\d(?:[\s().-]*\d){6,14}$")
_PERSONAL_ID = re.compile(r"(?:\d{1,2}|PE|E|N|[A-Z]{1,3})-\d{1,5}-\d{1,7}$")
_ADDRESS = re.compile(r"[^\s<>;,|]+@[^\s<>;,|]+")
_YES_NO = frozenset(
    (
        "si",
        "s",
        "x",
        "yes",
        "y",
        "true",
        "verdadero",
        "v",
        "1",
        "no",
        "n",
        "false",
        "falso",
        "f",
        "0",
        "sim",
        "nao",
    )
)
BLANK_WORDS = frozenset(
    (
        "-",
        "--",
        "---",
        "n/a",
        "na",
        "no tiene",
        "ninguno",
        "ninguna",
        "sin correo",
        "none",
        "null",
        "n.a.",
        "nao tem",
    )
)


class CellKind(StrEnum):
    """What most cells of a column are."""

    EMPTY = "empty"
    EMAIL = "email"
    NAME = "name"
    YES_NO = "yes_no"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    LOGIN = "login"
    WORDS = "words"
    """A few words that repeat."""
    TEXT = "text"


def is_blank_word(cell: str) -> bool:
    """Whether a cell is a placeholder for empty: «-», «n/a», «no tiene»."""
    return cell.strip().casefold() in BLANK_WORDS


def is_address_cell(cell: str) -> bool:
    """Whether a cell holds addresses and at most the name of one: not a remark with an address in it."""
    if "@" not in cell:
        return False
    rest = _ADDRESS.sub(" ", cell)
    words = re.findall(r"[^\W\d_]+", rest)
    return not words or ("<" in cell and len(words) <= 6) or set(map(fold_for_search, words)) <= {"mailto"}


def is_particle(word: str) -> bool:
    """Whether a folded word joins names: «de», «la», «y»."""
    return word in _PARTICLES


def is_name(text: str) -> bool:
    """Whether it reads as a name: a few words with capitals, joined by particles."""
    return _is_name(text[:200]) if len(text) <= 200 else False


@lru_cache(maxsize=8192)
def _is_name(text: str) -> bool:
    words = re.sub(r"[(\[][^()\[\]]*[)\]]|[,.\"'’«»“”`~·-]", " ", text).split()
    if not words or len(words) > 8 or not all(map(_is_word, words)):
        return False
    capitals = [word for word in words if fold_for_search(word) not in _PARTICLES]
    if not capitals:
        return False
    # A name without capitals is typed so as a whole.
    return all(not word[0].islower() for word in capitals) or (
        len(words) in {2, 3, 4} and text == text.lower()
    )


def _is_word(word: str) -> bool:
    return all(letter.isalpha() or letter in "ªº\u0301?¡¿£¥¢¤\ufffd" for letter in word) and word[0].isalpha()


def is_sentence(text: str) -> bool:
    """Whether it reads as prose: several words without capitals that are no particles of names."""
    words = re.findall(r"[^\W\d_]+", text)
    lower = [word for word in words if word[0].islower() and fold_for_search(word) not in _PARTICLES]
    return len(words) >= 4 and len(lower) >= 3 and len(lower) * 2 > len(words) - 1 and text != text.lower()


def classify_cell(cell: str) -> CellKind:
    """What one cell, not blank, looks like."""
    if is_address_cell(cell):
        return CellKind.EMAIL
    if cell.strip().casefold() in _YES_NO or fold_for_search(cell) in _YES_NO:
        return CellKind.YES_NO
    if _PHONE.match(cell) and not _PERSONAL_ID.match(cell) and not _DATE.match(cell):
        return CellKind.PHONE
    if _DATE.match(cell):
        return CellKind.DATE
    if _NUMBER.match(cell) or _PERSONAL_ID.match(cell):
        return CellKind.NUMBER
    if is_name(cell):
        return CellKind.NAME
    if re.fullmatch(r"[^\W_A-Z]*[\d._-][\w.-]*|[a-z]{2,}", cell):
        return CellKind.LOGIN
    return CellKind.TEXT


def classify_column(cells: Sequence[str]) -> CellKind:
    """What most cells of a column are; blank ones do not count."""
    filled = [cell for cell in cells if cell and not is_blank_word(cell)][:200]
    if not filled:
        return CellKind.EMPTY
    kinds = [classify_cell(cell) for cell in filled]
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    best = max(counts, key=lambda kind: counts[kind])
    if counts[best] * 10 < len(filled) * 6:
        # Identifiers, dates and phones mixed with others are no names, and no addresses.
        return CellKind.EMAIL if counts.get(CellKind.EMAIL, 0) * 2 >= len(filled) else CellKind.TEXT
    distinct = len({fold_for_search(cell) for cell in filled})
    if (
        best in {CellKind.NAME, CellKind.TEXT, CellKind.LOGIN}
        and len(filled) >= 4
        and distinct * 2 <= len(filled)
    ):
        return CellKind.WORDS
    return best
