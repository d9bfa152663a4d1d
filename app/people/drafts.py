"""The rows of a list while somebody looks at it: what each would become, and what is still in its way. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.list_parser import MAX_EXTERNAL_ID_CHARS, MAX_NAME_CHARS, LineProblem, ParsedLine, ParsedList
from app.models import Role
from app.people.queue import Person
from app.people.same_person import Known, Match, PeopleIndex
from app.text import clean, email_key, is_blank, valid_email, without_forbidden

MAIL, LINK = "mail", "link"

SOFT = frozenset(
    {
        LineProblem.SEVERAL_EMAILS,
        LineProblem.NOT_A_PERSON,
        LineProblem.ODD_CHARACTERS,
        LineProblem.UNKNOWN_ROLE,
        LineProblem.MISTYPED_DOMAIN,
        LineProblem.DOUBTFUL_EMAIL,
        LineProblem.EMAIL_ELSEWHERE,
        LineProblem.NO_EMAIL,
        LineProblem.NAME_FROM_EMAIL,
    }
)
"""The problems that may be right as they are."""


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


@dataclass(frozen=True)
class Judged:
    """A row and its state; `why` is the problem, `repeats` the line with the same address, `match` a doubtful double."""

    row: Row
    state: RowState
    why: LineProblem | None = None
    repeats: int | None = None
    match: Match | None = None

    @property
    def is_going(self) -> bool:
        """Whether it would be sent now."""
        return self.state is RowState.READY and self.row.keep

    @property
    def is_left(self) -> bool:
        """Whether somebody still has to put it right."""
        return self.state is RowState.PROBLEM and self.row.keep

    @property
    def stays(self) -> bool:
        """Whether it stays in the list when the others are sent: its address is not on its way to the meeting."""
        if self.is_going:
            return False
        return self.state in {RowState.READY, RowState.PROBLEM} or self.match is not None


def rows_of(reading: ParsedList) -> list[Row]:
    """The people of a list as read, numbered from 1."""
    ordinals: dict[int, int] = {}
    rows = []
    for n, line in enumerate(reading.people, start=1):
        ordinal = ordinals.get(line.number, 0)
        ordinals[line.number] = ordinal + 1
        rows.append(_row(n, ordinal, line))
    return rows


def judge(
    rows: Sequence[Row],
    present: frozenset[str],
    possibly_mailed: frozenset[str] = frozenset(),
    *,
    people: Iterable[Known] = (),
    columns_open: bool = False,
) -> list[Judged]:
    """Say of each row what it would come to.

    Args:
        rows: in the order of the list. A row that is left out is no double of a later one.
        present: the e-mail keys that the meeting has reserved.
        possibly_mailed: the e-mail keys that may have been mailed.
        people: those of the meeting, to compare by name and external ID.
        columns_open: which column is meant is still in question, so that no row is ready.
    """
    index, seen, judged = PeopleIndex.of(people), dict[str, int](), []
    for row in rows:
        why = LineProblem.COLUMN_IN_QUESTION if columns_open else _problem(row)
        key = email_key(row.email) if row.email and why is None else ""
        found = Judged(row, RowState.PROBLEM, why) if why else _judge_person(row, key, index, seen)
        if key and key in present:
            found = Judged(row, RowState.PRESENT)
        elif key in possibly_mailed and row.mail == MAIL and not row.mail_again:
            found = Judged(row, RowState.PROBLEM, LineProblem.POSSIBLY_MAILED)
        judged.append(found)
        if found.is_going:
            index.add(_known(row))
            seen |= {key: row.line} if key else {}
    return judged


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


def _problem(row: Row) -> LineProblem | None:
    if is_blank(row.name):
        return LineProblem.NO_NAME
    if len(row.name) > MAX_NAME_CHARS:
        return LineProblem.NAME_TOO_LONG
    if len(row.external_id) > MAX_EXTERNAL_ID_CHARS:
        return LineProblem.EXTERNAL_ID_TOO_LONG
    if row.email and not valid_email(row.email):
        return LineProblem.BAD_EMAIL
    is_accepted = row.as_is and row.problem in SOFT
    return LineProblem(row.problem) if row.problem and not is_accepted else None


def _judge_person(row: Row, key: str, index: PeopleIndex, seen: Mapping[str, int]) -> Judged:
    if key in seen:
        return Judged(row, RowState.REPEATED, repeats=seen[key])
    match = index.find(_known(row))
    if match is None or (row.keep and row.other_person == match.key):
        return Judged(row, RowState.READY, match=match)
    return Judged(row, RowState.PRESENT if match.other.line is None else RowState.REPEATED, match=match)


def _known(row: Row) -> Known:
    return Known(row.name, bool(row.email), row.external_id, row.line)
