"""The way in: pasted text and uploaded files → a reading."""

from collections.abc import Sequence
from pathlib import PurePath

from app.lists.decoding import decode
from app.lists.grouping import Found, people_on
from app.lists.judging import person_line
from app.lists.reading import (
    LARGEST,
    MOST_PEOPLE,
    PARTICIPANT,
    Draft,
    Flaw,
    Kind,
    Line,
    Reading,
    Unreadable,
)
from app.lists.records import Record, records_of
from app.lists.sheets import is_workbook, read_workbook
from app.lists.tables import Header, fits, header_of, row_line, shape_of
from app.lists.tidying import for_display
from app.lists.words import label_of, role_called
from app.text import is_blank

_TEXT_FILES = frozenset(("", ".csv", ".tsv", ".tab", ".txt", ".text", ".xlsx", ".xls"))
"""The last two because programs save tables as text under these names too."""
_TITLES = 10
"""Lines above a header that may be titles."""


def read_text(text: str, *, default_role: str = PARTICIPANT) -> Reading:
    """Read what somebody pasted.

    Raises:
        Unreadable: it is larger than 1 MiB, or holds more than 1,000 people or 5,000 lines.
    """
    if len(text) > LARGEST or len(text.encode(errors="surrogatepass")) > LARGEST:
        raise Unreadable(Flaw.TOO_LARGE)
    return Reading(_Reader(records_of(text), default_role).lines())


def read_file(
    data: bytes, filename: str, *, default_role: str = PARTICIPANT, encoding: str | None = None
) -> Reading:
    """Read a file that somebody uploaded, by what is in it and by its name.

    `encoding` is one of ENCODINGS, for a text; anything else means that it is to be found out.

    Raises:
        Unreadable: it cannot be read as a list, for the reason given.
    """
    if len(data) > LARGEST:
        raise Unreadable(Flaw.TOO_LARGE)
    if is_workbook(data):
        sheet = read_workbook(data)
        lines = _Reader(sheet.records, default_role).lines()
        return Reading(_seen(lines), sheet=sheet.name, other_sheets=sheet.others)
    if PurePath(filename).suffix.lower() not in _TEXT_FILES:
        raise Unreadable(Flaw.NOT_A_LIST)
    text, used = decode(data, encoding)
    return Reading(_seen(_Reader(records_of(text), default_role).lines()), encoding=used)


def _seen(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    if all(line.kind is Kind.BLANK for line in lines):
        raise Unreadable(Flaw.EMPTY)
    return lines


class _Reader:
    """Reads record after record; a header or a label such as «Anfitriones:» holds for what stands below it."""

    def __init__(self, records: Sequence[Record], default_role: str) -> None:
        self.records, self.role = records, default_role
        self.header: Header | None = None
        self.shape = shape_of(records)
        self.done: list[Line] = []
        self.people = 0

    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        for record in self.records:
            lines = self._read(record)
            self.people += sum(line.person is not None for line in lines)
            if self.people > MOST_PEOPLE:
                raise Unreadable(Flaw.TOO_MANY_PEOPLE)
            self.done += lines
        return tuple(self.done)

    def _read(self, record: Record) -> list[Line]:
        if _shows_nothing(record.text):
            return [Line(record.number, for_display(record.text), Kind.BLANK)]
        if self._is_header(record):
            return [Line(record.number, for_display(record.text), Kind.HEADER)]
        if self.header and (line := row_line(record, self.header, self.role)):
            return [line]
        return self._by_itself(record)

    def _is_header(self, record: Record) -> bool:
        if "@" in record.text:
            return False
        if header := header_of(record.text, first=all(line.kind is Kind.BLANK for line in self.done)):
            self.header = header
            self._make_titles()
            return True
        return self._is_label(record.text) or record.text.strip().lower() in {"sep=;", "sep=,", "sep=\t"}

    def _is_label(self, text: str) -> bool:
        """Whether it is a label alone: «Anfitriones:», «Invitados», «Para:»."""
        bare = text.strip()
        label = label_of(bare if bare.endswith(":") else f"{bare}:")
        if label is None or label[1] < len(bare):
            return False
        self.role = role_called(label[0]) or self.role
        return True

    def _make_titles(self) -> None:
        """What stands above the first header, in one cell and without an address, is a title and nobody's name."""
        above = self.done
        if len(above) > _TITLES or any(line.kind is Kind.HEADER or _is_more(line) for line in above):
            return
        self.done = [
            line if line.kind is Kind.BLANK else Line(line.number, line.text, Kind.HEADER) for line in above
        ]
        self.people = 0

    def _by_itself(self, record: Record) -> list[Line]:
        found = people_on(record.text, row=fits(record, self.shape))
        if len(found) > MOST_PEOPLE:
            raise Unreadable(Flaw.TOO_MANY_PEOPLE)
        if not found:
            found = [Found(0, record.text)]
        ends = [person.start for person in found[1:]] + [len(record.text)]
        lines, start = [], 0
        for person, end in zip(found, ends, strict=True):
            draft = Draft(person.name, None, person.role or self.role)
            lines.append(person_line(record.number, record.text[start:end], draft, person.emails))
            start = end
        return lines


def _is_more(line: Line) -> bool:
    """Whether a line holds more than a title does."""
    return line.person is not None and (line.person.email is not None or " · " in line.text)


def _shows_nothing(text: str) -> bool:
    """Whether it is blank: spaces, or the separators of empty cells."""
    return is_blank(text.replace(",", "").replace(";", "").replace("|", "").replace('"', ""))
