"""Measure everything that has a bar, on both databases, print a table, write it to `bench/results.md`, and fail where one is missed."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from bench.bulk import bound, vendors_way
from bench.hanging import hanging
from bench.measures import throughput, weight
from bench.pace import pace
from bench.people import thousand
from bench.report import Line, report
from bench.scale import growth
from bench.search import search
from bench.seeding import seeded
from tests.support.databases import Kind, fresh_database
from tests.support.runs import Run
from tests.support.zelta_backend import Announce

MEETINGS, PEOPLE = 10_000, 7
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
OTHERS: dict[str, Callable[[str, str, Path], Line | list[Line]]] = {
    "a meeting with a thousand people": thousand,
    "the vendor's own way": vendors_way,
    "latency and concurrency": bound,
    "Zelta hangs": hanging,
}


def main() -> int:
    """Run everything; gives the exit code."""
    run = Run()
    try:
        with TemporaryDirectory(dir=run.directory) as place, ExitStack() as stack:
            lines = _measure(Path(place), stack)
    finally:
        run.end()
    return 0 if report(lines) else 1


def _measure(directory: Path, stack: ExitStack) -> list[Line]:
    lines: list[Line] = []
    for kind in KINDS:
        here = directory / kind
        here.mkdir()
        _say(f"{kind}: a thousand meetings and a million")
        lines += growth(kind, here)
        _say(f"{kind}: search")
        lines += search(kind, here)
        with seeded(kind, here, MEETINGS, PEOPLE) as url:
            _say(f"{kind}: requests a second")
            lines.append(throughput(kind, url, here))
            if kind == KINDS[0]:
                lines.append(weight(url, here / "instance"))
        for what, measure in OTHERS.items():
            _say(f"{kind}: {what}")
            found = measure(kind, stack.enter_context(fresh_database(kind, here)), here)
            lines += found if isinstance(found, list) else [found]
    return lines + _measure_pace(directory, stack)


def _measure_pace(directory: Path, stack: ExitStack) -> list[Line]:
    lines: list[Line] = []
    for announce in get_args(Announce):
        _say(f"sending 300 people against a limit announced by {announce}")
        place = directory / announce
        place.mkdir()
        url = stack.enter_context(fresh_database("sqlite", place))
        lines += pace("sqlite", url, announce, place)
    return lines


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
