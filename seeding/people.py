"""Made-up people: the staff, who come to many meetings, and guests from outside, who come to one."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.models.participant import derived
from app.text import fold
from seeding.words import DOMAINS, ENGLISH_FIRST, ENGLISH_LAST, OUTSIDE, SPANISH_FIRST, SPANISH_LAST

SPANISH_SHARE = 0.8
WITHOUT_EMAIL = 0.12
TWO_GIVEN_NAMES = 0.2


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, with the columns that follow from the name and the e-mail."""

    name: str
    email: str | None
    folded: str | None
    email_key: str | None


def somebody(chance: Random, number: int, domains: tuple[str, ...]) -> Somebody:
    """One person; `number` tells apart the addresses of those who have the same name."""
    first, last = _name(chance)
    domain = chance.choice(domains)
    mailbox = fold(f"{first.split()[0]}.{last.split()[-1]}").replace("'", "").replace(" ", "")
    email = None if chance.random() < WITHOUT_EMAIL else f"{mailbox}{number}@{domain}"
    name = f"{first} {last}"
    return Somebody(name, email, **derived(name, email))


def staff(chance: Random, number: int) -> list[Somebody]:
    """So many different members of staff."""
    return [somebody(chance, place, DOMAINS) for place in range(number)]


def guest(chance: Random, number: int) -> Somebody:
    """Somebody from outside."""
    return somebody(chance, number, OUTSIDE)


def usual_first(number: int) -> list[float]:
    """Cumulated weights for so many things, each a little rarer than the one before, as names and words are."""
    return list(accumulate(1 / (place + 3) for place in range(number)))


_WEIGHTS = {
    words: usual_first(len(words)) for words in (SPANISH_FIRST, SPANISH_LAST, ENGLISH_FIRST, ENGLISH_LAST)
}


def _one(chance: Random, words: tuple[str, ...]) -> str:
    return chance.choices(words, cum_weights=_WEIGHTS[words])[0]


def _name(chance: Random) -> tuple[str, str]:
    if chance.random() > SPANISH_SHARE:
        return _one(chance, ENGLISH_FIRST), _one(chance, ENGLISH_LAST)
    first = _one(chance, SPANISH_FIRST)
    if chance.random() < TWO_GIVEN_NAMES:
        first = f"{first} {_one(chance, SPANISH_FIRST)}"
    return first, f"{_one(chance, SPANISH_LAST)} {_one(chance, SPANISH_LAST)}"
