"""An installation made by commit 3c8e808 gets the standard names of migration 0007, and loses nothing.

`data/3c8e808.*.sql` are dumps of it, made as `data/3c8e808.fill.txt` says: each table has rows, in every state.
"""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine.interfaces import ReflectedForeignKeyConstraint
from sqlalchemy.exc import DBAPIError

from app import journal
from app.models import Base
from tests.migrations.conftest import Walk
from tests.migrations.content import COLUMNS, TABLES, Content, content, renamed
from tests.outbox.conftest import sending
from tests.support.actions import person
from tests.support.application import AppFactory
from tests.support.db import change, connected, rows
from tests.support.pages import PageClient
from tests.support.zelta_backend import TOKEN_PREFIX, Meeting
from tests.support.zelta_server import ZeltaServer

OLD_TABLES = re.compile(rf"\b(?:FROM|INTO|UPDATE|ON|TABLE|JOIN) \"?(?:{'|'.join(TABLES)})\b", re.IGNORECASE)
SQLITE_SCHEMA = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = :kind AND sql IS NOT NULL"
POSTGRESQL_TRIGGERS = (
    "SELECT tgname AS name, tgrelid::regclass::text AS tbl_name,"
    " pg_get_triggerdef(pg_trigger.oid) || pg_get_functiondef(tgfoid) AS sql FROM pg_trigger WHERE NOT tgisinternal"
)
POSTGRESQL_INDEXES = (
    "SELECT indexname AS name, tablename AS tbl_name, indexdef AS sql FROM pg_indexes"
    " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)


@pytest.fixture
def upgraded(installation: str, walk: Walk) -> str:
    """The same after `flask db upgrade`."""
    walk.up()
    return installation


def stored(url: str) -> Content:
    with connected(url) as connection:
        return content(connection)


def parts(url: str, kind: str) -> dict[str, dict[str, Any]]:
    """The triggers or indexes of a database by name: their table, and their text."""
    if url.startswith("sqlite"):
        found = rows(url, SQLITE_SCHEMA, kind=kind)
    else:
        found = rows(url, POSTGRESQL_TRIGGERS if kind == "trigger" else POSTGRESQL_INDEXES)
    return {row["name"]: row for row in found}


def test_every_row_is_kept(installation: str, walk: Walk) -> None:
    before = stored(installation)
    walk.up("0007")
    after = stored(installation)
    assert after.keys() - renamed(before).keys() == {"possibly_mailed_emails"}
    for name, table in renamed(before).items():
        assert table, f"the installation has no row in {name}"
        found = {key: dict(row) for key, row in after[name].items()}
        if name == "journal_entries":
            for row in found.values():
                assert row.pop("is_call") == (row["lease_expires_at"] is not None)
                assert row.pop("decision_number") is None
        assert found == table
    walk.down("0006")
    again = stored(installation)
    assert renamed(again).keys() == after.keys()
    assert all(renamed(again)[name].keys() == after[name].keys() for name in after)


def test_every_trigger_and_index_is_kept_under_the_new_names(installation: str, walk: Walk) -> None:
    before = {kind: parts(installation, kind) for kind in ("trigger", "index")}
    walk.up("0007")
    after = {kind: parts(installation, kind) for kind in before}
    assert after["trigger"].keys() == before["trigger"].keys()
    # 0005 adds one; on PostgreSQL the key of 0006's table is another.
    more = 1 if installation.startswith("sqlite") else 2
    assert len(after["index"]) == len(before["index"]) + more
    for found in (*after["trigger"].values(), *after["index"].values()):
        assert not OLD_TABLES.search(found["sql"]), found
        old = COLUMNS.get(found["tbl_name"], {}).keys() - {"at", "status", "code", "message", "mailed"}
        assert not any(re.search(rf"\b(?:old|new)\.{name}\b", found["sql"]) for name in old), found


def foreign_key_name(connection: Connection, table: str, key: ReflectedForeignKeyConstraint) -> str | None:
    """The name of a foreign key; SQLAlchemy reads none of a key that SQLite keeps with its column."""
    if key["name"] is not None:
        return key["name"]
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    stored = connection.execute(query, {"name": table}).scalar_one()
    column, referred = key["constrained_columns"][0], key["referred_table"]
    match = re.search(rf"{column} \w+ CONSTRAINT (\w+) REFERENCES {referred} ", stored)
    return match[1] if match else None


def test_constraints_and_indexes_have_the_names_of_the_models(upgraded: str) -> None:
    with connected(upgraded) as connection:
        database = inspect(connection)
        for table in Base.metadata.sorted_tables:
            name = table.name
            found = {database.get_pk_constraint(name)["name"]}
            found |= {one["name"] for one in database.get_unique_constraints(name)}
            found |= {foreign_key_name(connection, name, one) for one in database.get_foreign_keys(name)}
            found |= {one["name"] for one in database.get_check_constraints(name)}
            assert found == {str(one.name) for one in table.constraints}
            unique = {one["name"] for one in database.get_unique_constraints(name)}
            indexes = {one["name"] for one in database.get_indexes(name)} - unique
            assert indexes == {str(one.name) for one in table.indexes}


def test_triggers_do_their_work(upgraded: str) -> None:
    entry = (
        "INSERT INTO journal_entries (action, actor, ip_address, meeting_id, from_outbox, request, started_at)"
        " SELECT 'keep_meeting', 'olga', '203.0.113.9', min(id), false, '{}', :now FROM meetings"
    )
    change(upgraded, entry, now=datetime.now(UTC))
    newest = "SELECT action, actor, ip_address FROM audit_events ORDER BY id DESC LIMIT 1"
    assert rows(upgraded, newest) == [
        {"action": "keep_meeting", "actor": "olga", "ip_address": "203.0.113.9"}
    ]
    for statement in ("UPDATE audit_events SET actor = 'x'", "DELETE FROM audit_events"):
        with pytest.raises(DBAPIError, match="append-only"):
            change(upgraded, statement)
    change(upgraded, "DELETE FROM search_reindex_queue")
    (one,) = rows(upgraded, "SELECT id, meeting_id FROM participants WHERE name = 'Ana Ruiz'")
    where = {"meeting": one["meeting_id"]}
    count = "SELECT problem_count FROM meetings WHERE id = :meeting"
    (before,) = rows(upgraded, count, **where)
    change(
        upgraded, "UPDATE participants SET state = 'refused', search_text = 'x' WHERE id = :id", id=one["id"]
    )
    assert rows(upgraded, count, **where) == [{"problem_count": before["problem_count"] + 1}]
    assert rows(upgraded, "SELECT meeting_id FROM search_reindex_queue") == [
        {"meeting_id": one["meeting_id"]}
    ]
    change(upgraded, "DELETE FROM search_reindex_queue")
    change(upgraded, "UPDATE meetings SET title_search = 'x' WHERE id = :meeting", **where)
    assert rows(upgraded, "SELECT meeting_id FROM search_reindex_queue") == [
        {"meeting_id": one["meeting_id"]}
    ]


@pytest.fixture
def app(upgraded: str, make_app: AppFactory) -> Iterator[Flask]:
    """The dashboard on the upgraded database, whose meetings are still to come."""
    change(upgraded, "UPDATE meetings SET starts_at = :at", at=datetime(2099, 1, 1, tzinfo=UTC))
    change(upgraded, "UPDATE sessions SET created_at = :at, last_seen_at = :at", at=datetime.now(UTC))
    return make_app(DATABASE_URL=upgraded, AUTH="password", LANGUAGE="en")


@pytest.fixture
def olga(app: Flask) -> PageClient:
    """The browser of the administrator, who was signed in at 3c8e808."""
    browser = PageClient(app)
    browser.visit("/sign-in")
    with browser.session_transaction() as cookie:
        cookie["key"] = "key of olga"
    return browser


def test_pages_search_and_tokens_are_as_before(olga: PageClient, upgraded: str) -> None:
    (meeting,) = rows(upgraded, "SELECT id FROM meetings WHERE title = 'Asamblea de la cuenca'")
    for words in ("cuenca", "luis@example", "na rui"):
        found = olga.visit(f"/?q={words}").find_all("a")
        assert f"/meetings/{meeting['id']}" in [link["href"].split("?")[0] for link in found], words
    page = olga.visit(f"/meetings/{meeting['id']}")
    assert person(page, "Eva Incierta")["data-state"] == "unknown"
    assert "ERR_RATE" in person(page, "Bruno Limitado").text
    assert "Luis Peña" in page.find("ol.activity").text
    ana = person(page, "Ana Ruiz")
    shown = page.submit(ana.form(f"/participants/{ana['data-participant']}/token"))
    assert shown.find("textarea#token").text.startswith(TOKEN_PREFIX)
    for row in rows(upgraded, "SELECT id FROM meetings"):
        olga.visit(f"/meetings/{row['id']}")
    audit = olga.visit("/admin/audit")
    assert "olga" in audit.text
    assert "203.0.113.8" in audit.text
    assert "eva@example.org" in olga.visit("/admin/users").text


def test_running_import_continues_and_paused_import_waits(
    app: Flask, upgraded: str, zelta: ZeltaServer
) -> None:
    public_id = "mtg-list-1"
    zelta.meetings[public_id] = Meeting(public_id, "Lista en curso", "2099-01-01T00:00:00Z")
    change(
        upgraded,
        "UPDATE participants SET claim_expires_at = :at WHERE state = 'claimed'",
        at=datetime.now(UTC),
    )
    change(
        upgraded,
        "UPDATE journal_entries SET lease_expires_at = :at WHERE outcome IS NULL",
        at=datetime.now(UTC),
    )
    with app.app_context():
        journal.expire_lost_calls()
    of_list = (
        "SELECT participants.state, count(*) AS n FROM participants JOIN meetings ON meetings.id = meeting_id"
        " WHERE meetings.public_meeting_id = :id GROUP BY participants.state ORDER BY participants.state"
    )
    deadline = time.monotonic() + 60
    with sending(app):
        while rows(upgraded, of_list, id=public_id) != [
            {"state": "added", "n": 11},
            {"state": "unknown", "n": 1},
        ]:
            assert time.monotonic() < deadline, rows(upgraded, of_list, id=public_id)
            time.sleep(0.1)
    assert rows(upgraded, of_list, id="mtg-list-2") == [{"state": "queued", "n": 12}]
    assert sorted(mail.email for mail in zelta.mails) == sorted(
        f"p{n}@example.org" for n in (1, *range(3, 12))
    )
