"""Which columns make the name of a person."""

from collections.abc import Sequence

from app.list_parser.cells import CellKind
from app.list_parser.column_guess import NAMED, Column
from app.list_parser.column_titles import TitleKind
from app.list_parser.types import ColumnKind
from app.utils.text import fold_for_search

_NO_NAMES = {CellKind.YES_NO, CellKind.NUMBER, CellKind.DATE, CellKind.PHONE, CellKind.EMAIL}


def choose_names(columns: Sequence[Column]) -> None:
    """Choose the columns that make the name; the e-mail column has been chosen before."""
    titled = [column for column in columns if column.meaning.kind in NAMED and column.cells]
    no_email = all(column.kind is not ColumnKind.EMAIL for column in columns)
    no_names = _NO_NAMES - ({CellKind.EMAIL} if no_email else set())
    named = [column for column in titled if column.cell_kind not in no_names and column.is_free]
    strong = [column for column in named if not column.meaning.is_weak and not column.meaning.is_others]
    weak = [column for column in named if column not in strong and _has_names(column)]
    weak = [column for column in weak if column.cell_kind is not CellKind.LOGIN]
    if strong:
        _choose_strong(strong, weak, columns)
    elif weak:
        _choose_weak(weak, columns)
    else:
        _propose_names(columns)
        _ask_disagreeing(titled)


def _choose_strong(strong: list[Column], weak: Sequence[Column], columns: Sequence[Column]) -> None:
    group = _drop_repeated_names(_select_name_group(strong, columns))
    for column in group:
        column.kind = _get_part_kind(column, group)
    rivals = [column for column in strong if column not in group and _has_names(column)]
    rivals += [
        column for column in weak if column.cell_kind is CellKind.NAME and not _is_contained(column, group)
    ]
    if len({column.kind for column in group}) == 1 and group[0].kind is not ColumnKind.NAME:
        # A part of the name alone: the rest may stand below a title that is not known.
        rivals += _find_unknown_names(columns)
    _ask_names(group, rivals)


def _choose_weak(weak: Sequence[Column], columns: Sequence[Column]) -> None:
    weak[0].kind = ColumnKind.NAME
    rivals = [column for column in weak[1:] if column.cell_kind is CellKind.NAME]
    is_unlike = weak[0].cell_kind is not CellKind.NAME or weak[0].meaning.is_others
    rivals += _find_unknown_names(columns) if is_unlike else []
    _ask_names(weak[:1] if rivals or weak[0].meaning.is_others else [], rivals)


def _ask_disagreeing(titled: Sequence[Column]) -> None:
    """Ask about the columns with the title of names over cells that are none; a name is then of the address."""
    for column in titled:
        if column.is_free and not column.alternatives and column.cell_kind in _NO_NAMES | {CellKind.LOGIN}:
            column.ask(ColumnKind.IGNORE, ColumnKind.NAME)


def _has_names(column: Column) -> bool:
    return column.cell_kind in {CellKind.NAME, CellKind.TEXT, CellKind.WORDS, CellKind.LOGIN}


def _select_name_group(strong: list[Column], columns: Sequence[Column]) -> list[Column]:
    """The columns of one person's name: those whose titles have the qualifier of the chosen e-mail's title."""
    qualifiers = {column.meaning.qualifier for column in strong}
    if len(qualifiers) < 2:
        return strong
    email = next((column for column in columns if column.kind is ColumnKind.EMAIL), None)
    wanted = email.meaning.qualifier if email else frozenset[str]()
    if wanted not in qualifiers:
        wanted = frozenset[str]() if frozenset[str]() in qualifiers else strong[0].meaning.qualifier
    return [column for column in strong if column.meaning.qualifier == wanted]


def _drop_repeated_names(group: list[Column]) -> list[Column]:
    """Without the columns whose title stands twice, and the whole names that say something else than the first."""
    result: list[Column] = []
    for column in group:
        if any(fold_for_search(column.title) == fold_for_search(other.title) for other in result):
            continue
        whole = [other for other in result if other.meaning.kind is TitleKind.NAME]
        if column.meaning.kind is TitleKind.NAME and whole and not _contain_each_other(column, whole[0]):
            continue
        result.append(column)
    return result


def _contain_each_other(column: Column, other: Column) -> bool:
    return _is_contained(column, [other]) or _is_contained(other, [column])


def _get_part_kind(column: Column, group: Sequence[Column]) -> ColumnKind:
    kinds = {other.meaning.kind for other in group}
    bare = column.meaning.kind is TitleKind.NAME
    has_first = any(other.meaning.kind is TitleKind.FIRST_NAMES and other.meaning.rank < 2 for other in group)
    if bare and TitleKind.SURNAMES in kinds and not has_first:
        whole = {"completo", "full", "apellido", "apellidos", "display", "complete", "fullname"}
        return (
            ColumnKind.NAME if whole & set(fold_for_search(column.title).split()) else ColumnKind.FIRST_NAMES
        )
    return NAMED[column.meaning.kind]


def _is_contained(column: Column, group: Sequence[Column]) -> bool:
    """Whether a column says nothing that the name does not say."""
    rows = zip(column.cells, *(other.cells for other in group), strict=True)
    return all(
        set(fold_for_search(row[0]).split()) <= set(fold_for_search(" ".join(row[1:])).split())
        for row in rows
    )


def _ask_names(group: Sequence[Column], rivals: Sequence[Column]) -> None:
    if not rivals and not any(column.meaning.is_others for column in group):
        return
    for column in group:
        column.ask(column.kind, ColumnKind.IGNORE)
    for column in rivals:
        column.ask(ColumnKind.NAME, ColumnKind.IGNORE)


def _find_unknown_names(columns: Sequence[Column]) -> list[Column]:
    return [
        column
        for column in columns
        if column.is_free and not column.is_known and column.cell_kind is CellKind.NAME
    ]


def _propose_names(columns: Sequence[Column]) -> None:
    """No title names the person: propose the columns whose cells are names, and ask."""
    names = _find_unknown_names(columns)
    names = names or [column for column in columns if column.is_free and column.cell_kind is CellKind.NAME]
    if not names:
        # Cells that could be names are asked about; the addresses alone would be made into names.
        names = [column for column in columns if column.is_free and column.cell_kind is CellKind.TEXT]
        names = [column for column in names if column.meaning.kind is not TitleKind.TIME]
    else:
        names[0].kind = ColumnKind.NAME
        if len(names) == 1 and not any(column.title for column in columns):
            return
    for column in names:
        column.ask(ColumnKind.NAME, ColumnKind.IGNORE)
