"""A table without titles whose cells are no plain sequence of name and address: its columns are asked about."""

from collections.abc import Sequence

from app.list_parser.cells import CellKind, classify_column
from app.list_parser.headers import Header, TableShape, matches_shape
from app.list_parser.layout import Layout, Table
from app.list_parser.rows import Row, split_cells
from app.list_parser.statuses import has_status_words
from app.list_parser.vocabulary import role_from_word

UNTITLED = -1
"""The index of such a table's header, which is no row."""


def find_untitled_table(rows: Sequence[Row], layout: Layout, shape: TableShape | None) -> Table | None:
    """The rows of that shape as a table with blank titles, where reading them one by one may spoil a name."""
    if shape is None:
        return None
    indexes = [
        index
        for index, row in enumerate(rows)
        if index not in layout.reasons and matches_shape(row, shape) and row.text.count("@") == 1
    ]
    if shape.separator == "," and any(", " in rows[index].text for index in indexes):
        # «López, Ana, ana@…»: one name.
        return None
    cells = [[cell.strip() for cell in split_cells(rows[index].text, shape.separator)] for index in indexes]
    if any(role_from_word(cell) for row in cells for cell in row):
        return None
    columns = [[row[place] for row in cells] for place in range(shape.width)]
    if not _is_unclear(columns):
        return None
    return Table(Header(shape.separator, ("",) * shape.width), UNTITLED, indexes)


def _is_unclear(columns: Sequence[Sequence[str]]) -> bool:
    kinds = [CellKind.WORDS if has_status_words(cells) else classify_column(cells) for cells in columns]
    names = [cells for cells, kind in zip(columns, kinds, strict=True) if kind is CellKind.NAME]
    whole = bool(names) and sum(" " in cell for cell in names[0]) * 2 > len(names[0])
    beside = {CellKind.YES_NO, CellKind.LOGIN} if whole else {CellKind.YES_NO}
    if names and beside & set(kinds):
        return True
    return len(names) > 1 and any(" " in cell for cell in names[0])
