"""Fixtures: an application on a database in which no migration ran, and walking its revisions."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import make_url

from app.config import load_settings
from tests.support.application import close, create
from tests.support.databases import Kind
from tests.support.environment import app_environment
from tests.support.postgres import client_programs

DATA = Path(__file__).parent / "data"


@pytest.fixture
def unmigrated(empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The dashboard on an empty database, in its context."""
    app = create(load_settings(app_environment(empty_database_url), tmp_path / "instance"))
    with app.app_context():
        yield app
    close(app)


@dataclass(frozen=True)
class Walk:
    """Goes up and down between revisions, in the application's context."""

    app: Flask

    @property
    def revisions(self) -> list[str]:
        """All of them, the first first."""
        scripts = ScriptDirectory.from_config(self.app.extensions["migrate"].migrate.get_config())
        return [script.revision for script in scripts.walk_revisions()][::-1]

    def up(self, revision: str = "head") -> None:
        """Up to a revision."""
        flask_migrate.upgrade(revision=revision)

    def down(self, revision: str) -> None:
        """Down to one."""
        flask_migrate.downgrade(revision=revision)


@pytest.fixture
def walk(unmigrated: Flask) -> Walk:
    return Walk(unmigrated)


@pytest.fixture
def installation(database_kind: Kind, empty_database_url: str) -> str:
    """The address of the database of an installation at 3c8e808, revision 0003."""
    dump = DATA / f"3c8e808.{database_kind}.sql"
    if database_kind == "sqlite":
        with closing(sqlite3.connect(str(make_url(empty_database_url).database))) as connection:
            connection.executescript(dump.read_text())
    else:
        url = make_url(empty_database_url)
        where = [f"--host={url.query['host']}", "--username=postgres", f"--dbname={url.database}"]
        command = [client_programs() / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}", *where]
        subprocess.run(command, check=True, capture_output=True)
    return empty_database_url
