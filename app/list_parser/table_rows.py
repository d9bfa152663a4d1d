"""Rows below a header → people: the address comes from the chosen column and from nowhere else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.list_parser.cells import CellKind, is_address_cell, is_blank_word, is_particle
from app.list_parser.column_guess import Column
from app.list_parser.headers import Header, align_cells
from app.list_parser.names import clean_name, find_number, strip_leading
from app.list_parser.phones import parse_phone, parse_phone_beside
from app.list_parser.rows import Row
from app.list_parser.statuses import begins_with_declined, is_declined_status
from app.list_parser.tokenizer import Item, group_tokens, tokenize
from app.list_parser.types import (
    HOST,
    PARTICIPANT,
    ColumnKind,
    LineProblem,
    ParsedLine,
    ParsedPerson,
    UntickedReason,
)
from app.list_parser.validation import Finding, validate_person
from app.list_parser.vocabulary import plain_words, role_from_word, role_from_yes_no
from app.utils.text import fold_for_search

_ROLE_PARTS = re.compile(r"\s*[,;/|]\s*")
_REPORT_MARK = re.compile(
    r"\s*[(\[](?:externo|externa|external|invitado|invitada|guest|sin verificar|unverified|no verificado|convidado"
    r"|host|co-host|anfitri[oó]n|me|yo|organizador|organizer)(?:, ?(?:me|yo))?[)\]]\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TableReader:
    """Reads the rows of one table."""

    header: Header
    columns: Sequence[Column]
    default_role: str
    roles: Mapping[str, str]
    """Answered role words, folded."""
    country: str | None
    is_answered: bool
    unknown_roles: dict[str, list[str]]
    """Folded role word → each place where it stands, as typed; shared by all tables of a list."""

    def read(self, row: Row) -> ParsedLine | None:
        """The person of a row; None where the row is better read by itself."""
        cells = self.align(row.text)
        if cells is None:
            return None
        emails, beside, problem = self._emails(cells)
        name, removed = self._name(cells)
        role, role_problem = self._role(cells)
        external_id = self._first(cells, ColumnKind.EXTERNAL_ID) or None
        person = ParsedPerson(name or beside, None, role or self.default_role, external_id)
        phone = parse_phone(self._first(cells, ColumnKind.PHONE), self.country)
        if not phone and (digits := find_number(self._joined_name(cells))):
            phone = parse_phone_beside(digits, self.country)
        if phone:
            person = replace(person, phone=phone.e164, phone_typed=phone.typed)
        if not person.name and emails and not problem and self._has_other_text(cells):
            problem = LineProblem.NAME_FROM_EMAIL
        finding = Finding(emails, first_problem=self._question(), last_problem=problem or role_problem)
        line = validate_person(row.number, row.shown, person, finding)
        return self._mark_line(replace(line, removed=removed), row, cells)

    def align(self, text: str) -> list[str] | None:
        """The cells of a row in their columns; None where it is no row of the table."""
        separator = self.header.separator
        cells = align_cells(self.header, text)
        filled = [cell for cell in cells if cell]
        if len(cells) < 2 or (separator == "," and "<" in text and len(filled) <= 2 and text.count("@") == 1):
            return None
        return cells

    def is_used(self, index: int) -> bool:
        """Whether anything is taken from a column."""
        return any(column.index == index and column.kind is not ColumnKind.IGNORE for column in self.columns)

    def _question(self) -> LineProblem | None:
        is_open = any(column.alternatives for column in self.columns)
        return LineProblem.COLUMN_IN_QUESTION if is_open else None

    def _cells(self, cells: Sequence[str], kind: ColumnKind) -> list[str]:
        places = (column.index for column in self.columns if column.kind is kind)
        return [cells[index] for index in places if index < len(cells) and cells[index]]

    def _first(self, cells: Sequence[str], kind: ColumnKind) -> str:
        return next(iter(self._cells(cells, kind)), "")

    def _emails(self, cells: Sequence[str]) -> tuple[list[str], str, LineProblem | None]:
        """The addresses of the chosen columns, the name beside them, and whether another cell holds one."""
        emails: list[str] = []
        name_beside = ""
        for cell in self._email_cells(cells):
            if "@" not in cell:
                emails += [] if is_blank_word(cell) else [clean_name(cell)]
                continue
            items = group_tokens(list(tokenize(cell)))
            emails += [item.email for item in items if item.email] or [cell]
            name_beside = name_beside or _find_first_name(items)
        if any("@" in cell and not is_address_cell(cell) for cell in self._email_cells(cells)):
            return emails, "", LineProblem.DOUBTFUL_EMAIL
        elsewhere = not emails and not self.is_answered and any(map(self._is_other_address, enumerate(cells)))
        return emails, name_beside, LineProblem.EMAIL_ELSEWHERE if elsewhere else None

    def _email_cells(self, cells: Sequence[str]) -> list[str]:
        if any(column.kind is ColumnKind.EMAIL for column in self.columns):
            return self._cells(cells, ColumnKind.EMAIL)
        # Without a column for addresses, a cell may hold a name with its own.
        return [cell for kind in _NAMES for cell in self._cells(cells, kind) if "@" in cell]

    def _is_other_address(self, place: tuple[int, str]) -> bool:
        index, cell = place
        named = index < len(self.columns) and self.columns[index].kind in _NAMES
        return "@" in cell and not named

    def _name(self, cells: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        typed = self._joined_name(cells)
        bare = _REPORT_MARK.sub("", typed)
        mark = (typed[len(bare) :].strip(),) if bare and bare != typed else ()
        name, removed = strip_leading(bare or typed)
        return clean_name(name), (*removed, *mark)

    def _joined_name(self, cells: Sequence[str]) -> str:
        whole = self._parts(cells, ColumnKind.NAME)
        firsts = self._parts(cells, ColumnKind.FIRST_NAMES)
        surnames = self._parts(cells, ColumnKind.SURNAMES)
        composed = _compose(firsts, surnames)
        if not whole:
            return composed
        name = _compose(whole, []) if self.is_answered else _most_complete_name(whole)
        if set(fold_for_search(composed).split()) <= set(fold_for_search(name).replace(",", " ").split()):
            return name
        # A display name that says less than the parts, or something else: a login, a company.
        return composed if firsts else _compose([name], surnames)

    def _parts(self, cells: Sequence[str], kind: ColumnKind) -> list[str]:
        """The cells of a kind, in the order that their titles give («Segundo apellido» after «Primer apellido»)."""
        chosen = [column for column in self.columns if column.kind is kind and column.index < len(cells)]
        chosen.sort(key=lambda column: column.meaning.rank)
        parts = (cells[column.index] for column in chosen)
        return [part for part in parts if part and "@" not in part and not is_blank_word(part)]

    def _role(self, cells: Sequence[str]) -> tuple[str | None, LineProblem | None]:
        cell = self._first(cells, ColumnKind.ROLE)
        cell = "" if is_blank_word(cell) else cell
        words = [word for word in _ROLE_PARTS.split(cell) if word] if cell else []
        roles = [role_from_word(cell)] if role_from_word(cell) else [self._role_of(word) for word in words]
        unknown = [word for word, role in zip(words, roles, strict=False) if role is None]
        titled = any(
            column.kind is ColumnKind.ROLE and column.meaning.kind == "role" for column in self.columns
        )
        if not titled and not self.is_answered:
            unknown = []
        for word in unknown:
            self.unknown_roles.setdefault(plain_words(word) or word, []).append(word)
        known = [role for role in roles if role]
        known += filter(None, [role_from_yes_no(self._first(cells, ColumnKind.IS_HOST))])
        role = HOST if HOST in known else PARTICIPANT if known else None
        return role, LineProblem.UNKNOWN_ROLE if unknown else None

    def _role_of(self, word: str) -> str | None:
        return role_from_word(word) or self.roles.get(plain_words(word) or word)

    def _has_other_text(self, cells: Sequence[str]) -> bool:
        used = {column.index for column in self.columns if column.kind is not ColumnKind.IGNORE}
        texts = {CellKind.NAME, CellKind.TEXT, CellKind.LOGIN}
        return any(
            cells[column.index] and column.index not in used and column.cell_kind in texts
            for column in self.columns
            if column.index < len(cells)
        ) or any(column.kind in _NAMES for column in self.columns)

    def _mark_line(self, line: ParsedLine, row: Row, cells: Sequence[str]) -> ParsedLine:
        if row.is_struck:
            return replace(line, unticked=UntickedReason.STRUCK_THROUGH)
        for column in self.columns:
            cell = cells[column.index] if column.index < len(cells) else ""
            if column.kind is ColumnKind.STATUS and cell and _is_declined(column, cell):
                return replace(line, unticked=UntickedReason.STATUS, status=cell)
        return line


def _is_declined(column: Column, cell: str) -> bool:
    if column.meaning.is_weak:
        # Remarks: what stands further on in them may be about anything.
        return begins_with_declined(cell)
    return is_declined_status(cell, is_negative=column.meaning.is_negative, title=column.title)


_NAMES = (ColumnKind.NAME, ColumnKind.FIRST_NAMES, ColumnKind.SURNAMES)


def _find_first_name(items: Sequence[Item]) -> str:
    return next((item.name for item in items if item.name), "")


def _most_complete_name(names: Sequence[str]) -> str:
    """The name that holds all the others («Ana Ríos» of «Ana» and «Ana Ríos»), or the first."""
    longest = max(names, key=len)
    words = set(fold_for_search(longest).split())
    return longest if all(set(fold_for_search(name).split()) <= words for name in names) else names[0]


def _compose(firsts: Sequence[str], surnames: Sequence[str]) -> str:
    """First names, then surnames; a part that the whole before it already holds is not added again."""
    first = ""
    for part in firsts:
        first = first if _ends_with(first, part) else f"{first} {part}".strip()
    rest = [
        part for place, part in enumerate(surnames) if not any(_ends_with(s, part) for s in surnames[:place])
    ]
    if rest and _ends_with(first, " ".join(rest)):
        return first
    if first and len(rest) == 1 and _ends_with(rest[0], first, at_start=True):
        return rest[0]
    if rest and _ends_with(first, rest[0]):
        rest = rest[1:]
    return " ".join(filter(None, [first, *rest]))


def _ends_with(whole: str, part: str, *, at_start: bool = False) -> bool:
    """Whether a whole of several words ends with a part: «Ríos Peña» with «Peña», «de la Cruz» not with «Cruz»."""
    if " " not in whole:
        return False
    whole_words, words = fold_for_search(whole).split(), fold_for_search(part).split()
    heavy = [word for word in whole_words if not is_particle(word)]
    place = whole_words[: len(words)] if at_start else whole_words[-len(words) :]
    return bool(words) and len(heavy) > len(words) and place == words
