"""Questions that a person of a list raises beside the others: an open column, a line with nothing but a name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.list_parser.cells import is_name
from app.list_parser.names import name_from_email
from app.list_parser.types import LineKind, LineProblem, ParsedLine


def ask_which_column(lines: Iterable[ParsedLine]) -> list[ParsedLine]:
    """The lines, no person of them ready: a column is in question."""
    return [mark_in_question(line, LineProblem.COLUMN_IN_QUESTION) if line.person else line for line in lines]


def ask_about_names(
    lines: Sequence[ParsedLine], name_only: Collection[int], included: Collection[int]
) -> list[ParsedLine]:
    """The lines, those without an address in question where most have one.

    Args:
        lines: all of them.
        name_only: indexes of lines with nothing but a name.
        included: numbers of lines that the coordinator has included.
    """
    with_email = {line.number for line in lines if line.person and line.person.email}
    bare = [index for index, line in enumerate(lines) if _is_without_email(line, included)]
    asked = [index for index in bare if index in name_only]
    if len(with_email) < 2 or len(with_email) < len(asked):
        # Fewer have one; what is no name is asked about all the same.
        asked = []
    if with_email:
        asked += [index for index in bare if index not in asked and not is_name(_get_name(lines[index]))]
    result = list(lines)
    for index in asked:
        result[index] = mark_in_question(lines[index], LineProblem.NO_EMAIL)
        below = (at for at in range(index + 1, len(lines)) if lines[at].kind is not LineKind.BLANK)
        # «Ana Ríos» and its address on two lines: two people until it is said that they are one person.
        if (next_index := next(below, None)) is not None and _is_address_only(lines[next_index]):
            result[next_index] = mark_in_question(lines[next_index], LineProblem.NAME_FROM_EMAIL)
    return result


def mark_in_question(line: ParsedLine, problem: LineProblem) -> ParsedLine:
    """The line with that problem instead of its own."""
    return replace(line, kind=LineKind.PROBLEM, problem=problem, suggestion=None, name_suggestion=None)


def _is_without_email(line: ParsedLine, included: Collection[int]) -> bool:
    person = line.person
    if line.kind is not LineKind.PERSON or person is None or line.number in included:
        return False
    return not person.email


def _get_name(line: ParsedLine) -> str:
    return line.person.name if line.person else ""


def _is_address_only(line: ParsedLine) -> bool:
    person = line.person
    if line.kind is not LineKind.PERSON or person is None or not person.email:
        return False
    return person.name == name_from_email(person.email)
