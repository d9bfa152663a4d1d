"""Read a pasted or uploaded list: bytes → text → table → people and problems.

Pure: no database, no Flask, nothing is stored or sent.
"""

from app.list_parser.decoding import ENCODINGS
from app.list_parser.parser import read_file, read_text
from app.list_parser.phones import Phone, parse_phone
from app.list_parser.types import (
    HOST,
    MAX_BYTES,
    MAX_EXTERNAL_ID_CHARS,
    MAX_LINES,
    MAX_NAME_CHARS,
    MAX_PEOPLE,
    PARTICIPANT,
    ColumnKind,
    FileError,
    LeftOutReason,
    LineKind,
    LineProblem,
    ListAnswers,
    ParsedColumn,
    ParsedLine,
    ParsedList,
    ParsedPerson,
    Sheet,
    UnknownRoleWord,
    UnreadableFile,
    UntickedReason,
)
from app.list_parser.validation import Doubt, find_doubts

__all__ = [
    "ENCODINGS",
    "HOST",
    "MAX_BYTES",
    "MAX_EXTERNAL_ID_CHARS",
    "MAX_LINES",
    "MAX_NAME_CHARS",
    "MAX_PEOPLE",
    "PARTICIPANT",
    "ColumnKind",
    "Doubt",
    "FileError",
    "LeftOutReason",
    "LineKind",
    "LineProblem",
    "ListAnswers",
    "ParsedColumn",
    "ParsedLine",
    "ParsedList",
    "ParsedPerson",
    "Phone",
    "Sheet",
    "UnknownRoleWord",
    "UnreadableFile",
    "UntickedReason",
    "find_doubts",
    "parse_phone",
    "read_file",
    "read_text",
]
