"""The way in: pasted text and uploaded files → a reading."""

from collections.abc import Sequence
from pathlib import PurePath

from app.list_parser.decoding import decode
from app.list_parser.headers import Header, find_header, find_shape, matches_shape, parse_table_row
from app.list_parser.normalization import for_display
from app.list_parser.people import PersonMatch, extract_people
from app.list_parser.rows import Row, parse_rows
from app.list_parser.types import (
    MAX_BYTES,
    MAX_PEOPLE,
    PARTICIPANT,
    FileError,
    LineKind,
    ParsedLine,
    ParsedList,
    ParsedPerson,
    UnreadableFile,
)
from app.list_parser.validation import validate_person
from app.list_parser.vocabulary import find_label, role_from_word
from app.list_parser.xlsx import is_workbook, read_workbook
from app.text import is_blank

_TEXT_FILES = frozenset(("", ".csv", ".tsv", ".tab", ".txt", ".text", ".xlsx", ".xls"))
"""The last two because programs save tables as text under these names too."""
_TITLES = 10
"""Lines above a header that may be titles."""


def read_text(text: str, *, default_role: str = PARTICIPANT) -> ParsedList:
    """Read what somebody pasted.

    Raises:
        UnreadableFile: it is larger than 1 MiB, or holds more than 1,000 people or 5,000 lines.
    """
    if len(text) > MAX_BYTES or len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise UnreadableFile(FileError.TOO_LARGE)
    return ParsedList(_Reader(parse_rows(text), default_role).lines())


def read_file(
    data: bytes, filename: str, *, default_role: str = PARTICIPANT, encoding: str | None = None
) -> ParsedList:
    """Read a file that somebody uploaded, by what is in it and by its name.

    `encoding` is one of ENCODINGS, for a text; anything else means that it is to be found out.

    Raises:
        UnreadableFile: it cannot be read as a list, for the reason given.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(FileError.TOO_LARGE)
    if is_workbook(data):
        sheet = read_workbook(data)
        lines = _Reader(sheet.records, default_role).lines()
        return ParsedList(_seen(lines), sheet=sheet.name, other_sheets=sheet.others)
    if PurePath(filename).suffix.lower() not in _TEXT_FILES:
        raise UnreadableFile(FileError.NOT_A_LIST)
    text, used = decode(data, encoding)
    return ParsedList(_seen(_Reader(parse_rows(text), default_role).lines()), encoding=used)


def _seen(lines: tuple[ParsedLine, ...]) -> tuple[ParsedLine, ...]:
    if all(line.kind is LineKind.BLANK for line in lines):
        raise UnreadableFile(FileError.EMPTY)
    return lines


class _Reader:
    """Reads record after record; a header or a label such as «Anfitriones:» holds for what stands below it."""

    def __init__(self, records: Sequence[Row], default_role: str) -> None:
        self.records, self.role = records, default_role
        self.header: Header | None = None
        self.shape = find_shape(records)
        self.done: list[ParsedLine] = []
        self.people = 0

    def lines(self) -> tuple[ParsedLine, ...]:
        """Every line, in order."""
        for record in self.records:
            lines = self._read(record)
            self.people += sum(line.person is not None for line in lines)
            if self.people > MAX_PEOPLE:
                raise UnreadableFile(FileError.TOO_MANY_PEOPLE)
            self.done += lines
        return tuple(self.done)

    def _read(self, record: Row) -> list[ParsedLine]:
        if _shows_nothing(record.text):
            return [ParsedLine(record.number, for_display(record.text), LineKind.BLANK)]
        if self._is_header(record):
            return [ParsedLine(record.number, for_display(record.text), LineKind.HEADER)]
        if self.header and (line := parse_table_row(record, self.header, self.role)):
            return [line]
        return self._by_itself(record)

    def _is_header(self, record: Row) -> bool:
        if "@" in record.text:
            return False
        if header := find_header(record.text, first=all(line.kind is LineKind.BLANK for line in self.done)):
            self.header = header
            self._make_titles()
            return True
        return self._is_label(record.text) or record.text.strip().lower() in {"sep=;", "sep=,", "sep=\t"}

    def _is_label(self, text: str) -> bool:
        """Whether it is a label alone: «Anfitriones:», «Invitados», «Para:»."""
        bare = text.strip()
        label = find_label(bare if bare.endswith(":") else f"{bare}:")
        if label is None or label[1] < len(bare):
            return False
        self.role = role_from_word(label[0]) or self.role
        return True

    def _make_titles(self) -> None:
        """TokenType stands above the first header, in one cell and without an address, is a title and nobody's name."""
        above = self.done
        if len(above) > _TITLES or any(line.kind is LineKind.HEADER or _is_more(line) for line in above):
            return
        self.done = [
            line if line.kind is LineKind.BLANK else ParsedLine(line.number, line.text, LineKind.HEADER)
            for line in above
        ]
        self.people = 0

    def _by_itself(self, record: Row) -> list[ParsedLine]:
        found = extract_people(record.text, row=matches_shape(record, self.shape))
        if len(found) > MAX_PEOPLE:
            raise UnreadableFile(FileError.TOO_MANY_PEOPLE)
        if not found:
            found = [PersonMatch(0, record.text)]
        ends = [person.start for person in found[1:]] + [len(record.text)]
        lines, start = [], 0
        for person, end in zip(found, ends, strict=True):
            draft = ParsedPerson(person.name, None, person.role or self.role)
            lines.append(validate_person(record.number, record.text[start:end], draft, person.emails))
            start = end
        return lines


def _is_more(line: ParsedLine) -> bool:
    """Whether a line holds more than a title does."""
    return line.person is not None and (line.person.email is not None or " · " in line.text)


def _shows_nothing(text: str) -> bool:
    """Whether it is blank: spaces, or the separators of empty cells."""
    return is_blank(text.replace(",", "").replace(";", "").replace("|", "").replace('"', ""))
