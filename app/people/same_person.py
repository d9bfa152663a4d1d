"""Whether two rows, or a row and a person of the meeting, may be one person although no email address says so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.list_parser.duplicates import name_key
from app.text import fold


@dataclass(frozen=True)
class Known:
    """A person to compare with: one of the meeting, or of an earlier line of the list."""

    name: str
    has_email: bool
    external_id: str
    line: int | None = None
    """The line of the list; None for a person of the meeting."""


@dataclass(frozen=True)
class Match:
    """A person who may be the same; `key` says what they have in common, so that an answer counts for that alone."""

    key: str
    other: Known


@dataclass
class PeopleIndex:
    """People by folded name and by external ID."""

    by_key: dict[str, list[Known]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Known]) -> "PeopleIndex":
        """An index of these people."""
        index = cls()
        for person in people:
            index.add(person)
        return index

    def add(self, person: Known) -> None:
        """Compare the next ones with this person too."""
        for key in _keys(person):
            self.by_key.setdefault(key, []).append(person)

    def find(self, person: Known) -> Match | None:
        """Who may be this person, by external ID first; two addresses tell people apart, as do two IDs."""
        for key in _keys(person):
            for other in self.by_key.get(key, ()):
                if not (person.has_email and other.has_email) and not _have_different_ids(person, other, key):
                    return Match(key, other)
        return None


def _keys(person: Known) -> list[str]:
    keys = []
    if external_id := fold(person.external_id):
        keys.append(f"id:{external_id}")
    if name := name_key(person.name):
        keys.append(f"name:{name}")
    return keys


def _have_different_ids(person: Known, other: Known, key: str) -> bool:
    ids = fold(person.external_id), fold(other.external_id)
    return key.startswith("name:") and all(ids) and ids[0] != ids[1]
