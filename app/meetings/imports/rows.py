"""The rows of an import under review, as they are stored. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, dataclass, fields
from hashlib import sha256
from typing import Any

from app.list_parser import ParsedLine, ParsedList
from app.meetings.participants.queue import ParticipantInput
from app.models import Role
from app.utils.text import normalize_text, strip_control_characters

MAIL, LINK = "mail", "link"


@dataclass(frozen=True)
class ImportRow:
    """One row of an import, as parsed and edited.

    `problem`: found by the parser and not corrected; `accepted`: sent as it is. `mail_again` accepts a second
    mail. `n` is unique among all rows that the list has ever had; `line` and `ordinal` (people of one line
    share it) are its position in the source.
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
    """The key of a `Match` of which a person said that it is another person."""
    typed: tuple[str, ...] = ()
    """The fields that a person changed: they survive a new reading."""
    phone: str | None = None
    phone_typed: str | None = None


# The keys of these fields in the stored rows; changing them needs a migration.
_STORED_KEYS = {"included": "keep", "accepted": "as_is"}
_FIELDS = {key: name for name, key in _STORED_KEYS.items()}


def rows_from(parsed: ParsedList) -> list[ImportRow]:
    """The rows of a parsed list, numbered from 1."""
    ordinals: dict[int, int] = {}
    rows = []
    for n, line in enumerate(parsed.people, start=1):
        ordinal = ordinals.get(line.number, 0)
        ordinals[line.number] = ordinal + 1
        rows.append(_row_from_line(n, ordinal, line))
    return rows


def find_reincluded(before: Sequence[ImportRow], after: Sequence[ImportRow]) -> list[ImportRow]:
    """The rows that were excluded before and are included after."""
    return [new for old, new in zip(before, after, strict=True) if new.included and not old.included]


def compute_version(rows: Sequence[ImportRow], reading: int = 1) -> str:
    """The version of a list, to detect changes since a preview; `reading` counts how often it was read."""
    return f"{reading}-{sha256(json.dumps(serialize_rows(rows), sort_keys=True).encode()).hexdigest()[:16]}"


def reading_of(version: str | None) -> int:
    """The reading that a preview showed, of its version; a form without one is of the first."""
    number = (version or "").partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1


def edits_of_removed_rows(present_numbers: Set[int], form: Mapping[str, str]) -> list[tuple[str, str]]:
    """The name and e-mail that a form has for each included row that is no longer in the list."""
    present_ids = {str(n) for n in present_numbers}
    numbers = [name.removeprefix("keep-") for name in form if name.startswith("keep-")]
    return [typed_person(form, n) for n in numbers if n not in present_ids]


def typed_person(form: Mapping[str, str], n: int | str) -> tuple[str, str]:
    """The name and e-mail that a form has for a row."""
    return clean_typed(form.get(f"name-{n}", "")), clean_typed(form.get(f"email-{n}", ""))


def clean_typed(value: str) -> str:
    """A field of the preview as it is stored."""
    return normalize_text(strip_control_characters(value.replace("\u00a0", " ")))


def to_participant_input(row: ImportRow) -> ParticipantInput:
    """The participant that a ready row adds."""
    return ParticipantInput(
        Role(row.role),
        row.name,
        row.email or None,
        row.external_id or None,
        send_invitation=row.mail == MAIL,
        accept_second_mail=row.mail_again,
        phone=row.phone,
        phone_typed=row.phone_typed,
    )


def serialize_rows(rows: Iterable[ImportRow]) -> list[dict[str, Any]]:
    """Rows as they are stored; fields with their default value are left out."""
    return [
        {
            _STORED_KEYS.get(name, name): list(value) if isinstance(value, tuple) else value
            for name, value in vars(row).items()
            if value != _USUAL[name]
        }
        for row in rows
    ]


def deserialize_rows(stored: Iterable[Mapping[str, Any]]) -> list[ImportRow]:
    """Rows as they were stored."""
    return [_deserialize_row(row) for row in stored]


def _deserialize_row(row: Mapping[str, Any]) -> ImportRow:
    values: dict[str, Any] = {
        _FIELDS.get(key, key): tuple(value) if isinstance(value, list) else value
        for key, value in row.items()
    }
    return ImportRow(**values)


_USUAL = {each.name: MISSING if each.default is MISSING else each.default for each in fields(ImportRow)}


def _row_from_line(n: int, ordinal: int, line: ParsedLine) -> ImportRow:
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
        ordinal=ordinal,
        name_suggestion=line.name_suggestion,
        choices=line.choices,
        removed=line.removed,
        unticked=line.unticked,
        status=line.status,
        same_as=line.same_as,
        phone=parsed_person.phone,
        phone_typed=parsed_person.phone_typed,
    )
