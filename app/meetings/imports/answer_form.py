"""The answers in a preview's form: columns, sheet, encoding, role words, lines left out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.list_parser import ENCODINGS, HOST, PARTICIPANT, ColumnKind, ListAnswers
from app.meetings.imports.parse_result import ParseResult
from app.meetings.imports.review import ImportPreview

READ_AGAIN = "columns"
READ_ANYWAY = "read-anyway"
USE_CURE = "cure"
INCLUDE = "include"
"""Also `include:<reason>`, for all lines that were left out for one reason."""


@dataclass(frozen=True)
class FormAnswers:
    """The answers of a form; `has_columns`: the use of the columns is among them."""

    answers: ListAnswers
    has_columns: bool


def answers_from(form: Mapping[str, str], review: ImportPreview) -> FormAnswers | None:
    """The new answers of a form about a list; None if it has none, or the list cannot be read again."""
    result, before = review.result, review.state.answers
    if result is None:
        return None
    action = action_of(form)
    sheet = form.get("sheet")
    if sheet != result.sheet and sheet in {one.name for one in result.sheets}:
        # The other answers are about the columns and lines of the sheet before.
        return FormAnswers(ListAnswers(sheet=sheet, roles=before.roles), has_columns=False)
    kinds = _column_kinds(form, result)
    is_changed = any(kinds[column.index] != column.kind for column in result.columns)
    has_columns = bool(kinds) and (action == READ_AGAIN or is_changed)
    answers = ListAnswers(
        columns=kinds if has_columns else before.columns,
        sheet=before.sheet,
        encoding=_encoding(form, review, action),
        roles={**before.roles, **_roles(form, result)},
        include=before.include | _included(form, result, action),
    )
    return FormAnswers(answers, has_columns) if has_columns or answers != before else None


def action_of(form: Mapping[str, str]) -> str:
    """The button that was pressed; where a loss was accepted, the one that was pressed first."""
    action = form.get("action", "")
    return form.get("asked-action", "") if action == READ_ANYWAY else action


def _column_kinds(form: Mapping[str, str], result: ParseResult) -> dict[int, ColumnKind]:
    known = set(ColumnKind)
    return {
        column.index: ColumnKind(kind)
        if (kind := form.get(f"column-{column.index}")) in known
        else column.kind
        for column in result.columns
    }


def _encoding(form: Mapping[str, str], review: ImportPreview, action: str) -> str | None:
    before, chosen = review.state.answers.encoding, form.get("encoding")
    if action == USE_CURE and review.result and review.result.encoding_cure:
        return review.result.encoding_cure
    if review.encoding and chosen in ENCODINGS and chosen != review.encoding:
        return chosen
    return before


def _roles(form: Mapping[str, str], result: ParseResult) -> dict[str, str]:
    chosen = {one.word: form.get(f"word-{k}") for k, one in enumerate(result.unknown_roles)}
    return {word: role for word, role in chosen.items() if role in {HOST, PARTICIPANT}}


def _included(form: Mapping[str, str], result: ParseResult, action: str) -> frozenset[int]:
    reason = action.partition(":")[2] if action.startswith(f"{INCLUDE}:") else None
    return frozenset(
        line.number for line in result.left_out if f"include-{line.number}" in form or line.reason == reason
    )
