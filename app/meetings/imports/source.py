"""The source of an import: the pasted text or uploaded file, stored to be read again with other answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.extensions import get_settings
from app.list_parser import (
    PARTICIPANT,
    ColumnKind,
    ListAnswers,
    ParsedList,
    read_file,
    read_text,
)
from app.utils.text import strip_control_characters

MAX_FILENAME_CHARS = 200


@dataclass(frozen=True)
class ImportSource:
    """The bytes of a file, or of a pasted text in UTF-8, which has no `filename`."""

    data: bytes
    filename: str | None = None

    @classmethod
    def from_text(cls, text: str) -> "ImportSource":
        """The source of a pasted text."""
        return cls(text.encode(errors="surrogatepass"))

    @classmethod
    def from_file(cls, data: bytes, filename: str) -> "ImportSource":
        """The source of an uploaded file; of its name, only what a database can store and tells its kind."""
        return cls(data, strip_control_characters(filename)[-MAX_FILENAME_CHARS:])

    def parse(self, default_role: str, answers: ListAnswers) -> ParsedList:
        """Read the list.

        Raises:
            UnreadableFile: it cannot be read as a list.
        """
        # ISO 3166-1 alpha-2, for phones without a country code.
        country = get_settings().country or None
        if self.filename is None:
            text = self.data.decode(errors="surrogatepass")
            return read_text(text, default_role=default_role, answers=answers, country=country)
        return read_file(
            self.data, self.filename, default_role=default_role, answers=answers, country=country
        )


@dataclass(frozen=True)
class ReadingState:
    """How an import was read: with which answers, and how often.

    It holds no email address, and stays when the source is deleted: `reading` tells a page of an earlier
    reading, and numbers up to `last_row` have been given to rows, so they mean no other row.
    """

    default_role: str = PARTICIPANT
    answers: ListAnswers = field(default_factory=ListAnswers)
    reading: int = 1
    last_row: int = 0
    is_remembered: bool = False
    """The columns were chosen for an earlier list with the same titles."""
    last_form: str = ""
    """The digest of the form that asked for this reading: a repeated form is not a new request."""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> "ReadingState":
        """A state as `to_json` stored it; of an import of an earlier release there is none."""
        if not stored:
            return cls()
        kinds = {int(index): ColumnKind(kind) for index, kind in stored.get("columns", {}).items()}
        answers = ListAnswers(
            columns=kinds,
            sheet=stored.get("sheet"),
            encoding=stored.get("encoding"),
            roles=dict(stored.get("roles", {})),
            include=frozenset(stored.get("include", ())),
        )
        return cls(
            default_role=stored.get("default_role", PARTICIPANT),
            answers=answers,
            reading=stored.get("reading", 1),
            last_row=stored.get("last_row", 0),
            is_remembered=stored.get("is_remembered", False),
            last_form=stored.get("last_form", ""),
        )

    def to_json(self) -> dict[str, Any]:
        """The state as JSON can hold it."""
        return {
            "default_role": self.default_role,
            "columns": {str(index): kind.value for index, kind in self.answers.columns.items()},
            "sheet": self.answers.sheet,
            "encoding": self.answers.encoding,
            "roles": dict(self.answers.roles),
            "include": sorted(self.answers.include),
            "reading": self.reading,
            "last_row": self.last_row,
            "is_remembered": self.is_remembered,
            "last_form": self.last_form,
        }
