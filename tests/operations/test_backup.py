"""Backing up while others write, and bringing it back: nobody is sent twice, nothing is overwritten, nothing half done."""

import os
import shutil
import sqlite3
import stat
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import flask_migrate
import pytest
from cryptography.fernet import Fernet
from flask import Flask
from sqlalchemy import make_url

from app.encryption import TokenCipher
from app.models import Role
from app.operations import backup
from app.operations.atomic_file import OperationError
from tests.operations.conftest import Run
from tests.outbox.conftest import sending
from tests.outbox.queue import Queue
from tests.support.application import AppFactory
from tests.support.databases import Kind
from tests.support.db import connected, dump, rows
from tests.support.live import LiveFactory
from tests.support.rows import a_person, meeting, store
from tests.support.zelta_faults import late
from tests.support.zelta_server import ZeltaServer

POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup"


@pytest.fixture
def backed_up(run: Run, file: Path, database_url: str) -> Path:
    """A backup of a database with one meeting, which is still there."""
    store(database_url, [meeting("Antes")])
    run("backup", file)
    return file


def beside(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir() if file.name in path.name)


def titles(url: str) -> list[str]:
    return [row["title"] for row in rows(url, "SELECT title FROM meetings ORDER BY id")]


def test_a_backup_in_the_midst_of_a_list_mails_nobody_twice(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str, run: Run, admin: Flask, file: Path
) -> None:
    queue = Queue(database_url, zelta.backend.add_meeting("Lista"))
    queue.add(60)
    queue.close()
    zelta.always(late(0.02))
    server = serve("--workers", "1", ZELTA_RATE="0", ZELTA_CONCURRENCY="2")
    queue.wait(20, lambda states: states["added"] >= 10)
    run("backup", file)
    queue.wait(20)
    server.stop()
    queue.close()
    assert len(zelta.mails) == 60

    said = run("restore", file, "--replace")
    assert "waits" not in said
    states = Counter(row["state"] for row in rows(database_url, "SELECT state FROM participants"))
    assert set(states) == {"added", "unknown"}
    assert 10 <= states["added"] < 60, "the backup was taken in the midst of it"
    assert f"{states['unknown']} calls may have been made after that" in said
    done = rows(database_url, "SELECT count(*) AS n FROM journal_entries WHERE outcome = 'done'")[0]["n"]
    assert done == states["added"], "the backup holds one moment"
    calls = len(zelta.calls)
    with sending(admin):
        time.sleep(0.5)
    assert len(zelta.calls) == calls
    assert max(Counter(mail.email for mail in zelta.mails).values()) == 1


def test_a_backup_is_its_owners_alone_and_overwrites_nothing(backed_up: Path, run: Run) -> None:
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    assert beside(backed_up) == ["backup"]
    held = backed_up.read_bytes()
    assert "exists, and nothing is overwritten" in run("backup", backed_up, code=1)
    assert backed_up.read_bytes() == held
    assert "cannot be written" in run("backup", backed_up / "inside", code=1)


def test_what_is_there_is_kept_and_can_be_brought_back(backed_up: Path, run: Run, database_url: str) -> None:
    store(database_url, [meeting("Después")])
    everything = dump(database_url)
    assert "--replace" in run("restore", backed_up, code=1)
    assert dump(database_url) == everything
    assert "What it held until now is in" in run("restore", backed_up, "--replace")
    assert titles(database_url) == ["Antes"]
    _, before = beside(backed_up)
    run("restore", backed_up.with_name(before), "--replace")
    assert titles(database_url) == ["Antes", "Después"]


def test_nobody_may_use_the_database_meanwhile(backed_up: Path, run: Run, database_url: str) -> None:
    with connected(database_url) as a_person:
        a_person.exec_driver_sql("SELECT count(*) FROM meetings")
        a_person.commit()  # at rest, as a dashboard's connections are
        for command in (["restore", backed_up, "--replace"], ["hold"]):
            assert "stop the dashboard and every sender" in run(*command, code=1)
    run("restore", backed_up, "--replace")


