"""Parse the lists pasted into the new-meeting form; any problem becomes an error message."""

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
from app.meetings.imports import presenters
from app.meetings.imports.rows import ImportRow, RowState, rows_from, to_participant_input, validate_rows
from app.meetings.participants.queue import ParticipantInput
from app.models import Role
from app.utils.text import email_key

MAX_ERRORS = 10


def parse_participants(
    text: str, role: Role, email_keys: set[str], *, accept_doubtful: bool
) -> tuple[list[ParticipantInput], list[str]]:
    """Read one of the form's lists.

    Args:
        text: as pasted.
        role: the default role.
        email_keys: the e-mail keys of the lists before, to which this one's are added.
        accept_doubtful: send rows with a doubt that only a person can settle as they are.

    Returns:
        The participants, and the error messages (if any, nothing may be sent).
    """
    try:
        parsed = read_text(text, default_role=role.value)
    except UnreadableFile as error:
        return [], [presenters.file_error_message(error.reason)]
    rows = rows_from(parsed)
    validated = validate_rows(rows, frozenset(email_keys))
    # The user can accept only problems that were shown.
    if (
        accept_doubtful
        and sum(validated_row.problem is not None for validated_row in validated) <= MAX_ERRORS
    ):
        validated = validate_rows([_accept_row(row) for row in rows], frozenset(email_keys))
    participants, invalid = [], []
    for one in validated:
        row = one.row
        if one.state == RowState.READY:
            participants.append(to_participant_input(row))
            if row.email:
                email_keys.add(email_key(row.email))
        elif one.problem is not None:
            invalid.append((row, one.problem))
        # A person who is in the lists twice is added once.
    # This form has no preview, so rows that a preview would exclude are reported as errors.
    return participants, _format_errors(invalid) + _unsent_line_errors(parsed)


def _format_errors(invalid: list[tuple[ImportRow, LineProblem]]) -> list[str]:
    errors = [_format_error(row, problem) for row, problem in invalid[:MAX_ERRORS]]
    if remaining := len(invalid[MAX_ERRORS:]):
        message = ngettext("%(num)s more line has a problem.", "%(num)s more lines have problems.", remaining)
        errors.append(str(message))
    if 0 < len(invalid) <= MAX_ERRORS and all(why in presenters.ACCEPTABLE_PROBLEMS for _row, why in invalid):
        errors.append(str(_("If all of that is right as it is, send the form again without changing it.")))
    return errors


def _unsent_line_errors(parsed: ParsedList) -> list[str]:
    """The lines that would not be sent, but for those that repeat an address: such a person is sent once."""
    ignored_reasons = {None, UntickedReason.SAME_EMAIL}
    lines = [
        line
        for line in parsed.lines
        if line.kind is LineKind.LEFT_OUT or (line.person and line.unticked not in ignored_reasons)
    ]
    return [
        str(
            _(
                "Line %(line)s, “%(text)s”: it would not be sent. Delete it, or add the list on the meeting's page.",
                line=line.number,
                text=line.text[:60],
            )
        )
        for line in lines[:MAX_ERRORS]
    ]


def _format_error(row: ImportRow, problem: LineProblem) -> str:
    message = presenters.PROBLEM_MESSAGES[problem]
    if row.suggestion:
        message = _("%(why)s Did you mean %(email)s?", why=message, email=row.suggestion)
    return str(_("Line %(line)s, “%(text)s”: %(why)s", line=row.line, text=row.text[:60], why=message))


def _accept_row(row: ImportRow) -> ImportRow:
    return replace(row, accepted=row.problem in presenters.ACCEPTABLE_PROBLEMS)
