"""Row edits of a preview's form, and which of them survive when the list is read again. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.list_parser import LineProblem, ParsedList, find_doubts
from app.meetings.imports.row_states import ACCEPTABLE_PROBLEMS
from app.meetings.imports.rows import LINK, MAIL, ImportRow, clean_typed, rows_from
from app.models import Role

# Which corrections settle a problem that reading found; every other problem is found anew in what was typed.
_SETTLED_BY = {
    LineProblem.SEVERAL_EMAILS: {"email"},
    LineProblem.EMAIL_ELSEWHERE: {"email"},
    LineProblem.OTHERS_EMAIL: {"email", "name"},
    LineProblem.NO_EMAIL: {"email", "name"},
    LineProblem.NAME_FROM_EMAIL: {"email", "name"},
    LineProblem.UNKNOWN_ROLE: {"role"},
    LineProblem.COLUMN_IN_QUESTION: set[str](),
}
_TEXTS = ("name", "email")


class MergedRows(NamedTuple):
    """The rows of a new reading, and the rows whose corrections have no place in it."""

    rows: list[ImportRow]
    lost: list[ImportRow]
    last_row: int


def apply_edits(rows: Sequence[ImportRow], form: Mapping[str, str]) -> list[ImportRow]:
    """The rows with what a preview's form says of them: `name-<n>`, `email-<n>`, `role-<n>`, `mail-<n>`, `keep-<n>`.

    Rows without a value in the form stay unchanged; values for rows that no longer exist are ignored.
    """
    return [_apply_row_edits(row, form) if f"name-{row.n}" in form else row for row in rows]


def merge_rows(
    before: Sequence[ImportRow], parsed: ParsedList, last_row: int, *, same_sheet: bool
) -> MergedRows:
    """The rows of a new reading: those of the same source line keep their numbers and their corrections.

    Args:
        before: the rows of the reading before, corrected.
        parsed: the new reading.
        last_row: the highest number that any row of the list has had.
        same_sheet: whether lines of the same number are the same lines.
    """
    old = {(row.line, row.ordinal): row for row in before} if same_sheet else {}
    last_row = max([last_row, *(row.n for row in before)])
    rows, kept = [], set[int]()
    for row in rows_from(parsed):
        earlier = old.get((row.line, row.ordinal))
        if earlier is None:
            last_row += 1
            rows.append(replace(row, n=last_row))
        else:
            kept.add(earlier.n)
            rows.append(_copy_corrections(row, earlier))
    return MergedRows(rows, [row for row in before if row.typed and row.n not in kept], last_row)


def _apply_row_edits(row: ImportRow, form: Mapping[str, str]) -> ImportRow:
    n = row.n
    texts = {
        field: clean_typed(form[f"{field}-{n}"]) if f"{field}-{n}" in form else getattr(row, field)
        for field in _TEXTS
    }
    role = form.get(f"role-{n}", row.role)
    texts = _apply_answers(row, form, texts)
    changed = replace(
        row,
        name=texts["name"],
        email=texts["email"],
        role=role if role in set(Role) else row.role,
        mail=LINK if form.get(f"mail-{n}", row.mail) == LINK else MAIL,
        included=f"keep-{n}" in form,
        accepted=f"as-is-{n}" in form,
        other_person=form.get(f"other-{n}", row.other_person),
    )
    # A second mail is accepted for the address that the preview named, and for no other.
    accepted = form.get(f"mail-again-{n}")
    changed = replace(changed, mail_again=bool(accepted) and accepted == changed.email)
    fields = {field for field in ("name", "email", "role") if getattr(changed, field) != getattr(row, field)}
    if form.get(f"pick-{n}") in row.choices:
        fields.add("email")
    if fields:
        # A new address may be mailed, as if it had been in the list.
        mail = MAIL if changed.email and not row.email else changed.mail
        changed = _clear_settled_problem(replace(changed, mail=mail if changed.email else LINK), fields)
    return _copy_typed_text(row, changed)


def _apply_answers(row: ImportRow, form: Mapping[str, str], texts: dict[str, str]) -> dict[str, str]:
    """The texts with the suggestion or the address that was chosen; what was typed comes first."""
    used, picked = form.get(f"use-{row.n}"), form.get(f"pick-{row.n}")
    answers = dict(texts)
    if used and used == row.suggestion and texts["email"] == row.email:
        answers["email"] = used
    elif used and used == row.name_suggestion and texts["name"] == row.name:
        answers["name"] = used
    elif picked in row.choices and texts["email"] == row.email:
        answers["email"] = str(picked)
    return answers


def _clear_settled_problem(row: ImportRow, fields: set[str]) -> ImportRow:
    """The row without the problem that a correction settles, and with the doubt about the typed value."""
    if row.problem in _SETTLED_BY and not fields & _SETTLED_BY[LineProblem(row.problem)]:
        return row
    doubt = next(iter(find_doubts(row.name, row.email or None, row.external_id or None)), None)
    problem = doubt.problem if doubt else None
    # A doubt about something new has not been shown, so it cannot have been accepted.
    is_new = problem != row.problem or bool(fields & set(_TEXTS))
    return replace(
        row,
        problem=problem,
        suggestion=doubt.suggestion if doubt else None,
        name_suggestion=doubt.name_suggestion if doubt else None,
        choices=(),
        accepted=row.accepted and not is_new,
    )


def _copy_typed_text(before: ImportRow, after: ImportRow) -> ImportRow:
    names = ("name", "email", "role", "mail", "included")
    changed = {name for name in names if getattr(before, name) != getattr(after, name)}
    if before.choices and not after.choices:
        changed.add("email")
    return replace(after, typed=tuple(sorted({*before.typed, *changed})))


def _copy_corrections(row: ImportRow, earlier: ImportRow) -> ImportRow:
    """A row of a new reading with the corrections that its source line has had."""
    typed = {name: getattr(earlier, name) for name in earlier.typed}
    merged = replace(row, n=earlier.n, typed=earlier.typed, **typed)
    fields = {"name", "email", "role"} & set(earlier.typed)
    if fields:
        mail = merged.mail if "mail" in typed else MAIL
        merged = _clear_settled_problem(replace(merged, mail=mail if merged.email else LINK), fields)
    same = (merged.name, merged.email, merged.problem) == (earlier.name, earlier.email, earlier.problem)
    return replace(
        merged,
        accepted=earlier.accepted and same and merged.problem in ACCEPTABLE_PROBLEMS,
        mail_again=earlier.mail_again and merged.email == earlier.email,
        other_person=earlier.other_person,
    )
