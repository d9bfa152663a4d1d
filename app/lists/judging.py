"""What was found → a line: a person who can be sent, or one with a problem."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.lists.naming import has_letter, proposed_name
from app.lists.reading import LONGEST_EXTERNAL_ID, LONGEST_NAME, Draft, Kind, Line, Problem
from app.lists.tidying import for_display
from app.lists.typos import hidden_email, meant_domain, suggestion_for
from app.text import clean, is_blank, valid_email, without_forbidden

_NOBODY = re.compile(
    r"(?i)(?:https?://|www\.)|#(?:n/[ad]|ref!|value!|valor!|name\?|¿nombre\?|null!|¡nulo!|div/0!|¡div/0!|num!)$"
)


def person_line(
    number: int, text: str, draft: Draft, emails: Sequence[str] = (), *, role_known: bool = True
) -> Line:
    """The line of a person: `draft` as found, with the addresses found (its own is the first of them)."""
    person = _completed(draft, emails)
    problem, suggestion = _problem(person, emails, role_known)
    if problem is Problem.BAD_EMAIL and person.email is None:
        # «ana arroba gmail.com»: what was taken for a name.
        person = replace(
            person, name=proposed_name(suggestion) if suggestion else person.name, email=person.name
        )
    kind = Kind.PROBLEM if problem else Kind.PERSON
    return Line(number, for_display(text), kind, person, problem, suggestion)


def _completed(draft: Draft, emails: Sequence[str]) -> Draft:
    name = clean(without_forbidden(" ".join(draft.name.split())))
    email = emails[0] if emails else None
    if is_blank(name) or (email and not has_letter(name) and not any(map(str.isdigit, name))):
        name = proposed_name(email) if email else ""
    return replace(draft, name=name, email=email)


def _problem(person: Draft, emails: Sequence[str], role_known: bool) -> tuple[Problem | None, str | None]:
    if len(emails) > 1:
        return Problem.SEVERAL_EMAILS, None
    if person.email and not valid_email(person.email):
        return Problem.BAD_EMAIL, _suggestion(person.name, person.email)
    if not person.email and (hidden := hidden_email(person.name)):
        return Problem.BAD_EMAIL, hidden[1]
    if problem := _problem_of_name(person):
        return problem, None
    if person.external_id and len(person.external_id) > LONGEST_EXTERNAL_ID:
        return Problem.EXTERNAL_ID_TOO_LONG, None
    if not role_known:
        return Problem.UNKNOWN_ROLE, None
    if person.email and meant_domain(person.email.rpartition("@")[2]):
        return Problem.MISTYPED_DOMAIN, suggestion_for(person.email)
    return None, None


def _suggestion(name: str, email: str) -> str | None:
    if email.startswith("@") and name:
        # «ana @gmail.com»: its beginning was taken for a name.
        together = name.rsplit(maxsplit=1)[-1] + email
        return suggestion_for(together) or (together if valid_email(together) else None)
    return suggestion_for(email)


def _problem_of_name(person: Draft) -> Problem | None:
    name = person.name
    if is_blank(name):
        return Problem.NO_NAME
    if _NOBODY.match(name) or (not person.email and not has_letter(name)):
        return Problem.NOT_A_PERSON
    if "\ufffd" in name or _is_garbled(name):
        return Problem.ODD_CHARACTERS
    return Problem.NAME_TOO_LONG if len(name) > LONGEST_NAME else None


def _is_garbled(name: str) -> bool:
    """Whether it is UTF-8 that was once read as Windows-1252: «MarÃ­a». No name happens to be so."""
    if name.isascii():
        return False
    try:
        name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return True
