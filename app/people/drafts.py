"""The rows of a list while somebody looks at it: what each would become, and what is still in its way. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.list_parser import MAX_EXTERNAL_ID_CHARS, MAX_NAME_CHARS, LineProblem, ParsedLine, ParsedList
from app.models import Role
from app.people.queue import Person
from app.text import clean, email_key, is_blank, valid_email, without_forbidden

MAIL, LINK = "mail", "link"


class RowState(StrEnum):
    """What a row would come to if the list were sent now."""

    READY = "ready"
    PRESENT = "present"
    REPEATED = "repeated"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Row:
    """One person of a list, as read and then as corrected.

    `problem` is what reading found and no correction has settled; `as_is` accepts it. `mail_again` accepts a second mail. `mail` is MAIL or LINK.
    """

    n: int
    line: int
    text: str
    name: str
    email: str
    role: str
    external_id: str
    mail: str
    keep: bool = True
    as_is: bool = False
    mail_again: bool = False
    problem: str | None = None
    suggestion: str | None = None
    phone: str | None = None
    phone_typed: str | None = None


@dataclass(frozen=True)
class Judged:
    """A row and its state; `why` is the problem."""

    row: Row
    state: RowState
    why: LineProblem | None = None


def rows_of(reading: ParsedList) -> list[Row]:
    """The people of a list as read, numbered from 1."""
    return [_row(n, line) for n, line in enumerate(reading.people, start=1)]


def judge(
    rows: Sequence[Row], present: frozenset[str], possibly_mailed: frozenset[str] = frozenset()
) -> list[Judged]:
    """Say of each row what it would come to.

    `present` are the e-mail keys that the meeting has reserved, `possibly_mailed` those that may have been mailed.
    A row that is left out holds no address against a later one.
    """
    judged, seen = [], set[str]()
    for row in rows:
        why = _problem(row)
        key = email_key(row.email) if row.email and why is None else ""
        if why is not None:
            judged.append(Judged(row, RowState.PROBLEM, why))
        elif key and key in present:
            judged.append(Judged(row, RowState.PRESENT))
        elif key in possibly_mailed and row.mail == MAIL and not row.mail_again:
            judged.append(Judged(row, RowState.PROBLEM, LineProblem.POSSIBLY_MAILED))
        elif key and key in seen:
            judged.append(Judged(row, RowState.REPEATED))
        else:
            judged.append(Judged(row, RowState.READY))
            if row.keep and key:
                seen.add(key)
    return judged


def corrected(rows: Sequence[Row], form: Mapping[str, str]) -> list[Row]:
    """The rows with what a preview's form says of them: `name-<n>`, `email-<n>`, `role-<n>`, `mail-<n>`, `keep-<n>`.

    A row of which the form says nothing stays as it was, and what the form says of a row that has gone counts for nothing.
    """
    return [_corrected(row, form) if f"name-{row.n}" in form else row for row in rows]


def taken_back(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """The rows that were left out before and are included after."""
    return [new for old, new in zip(before, after, strict=True) if new.keep and not old.keep]


def version_of(rows: Sequence[Row]) -> str:
    """What tells whether a list is still as a preview showed it."""
    return sha256(json.dumps(dumped(rows), sort_keys=True).encode()).hexdigest()[:16]


def of_gone_rows(numbers_here: Set[int], form: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name and e-mail that a form has for each included row that is no longer in the list."""
    here = {str(n) for n in numbers_here}
    numbers = [name.removeprefix("keep-") for name in form if name.startswith("keep-")]
    return [
        (_typed(form.get(f"name-{n}", "")), _typed(form.get(f"email-{n}", "")))
        for n in numbers
        if n not in here
    ]


def person(row: Row) -> Person:
    """Whom a ready row adds."""
    return Person(
        Role(row.role),
        row.name,
        row.email or None,
        row.external_id or None,
        mail=row.mail == MAIL,
        second_mail=row.mail_again,
        phone=row.phone,
        phone_typed=row.phone_typed,
    )


def dumped(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows as they are stored."""
    return [asdict(row) for row in rows]


def loaded(stored: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows as they were stored."""
    return [Row(**one) for one in stored]


def _row(n: int, line: ParsedLine) -> Row:
    draft = line.person
    if draft is None:
        raise ValueError("the line is about nobody")
    return Row(
        n=n,
        line=line.number,
        text=line.text,
        name=draft.name,
        email=draft.email or "",
        role=draft.role,
        external_id=draft.external_id or "",
        mail=MAIL if draft.email else LINK,
        keep=line.is_ticked,
        problem=line.problem,
        suggestion=line.suggestion,
        phone=draft.phone,
        phone_typed=draft.phone_typed,
    )


def _problem(row: Row) -> LineProblem | None:
    if is_blank(row.name):
        return LineProblem.NO_NAME
    if len(row.name) > MAX_NAME_CHARS:
        return LineProblem.NAME_TOO_LONG
    if len(row.external_id) > MAX_EXTERNAL_ID_CHARS:
        return LineProblem.EXTERNAL_ID_TOO_LONG
    if row.email and not valid_email(row.email):
        return LineProblem.BAD_EMAIL
    return LineProblem(row.problem) if row.problem and not row.as_is else None


def _typed(value: str) -> str:
    return clean(without_forbidden(value.replace("\u00a0", " ")))


def _corrected(row: Row, form: Mapping[str, str]) -> Row:
    def typed(field: str, before: str) -> str:
        value = form.get(f"{field}-{row.n}")
        return before if value is None else _typed(value)

    role = form.get(f"role-{row.n}", row.role)
    changed = replace(
        row,
        name=typed("name", row.name),
        email=typed("email", row.email),
        role=role if role in set(Role) else row.role,
        mail=LINK if form.get(f"mail-{row.n}", row.mail) == LINK else MAIL,
        keep=f"keep-{row.n}" in form,
        as_is=f"as-is-{row.n}" in form,
    )
    # A second mail is accepted for the address that the preview named, and for no other.
    accepted = form.get(f"mail-again-{row.n}")
    changed = replace(changed, mail_again=bool(accepted) and accepted == changed.email)
    if (changed.name, changed.email, changed.role) == (row.name, row.email, row.role):
        return changed
    # A new address may be mailed, as if it had been in the list.
    mail = MAIL if changed.email and not row.email else changed.mail
    return replace(changed, problem=None, suggestion=None, mail=mail if changed.email else LINK)
