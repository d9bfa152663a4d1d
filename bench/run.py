"""Measure the list on both databases and the pace of sending, print a table, write it to `bench/results.md`, and fail where a bar is missed."""

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from bench.measures import growth, throughput, weight
from bench.pace import pace
from bench.report import Line, report
from bench.seeding import seed
from tests.support.databases import Kind, fresh_database
from tests.support.runs import Run
from tests.support.zelta_backend import Announce

FEW, MANY = 100, 10_000
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")


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
        small, large = (stack.enter_context(fresh_database(kind, here)) for _ in range(2))
        for url, meetings in ((small, FEW), (large, MANY)):
            _say(f"{kind}: writing {meetings} meetings")
            seed(url, meetings)
        _say(f"{kind}: server time")
        lines.append(growth(kind, small, large, here / "instance"))
        _say(f"{kind}: requests a second")
        lines.append(throughput(kind, large, here))
        if kind == KINDS[0]:
            lines.append(weight(large, here / "instance"))
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
