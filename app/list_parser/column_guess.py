"""A column of a table while it is being understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.list_parser.cells import CellKind
from app.list_parser.column_titles import TitleKind, TitleMeaning
from app.list_parser.types import ColumnKind, ParsedColumn

_SAMPLES = 3
NAMED = {
    TitleKind.NAME: ColumnKind.NAME,
    TitleKind.FIRST_NAMES: ColumnKind.FIRST_NAMES,
    TitleKind.SURNAMES: ColumnKind.SURNAMES,
}
"""The titles of names and their parts, and what their columns are used for."""


@dataclass(slots=True)
class Column:
    """A column while it is being understood."""

    index: int
    title: str
    cells: Sequence[str]
    meaning: TitleMeaning
    is_known: bool
    cell_kind: CellKind
    is_hidden: bool = False
    kind: ColumnKind = ColumnKind.IGNORE
    alternatives: tuple[ColumnKind, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it is used for nothing yet."""
        return self.kind is ColumnKind.IGNORE

    def ask(self, *kinds: ColumnKind) -> None:
        """Put the column in question; the guess stands first."""
        others = (kind for kind in kinds if kind is not self.kind)
        self.alternatives = (self.kind, *others)

    def as_parsed(self) -> ParsedColumn:
        """The column as the preview shows it."""
        samples = tuple(dict.fromkeys(cell for cell in self.cells if cell))[:_SAMPLES]
        return ParsedColumn(
            self.index,
            self.title,
            samples,
            self.kind,
            not self.alternatives,
            self.alternatives,
            self.is_hidden,
        )
