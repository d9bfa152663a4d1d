"""What was understood → a line: a person who can be sent, or one with a problem.

`find_doubts` checks one person's name and e-mail, for every form and import.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.list_parser.cells import is_sentence
from app.list_parser.email_suggestions import find_obfuscated_email, suggest_domain, suggest_email
from app.list_parser.line_reasons import is_request
from app.list_parser.names import has_letter, has_number_inside, name_from_email
from app.list_parser.normalization import format_for_display
from app.list_parser.text_repair import is_damaged, restore_name
from app.list_parser.types import (
    MAX_EXTERNAL_ID_CHARS,
    MAX_NAME_CHARS,
    LineKind,
    LineProblem,
    ParsedLine,
    ParsedPerson,
)
from app.utils.text import is_blank, is_valid_email, normalize_text, strip_control_characters

_NOT_A_NAME = re.compile(
    r"(?i)(?:https?://|www\.)|#(?:n/[ad]|ref!|value!|valor!|name\?|¿nombre\?|null!|¡nulo!|div/0!|¡div/0!|num!)$"
)
_SAFE_LOCAL = re.compile(r"[A-Za-z0-9._%+'-]+")
_GLUED = re.compile(r"[-–—_.·•*]+")
_NUMBERED = re.compile(r"(?:www\.|\d{1,2}[.)-])(?=[A-Za-z])")
"""The number of a row, or of a page, that was glued to an address."""
_MAX_LOCAL_CHARS = 64
_FULL_WIDTH = str.maketrans({"＠": "@", "．": ".", "。": ".", "﹫": "@"})


class Doubt(NamedTuple):
    """Something to ask about one person, with what was probably meant."""

    problem: LineProblem
    suggestion: str | None = None
    """An address."""
    name_suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found beside the person: addresses, and the problems that reading has seen."""

    emails: Sequence[str] = field(default_factory=tuple)
    first_problem: LineProblem | None = None
    """Comes before every doubt."""
    last_problem: LineProblem | None = None
    """Comes after the doubts about name and address."""


def find_doubts(name: str, email: str | None, external_id: str | None = None) -> tuple[Doubt, ...]:
    """Every doubt about one person, the gravest first; an empty tuple for a person who can be sent as is.

    Lists, the form for one person, corrections and the form of a new meeting ask the same by it.

    Args:
        name: as typed.
        email: as typed, or None.
        external_id: as typed, or None.
    """
    doubts = []
    is_valid = bool(email) and is_valid_email(email or "")
    if email and not is_valid:
        doubts.append(Doubt(LineProblem.BAD_EMAIL, _suggest_correction(name, email)))
    elif not email and (hidden := find_obfuscated_email(name)):
        doubts.append(Doubt(LineProblem.BAD_EMAIL, hidden[1]))
    if doubt := _find_name_doubt(name, email):
        doubts.append(doubt)
    if external_id and len(external_id) > MAX_EXTERNAL_ID_CHARS:
        doubts.append(Doubt(LineProblem.EXTERNAL_ID_TOO_LONG))
    if email and is_valid and (doubt := _find_email_doubt(email)):
        doubts.append(doubt)
    return tuple(doubts)


def validate_person(number: int, text: str, draft: ParsedPerson, finding: Finding) -> ParsedLine:
    """The line of a person: `draft` as found, with the addresses found (its own is the first of them)."""
    person = _complete_person(draft, finding.emails)
    doubt = _first_doubt(person, finding)
    if doubt.problem is LineProblem.BAD_EMAIL and person.email is None:
        # «ana arroba gmail.com»: what was taken for a name.
        suggested_email = doubt.suggestion
        person = replace(
            person,
            name=name_from_email(suggested_email) if suggested_email else person.name,
            email=person.name,
        )
    kind = LineKind.PROBLEM if doubt.problem else LineKind.PERSON
    choices = tuple(finding.emails) if len(finding.emails) > 1 else ()
    return ParsedLine(
        number,
        format_for_display(text),
        kind,
        person,
        doubt.problem,
        doubt.suggestion,
        choices=choices,
        name_suggestion=doubt.name_suggestion,
    )


