"""Fixtures: an application on a database in which no migration ran, and walking its revisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from flask import Flask

from app.config import load_settings
from tests.support.application import close, create
from tests.support.environment import app_environment


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
