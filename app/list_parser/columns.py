"""Titles and cells → what each column is used for, and which columns have to be asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.list_parser.cells import CellKind, kind_of_column
from app.list_parser.column_titles import TitleKind, TitleMeaning, read_title
from app.list_parser.statuses import has_status_words
from app.list_parser.types import ColumnKind, ParsedColumn
from app.list_parser.vocabulary import role_from_word
from app.text import email_key, fold

_SAMPLES = 3
_NO_NAMES = {CellKind.YES_NO, CellKind.NUMBER, CellKind.DATE, CellKind.PHONE, CellKind.EMAIL}
_DIRECT = {
    TitleKind.PHONE: ColumnKind.PHONE,
    TitleKind.ROLE: ColumnKind.ROLE,
    TitleKind.IS_HOST: ColumnKind.IS_HOST,
    TitleKind.EXTERNAL_ID: ColumnKind.EXTERNAL_ID,
}
_NAMED = {
    TitleKind.NAME: ColumnKind.NAME,
    TitleKind.FIRST_NAMES: ColumnKind.FIRST_NAMES,
    TitleKind.SURNAMES: ColumnKind.SURNAMES,
}
_NO_MEANING = TitleMeaning(TitleKind.OTHER)


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


def understand_columns(
    titles: Sequence[str],
    cells: Sequence[Sequence[str]],
    hidden: frozenset[int],
    answers: Mapping[int, ColumnKind],
) -> list[Column]:
    """Say of each column what it is used for.

    Args:
        titles: of all columns; a title may be blank.
        cells: of each column, in the order of the rows.
        hidden: indexes of hidden columns, which are used only if an answer says so.
        answers: the kinds that were chosen; with any of them nothing is in question.
    """
    columns = [_column(index, title, cells[index], index in hidden) for index, title in enumerate(titles)]
    shown = [column for column in columns if not column.is_hidden]
    _choose_direct(shown)
    _choose_email(shown)
    _choose_names(shown)
    _choose_status(shown)
    if answers:
        _apply(columns, answers)
    return columns


def _column(index: int, title: str, cells: Sequence[str], is_hidden: bool) -> Column:
    meaning = read_title(title)
    return Column(
        index, title, cells, meaning or _NO_MEANING, meaning is not None, kind_of_column(cells), is_hidden
    )


def _apply(columns: Sequence[Column], answers: Mapping[int, ColumnKind]) -> None:
    chosen = set(answers.values())
    single = chosen & {ColumnKind.EMAIL, ColumnKind.PHONE, ColumnKind.ROLE, ColumnKind.EXTERNAL_ID}
    if ColumnKind.NAME in chosen:
        single |= {ColumnKind.NAME}
    for column in columns:
        column.alternatives = ()
        if column.index in answers:
            column.kind = answers[column.index]
        elif column.kind in single:
            column.kind = ColumnKind.IGNORE


def _choose_direct(columns: Sequence[Column]) -> None:
    taken = set[ColumnKind]()
    for column in columns:
        kind = _direct_kind(column)
        if kind and kind not in taken:
            column.kind = kind
            taken.add(kind)


def _direct_kind(column: Column) -> ColumnKind | None:
    kind = _DIRECT.get(column.meaning.kind)
    if column.meaning.is_others and kind is ColumnKind.PHONE:
        return None
    if kind is ColumnKind.PHONE and column.cell_kind in {CellKind.NAME, CellKind.YES_NO, CellKind.EMAIL}:
        return None
    if kind in {ColumnKind.ROLE, ColumnKind.EXTERNAL_ID} and column.cell_kind is CellKind.EMAIL:
        return None
    if column.meaning.kind is TitleKind.MAYBE_ROLE and any(map(role_from_word, column.cells)):
        return ColumnKind.ROLE
    if not column.is_known and column.cell_kind is CellKind.PHONE:
        return ColumnKind.PHONE
    return kind


def _choose_email(columns: Sequence[Column]) -> None:
    titled = [column for column in columns if column.meaning.kind is TitleKind.EMAIL]
    filled = [column for column in columns if column.cell_kind is CellKind.EMAIL]
    if not titled:
        # «Ana Ríos <ana@…>» below «Nombre»: one person alone in each cell.
        named = [column for column in columns if column.meaning.kind in _NAMED]
        with_names = any("@" in cell and " " in cell for column in named[:1] for cell in column.cells)
        if with_names and all(column in filled for column in named):
            filled = [column for column in filled if column not in named[:1]]
    filled = _distinct(filled, titled)
    # A column with a title may hold no address in any row, or few.
    titled_with_some = [
        column for column in titled if column not in filled and any("@" in cell for cell in column.cells)
    ]
    candidates = _distinct(filled + titled_with_some, titled)
    if not candidates:
        if titled:
            titled[0].kind = ColumnKind.EMAIL
        return
    best = max(candidates, key=lambda column: (_email_score(column, columns), -column.index))
    best.kind = ColumnKind.EMAIL
    rivals = [column for column in candidates if column is not best]
    empty = [column for column in titled if column is not best and column.cell_kind is CellKind.EMPTY]
    if rivals or _is_doubtful_email(best, columns) or (empty and best not in titled):
        for column in (best, *rivals, *(empty if best not in titled or best.meaning.qualifier else [])):
            column.ask(ColumnKind.EMAIL, ColumnKind.IGNORE)


def _is_doubtful_email(column: Column, columns: Sequence[Column]) -> bool:
    if column.meaning.kind is TitleKind.EMAIL:
        return column.meaning.is_others and not _is_also_named(column, columns)
    # A title that says something else, over cells that are addresses.
    return column.is_known and column.meaning.kind is not TitleKind.OTHER and not column.meaning.is_weak


def _is_also_named(column: Column, columns: Sequence[Column]) -> bool:
    """Whether the names are of the same person: «Nombre del tutor;Correo del tutor»."""
    named = [other for other in columns if other.meaning.kind in _NAMED]
    return bool(named) and all(column.meaning.qualifier == other.meaning.qualifier for other in named)


def _email_score(column: Column, columns: Sequence[Column]) -> tuple[int, int, int, int]:
    titled = column.meaning.kind is TitleKind.EMAIL
    own = 0 if column.meaning.is_others and not _is_also_named(column, columns) else 1
    plain = 0 if column.meaning.qualifier else 1
    named = bool(column.meaning.qualifier) and _is_also_named(column, columns)
    return (own, int(named), int(titled), plain)


def _distinct(columns: list[Column], titled: list[Column]) -> list[Column]:
    """Without the columns that repeat the addresses of another one, as Teams does; titled ones are kept first."""
    kept: list[Column] = []
    for column in sorted(columns, key=lambda column: (column not in titled, column.index)):
        if not any(_repeats(column, other) for other in kept):
            kept.append(column)
    return kept


def _repeats(column: Column, other: Column) -> bool:
    pairs = zip(column.cells, other.cells, strict=True)
    return all(email_key(cell) == email_key(theirs) or not cell for cell, theirs in pairs)


def _choose_names(columns: Sequence[Column]) -> None:
    titled = [column for column in columns if column.meaning.kind in _NAMED and column.cells]
    no_email = all(column.kind is not ColumnKind.EMAIL for column in columns)
    no_names = _NO_NAMES - ({CellKind.EMAIL} if no_email else set())
    named = [column for column in titled if column.cell_kind not in no_names and _is_free(column)]
    strong = [column for column in named if not column.meaning.is_weak and not column.meaning.is_others]
    weak = [column for column in named if column not in strong and _has_names(column)]
    if strong:
        group = _own_group(strong, columns)
        for column in group:
            column.kind = _part_kind(column, group)
        rivals = [column for column in strong if column not in group and _has_names(column)]
        rivals += [
            column
            for column in weak
            if column.cell_kind is CellKind.NAME and not _is_contained(column, group)
        ]
        _ask_names(group, rivals)
    elif weak:
        weak[0].kind = ColumnKind.NAME
        rivals = [column for column in weak[1:] if column.cell_kind is CellKind.NAME]
        rivals += _unknown_names(columns) if weak[0].cell_kind is not CellKind.NAME else []
        _ask_names(weak[:1] if rivals or weak[0].meaning.is_others else [], rivals)
        if weak[0].meaning.is_others:
            _ask_names(weak[:1], _unknown_names(columns))
    else:
        _propose_names(columns)


def _is_free(column: Column) -> bool:
    return column.kind is ColumnKind.IGNORE


def _has_names(column: Column) -> bool:
    return column.cell_kind in {CellKind.NAME, CellKind.TEXT, CellKind.WORDS, CellKind.LOGIN}


def _own_group(strong: list[Column], columns: Sequence[Column]) -> list[Column]:
    """The columns of one person's name: those whose titles have the qualifier of the chosen e-mail's title."""
    qualifiers = {column.meaning.qualifier for column in strong}
    if len(qualifiers) < 2:
        return strong
    email = next((column for column in columns if column.kind is ColumnKind.EMAIL), None)
    wanted = email.meaning.qualifier if email else frozenset[str]()
    if wanted not in qualifiers:
        wanted = frozenset[str]() if frozenset[str]() in qualifiers else strong[0].meaning.qualifier
    return [column for column in strong if column.meaning.qualifier == wanted]


def _part_kind(column: Column, group: Sequence[Column]) -> ColumnKind:
    kinds = {other.meaning.kind for other in group}
    bare = column.meaning.kind is TitleKind.NAME
    has_first = any(other.meaning.kind is TitleKind.FIRST_NAMES and other.meaning.rank < 2 for other in group)
    if bare and TitleKind.SURNAMES in kinds and not has_first:
        whole = {"completo", "full", "apellido", "apellidos", "display", "complete", "fullname"}
        return ColumnKind.NAME if whole & set(fold(column.title).split()) else ColumnKind.FIRST_NAMES
    return _NAMED[column.meaning.kind]


def _is_contained(column: Column, group: Sequence[Column]) -> bool:
    """Whether a column says nothing that the name does not say."""
    rows = zip(column.cells, *(other.cells for other in group), strict=True)
    return all(set(fold(row[0]).split()) <= set(fold(" ".join(row[1:])).split()) for row in rows)


def _ask_names(group: Sequence[Column], rivals: Sequence[Column]) -> None:
    if not rivals and not any(column.meaning.is_others for column in group):
        return
    for column in group:
        column.ask(column.kind, ColumnKind.IGNORE)
    for column in rivals:
        column.ask(ColumnKind.NAME, ColumnKind.IGNORE)


def _unknown_names(columns: Sequence[Column]) -> list[Column]:
    return [
        column
        for column in columns
        if _is_free(column) and not column.is_known and column.cell_kind is CellKind.NAME
    ]


def _propose_names(columns: Sequence[Column]) -> None:
    """No title names the person: propose the columns whose cells are names, and ask."""
    names = _unknown_names(columns)
    names = names or [column for column in columns if _is_free(column) and column.cell_kind is CellKind.NAME]
    if not names:
        # Cells that could be names are asked about; the addresses alone would be made into names.
        names = [column for column in columns if _is_free(column) and column.cell_kind is CellKind.TEXT]
        names = [column for column in names if column.meaning.kind is not TitleKind.TIME]
    else:
        names[0].kind = ColumnKind.NAME
    for column in names:
        column.ask(ColumnKind.NAME, ColumnKind.IGNORE)


def _choose_status(columns: Sequence[Column]) -> None:
    """Several columns may say that a person does not come."""
    for column in columns:
        if not _is_free(column) or column.alternatives or column.cell_kind is CellKind.EMPTY:
            continue
        titled = column.meaning.kind is TitleKind.STATUS
        is_prose = column.is_known and column.meaning.is_weak
        free = {CellKind.WORDS} if is_prose else {CellKind.WORDS, CellKind.TEXT, CellKind.NAME}
        if titled or (column.cell_kind in free and has_status_words(column.cells)):
            column.kind = ColumnKind.STATUS
