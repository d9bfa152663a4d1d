"""Whether two rows, or a row and a participant, may be the same person without the same email. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.list_parser.duplicates import name_key
from app.utils.text import fold_for_search


@dataclass(frozen=True)
class PersonIdentity:
    """A person to compare with: one of the meeting, or of an earlier line of the list."""

    name: str
    has_email: bool
    external_id: str
    line: int | None = None
    """The line of the list; None for a person of the meeting."""


@dataclass(frozen=True)
class SamePersonMatch:
    """A possible match; `key` identifies what they have in common: an answer is valid only for that."""

    key: str
    other: PersonIdentity


@dataclass
class PeopleIndex:
    """People by folded name and by external ID."""

    by_key: dict[str, list[PersonIdentity]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[PersonIdentity]) -> "PeopleIndex":
        """An index of these people."""
        index = cls()
        for person in people:
            index.add(person)
        return index

    def add(self, person: PersonIdentity) -> None:
        """Compare the next ones with this person too."""
        for key in _identity_keys(person):
            self.by_key.setdefault(key, []).append(person)

    def find(self, person: PersonIdentity) -> SamePersonMatch | None:
        """Who may be this person, by external ID first; two addresses tell people apart, as do two IDs."""
        for key in _identity_keys(person):
            for other in self.by_key.get(key, ()):
                if not (person.has_email and other.has_email) and not _have_different_ids(person, other, key):
                    return SamePersonMatch(key, other)
        return None


def _identity_keys(person: PersonIdentity) -> list[str]:
    keys = []
    if external_id := fold_for_search(person.external_id):
        keys.append(f"id:{external_id}")
    if name := name_key(person.name):
        keys.append(f"name:{name}")
    return keys


def _have_different_ids(person: PersonIdentity, other: PersonIdentity, key: str) -> bool:
    ids = fold_for_search(person.external_id), fold_for_search(other.external_id)
    return key.startswith("name:") and all(ids) and ids[0] != ids[1]
