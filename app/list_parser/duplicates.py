"""The same person twice in one list: by address, by external id, by name where no address tells them apart."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.list_parser.types import ParsedLine, ParsedPerson, UntickedReason
from app.utils.text import email_key, fold_for_search

_TITLES = frozenset(
    [
        "dr",
        "dra",
        "lic",
        "licda",
        "licdo",
        "ing",
        "prof",
        "profa",
        "mgtr",
        "mtro",
        "mtra",
        "sr",
        "sra",
        "srta",
        "mr",
        "mrs",
        "ms",
        "arq",
    ]
)
_Seen = dict[str, list[ParsedLine]]


def name_key(name: str) -> str:
    """What two spellings of one name have in common: no case, accents, hyphens or titles, the words in one order."""
    folded = re.sub(r"['’‘`´]", "", fold_for_search(name))
    words = re.sub(r"[,\-–—]|\.(?=\s|$)", " ", folded).split()
    return " ".join(sorted(word for word in words if word not in _TITLES) or sorted(words))


def mark_duplicates(lines: Sequence[ParsedLine]) -> list[ParsedLine]:
    """The lines, those about a person that an earlier line has already unticked."""
    by_email: _Seen = {}
    by_id: _Seen = {}
    by_name: _Seen = {}
    marked = []
    for line in lines:
        person = line.person
        if person is None:
            marked.append(line)
            continue
        keys = (
            (UntickedReason.SAME_EMAIL, by_email, email_key(person.email) if person.email else ""),
            (UntickedReason.SAME_EXTERNAL_ID, by_id, fold_for_search(person.external_id or "")),
            (UntickedReason.SAME_NAME, by_name, name_key(person.name)),
        )
        marked.append(_mark_line(line, person, keys) if line.is_ticked else line)
        if line.is_ticked:
            for _, seen, key in keys:
                if key:
                    seen.setdefault(key, []).append(line)
    return marked


def _mark_line(
    line: ParsedLine, person: ParsedPerson, keys: Sequence[tuple[UntickedReason, _Seen, str]]
) -> ParsedLine:
    for reason, seen, key in keys:
        for other in seen.get(key, ()) if key else ():
            if reason is UntickedReason.SAME_EMAIL or not _are_different_people(person, other.person, reason):
                return replace(line, unticked=reason, same_as=other.number)
    return line


def _are_different_people(person: ParsedPerson, other: ParsedPerson | None, reason: UntickedReason) -> bool:
    """Whether two addresses, or for names two external ids, say that they are two people."""
    if other is None:
        return True
    if person.email and other.email:
        return True
    different_ids = (
        person.external_id
        and other.external_id
        and fold_for_search(person.external_id) != fold_for_search(other.external_id)
    )
    return bool(different_ids) and reason is UntickedReason.SAME_NAME
