"""Run all measurements on both databases, write `bench/results.md`, and fail if a threshold is missed."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from tests.support.databases import Kind, fresh_database
from tests.support.test_run import Run
from tests.support.zelta_backend import Announce
from tools.bench.batches import measure_batch
from tools.bench.bulk import compare_with_curl, compare_with_ideal
from tools.bench.large_meeting import measure_large_meeting
from tools.bench.rate_limit import measure_rate_limit
from tools.bench.report import BenchmarkLine, write_report
from tools.bench.scale import measure_growth
from tools.bench.search import measure_searches
from tools.bench.seeding import seeded_database
from tools.bench.slow_vendor import measure_slow_vendor
from tools.bench.throughput import measure_page_weight, measure_throughput

MEETINGS, PEOPLE = 10_000, 7
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
MEASUREMENTS: dict[str, Callable[[str, str, Path], BenchmarkLine | list[BenchmarkLine]]] = {
    "a meeting with a thousand people": measure_large_meeting,
    "the vendor's own way": compare_with_curl,
    "latency and concurrency": compare_with_ideal,
    "Zelta hangs": measure_slow_vendor,
    "a batch of meetings": measure_batch,
}


def main() -> int:
    """Run everything; return the exit code."""
    run = Run()
    try:
        with TemporaryDirectory(dir=run.directory) as directory, ExitStack() as stack:
            lines = _measure(Path(directory), stack)
    finally:
        run.end()
    return 0 if write_report(lines) else 1


def _measure(directory: Path, stack: ExitStack) -> list[BenchmarkLine]:
    lines: list[BenchmarkLine] = []
    for kind in KINDS:
        kind_directory = directory / kind
        kind_directory.mkdir()
        _print_progress(f"{kind}: a thousand meetings and a million")
        lines += measure_growth(kind, kind_directory)
        _print_progress(f"{kind}: search")
        lines += measure_searches(kind, kind_directory)
        with seeded_database(kind, kind_directory, MEETINGS, PEOPLE) as url:
            _print_progress(f"{kind}: requests a second")
            lines.append(measure_throughput(kind, url, kind_directory))
            if kind == KINDS[0]:
                lines.append(measure_page_weight(url, kind_directory / "instance"))
        for title, measure in MEASUREMENTS.items():
            _print_progress(f"{kind}: {title}")
            result = measure(kind, stack.enter_context(fresh_database(kind, kind_directory)), kind_directory)
            lines += result if isinstance(result, list) else [result]
    return lines + _measure_rate_limits(directory, stack)


def _measure_rate_limits(directory: Path, stack: ExitStack) -> list[BenchmarkLine]:
    lines: list[BenchmarkLine] = []
    for announce in get_args(Announce):
        _print_progress(f"sending 300 people against a limit announced by {announce}")
        announce_directory = directory / announce
        announce_directory.mkdir()
        url = stack.enter_context(fresh_database("sqlite", announce_directory))
        lines += measure_rate_limit("sqlite", url, announce, announce_directory)
    return lines


def _print_progress(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
