"""Fixtures: the commands of an administrator, and PostgreSQL's programs where the application looks for them."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.support.application import AppFactory
from tests.support.postgres import client_programs

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def postgresql_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may have none, or older ones than the tests' server."""
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def admin(make_app: AppFactory) -> Flask:
    """The dashboard of a person who reads English."""
    return make_app(LANGUAGE="en")


@pytest.fixture
def run(admin: Flask) -> Run:
    """Run a command of ours: `run("backup", "file")`; gives what it said, and checks the exit code, unless it is None."""

    def run(*arguments: object, code: int | None = 0) -> str:
        with admin.app_context():
            result = admin.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
        assert code in {None, result.exit_code}, (result.output, result.exception)
        return result.output

    return run


class Rows:
    """Stores rows as they are made, and gives their ids."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self, row: Any) -> int:
        engine = create_engine(self._url)
        with Session(engine) as session:
            session.add(row)
            session.commit()
            key: int = row.id
        engine.dispose()
        return key


@pytest.fixture
def add(database_url: str) -> Rows:
    """Store rows."""
    return Rows(database_url)
