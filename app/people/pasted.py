"""The lists that are pasted into the form of a new meeting: all of them right, or words that say which line is not."""

from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import ngettext

from app.list_parser import (
    LineKind,
    LineProblem,
    ParsedList,
    UnreadableFile,
    UntickedReason,
    read_text,
)
from app.models import Role
from app.people import list_words
from app.people.drafts import SOFT, Row, RowState, judge, person, rows_of
from app.people.queue import Person
from app.text import email_key

MOST_ERRORS = 10


def read_people(text: str, role: Role, seen: set[str], *, accept: bool) -> tuple[list[Person], list[str]]:
    """Read one of the form's lists.

    Args:
        text: as pasted.
        role: of whoever the list gives none.
        seen: the e-mail keys of the lists before, to which this one's are added.
        accept: send rows with a doubt that only a person can settle as they are.

    Returns:
        The people, and what is wrong (then nobody is to be sent), a few lines at most.
    """
    try:
        parsed = read_text(text, default_role=role.value)
    except UnreadableFile as error:
        return [], [list_words.flaw(error.reason)]
    rows = rows_of(parsed)
    judged = judge(rows, frozenset(seen))
    # Nobody accepts what they were not shown.
    if accept and sum(one.why is not None for one in judged) <= MOST_ERRORS:
        judged = judge([_accepted(row) for row in rows], frozenset(seen))
    people, wrong = [], []
    for one in judged:
        row = one.row
        if one.state == RowState.READY:
            people.append(person(row))
            if row.email:
                seen.add(email_key(row.email))
        elif one.why is not None:
            wrong.append((row, one.why))
        # Whoever stands in the lists twice is sent once.
    # This form has no preview: what a preview would leave out or untick is not passed over in silence.
    return people, _errors(wrong) + _unsent(parsed)


def _errors(wrong: list[tuple[Row, LineProblem]]) -> list[str]:
    errors = [_error(row, why) for row, why in wrong[:MOST_ERRORS]]
    if more := len(wrong[MOST_ERRORS:]):
        words = ngettext("%(num)s more line has a problem.", "%(num)s more lines have problems.", more)
        errors.append(str(words))
    if 0 < len(wrong) <= MOST_ERRORS and all(why in SOFT for _row, why in wrong):
        errors.append(str(_("If all of that is right as it is, send the form again without changing it.")))
    return errors


def _unsent(parsed: ParsedList) -> list[str]:
    """The lines that would not be sent, but for those that repeat an address: such a person is sent once."""
    passed_over = {None, UntickedReason.SAME_EMAIL}
    lines = [
        line
        for line in parsed.lines
        if line.kind is LineKind.LEFT_OUT or (line.person and line.unticked not in passed_over)
    ]
    return [
        str(
            _(
                "Line %(line)s, “%(text)s”: it would not be sent. Delete it, or add the list on the meeting's page.",
                line=line.number,
                text=line.text[:60],
            )
        )
        for line in lines[:MOST_ERRORS]
    ]


def _error(row: Row, why: LineProblem) -> str:
    words = list_words.PROBLEMS[why]
    if row.suggestion:
        words = _("%(why)s Did you mean %(email)s?", why=words, email=row.suggestion)
    return str(_("Line %(line)s, “%(text)s”: %(why)s", line=row.line, text=row.text[:60], why=words))


def _accepted(row: Row) -> Row:
    return replace(row, as_is=row.problem in SOFT)
