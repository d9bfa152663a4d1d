"""TokenType was found → a line: a person who can be sent, or one with a problem."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.list_parser.email_suggestions import find_obfuscated_email, suggest_domain, suggest_email
from app.list_parser.names import has_letter, name_from_email
from app.list_parser.normalization import for_display
from app.list_parser.types import (
    MAX_EXTERNAL_ID_CHARS,
    MAX_NAME_CHARS,
    LineKind,
    LineProblem,
    ParsedLine,
    ParsedPerson,
)
from app.text import clean, is_blank, valid_email, without_forbidden

_NOBODY = re.compile(
    r"(?i)(?:https?://|www\.)|#(?:n/[ad]|ref!|value!|valor!|name\?|¿nombre\?|null!|¡nulo!|div/0!|¡div/0!|num!)$"
)


def validate_person(
    number: int, text: str, draft: ParsedPerson, emails: Sequence[str] = (), *, role_known: bool = True
) -> ParsedLine:
    """The line of a person: `draft` as found, with the addresses found (its own is the first of them)."""
    person = _completed(draft, emails)
    problem, suggestion = _problem(person, emails, role_known)
    if problem is LineProblem.BAD_EMAIL and person.email is None:
        # «ana arroba gmail.com»: what was taken for a name.
        person = replace(
            person, name=name_from_email(suggestion) if suggestion else person.name, email=person.name
        )
    kind = LineKind.PROBLEM if problem else LineKind.PERSON
    return ParsedLine(number, for_display(text), kind, person, problem, suggestion)


def _completed(draft: ParsedPerson, emails: Sequence[str]) -> ParsedPerson:
    name = clean(without_forbidden(" ".join(draft.name.split())))
    email = emails[0] if emails else None
    if is_blank(name) or (email and not has_letter(name) and not any(map(str.isdigit, name))):
        name = name_from_email(email) if email else ""
    return replace(draft, name=name, email=email)


def _problem(
    person: ParsedPerson, emails: Sequence[str], role_known: bool
) -> tuple[LineProblem | None, str | None]:
    if len(emails) > 1:
        return LineProblem.SEVERAL_EMAILS, None
    if person.email and not valid_email(person.email):
        return LineProblem.BAD_EMAIL, _suggestion(person.name, person.email)
    if not person.email and (hidden := find_obfuscated_email(person.name)):
        return LineProblem.BAD_EMAIL, hidden[1]
    if problem := _problem_of_name(person):
        return problem, None
    if person.external_id and len(person.external_id) > MAX_EXTERNAL_ID_CHARS:
        return LineProblem.EXTERNAL_ID_TOO_LONG, None
    if not role_known:
        return LineProblem.UNKNOWN_ROLE, None
    if person.email and suggest_domain(person.email.rpartition("@")[2]):
        return LineProblem.MISTYPED_DOMAIN, suggest_email(person.email)
    return None, None


def _suggestion(name: str, email: str) -> str | None:
    if email.startswith("@") and name:
        # «ana @gmail.com»: its beginning was taken for a name.
        together = name.rsplit(maxsplit=1)[-1] + email
        return suggest_email(together) or (together if valid_email(together) else None)
    return suggest_email(email)


def _problem_of_name(person: ParsedPerson) -> LineProblem | None:
    name = person.name
    if is_blank(name):
        return LineProblem.NO_NAME
    if _NOBODY.match(name) or (not person.email and not has_letter(name)):
        return LineProblem.NOT_A_PERSON
    if "\ufffd" in name or _is_garbled(name):
        return LineProblem.ODD_CHARACTERS
    return LineProblem.NAME_TOO_LONG if len(name) > MAX_NAME_CHARS else None


def _is_garbled(name: str) -> bool:
    """Whether it is UTF-8 that was once read as Windows-1252: «MarÃ­a». No name happens to be so."""
    if name.isascii():
        return False
    try:
        name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True
