"""How long a search takes among a hundred thousand meetings with ten people each."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.support.databases import Kind
from tools.bench.clients import create_client, interleave, medians_of_parts
from tools.bench.report import BenchmarkLine, Samples
from tools.bench.seeding import read_size, seeded_database

MEETINGS, PEOPLE = read_size("SEARCHED", 100_000), read_size("PEOPLE", 10)
MAX_MILLISECONDS = 50.0
# For searches without a target: an upper bound only.
MAX_EXTRA_MILLISECONDS = 100.0

REQUIRED_SEARCHES = {
    "a rare word": "featherstonehaugh",
    "one person's address": "1218@aula",
    "a common word": "garcia",
    "a less common word": "zoraida",
    "two words": "arosemena zephyr",
    "two common words": "maria garcia",
    "two common words that never meet": "reunion interview",
    "a word that nobody has": "xylofon",
}
EXTRA_SEARCHES = {
    "two letters": "q4",
    "two letters that nobody has": "kw",
    "one letter": "z",
    "threes that many have and a word that nobody has": "marian",
    "a rare word among the cancelled": ("zubizarreta", "cancelled"),
    "a rare word among those that need attention": ("zubizarreta", "attention"),
    "part of an address and a common word among the past": ("sanchez1 reunion", "past"),
}


def measure_searches(kind: Kind, directory: Path) -> Iterator[BenchmarkLine]:
    """Server time of each kind of search."""
    with seeded_database(kind, directory, MEETINGS, PEOPLE) as url:
        client = create_client(url, directory / "instance", "ana")
        for threshold, searches in (
            (MAX_MILLISECONDS, REQUIRED_SEARCHES),
            (MAX_EXTRA_MILLISECONDS, EXTRA_SEARCHES),
        ):
            for title, query in searches.items():
                q, view = query if isinstance(query, tuple) else (query, None)
                (times,) = interleave(
                    [(client, f"/?{urlencode({'q': q} | ({'view': view} if view else {}))}")]
                )
                size_and_kind = f"among {MEETINGS:,} × {PEOPLE}, {kind}"
                parts = (Samples("server time", medians_of_parts(times), "ms"),)
                yield BenchmarkLine(
                    f"search for {title}, {size_and_kind}", parts, median(times), threshold, at_most=True
                )
