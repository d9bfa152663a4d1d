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
class Line:
    """One thing that is held to a bar."""

    what: str
    measured: tuple[Samples, ...]
    figure: float
    bar: float
    at_most: bool

    @property
    def holds(self) -> bool:
        """Whether the figure keeps to the bar."""
        return self.figure <= self.bar if self.at_most else self.figure >= self.bar

    @property
    def cells(self) -> list[str]:
        """The line as the table shows it."""
        bar = f"{'≤' if self.at_most else '≥'} {self.bar:g}"
        verdict = "pass" if self.holds else "FAIL"
        return [self.what, "; ".join(map(str, self.measured)), f"{self.figure:.2f}", bar, verdict]


def report(lines: Sequence[Line]) -> bool:
    """Print and write the table; gives whether everything holds."""
    head = ["what", "medians (min–max)", "figure", "bar", ""]
    rows = [head, ["---"] * len(head), *(line.cells for line in lines)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    print(f"\n{table}")
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    RESULTS.write_text(
        f"# What `make bench` measured\n\n{when}, Python {platform.python_version()}, {_processors()} processors.\n\n{table}\n"
    )
    return all(line.holds for line in lines)


def _processors() -> int:
    import os  # noqa: PLC0415

    return len(os.sched_getaffinity(0))