class _MaybeDoubt(NamedTuple):
    problem: LineProblem | None = None
    suggestion: str | None = None
    name_suggestion: str | None = None


def _first_doubt(person: ParsedPerson, finding: Finding) -> _MaybeDoubt:
    if finding.first_problem:
        return _MaybeDoubt(finding.first_problem)
    if len(finding.emails) > 1:
        return _MaybeDoubt(LineProblem.SEVERAL_EMAILS)
    for doubt in find_doubts(person.name, person.email, person.external_id)[:1]:
        soft = doubt.problem in {LineProblem.MISTYPED_DOMAIN, LineProblem.DOUBTFUL_EMAIL}
        if not (soft and finding.last_problem):
            return _MaybeDoubt(*doubt)
    return _MaybeDoubt(finding.last_problem)


def _complete_person(draft: ParsedPerson, emails: Sequence[str]) -> ParsedPerson:
    name = normalize_text(strip_control_characters(" ".join(draft.name.split())))
    email = emails[0] if emails else None
    if is_blank(name) or (email and not has_letter(name) and not any(map(str.isdigit, name))):
        name = name_from_email(email) if email else ""
    return replace(draft, name=name, email=email)


def _find_name_doubt(name: str, email: str | None) -> Doubt | None:
    if is_blank(name):
        return Doubt(LineProblem.NO_NAME)
    if (
        _NOT_A_NAME.match(name)
        or (not email and not has_letter(name))
        or is_sentence(name)
        or is_request(name)
        or has_number_inside(name)
    ):
        return Doubt(LineProblem.NOT_A_PERSON)
    if len(name) > MAX_NAME_CHARS:
        return Doubt(LineProblem.NAME_TOO_LONG)
    return Doubt(LineProblem.ODD_CHARACTERS, None, restore_name(name)) if is_damaged(name) else None


def _find_email_doubt(email: str) -> Doubt | None:
    local, _, domain = email.rpartition("@")
    if suggest_domain(domain):
        return Doubt(LineProblem.MISTYPED_DOMAIN, suggest_email(email))
    if len(local) > _MAX_LOCAL_CHARS or len(domain.rpartition(".")[2]) < 2:
        return Doubt(LineProblem.DOUBTFUL_EMAIL)
    if numbered := _NUMBERED.match(email):
        return Doubt(LineProblem.DOUBTFUL_EMAIL, email[numbered.end() :])
    if _SAFE_LOCAL.fullmatch(local) and not _GLUED.match(local) and not _is_glued(local):
        return Doubt(LineProblem.DOUBTFUL_EMAIL) if _mixes_scripts(domain) else None
    plain = unicodedata.normalize("NFKD", _GLUED.sub("", local, count=1) if _GLUED.match(local) else local)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.rpartition("-")[2] if _is_glued(local) else plain
    fixed = f"{plain}@{domain}"
    is_valid = bool(_SAFE_LOCAL.fullmatch(plain)) and fixed != email and is_valid_email(fixed)
    return Doubt(LineProblem.DOUBTFUL_EMAIL, fixed if is_valid else None)


def _is_glued(local: str) -> bool:
    """Whether a word of the name was glued to the address by a dash: «Ana Ríos-ana@example.com»."""
    before, dash, after = local.partition("-")
    return bool(dash and after and before[:1].isupper() and after[:1].islower())


def _mixes_scripts(domain: str) -> bool:
    """Whether Latin letters stand beside those of another script in one part of a domain."""
    for label in () if domain.isascii() else domain.split("."):
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in label if letter.isalpha()}
        if "LATIN" in scripts and len(scripts) > 1:
            return True
    return False


def _suggest_correction(name: str, email: str) -> str | None:
    wide = email.translate(_FULL_WIDTH)
    if wide != email and is_valid_email(wide):
        return wide
    if email.startswith("@") and name:
        # «ana @gmail.com»: its beginning was taken for a name.
        joined = name.rsplit(maxsplit=1)[-1] + email
        return suggest_email(joined) or (joined if is_valid_email(joined) else None)
    obfuscated = None if "@" in email else find_obfuscated_email(email)
    return obfuscated[1] if obfuscated else suggest_email(email)
