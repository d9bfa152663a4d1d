"""Reading what people paste and upload: bytes → text → lines → people and problems. Pure: nothing is stored or sent."""

from app.lists.decoding import ENCODINGS
from app.lists.read import read_file, read_text
from app.lists.reading import (
    HOST,
    LARGEST,
    LONGEST_EXTERNAL_ID,
    LONGEST_NAME,
    MOST_LINES,
    MOST_PEOPLE,
    PARTICIPANT,
    Draft,
    Flaw,
    Kind,
    Line,
    Problem,
    Reading,
    Unreadable,
)

__all__ = [
    "ENCODINGS",
    "HOST",
    "LARGEST",
    "LONGEST_EXTERNAL_ID",
    "LONGEST_NAME",
    "MOST_LINES",
    "MOST_PEOPLE",
    "PARTICIPANT",
    "Draft",
    "Flaw",
    "Kind",
    "Line",
    "Problem",
    "Reading",
    "Unreadable",
    "read_file",
    "read_text",
]
