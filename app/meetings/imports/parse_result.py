"""What a reading found beside its rows, as the preview needs it: columns, sheets, lines left out, open questions."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.list_parser import (
    ColumnKind,
    LeftOutReason,
    ParsedList,
    UntickedReason,
)

MAX_LINES_LISTED = 1_000
MAX_LINE_CHARS = 160
MAX_CELL_CHARS = 60


@dataclass(frozen=True)
class ResultColumn:
    """A source column; `alternatives` are the kinds that qualify, where that is in question."""

    index: int
    title: str
    samples: tuple[str, ...]
    kind: ColumnKind
    alternatives: tuple[ColumnKind, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class LeftOutLine:
    """A line that was not read as a person."""

    number: int
    text: str
    reason: LeftOutReason


@dataclass(frozen=True)
class ResultSheet:
    """A sheet of the workbook that holds something."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True)
class RoleWord:
    """A word of the role column that names no role, and in how many rows it stands."""

    word: str
    count: int


@dataclass(frozen=True)
class ParseResult:
    """What a reading found; at most `MAX_LINES_LISTED` of the `left_out_count` lines are in `left_out`."""

    sheet: str | None = None
    sheets: tuple[ResultSheet, ...] = ()
    header_number: int | None = None
    columns: tuple[ResultColumn, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
    left_out_count: int = 0
    unknown_roles: tuple[RoleWord, ...] = ()
    encoding_cure: str | None = None
    struck_count: int = 0

    @property
    def columns_in_question(self) -> tuple[ResultColumn, ...]:
        """The columns to ask about."""
        return tuple(column for column in self.columns if column.alternatives)

    @classmethod
    def from_parsed(cls, parsed: ParsedList) -> "ParseResult":
        """The result of a reading."""
        left_out = [
            LeftOutLine(line.number, line.text[:MAX_LINE_CHARS], line.reason)
            for line in parsed.left_out
            if line.reason is not None
        ]
        return cls(
            sheet=parsed.sheet,
            sheets=tuple(ResultSheet(sheet.name, sheet.is_hidden) for sheet in parsed.sheets),
            header_number=parsed.header_number,
            columns=tuple(
                ResultColumn(
                    column.index,
                    column.title[:MAX_CELL_CHARS],
                    tuple(sample[:MAX_CELL_CHARS] for sample in column.samples),
                    column.kind,
                    column.alternatives,
                    column.is_hidden,
                )
                for column in parsed.columns
            ),
            left_out=tuple(left_out[:MAX_LINES_LISTED]),
            left_out_count=len(left_out),
            unknown_roles=tuple(RoleWord(found.word, found.count) for found in parsed.unknown_roles),
            encoding_cure=parsed.encoding_cure,
            struck_count=sum(line.unticked is UntickedReason.STRUCK_THROUGH for line in parsed.people),
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ParseResult":
        """A result as `to_json` stored it."""
        return cls(
            sheet=stored["sheet"],
            sheets=tuple(ResultSheet(**sheet) for sheet in stored["sheets"]),
            header_number=stored["header_number"],
            columns=tuple(_load_column(column) for column in stored["columns"]),
            left_out=tuple(
                LeftOutLine(line["number"], line["text"], LeftOutReason(line["reason"]))
                for line in stored["left_out"]
            ),
            left_out_count=stored["left_out_count"],
            unknown_roles=tuple(RoleWord(**word) for word in stored["unknown_roles"]),
            encoding_cure=stored["encoding_cure"],
            struck_count=stored["struck_count"],
        )

    def to_json(self) -> dict[str, Any]:
        """The result as JSON can hold it."""
        as_json: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return as_json


def _load_column(stored: Mapping[str, Any]) -> ResultColumn:
    return ResultColumn(
        stored["index"],
        stored["title"],
        tuple(stored["samples"]),
        ColumnKind(stored["kind"]),
        tuple(ColumnKind(kind) for kind in stored["alternatives"]),
        stored["is_hidden"],
    )
