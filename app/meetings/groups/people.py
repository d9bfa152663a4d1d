"""The people of a group as text: one line each, and as the source of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from app.list_parser import LineProblem
from app.list_parser.duplicates import name_key
from app.meetings.imports.rereading import read_new
from app.meetings.imports.row_states import ACCEPTABLE_PROBLEMS
from app.meetings.imports.source import ImportSource, ReadingState
from app.models import Role
from app.utils.text import email_key

# Titles and words that the list reader knows, whatever the language of the page.
TITLES = ("Nombre", "Correo", "Teléfono", "Rol", "Código")
ROLE_WORDS = {Role.HOST: "Anfitrión", Role.PARTICIPANT: "Invitado"}
# What a group does not decide: the preview of a list asks about it again.
_ACCEPTED = ACCEPTABLE_PROBLEMS - {LineProblem.SEVERAL_EMAILS, LineProblem.NOT_A_PERSON}


class PersonLike(Protocol):
    """A participant or a member of a group."""

    @property
    def role(self) -> Role:
        """Host or guest."""

    @property
    def name(self) -> str:
        """As typed."""

    @property
    def email(self) -> str | None:
        """As typed."""

    @property
    def phone(self) -> str | None:
        """In E.164."""

    @property
    def external_id(self) -> str | None:
        """The coordinator's own reference."""


@dataclass(frozen=True)
class GroupPerson:
    """One person of a group, as read."""

    role: Role
    name: str
    email: str | None = None
    phone: str | None = None
    phone_typed: str | None = None
    external_id: str | None = None


@dataclass(frozen=True)
class ReadPeople:
    """The people of a text, and the lines that cannot be taken."""

    people: list[GroupPerson]
    bad_lines: list[str]


def read_people(text: str, role: Role) -> ReadPeople:
    """Read people, one on each line or as a table.

    Args:
        text: as typed.
        role: of people whom the text gives none.

    Raises:
        UnreadableFile: it cannot be read as a list.
    """
    if not text.strip():
        return ReadPeople([], [])
    parsed, _ = read_new(ImportSource.from_text(text), ReadingState(default_role=role.value))
    people, bad_lines = [], [line.text for line in parsed.left_out]
    for line in parsed.people:
        person = line.person
        if person is None or (line.problem is not None and line.problem not in _ACCEPTED):
            bad_lines.append(line.text)
            continue
        people.append(
            GroupPerson(
                Role(person.role),
                person.name,
                person.email or None,
                person.phone,
                person.phone_typed,
                person.external_id or None,
            )
        )
    return ReadPeople(people, bad_lines)


def merge_people(people: Iterable[GroupPerson]) -> list[GroupPerson]:
    """Each person once: with one email, or with one phone or name where no email tells them apart."""
    merged: list[GroupPerson] = []
    for person in people:
        if not any(_is_same(person, other) for other in merged):
            merged.append(person)
    return merged


def keep_external_ids(people: Iterable[GroupPerson], known: Sequence[PersonLike]) -> list[GroupPerson]:
    """The people with the external ids of those known before, which a line of text does not hold."""
    by_key = {key: one.external_id for one in reversed(known) if one.external_id for key in _keys(one)}
    return [
        person
        if person.external_id
        else replace(person, external_id=next((by_key[key] for key in _keys(person) if key in by_key), None))
        for person in people
    ]


def to_lines(people: Iterable[PersonLike]) -> str:
    """People as lines that the list reader reads as the same people."""
    return "\n".join(
        " ".join(filter(None, (one.name, one.email and f"<{one.email}>", one.phone))) for one in people
    )


def to_table(people: Iterable[PersonLike]) -> str:
    """People as a table with titles, as copied from a spreadsheet."""
    rows = [
        (one.name, one.email or "", one.phone or "", ROLE_WORDS[one.role], one.external_id or "")
        for one in people
    ]
    return "\n".join("\t".join(cells) for cells in (TITLES, *rows))


def _is_same(person: GroupPerson, other: GroupPerson) -> bool:
    if person.email and other.email:
        return email_key(person.email) == email_key(other.email)
    return not {*_keys(person)}.isdisjoint(_keys(other))


def _keys(person: PersonLike) -> list[str]:
    keys = [f"email:{email_key(person.email)}"] if person.email else []
    keys += [f"phone:{person.phone}"] if person.phone else []
    return [*keys, f"name:{name_key(person.name)}"]
