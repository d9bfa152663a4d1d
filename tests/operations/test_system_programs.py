"""Backups with the system's own PostgreSQL, whose programs know an older libpq's parameters only."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.conftest import Run
from tests.support.databases import migrate
from tests.support.db import rows
from tests.support.environment import app_environment
from tests.support.rows import meeting, store
from tests.support.system_postgres import system_programs, system_server

PROGRAMS = system_programs()


@pytest.fixture
def database_url() -> Iterator[str]:
    """A migrated database of the system's server."""
    assert PROGRAMS
    with system_server(PROGRAMS) as url:
        migrate(app_environment(url))
        yield url


@pytest.mark.skipif(PROGRAMS is None, reason="this system has no PostgreSQL of its own")
def test_a_backup_and_restore_with_the_systems_programs(
    run: Run, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    store(database_url, [meeting("Antes")])
    run("backup", tmp_path / "backup")
    store(database_url, [meeting("Después")])
    run("restore", tmp_path / "backup", "--replace")
    assert rows(database_url, "SELECT title FROM meetings") == [{"title": "Antes"}]
