"""The state of each row: what would happen to it if the list were sent now, and why. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.list_parser import MAX_EXTERNAL_ID_CHARS, MAX_NAME_CHARS, LineProblem
from app.meetings.imports.rows import MAIL, ImportRow
from app.meetings.participants.same_person import PeopleIndex, PersonIdentity, SamePersonMatch
from app.utils.text import email_key, is_blank, is_valid_email

ACCEPTABLE_PROBLEMS = frozenset(
    {
        LineProblem.SEVERAL_EMAILS,
        LineProblem.NOT_A_PERSON,
        LineProblem.ODD_CHARACTERS,
        LineProblem.UNKNOWN_ROLE,
        LineProblem.MISTYPED_DOMAIN,
        LineProblem.DOUBTFUL_EMAIL,
        LineProblem.OTHERS_EMAIL,
        LineProblem.EMAIL_ELSEWHERE,
        LineProblem.NO_EMAIL,
        LineProblem.NAME_FROM_EMAIL,
    }
)
"""The problems that may be right as they are."""


class RowState(StrEnum):
    """What would happen to a row if the list were sent now."""

    READY = "ready"
    ALREADY_ADDED = "present"
    DUPLICATE = "repeated"
    PROBLEM = "problem"


@dataclass(frozen=True)
class ValidatedRow:
    """A row and its state; `why` is the problem, `repeats` the line with the same address, `match` a doubtful double."""

    row: ImportRow
    state: RowState
    problem: LineProblem | None = None
    repeats: int | None = None
    match: SamePersonMatch | None = None

    @property
    def is_going(self) -> bool:
        """Whether it would be sent now."""
        return self.state is RowState.READY and self.row.included

    @property
    def is_left(self) -> bool:
        """Whether it still needs a correction."""
        return self.state is RowState.PROBLEM and self.row.included

    @property
    def stays(self) -> bool:
        """Whether it stays in the list when the others are sent: its address is not on its way to the meeting."""
        if self.is_going:
            return False
        return self.state in {RowState.READY, RowState.PROBLEM} or self.match is not None


def validate_rows(
    rows: Sequence[ImportRow],
    present: frozenset[str],
    possibly_mailed: frozenset[str] = frozenset(),
    *,
    people: Iterable[PersonIdentity] = (),
    columns_open: bool = False,
) -> list[ValidatedRow]:
    """Determine the state of each row.

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
        found = ValidatedRow(row, RowState.PROBLEM, why) if why else _judge_person(row, key, index, seen)
        if key and key in present:
            found = ValidatedRow(row, RowState.ALREADY_ADDED)
        elif key in possibly_mailed and row.mail == MAIL and not row.mail_again:
            found = ValidatedRow(row, RowState.PROBLEM, LineProblem.POSSIBLY_MAILED)
        judged.append(found)
        if found.is_going:
            index.add(_known(row))
            seen |= {key: row.line} if key else {}
    return judged


def _problem(row: ImportRow) -> LineProblem | None:
    if is_blank(row.name):
        return LineProblem.NO_NAME
    if len(row.name) > MAX_NAME_CHARS:
        return LineProblem.NAME_TOO_LONG
    if len(row.external_id) > MAX_EXTERNAL_ID_CHARS:
        return LineProblem.EXTERNAL_ID_TOO_LONG
    if row.email and not is_valid_email(row.email):
        return LineProblem.BAD_EMAIL
    is_accepted = row.accepted and row.problem in ACCEPTABLE_PROBLEMS
    return LineProblem(row.problem) if row.problem and not is_accepted else None


def _judge_person(row: ImportRow, key: str, index: PeopleIndex, seen: Mapping[str, int]) -> ValidatedRow:
    if key in seen:
        return ValidatedRow(row, RowState.DUPLICATE, repeats=seen[key])
    match = index.find(_known(row))
    if match is None or (row.included and row.other_person == match.key):
        return ValidatedRow(row, RowState.READY, match=match)
    return ValidatedRow(
        row, RowState.ALREADY_ADDED if match.other.line is None else RowState.DUPLICATE, match=match
    )


def _known(row: ImportRow) -> PersonIdentity:
    return PersonIdentity(row.name, bool(row.email), row.external_id, row.line)