def test_what_is_no_backup_of_ours_is_refused(
    run: Run, database_url: str, database_kind: Kind, file: Path, tmp_path: Path
) -> None:
    assert "cannot be read" in run("restore", file, code=1)
    file.write_text("meetings")
    assert "is not a backup of Convoca" in run("restore", file, code=1)
    other = tmp_path / "other"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE meetings (id integer)")
    if database_kind == "sqlite":
        assert "is not a backup of Convoca" in run("restore", other, code=1)
        other.write_bytes(b"PGDMP and so on")
    assert "and this is" in run("restore", other, code=1)
    assert titles(database_url) == []


def test_a_damaged_backup_is_refused(backed_up: Path, run: Run, database_url: str) -> None:
    content = backed_up.read_bytes()
    backed_up.write_bytes(content[: len(content) // 2])
    everything = dump(database_url)
    assert run("restore", backed_up, "--replace", code=1).startswith("Error: ")
    assert dump(database_url) == everything


def test_an_older_schema_is_migrated_and_a_newer_one_refused(
    run: Run, admin: Flask, database_url: str, file: Path
) -> None:
    store(database_url, [meeting("Antes")])
    with admin.app_context():
        flask_migrate.downgrade(revision="0001")
    run("backup", file)
    with admin.app_context():
        flask_migrate.upgrade()
    run("restore", file, "--replace")
    assert titles(database_url) == ["Antes"]
    with admin.app_context():
        flask_migrate.check()
    newer = file.with_name("newer")
    with connected(database_url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    run("backup", newer)
    assert "made by a newer release" in run("restore", newer, "--replace", code=1)


def test_the_keys_must_be_the_same(run: Run, database_url: str, file: Path, admin: Flask) -> None:
    (row,) = store(database_url, [meeting("Antes")])
    add_host(database_url, row, admin.extensions["vault"].encrypt("zmt-secret"))
    run("backup", file)
    assert "host keys" not in run("restore", file, "--replace")
    admin.extensions["vault"] = TokenCipher([Fernet.generate_key().decode()])
    assert "The host keys cannot be decrypted" in run("restore", file, "--replace")


@POSTGRESQL
def test_the_password_is_in_no_command_and_an_old_pg_dump_is_refused(
    make_app: AppFactory, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    write_program(
        tmp_path / "pg_dump",
        f'echo "pg_dump (PostgreSQL) $V"; echo "$@ $PGHOST $PGPORT $PGDATABASE $PGUSER $PGSSLMODE $PGPASSWORD" >> {seen}; exit $E',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    url = make_url(database_url).set(password="s3cret").render_as_string(hide_password=False)
    app = make_app(LANGUAGE="en", DATABASE_URL=url)
    with app.app_context():
        monkeypatch.setenv("V", "9.6")
        monkeypatch.setenv("E", "0")
        with pytest.raises(OperationError, match="older than the server"):
            backup.back_up(tmp_path / "one")
        monkeypatch.setenv("V", "99.1")
        with pytest.raises(OperationError, match="pg_restore failed"):
            backup.back_up(tmp_path / "two")
    line = seen.read_text().splitlines()[-1]
    at = make_url(database_url)
    assert line.endswith(f" {at.query['host']} 5432 {at.database} postgres prefer s3cret")
    assert "dbname" not in line, "an older pg_dump refuses what a newer libpq would put there"
    assert line.count("s3cret") == 1
    assert not (tmp_path / "two").exists()


@POSTGRESQL
@pytest.mark.parametrize(
    "broken_off",
    [
        ("echo broken >&2; exit 1", " failed: "),
        ("yes 'SELECT nonsense;' | head -n 50000", "psql failed: "),
    ],
)
def test_a_restore_that_breaks_off_leaves_what_was_there(
    backed_up: Path,
    run: Run,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    broken_off: tuple[str, str],
) -> None:
    then, said = broken_off
    real = shutil.which("pg_restore")
    write_program(
        tmp_path / "pg_restore",
        f'case "$*" in *data-only*) exec {real} "$@";; esac; {real} "$@" | head -n 60; {then}',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    everything = dump(database_url)
    assert said in run("restore", backed_up, "--replace", code=1)
    assert dump(database_url) == everything


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def add_host(url: str, meeting_id: int, sealed: bytes) -> None:
    host = a_person(meeting_id, "Ana")
    host.role, host.token_encrypted = Role.HOST, sealed
    store(url, [host])
