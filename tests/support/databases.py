"""Migrated databases of both kinds: the migrations run once for a run, and every test gets a copy."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest

from tests.support.environment import app_environment, process_environment
from tests.support.postgres import postgres_server
from tests.support.test_run import ROOT, alone

Kind = Literal["sqlite", "postgresql"]
TEMPLATE = "migrated"


@contextmanager
def fresh_database(kind: Kind, directory: Path, *, migrated: bool = True) -> Iterator[str]:
    """The address of a new database that is gone afterwards.

    Args:
        kind: which of the two supported databases.
        directory: where a SQLite file may be made.
        migrated: with the tables of the newest migration; otherwise it is empty.
    """
    if kind == "postgresql":
        with postgres_server().fresh(_postgresql_template() if migrated else "template0") as url:
            yield url
        return
    path = directory / f"test_{uuid4().hex}.sqlite3"
    if migrated:
        shutil.copyfile(_sqlite_template(), path)
    yield sqlite_url(path)
    for left in directory.glob(f"{path.name}*"):
        left.unlink()


def sqlite_url(path: Path) -> str:
    """The SQLAlchemy address of a SQLite file."""
    return f"sqlite:///{path}"


def migrate(environment: Mapping[str, str], directory: Path = ROOT) -> None:
    """Bring the database of these settings up to date, with the command that a production start uses."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"],
        cwd=directory, env=process_environment(environment),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"`flask --app wsgi db upgrade` failed:\n{done.stdout}{done.stderr}")


def _sqlite_template() -> Path:
    with alone("sqlite-template") as run:
        template = run / f"{TEMPLATE}.sqlite3"
        note = run / "sqlite.migrated"
        if _migrate_once(note, sqlite_url(template)):
            with closing(sqlite3.connect(template)) as connection:
                # Whatever still stands in the write-ahead log beside the file would be missing in a copy of it.
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return template


def _postgresql_template() -> str:
    server = postgres_server()
    with alone("postgresql-template") as run:
        note = run / "postgresql.migrated"
        if not note.exists():
            server.create(TEMPLATE)
        _migrate_once(note, server.url(TEMPLATE))
    return TEMPLATE


def _migrate_once(note: Path, url: str) -> bool:
    """Migrate unless `note` says how that went: an error too is found once, not again for every test.

    Returns:
        Whether the migrations ran now.
    """
    first = not note.exists()
    if first:
        try:
            migrate(app_environment(url))
        except RuntimeError as error:
            note.write_text(str(error))
            raise
        note.touch()
    if error_text := note.read_text():
        raise RuntimeError(error_text)
    return first


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--databases sqlite` leaves out what would run on the other one."""
    parser.addoption(
        "--databases", choices=("sqlite", "postgresql", "both"), default="both", help="where tests run"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests of a database that was not asked for, and what `one_on_postgresql` leaves out."""
    wanted = config.getoption("--databases")
    once: set[str] = set()
    selected, deselected = [], []
    for item in items:
        kind = _database_of(item)
        wrong = wanted != "both" and kind not in {wanted, None}
        repeats = kind == "postgresql" and item.get_closest_marker("one_on_postgresql") and _again(item, once)
        (deselected if wrong or repeats else selected).append(item)
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = selected


def _database_of(item: pytest.Item) -> Kind | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_kind") if callspec else None


def _again(item: pytest.Item, seen: set[str]) -> bool:
    """Whether this test was seen with other parameters."""
    name = item.nodeid.partition("[")[0]
    again = name in seen
    seen.add(name)
    return again


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> Kind:
    """Each of the two databases in turn; parametrise it indirectly to choose one."""
    kind: Kind = request.param
    return kind


@pytest.fixture
def database_url(database_kind: Kind, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows."""
    with fresh_database(database_kind, tmp_path) as url:
        yield url


@pytest.fixture
def empty_database_url(database_kind: Kind, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which no migration ran."""
    with fresh_database(database_kind, tmp_path, migrated=False) as url:
        yield url
