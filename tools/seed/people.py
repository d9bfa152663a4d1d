"""Made-up people: the staff, who come to many meetings, and guests from outside, who come to one."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.models.participant import derived_columns
from app.utils.text import fold_for_search
from tools.seed.words import DOMAINS, ENGLISH_FIRST, ENGLISH_LAST, OUTSIDE, SPANISH_FIRST, SPANISH_LAST

SPANISH_SHARE = 0.8
NO_EMAIL_SHARE = 0.12
TWO_GIVEN_NAMES_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class FakePerson:
    """A person, with the columns that follow from the name and the e-mail."""

    name: str
    email: str | None
    search_text: str | None
    email_key: str | None


def make_person(rng: Random, number: int, domains: tuple[str, ...]) -> FakePerson:
    """One person; `number` tells apart the addresses of those who have the same name."""
    first, last = _choose_name(rng)
    domain = rng.choice(domains)
    mailbox = fold_for_search(f"{first.split()[0]}.{last.split()[-1]}").replace("'", "").replace(" ", "")
    email = None if rng.random() < NO_EMAIL_SHARE else f"{mailbox}{number}@{domain}"
    name = f"{first} {last}"
    return FakePerson(name, email, **derived_columns(name, email))


def make_staff(rng: Random, number: int) -> list[FakePerson]:
    """So many different members of staff."""
    return [make_person(rng, index, DOMAINS) for index in range(number)]


def make_guest(rng: Random, number: int) -> FakePerson:
    """A guest from outside the organization."""
    return make_person(rng, number, OUTSIDE)


def cumulative_zipf_weights(number: int) -> list[float]:
    """Cumulative Zipf-like weights for `number` items, the first the most frequent."""
    return list(accumulate(1 / (rank + 3) for rank in range(number)))


_WEIGHTS = {
    words: cumulative_zipf_weights(len(words))
    for words in (SPANISH_FIRST, SPANISH_LAST, ENGLISH_FIRST, ENGLISH_LAST)
}


def _choose_word(rng: Random, words: tuple[str, ...]) -> str:
    return rng.choices(words, cum_weights=_WEIGHTS[words])[0]


def _choose_name(rng: Random) -> tuple[str, str]:
    if rng.random() > SPANISH_SHARE:
        return _choose_word(rng, ENGLISH_FIRST), _choose_word(rng, ENGLISH_LAST)
    first = _choose_word(rng, SPANISH_FIRST)
    if rng.random() < TWO_GIVEN_NAMES_SHARE:
        first = f"{first} {_choose_word(rng, SPANISH_FIRST)}"
    return first, f"{_choose_word(rng, SPANISH_LAST)} {_choose_word(rng, SPANISH_LAST)}"
