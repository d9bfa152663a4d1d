"""Migrating as machines do it: two at once, one that is killed, and one beside people who use the tables."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from tests.support.db import change, connected, rows
from tests.support.environment import app_environment, process_environment
from tests.support.test_run import ROOT

POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)

HEAD = str(ScriptDirectory(str(ROOT / "migrations")).get_current_head())
ADDING = 'op.add_column("meetings", sa.Column("added", sa.Integer()))'
NEXT = """
import time
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = {before!r}


def upgrade():
    {body}
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of our migrations, to which a test adds one."""
    return Path(shutil.copytree(ROOT / "migrations", tmp_path / "migrations"))


def upgrading(url: str, migrations: Path = ROOT / "migrations") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade", "-d", str(migrations)]
    return subprocess.Popen(
        command, cwd=ROOT, env=process_environment(app_environment(url)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def upgrade(url: str, migrations: Path) -> str:
    """Upgrade, which must succeed; gives what it said."""
    process = upgrading(url, migrations)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    return said


def wait_for(there: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 30
    while not there.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def write_next(before: str, migrations: Path, body: str) -> None:
    migrations.joinpath("versions", "next.py").write_text(NEXT.format(before=before, body=body))


def columns(url: str, table: str = "meetings") -> set[str]:
    with connected(url) as connection:
        return {column["name"] for column in inspect(connection).get_columns(table)}


def test_two_machines_at_once(empty_database_url: str, migrations: Path, tmp_path: Path) -> None:
    there, go = tmp_path / "there", tmp_path / "go"
    slowly = f"Path({str(there)!r}).touch()\n    while not Path({str(go)!r}).exists(): time.sleep(0.05)"
    write_next(HEAD, migrations, f"{ADDING}; {slowly}")
    first = upgrading(empty_database_url, migrations)
    wait_for(there, first)
    second = upgrading(empty_database_url, migrations)
    time.sleep(2)  # by then it has come to where it has to wait
    assert second.poll() is None, second.communicate()
    go.touch()
    said = [process.communicate(timeout=30)[0] for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], said
    assert "added" in columns(empty_database_url)


def test_one_that_is_killed_leaves_nothing_half_done(
    database_url: str, migrations: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    write_next(HEAD, migrations, f"{ADDING}; Path({str(there)!r}).touch(); time.sleep(60)")
    process = upgrading(database_url, migrations)
    wait_for(there, process)
    process.kill()
    process.communicate()
    assert "added" not in columns(database_url)
    write_next(HEAD, migrations, ADDING)
    upgrade(database_url, migrations)
    assert "added" in columns(database_url)


@POSTGRESQL
def test_an_index_that_was_broken_off_is_made_anew(database_url: str, migrations: Path) -> None:
    body = 'with op.get_context().autocommit_block():\n        op.create_index("ix_again", "rate_limit_state", ["call_limit"], unique=True,'
    write_next(HEAD, migrations, f"{body} postgresql_concurrently=True, if_not_exists=True)")
    change(database_url, "CREATE TABLE twins (call_limit integer)")
    change(database_url, "INSERT INTO twins VALUES (1), (1)")
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, pytest.raises(Exception, match="could not create unique index"):
        connection.execute(text("CREATE UNIQUE INDEX CONCURRENTLY ix_again ON twins (call_limit)"))
    engine.dispose()
    upgrade(database_url, migrations)
    found = "SELECT indisvalid, indrelid::regclass::text AS of FROM pg_index"
    assert rows(database_url, f"{found} WHERE indexrelid = 'ix_again'::regclass") == [
        {"indisvalid": True, "of": "rate_limit_state"}
    ]


@POSTGRESQL
def test_a_table_in_use_is_waited_for_and_nobody_waits_long_behind_us(
    database_url: str, migrations: Path
) -> None:
    write_next(HEAD, migrations, ADDING)
    with connected(database_url) as reader:
        reader.execute(text("SELECT count(*) FROM meetings"))  # a long report
        process = upgrading(database_url, migrations)
        waits = until_a_person_waits(database_url)
        impatient = f"{database_url}&options=-cstatement_timeout%3D10000"
        assert rows(impatient, "SELECT count(*) AS n FROM meetings") == [{"n": 0}]
        assert waits
        assert process.poll() is None
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert "added" in columns(database_url)


def until_a_person_waits(url: str) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if rows(url, "SELECT 1 AS one FROM pg_locks WHERE NOT granted AND relation = 'meetings'::regclass"):
            return True
        time.sleep(0.02)
    return False
