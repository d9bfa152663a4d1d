"""Titles and cells → what each column is used for, and which columns have to be asked about."""

import re
from collections.abc import Mapping, Sequence

from app.list_parser.cells import CellKind, classify_column
from app.list_parser.column_guess import NAMED, Column
from app.list_parser.column_names import choose_names
from app.list_parser.column_titles import OWN_ADDRESS, PEOPLE_WORDS, TitleKind, TitleMeaning, read_title
from app.list_parser.statuses import begins_with_declined, has_status_words
from app.list_parser.types import ColumnKind
from app.list_parser.vocabulary import role_from_word
from app.utils.text import email_key, fold_for_search

_DIRECT = {
    TitleKind.PHONE: ColumnKind.PHONE,
    TitleKind.ROLE: ColumnKind.ROLE,
    TitleKind.IS_HOST: ColumnKind.IS_HOST,
    TitleKind.EXTERNAL_ID: ColumnKind.EXTERNAL_ID,
}
_ANYBODY = {"user", "usuario", "username", "contact", "contacto", "person", "persona", "personas"}
_NO_MEANING = TitleMeaning(TitleKind.OTHER)


def classify_columns(
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
    columns = [
        _create_column(index, title, cells[index], index in hidden) for index, title in enumerate(titles)
    ]
    shown = [column for column in columns if not column.is_hidden]
    _choose_direct(shown)
    _choose_email(shown)
    choose_names(shown)
    _question_shared_addresses(shown)
    _choose_status(shown)
    if answers:
        _apply_answers(columns, answers)
    return columns


def _create_column(index: int, title: str, cells: Sequence[str], is_hidden: bool) -> Column:
    meaning = read_title(title)
    return Column(
        index, title, cells, meaning or _NO_MEANING, meaning is not None, classify_column(cells), is_hidden
    )


def _apply_answers(columns: Sequence[Column], answers: Mapping[int, ColumnKind]) -> None:
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
    assigned = set[ColumnKind]()
    for column in columns:
        kind = _direct_kind(column)
        if kind and kind not in assigned:
            column.kind = kind
            assigned.add(kind)


def _direct_kind(column: Column) -> ColumnKind | None:
    kind = _DIRECT.get(column.meaning.kind)
    if column.meaning.is_others and kind is ColumnKind.PHONE:
        return None
    if kind is ColumnKind.PHONE and column.cell_kind in {CellKind.NAME, CellKind.YES_NO, CellKind.EMAIL}:
        return None
    if kind is ColumnKind.IS_HOST and column.cell_kind in {CellKind.NAME, CellKind.EMAIL, CellKind.DATE}:
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
        named = [column for column in columns if column.meaning.kind in NAMED]
        with_names = any("@" in cell and " " in cell for column in named[:1] for cell in column.cells)
        if with_names and all(column in filled for column in named):
            filled = [column for column in filled if column not in named[:1]]
    filled = _drop_duplicates(filled, titled)
    # A column with a title may hold no address in any row, or few.
    titled_with_some = [
        column for column in titled if column not in filled and any("@" in cell for cell in column.cells)
    ]
    candidates = _drop_duplicates(filled + titled_with_some, titled)
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
        foreign = column.meaning.is_others or not column.meaning.qualifier <= OWN_ADDRESS
        return (foreign and not _is_also_named(column, columns)) or _is_of_another(column, columns)
    # A title that says something else, over cells that are addresses.
    if column.is_known:
        return column.meaning.kind is not TitleKind.OTHER and not column.meaning.is_weak
    return bool(column.title)


def _is_of_another(column: Column, columns: Sequence[Column]) -> bool:
    """Whether another person's column shares a word with the title: «Contacto de emergencia;Correo de contacto»."""
    shared = column.meaning.qualifier - {"1", "2", "3"}
    others = [column for column in columns if column.meaning.is_others]
    if any(shared & _split_title(other) for other in others):
        return True
    # «Estudiante;Correo del docente»
    whose = shared & PEOPLE_WORDS - _ANYBODY
    names = [other for other in columns if other.meaning.kind in NAMED and other.cell_kind is CellKind.NAME]
    named = {word for other in names for word in _split_title(other)}
    return bool(whose and named & PEOPLE_WORDS and not whose & named)


def _split_title(column: Column) -> set[str]:
    return set(re.findall(r"\w+", fold_for_search(column.title)))


def _question_shared_addresses(columns: Sequence[Column]) -> None:
    """Ask about a column of addresses in which most rows share one with a person of another name."""
    email = next((column for column in columns if column.kind is ColumnKind.EMAIL), None)
    named = [column.cells for column in columns if column.kind in NAMED.values()]
    if email is None or email.alternatives or not named:
        return
    names_by_address: dict[str, set[str]] = {}
    filled = 0
    for address, *parts in zip(email.cells, *named, strict=True):
        if "@" in address:
            filled += 1
            names_by_address.setdefault(email_key(address), set()).add(fold_for_search(" ".join(parts)))
    shared = sum(len(names) for names in names_by_address.values() if len(names) > 1)
    if shared * 2 > filled:
        email.ask(ColumnKind.EMAIL, ColumnKind.IGNORE)


def _is_also_named(column: Column, columns: Sequence[Column]) -> bool:
    """Whether the names are of the same person: «Nombre del tutor;Correo del tutor»."""
    named = [other for other in columns if other.meaning.kind in NAMED]
    return bool(named) and all(column.meaning.qualifier == other.meaning.qualifier for other in named)


def _email_score(column: Column, columns: Sequence[Column]) -> tuple[int, int, int, int]:
    titled = column.meaning.kind is TitleKind.EMAIL
    own = 0 if column.meaning.is_others and not _is_also_named(column, columns) else 1
    plain = 0 if column.meaning.qualifier else 1
    named = bool(column.meaning.qualifier) and _is_also_named(column, columns)
    return (own, int(named), int(titled), plain)


def _drop_duplicates(columns: list[Column], titled: list[Column]) -> list[Column]:
    """Without the columns that repeat the addresses of another one, as Teams does; titled ones are kept first."""
    kept: list[Column] = []
    for column in sorted(columns, key=lambda column: (column not in titled, column.index)):
        if not any(_repeats(column, other) for other in kept):
            kept.append(column)
    return kept


def _repeats(column: Column, other: Column) -> bool:
    pairs = zip(column.cells, other.cells, strict=True)
    return all(email_key(cell) == email_key(theirs) or not cell for cell, theirs in pairs)


def _choose_status(columns: Sequence[Column]) -> None:
    """Several columns may say that a person does not come."""
    is_untitled = not any(column.title for column in columns)
    for column in columns:
        if not column.is_free or column.alternatives or column.cell_kind is CellKind.EMPTY:
            continue
        titled = column.meaning.kind is TitleKind.STATUS or (
            is_untitled and column.cell_kind is CellKind.YES_NO
        )
        is_prose = column.is_known and column.meaning.is_weak
        is_remark = is_prose and any(map(begins_with_declined, column.cells))
        free = {CellKind.WORDS} if is_prose else {CellKind.WORDS, CellKind.TEXT, CellKind.NAME}
        if titled or is_remark or (column.cell_kind in free and has_status_words(column.cells)):
            column.kind = ColumnKind.STATUS
