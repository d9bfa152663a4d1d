"""Measurements as a table, on the terminal and in `bench/results.md`."""

import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("results.md")


@dataclass(frozen=True)
class Samples:
    """Repeated measurements of one thing."""

    name: str
    values: Sequence[float]
    unit: str

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        return f"{self.name}: {self.median:.2f} {self.unit} ({low:.2f}–{high:.2f})"


@dataclass(frozen=True)
class BenchmarkLine:
    """One measurement with its threshold."""

    title: str
    measured: tuple[Samples, ...]
    figure: float
    threshold: float
    at_most: bool

    @property
    def is_met(self) -> bool:
        """Whether the figure meets the threshold."""
        return self.figure <= self.threshold if self.at_most else self.figure >= self.threshold

    @property
    def cells(self) -> list[str]:
        """The line as the table shows it."""
        threshold = f"{'≤' if self.at_most else '≥'} {self.threshold:g}"
        result = "pass" if self.is_met else "FAIL"
        return [self.title, "; ".join(map(str, self.measured)), f"{self.figure:.2f}", threshold, result]


def write_report(lines: Sequence[BenchmarkLine]) -> bool:
    """Print and write the table; gives whether everything holds."""
    head = ["what", "medians (min–max)", "figure", "bar", ""]
    rows = [head, ["---"] * len(head), *(line.cells for line in lines)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    print(f"\n{table}")
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    RESULTS.write_text(
        f"# What `make bench` measured\n\n{date}, Python {platform.python_version()}, {_count_processors()} processors.\n\n{table}\n"
    )
    return all(line.is_met for line in lines)


def _count_processors() -> int:
    import os  # noqa: PLC0415

    return len(os.sched_getaffinity(0))
