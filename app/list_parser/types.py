"""TokenType reading a list gives: lines, each of which is exactly one of person, header, blank and problem."""

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 1024 * 1024
"""Bytes of a file, or of a pasted text in UTF-8."""
MAX_PEOPLE = 1_000
MAX_LINES = 5_000
"""Lines of a text or rows of a sheet, blank ones included."""
MAX_COLUMNS = 50
MAX_NAME_CHARS = 120
MAX_EXTERNAL_ID_CHARS = 120

HOST = "host"
PARTICIPANT = "participant"


class FileError(StrEnum):
    """Why a whole list was refused."""

    TOO_LARGE = "too_large"
    """More than 1 MiB."""
    TOO_MANY_PEOPLE = "too_many_people"
    """More than 1,000 people, those with a problem counted."""
    TOO_FAR = "too_far"
    """Something stands below line 5,000."""
    TOO_WIDE = "too_wide"
    """Something stands to the right of column 50 of a sheet."""
    NOT_A_LIST = "not_a_list"
    """Neither text nor a workbook: a picture, a PDF, a Word or OpenDocument file, a web page."""
    OLD_EXCEL = "old_excel"
    """A workbook of another kind (.xls, .xlsb): saved as .xlsx or .csv it can be read."""
    PROTECTED = "protected"
    """A workbook that opens with a password only."""
    DAMAGED = "damaged"
    """A workbook that cannot be read: cut short, or with something in it that has no place there."""
    INFLATES = "inflates"
    """A workbook that holds far more than a list of people can."""
    EMPTY = "empty"
    """A file with nothing to be seen in it (a pasted text may be empty)."""


class UnreadableFile(Exception):
    """The list as a whole was refused; `reason` says why."""

    def __init__(self, reason: FileError) -> None:
        super().__init__(reason)
        self.reason = reason


class LineKind(StrEnum):
    """TokenType a line turned out to be."""

    PERSON = "person"
    HEADER = "header"
    """Names of columns, or a title or a label that stands above people."""
    BLANK = "blank"
    PROBLEM = "problem"


class LineProblem(StrEnum):
    """TokenType has to be put right, or accepted, before the person of a line is sent. A line tells the first of these."""

    SEVERAL_EMAILS = "several_emails"
    """One name and more than one address; the draft holds the first."""
    BAD_EMAIL = "bad_email"
    """The address is none; the draft holds it as typed."""
    NO_NAME = "no_name"
    """There is neither a name nor an address to propose one from."""
    NOT_A_PERSON = "not_a_person"
    """TokenType would be the name holds no letter, or is a link or an error of Excel's."""
    ODD_CHARACTERS = "odd_characters"
    """The name shows that the text was read in the wrong encoding, here or before it came here."""
    NAME_TOO_LONG = "name_too_long"
    EXTERNAL_ID_TOO_LONG = "external_id_too_long"
    UNKNOWN_ROLE = "unknown_role"
    """The role column holds a word that names no role; the draft holds the default."""
    MISTYPED_DOMAIN = "mistyped_domain"
    """The domain is nearly a well-known one; the person may all the same be sent as is."""


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """A person as understood. On a line without a problem it can be sent as it is."""

    name: str
    email: str | None
    role: str
    """`host` or `participant`."""
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line of the list, or one of the several people that share it."""

    number: int
    """The line of the text or the row of the sheet, from 1; people of one line share it."""
    text: str
    """TokenType stood there, cleaned for display: one row of a table has " · " between its cells."""
    kind: LineKind
    person: ParsedPerson | None = None
    """On persons and problems; a problem's holds what was understood, to be corrected in place."""
    problem: LineProblem | None = None
    suggestion: str | None = None
    """An address that is probably meant, beside `bad_email` and `mistyped_domain`."""


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list as read, in its own order."""

    lines: tuple[ParsedLine, ...]
    encoding: str | None = None
    """One of ENCODINGS for a text file; None for pasted text and for workbooks."""
    sheet: str | None = None
    """The name of the sheet that was read, of a workbook."""
    other_sheets: tuple[str, ...] = ()
    """The workbook's other visible sheets that hold something: they were not read."""

    @property
    def people(self) -> tuple[ParsedLine, ...]:
        """The lines that are about a person, ready or with a problem."""
        return tuple(line for line in self.lines if line.person is not None)
