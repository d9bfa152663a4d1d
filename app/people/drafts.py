"""The rows of a list while somebody looks at it, as they are stored. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, dataclass, fields
from hashlib import sha256
from typing import Any

from app.list_parser import ParsedLine, ParsedList
from app.models import Role
from app.people.queue import Person
from app.text import clean, without_forbidden

MAIL, LINK = "mail", "link"


@dataclass(frozen=True)
class Row:
    """One person of a list, as read and then as corrected.

    `problem` is what reading found and no correction has settled; `as_is` accepts it. `mail_again` accepts a second mail. `mail` is MAIL or LINK.
    `n` tells the row from all others that the list has ever had; `line` and `ordinal` (people of one line share it) tell where it was read.
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
    ordinal: int = 0
    name_suggestion: str | None = None
    choices: tuple[str, ...] = ()
    """The addresses to choose from, beside `several_emails`."""
    removed: tuple[str, ...] = ()
    """What was cut off the name."""
    unticked: str | None = None
    """Why it arrived unticked (an `UntickedReason`)."""
    status: str | None = None
    same_as: int | None = None
    """The line that reading found to be about the same person."""
    other_person: str | None = None
    """The key of a `Match` of which somebody said that it is another person."""
    typed: tuple[str, ...] = ()
    """The fields that somebody changed: they survive a new reading."""
    phone: str | None = None
    phone_typed: str | None = None


def rows_of(reading: ParsedList) -> list[Row]:
    """The people of a list as read, numbered from 1."""
    ordinals: dict[int, int] = {}
    rows = []
    for n, line in enumerate(reading.people, start=1):
        ordinal = ordinals.get(line.number, 0)
        ordinals[line.number] = ordinal + 1
        rows.append(_row(n, ordinal, line))
    return rows


def taken_back(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """The rows that were left out before and are included after."""
    return [new for old, new in zip(before, after, strict=True) if new.keep and not old.keep]


def version_of(rows: Sequence[Row], reading: int = 1) -> str:
    """What tells whether a list is still as a preview showed it; `reading` counts how often it was read."""
    return f"{reading}-{sha256(json.dumps(dumped(rows), sort_keys=True).encode()).hexdigest()[:16]}"


def reading_of(version: str | None) -> int:
    """The reading that a preview showed, of its version; a form without one is of the first."""
    number = (version or "").partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1


def of_gone_rows(numbers_here: Set[int], form: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name and e-mail that a form has for each included row that is no longer in the list."""
    here = {str(n) for n in numbers_here}
    numbers = [name.removeprefix("keep-") for name in form if name.startswith("keep-")]
    return [typed_person(form, n) for n in numbers if n not in here]


def typed_person(form: Mapping[str, str], n: int | str) -> tuple[str, str]:
    """The name and e-mail that a form has for a row."""
    return clean_typed(form.get(f"name-{n}", "")), clean_typed(form.get(f"email-{n}", ""))


def clean_typed(value: str) -> str:
    """A field of the preview as it is stored."""
    return clean(without_forbidden(value.replace("\u00a0", " ")))


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
    """Rows as they are stored: what is as usual is left out."""
    return [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(row).items()
            if value != _USUAL[name]
        }
        for row in rows
    ]


def loaded(stored: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Rows as they were stored."""
    rows = []
    for one in stored:
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in one.items()
        }
        rows.append(Row(**values))
    return rows


_USUAL = {each.name: MISSING if each.default is MISSING else each.default for each in fields(Row)}


def _row(n: int, ordinal: int, line: ParsedLine) -> Row:
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
        ordinal=ordinal,
        name_suggestion=line.name_suggestion,
        choices=line.choices,
        removed=line.removed,
        unticked=line.unticked,
        status=line.status,
        same_as=line.same_as,
        phone=draft.phone,
        phone_typed=draft.phone_typed,
    )
