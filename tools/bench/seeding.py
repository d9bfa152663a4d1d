"""Temporary databases with generated meetings."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.databases import Kind, fresh_database
from tools.seed.load import load_rows
from tools.seed.rows import SeedPlan


def read_size(name: str, default: int) -> int:
    """How many, unless the environment says otherwise: `BENCH_MANY=20000` for a quick try."""
    return int(os.environ.get(f"BENCH_{name}", default))


@contextmanager
def seeded_database(kind: Kind, directory: Path, meetings: int, people: int) -> Iterator[str]:
    """The URL of a new database with this many meetings and people; dropped afterwards."""
    with fresh_database(kind, directory) as url:
        load_rows(url, SeedPlan(meetings, people))
        yield url
