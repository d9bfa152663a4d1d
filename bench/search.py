"""How long a search takes among a hundred thousand meetings with ten people each."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.clients import client_of, in_turns, typical
from bench.report import Line, Samples
from bench.seeding import seeded, size
from tests.support.databases import Kind

MEETINGS, PEOPLE = size("SEARCHED", 100_000), size("PEOPLE", 10)
BAR = 50.0
# For what no bar was set for, and may not fall off a cliff either.
NO_CLIFF = 100.0

PROMISED = {
    "a rare word": "featherstonehaugh",
    "one person's address": "1218@aula",
    "a common word": "garcia",
    "a less common word": "zoraida",
    "two words": "arosemena zephyr",
    "two common words": "maria garcia",
    "two common words that never meet": "reunion interview",
    "a word that nobody has": "xylofon",
}
BESIDES = {
    "two letters": "q4",
    "two letters that nobody has": "kw",
    "one letter": "z",
    "threes that many have and a word that nobody has": "marian",
    "a rare word among the cancelled": ("zubizarreta", "cancelled"),
    "a rare word among those that need attention": ("zubizarreta", "attention"),
    "part of an address and a common word among the past": ("sanchez1 reunion", "past"),
}


def search(kind: Kind, directory: Path) -> Iterator[Line]:
    """Server time of each kind of search."""
    with seeded(kind, directory, MEETINGS, PEOPLE) as url:
        client = client_of(url, directory / "instance", "ana")
        for bar, searches in ((BAR, PROMISED), (NO_CLIFF, BESIDES)):
            for what, asked in searches.items():
                q, view = asked if isinstance(asked, tuple) else (asked, None)
                (times,) = in_turns([(client, f"/?{urlencode({'q': q} | ({'view': view} if view else {}))}")])
                size_and_kind = f"among {MEETINGS:,} × {PEOPLE}, {kind}"
                parts = (Samples("server time", typical(times), "ms"),)
                yield Line(f"search for {what}, {size_and_kind}", parts, median(times), bar, at_most=True)
