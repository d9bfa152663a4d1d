"""The rows of an import in preview: their state and problems. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.list_parser import MAX_EXTERNAL_ID_CHARS, MAX_NAME_CHARS, LineProblem, ParsedLine, ParsedList
from app.meetings.participants.queue import ParticipantInput
from app.models import Role
from app.utils.text import email_key, is_blank, is_valid_email, normalize_text, strip_control_characters

MAIL, LINK = "mail", "link"


class RowState(StrEnum):
    """The state of a row if the import were sent now."""

    READY = "ready"
    ALREADY_ADDED = "present"
    DUPLICATE = "repeated"
    PROBLEM = "problem"


@dataclass(frozen=True)
class ImportRow:
    """One row of an import, as parsed and edited.

    `problem`: found by the parser and not corrected; `accepted`: sent as it is. `mail_again` accepts a second mail.
    """

    n: int
    line: int
    text: str
    name: str
    email: str
    role: str
    external_id: str
    mail: str
    included: bool = True
    accepted: bool = False
    mail_again: bool = False
    problem: str | None = None
    suggestion: str | None = None


# The keys of these fields in the stored rows; changing them needs a migration.
_STORED_KEYS = {"included": "keep", "accepted": "as_is"}
_FIELDS = {key: name for name, key in _STORED_KEYS.items()}


@dataclass(frozen=True)
class ValidatedRow:
    """A row, its state and its problem."""

    row: ImportRow
    state: RowState
    problem: LineProblem | None = None


def rows_from(parsed: ParsedList) -> list[ImportRow]:
    """The rows of a parsed list, numbered from 1."""
    return [_row_from_line(n, line) for n, line in enumerate(parsed.people, start=1)]


def validate_rows(
    rows: Sequence[ImportRow], reserved_keys: frozenset[str], possibly_mailed: frozenset[str] = frozenset()
) -> list[ValidatedRow]:
    """Determine the state of each row.

    `reserved_keys` are the e-mail keys that the meeting has reserved, `possibly_mailed` those that may have been mailed.
    An excluded row does not reserve its email against later rows.
    """
    validated, seen_keys = [], set[str]()
    for row in rows:
        problem = _find_problem(row)
        key = email_key(row.email) if row.email and problem is None else ""
        if problem is not None:
            validated.append(ValidatedRow(row, RowState.PROBLEM, problem))
        elif key and key in reserved_keys:
            validated.append(ValidatedRow(row, RowState.ALREADY_ADDED))
        elif key in possibly_mailed and row.mail == MAIL and not row.mail_again:
            validated.append(ValidatedRow(row, RowState.PROBLEM, LineProblem.POSSIBLY_MAILED))
        elif key and key in seen_keys:
            validated.append(ValidatedRow(row, RowState.DUPLICATE))
        else:
            validated.append(ValidatedRow(row, RowState.READY))
            if row.included and key:
                seen_keys.add(key)
    return validated


def apply_edits(rows: Sequence[ImportRow], form: Mapping[str, str]) -> list[ImportRow]:
    """The rows with what a preview's form says of them: `name-<n>`, `email-<n>`, `role-<n>`, `mail-<n>`, `keep-<n>`.

    Rows that are not in the form stay unchanged; form fields of removed rows are ignored.
    """
    return [_apply_row_edits(row, form) if f"name-{row.n}" in form else row for row in rows]


def find_reincluded(before: Sequence[ImportRow], after: Sequence[ImportRow]) -> list[ImportRow]:
    """The rows that were excluded before and are included after."""
    return [new for old, new in zip(before, after, strict=True) if new.included and not old.included]


def compute_version(rows: Sequence[ImportRow]) -> str:
    """A hash of the rows, to detect an outdated preview."""
    return sha256(json.dumps(serialize_rows(rows), sort_keys=True).encode()).hexdigest()[:16]


def edits_of_removed_rows(present_numbers: Set[int], form: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name and e-mail that a form has for each included row that is no longer in the list."""
    present_ids = {str(n) for n in present_numbers}
    numbers = [name.removeprefix("keep-") for name in form if name.startswith("keep-")]
    return [
        (_clean_input(form.get(f"name-{n}", "")), _clean_input(form.get(f"email-{n}", "")))
        for n in numbers
        if n not in present_ids
    ]


def to_participant_input(row: ImportRow) -> ParticipantInput:
    """The participant that a ready row adds."""
    return ParticipantInput(
        Role(row.role),
        row.name,
        row.email or None,
        row.external_id or None,
        send_invitation=row.mail == MAIL,
        accept_second_mail=row.mail_again,
    )


def serialize_rows(rows: Iterable[ImportRow]) -> list[dict[str, Any]]:
    """Rows as they are stored."""
    return [{_STORED_KEYS.get(name, name): value for name, value in asdict(row).items()} for row in rows]


def deserialize_rows(stored: Iterable[Mapping[str, Any]]) -> list[ImportRow]:
    """Rows as they were stored."""
    return [ImportRow(**{_FIELDS.get(key, key): value for key, value in row.items()}) for row in stored]


def _row_from_line(n: int, line: ParsedLine) -> ImportRow:
    parsed_person = line.person
    if parsed_person is None:
        raise ValueError("the line has no person")
    return ImportRow(
        n=n,
        line=line.number,
        text=line.text,
        name=parsed_person.name,
        email=parsed_person.email or "",
        role=parsed_person.role,
        external_id=parsed_person.external_id or "",
        mail=MAIL if parsed_person.email else LINK,
        included=line.is_ticked,
        problem=line.problem,
        suggestion=line.suggestion,
    )


def _find_problem(row: ImportRow) -> LineProblem | None:
    if is_blank(row.name):
        return LineProblem.NO_NAME
    if len(row.name) > MAX_NAME_CHARS:
        return LineProblem.NAME_TOO_LONG
    if len(row.external_id) > MAX_EXTERNAL_ID_CHARS:
        return LineProblem.EXTERNAL_ID_TOO_LONG
    if row.email and not is_valid_email(row.email):
        return LineProblem.BAD_EMAIL
    return LineProblem(row.problem) if row.problem and not row.accepted else None


def _clean_input(value: str) -> str:
    return normalize_text(strip_control_characters(value.replace("\u00a0", " ")))


def _apply_row_edits(row: ImportRow, form: Mapping[str, str]) -> ImportRow:
    def edited(field: str, before: str) -> str:
        value = form.get(f"{field}-{row.n}")
        return before if value is None else _clean_input(value)

    role = form.get(f"role-{row.n}", row.role)
    changed = replace(
        row,
        name=edited("name", row.name),
        email=edited("email", row.email),
        role=role if role in set(Role) else row.role,
        mail=LINK if form.get(f"mail-{row.n}", row.mail) == LINK else MAIL,
        included=f"keep-{row.n}" in form,
        accepted=f"as-is-{row.n}" in form,
    )
    # A second mail is accepted only for the email that the preview showed.
    accepted = form.get(f"mail-again-{row.n}")
    changed = replace(changed, mail_again=bool(accepted) and accepted == changed.email)
    if (changed.name, changed.email, changed.role) == (row.name, row.email, row.role):
        return changed
    # A new email may be mailed, as if it had been in the list.
    mail = MAIL if changed.email and not row.email else changed.mail
    return replace(changed, problem=None, suggestion=None, mail=mail if changed.email else LINK)
