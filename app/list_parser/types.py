"""What the parser returns: lines, people, columns, open questions, and what was left out with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """A workbook that cannot be read: truncated, or with invalid content."""
    INFLATES = "inflates"
    """A workbook that holds far more than a list of people can."""
    EMPTY = "empty"
    """A file without visible content (a pasted text may be empty)."""
    NOT_CALCULATED = "not_calculated"
    """The sheet has formulas without stored values: opened in Excel and saved again it can be read."""


class UnreadableFile(Exception):
    """The list as a whole was refused; `reason` says why."""

    def __init__(self, reason: FileError) -> None:
        super().__init__(reason)
        self.reason = reason


class LineKind(StrEnum):
    """What a line turned out to be."""

    PERSON = "person"
    HEADER = "header"
    """Titles of columns, or a title or a label that stands above people."""
    BLANK = "blank"
    PROBLEM = "problem"
    LEFT_OUT = "left_out"
    """Not about a guest, or not meant; `reason` says why. It can be included."""


class LeftOutReason(StrEnum):
    """Why a line is not read as a person."""

    HIDDEN_BY_FILTER = "hidden_by_filter"
    HIDDEN_BY_HAND = "hidden_by_hand"
    HIDDEN_BY_GROUP = "hidden_by_group"
    TITLE = "title"
    """Stands above the titles of the columns, or names a section."""
    TOTAL = "total"
    SIGNATURE = "signature"
    """A closing («Saludos»), what follows it, or a line to sign on."""
    GREETING = "greeting"
    MAIL_HEADER = "mail_header"
    NOTE = "note"
    """A sentence, or a remark such as «Generado el …»."""
    OTHER_TABLE = "other_table"
    OUTSIDE_TABLE = "outside_table"
    """Text with an address, beside the table and in none of its rows."""


class LineProblem(StrEnum):
    """What has to be corrected or accepted before the person of a line is sent. A line has the first of these."""

    SEVERAL_EMAILS = "several_emails"
    """One name and more than one address; the person holds the first, `choices` all."""
    BAD_EMAIL = "bad_email"
    """The address is not valid; the person holds it as typed."""
    NO_NAME = "no_name"
    """There is neither a name nor an address to propose one from."""
    NOT_A_PERSON = "not_a_person"
    """What would be the name is no name: no letter, a link, an error of Excel, a sentence."""
    ODD_CHARACTERS = "odd_characters"
    """The name shows that the text was decoded wrongly, here or earlier; `name_suggestion` may hold the cure."""
    NAME_TOO_LONG = "name_too_long"
    EXTERNAL_ID_TOO_LONG = "external_id_too_long"
    UNKNOWN_ROLE = "unknown_role"
    """The role column holds a word that names no role; the person holds the default."""
    MISTYPED_DOMAIN = "mistyped_domain"
    """The domain is nearly a well-known one; the person may all the same be sent as is."""
    DOUBTFUL_EMAIL = "doubtful_email"
    """The address has accents, mixed scripts, a dash in front or characters that mail systems refuse."""
    OTHERS_EMAIL = "others_email"
    """The text before the address says that it is another person's: «(mamá: rosa@…)»."""
    EMAIL_ELSEWHERE = "email_elsewhere"
    """The e-mail column is empty and another cell of the row holds an address, which is not used."""
    NO_EMAIL = "no_email"
    """Most lines have an address and this one has nothing but a name."""
    NAME_FROM_EMAIL = "name_from_email"
    """The name was made of the address although the row holds other text."""
    POSSIBLY_MAILED = "possibly_mailed"
    """The address may have been mailed for this meeting already. Only the preview finds this, not the parser."""
    COLUMN_IN_QUESTION = "column_in_question"
    """Which column is meant is open: no row is ready before it is answered."""


class UntickedReason(StrEnum):
    """Why a person arrives unticked although the line has no problem."""

    STATUS = "status"
    """The status column says cancelled, declined, waiting list …; `status` holds the word."""
    STRUCK_THROUGH = "struck_through"
    SAME_EMAIL = "same_email"
    """An earlier line has the same address; `same_as` is its line number."""
    SAME_EXTERNAL_ID = "same_external_id"
    SAME_NAME = "same_name"


