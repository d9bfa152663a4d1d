"""Rows that hold the titles of columns, and the shape of a table without any."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.list_parser.cells import (
    CellKind,
    classify_cell,
    is_address_cell,
    is_blank_word,
    is_name,
    is_sentence,
)
from app.list_parser.column_titles import TitleKind, TitleMeaning, read_title
from app.list_parser.rows import SEPARATORS, Row, split_cells
from app.list_parser.vocabulary import is_role_noun

_MAX_HEADER_CHARS = 6_000
_PERSON_KINDS = {TitleKind.NAME, TitleKind.FIRST_NAMES, TitleKind.SURNAMES, TitleKind.EMAIL}
_VALUES = {CellKind.NUMBER, CellKind.DATE, CellKind.PHONE}


@dataclass(frozen=True, slots=True)
class Header:
    """A row with the titles of columns, and the separator that parts them."""

    separator: str
    titles: tuple[str, ...]

    @property
    def meanings(self) -> tuple[TitleMeaning | None, ...]:
        """What each title says."""
        return tuple(map(read_title, self.titles))

    @property
    def name_index(self) -> int | None:
        """Where the first part of a name is."""
        names = _PERSON_KINDS - {TitleKind.EMAIL}
        places = (at for at, meaning in enumerate(self.meanings) if meaning and meaning.kind in names)
        return next(places, None)

    @property
    def email_index(self) -> int | None:
        """Where the first column for addresses is."""
        return next((at for at in range(len(self.titles)) if self.is_email(at)), None)

    def is_email(self, index: int) -> bool:
        """Whether a column has the title of one for addresses."""
        meaning = self.meanings[index] if index < len(self.titles) else None
        return meaning is not None and meaning.kind is TitleKind.EMAIL

    @property
    def names_people(self) -> tuple[bool, bool]:
        """Whether it has a column for names, and one for addresses."""
        known = [meaning for meaning in self.meanings if meaning]
        name = any(
            meaning.kind in _PERSON_KINDS - {TitleKind.EMAIL} and not meaning.is_weak for meaning in known
        )
        return name, any(meaning.kind is TitleKind.EMAIL for meaning in known)


class TableShape(NamedTuple):
    """What most rows of a list without a header have in common: they are one person each."""

    separator: str
    width: int


def find_header(text: str, is_first: bool) -> Header | None:
    """The header that a row is, if it is one; `is_first` tells that nothing stands above it."""
    if "@" in text or len(text) > _MAX_HEADER_CHARS:
        return None
    candidates = [_create_header(text, separator) for separator in SEPARATORS if separator in text]
    best = max(candidates or [_create_header(text, "\t")], key=_count_known)
    if best.separator == "," and (text.rstrip().endswith(":") or is_sentence(text)):
        return None
    known_meanings = [
        meaning for meaning in best.meanings if meaning and meaning.kind is not TitleKind.IS_HOST
    ]
    person_meanings = [meaning for meaning in known_meanings if meaning.kind in _PERSON_KINDS]
    if (
        len({meaning.kind for meaning in known_meanings}) > 1
        and person_meanings
        and _is_row_of_titles(best, known_meanings, person_meanings)
    ):
        return best
    if (
        len(person_meanings) > 1
        and all(not meaning.is_weak for meaning in person_meanings)
        and _is_row_of_titles(best, known_meanings, person_meanings)
    ):
        return best
    return best if is_first and _is_single_title(best, person_meanings) else None


def _create_header(text: str, separator: str) -> Header:
    return Header(separator, tuple(" ".join(cell.split()) for cell in split_cells(text, separator)))


def _count_known(header: Header) -> int:
    return sum(meaning is not None for meaning in header.meanings)


def _is_row_of_titles(header: Header, known: Sequence[TitleMeaning], person: Sequence[TitleMeaning]) -> bool:
    filled = [title for title in header.titles if title]
    exact = sum(not meaning.qualifier and not meaning.is_weak for meaning in known)
    if exact < 2 and any(classify_cell(title) in _VALUES for title in filled):
        return False
    strong = any(not meaning.is_weak for meaning in person)
    return (exact >= 2 and strong) or len(known) * 2 >= len(filled)


def _is_single_title(header: Header, person: Sequence[TitleMeaning]) -> bool:
    filled = [title for title in header.titles if title]
    sure = [meaning for meaning in person if not (meaning.qualifier or meaning.is_weak)]
    sure = [meaning for meaning in sure if meaning.kind is not TitleKind.SURNAMES]
    values = any(classify_cell(title) in _VALUES for title in filled)
    return bool(sure) and not values and not any(map(is_role_noun, filled)) and len(filled) <= 6


def align_cells(header: Header, text: str) -> list[str]:
    """The cells of a row below a header; a name that an unquoted comma has parted is put together again."""
    raw = split_cells(text, header.separator)
    cells = [" ".join(cell.split()) for cell in raw]
    if header.separator != ",":
        return cells
    name, email = header.name_index, header.email_index
    if name is None or email is None or not name < email < len(cells) - 1:
        return cells
    later = cells[name + 1]
    too_many = any(cells[len(header.titles) :])
    typed_so = raw[name + 1][:1] == " " and raw[email + 1][:1] != " "
    shifted = "@" not in cells[email] and is_address_cell(cells[email + 1]) and not is_blank_word(later)
    if not shifted or not is_name(later) or not (too_many or typed_so) or header.is_email(email + 1):
        return cells
    return [*cells[:name], f"{cells[name]}, {later}", *cells[name + 2 :]]


def find_header_by_rows(rows: Sequence[Row]) -> int | None:
    """The row above a column of addresses, where some title is known and none is a person's cell."""
    filled = [index for index, row in enumerate(rows) if row.text.strip()]
    for position, index in enumerate(filled[:6]):
        row = rows[index]
        if "@" in row.text:
            return None
        separator = next((candidate for candidate in SEPARATORS if candidate in row.text), None)
        if separator and _stands_above_addresses(
            row, [rows[below] for below in filled[position + 1 : position + 21]], separator
        ):
            return index
    return None


def _stands_above_addresses(row: Row, below: Sequence[Row], separator: str) -> bool:
    titles = split_cells(row.text, separator)
    if not any(map(read_title, titles)) or any(
        classify_cell(title.strip()) in _VALUES for title in titles if title.strip()
    ):
        return False
    cells = [split_cells(other.text, separator) for other in below]
    cells = [other for other in cells if len(other) == len(titles)]
    for index, title in enumerate(titles):
        addresses = sum(is_address_cell(other[index]) for other in cells)
        if title.strip() and addresses and addresses * 2 >= len(below):
            return True
    return False


def as_header(row: Row) -> Header:
    """The header that a row is taken for."""
    separator = next((candidate for candidate in SEPARATORS if candidate in row.text), "\t")
    return _create_header(row.text, separator)


def find_shape(rows: Sequence[Row]) -> TableShape | None:
    """The shape of a list without a header in which most rows have one address, in the same column."""
    shapes: Counter[TableShape] = Counter()
    for row in rows:
        separator = next((candidate for candidate in SEPARATORS if candidate in row.text), None)
        if separator and row.text.count("@") == 1 and "<" not in row.text:
            shapes[TableShape(separator, len(split_cells(row.text, separator)))] += 1
    common = shapes.most_common(1)
    return common[0][0] if common and common[0][1] > 1 else None


def matches_shape(row: Row, shape: TableShape | None) -> bool:
    """Whether a row is of that shape."""
    if shape is None or shape.separator not in row.text:
        return False
    return len(split_cells(row.text, shape.separator)) == shape.width