class ColumnKind(StrEnum):
    """What a source column is used for."""

    NAME = "name"
    FIRST_NAMES = "first_names"
    SURNAMES = "surnames"
    EMAIL = "email"
    PHONE = "phone"
    ROLE = "role"
    IS_HOST = "is_host"
    """Says yes or no of each person being a host."""
    EXTERNAL_ID = "external_id"
    STATUS = "status"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """A person as understood. On a line without a problem it can be sent as it is."""

    name: str
    email: str | None
    role: str
    """`host` or `participant`."""
    external_id: str | None = None
    phone: str | None = field(default=None, compare=False)
    """In E.164 («+50760000000»), or None where it cannot be a number of the country."""
    phone_typed: str | None = field(default=None, compare=False)
    """The phone as typed."""


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line of the list, or one of the several people that share it."""

    number: int
    """The line of the text or the row of the sheet, from 1; people of one line share it."""
    text: str
    """What stood there, cleaned for display: one row of a table has " · " between its cells."""
    kind: LineKind
    person: ParsedPerson | None = None
    """On persons and problems; a problem's holds what was understood, to be corrected in place."""
    problem: LineProblem | None = None
    suggestion: str | None = None
    """An address that is probably meant, beside `bad_email`, `mistyped_domain` and `doubtful_email`."""
    reason: LeftOutReason | None = None
    """On lines left out, and on titles above the header (of kind `header`)."""
    choices: tuple[str, ...] = ()
    """The addresses to choose from, beside `several_emails`."""
    name_suggestion: str | None = None
    """The name with its letters restored, beside `odd_characters`."""
    unticked: UntickedReason | None = None
    status: str | None = None
    same_as: int | None = None
    removed: tuple[str, ...] = ()
    """What was cut off the name (an id, an hour, a bracket such as «(Externo)»), to be shown."""

    @property
    def is_ticked(self) -> bool:
        """Whether the row arrives ticked."""
        return self.unticked is None


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """A source column: what it is used for, and whether that is asked."""

    index: int
    """From 0: the `<i>` of the form field `column-<i>`."""
    title: str
    samples: tuple[str, ...]
    """Up to three of its cells."""
    kind: ColumnKind
    is_certain: bool = True
    alternatives: tuple[ColumnKind, ...] = ()
    """Where it is in question: the kinds that qualify, the guess first."""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook that holds something."""

    name: str
    is_chosen: bool
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class UnknownRoleWord:
    """A word of the role column that names no role, asked about once."""

    word: str
    """As first typed; answers are matched without case and accents."""
    count: int


@dataclass(frozen=True, slots=True)
class ListAnswers:
    """The coordinator's answers in the preview; parsing with the same answers gives the same list."""

    columns: Mapping[int, ColumnKind] = field(default_factory=dict)
    sheet: str | None = None
    encoding: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role word → `host` or `participant`."""
    include: frozenset[int] = frozenset()
    """Numbers of lines that were left out and are to be read as people."""


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
    sheets: tuple[Sheet, ...] = ()
    """All sheets that hold something, the hidden ones too."""
    header_number: int | None = None
    """The line or row with the titles of the columns."""
    columns: tuple[ParsedColumn, ...] = ()
    unknown_roles: tuple[UnknownRoleWord, ...] = ()
    encoding_cure: str | None = None
    """An encoding that would restore the letters of the rows in doubt."""

    @property
    def people(self) -> tuple[ParsedLine, ...]:
        """The lines that are about a person, ready or with a problem."""
        return tuple(line for line in self.lines if line.person is not None)

    @property
    def left_out(self) -> tuple[ParsedLine, ...]:
        """The lines that are not read as people, each with its reason."""
        return tuple(line for line in self.lines if line.reason is not None)

    @property
    def columns_in_question(self) -> tuple[ParsedColumn, ...]:
        """The columns to ask about."""
        return tuple(column for column in self.columns if not column.is_certain)

    @property
    def unused_titles(self) -> tuple[str, ...]:
        """The titles of the columns that are not used, the hidden ones apart."""
        return tuple(
            column.title or f"{column.index + 1}"
            for column in self.columns
            if column.kind is ColumnKind.IGNORE and not column.is_hidden
        )

    @property
    def title_key(self) -> str:
        """The same for lists with the same titles in the same order; empty without a header."""
        return "\x1f".join(column.title.casefold() for column in self.columns)

    @property
    def is_certain(self) -> bool:
        """Whether nothing is in doubt, left out or unticked: such a list may be sent without a preview."""
        ready = all(line.is_ticked and not line.reason and not line.problem for line in self.lines)
        hidden = any(column.is_hidden for column in self.columns)
        open_questions = self.columns_in_question or self.unknown_roles or self.encoding_cure
        return ready and not hidden and not open_questions and not self.other_sheets
