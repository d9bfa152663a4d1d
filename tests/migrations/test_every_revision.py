"""Every migration, up and down, with data in it; and whether the release before it can go on working meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, create_engine, delete, func, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.models import Base
from tests.migrations.conftest import Walk
from tests.migrations.content import Content, content, renamed
from tests.migrations.fill_rows import fill, rows_for, tables_of
from tests.support.db import change, rows

DELETED_FROM = {
    *("held_forms", "search_queue", "sign_in_attempts"),
    *("saved_forms", "search_reindex_queue", "failed_sign_ins", "sessions"),
}
"""Of the other tables no release deletes anything."""

OFFLINE = {"0007"}
"""The migrations that need the release before them stopped, and say so."""


@pytest.fixture
def open_connection(empty_database_url: str) -> Callable[[], Any]:
    @contextmanager
    def opened() -> Iterator[Connection]:
        engine = create_engine(empty_database_url, poolclass=NullPool)
        with engine.connect().execution_options(writes=True) as connection:
            yield connection
        engine.dispose()

    return opened


FORMER_WORDS = {
    "queued": "not_sent",
    "claimed": "not_sent",
    **dict.fromkeys(("queue_meetings", "move_meeting"), "import_people"),
    **{f"{verb}_batch": f"{verb}_list" for verb in ("pause", "resume", "stop")},
}
"""What migration 0012 leaves of the words that it added, when it is taken back."""


def in_former_words(before: Content) -> Content:
    """What a database of revision 0012 holds, as it should be found at 0011."""
    for name, column in (("meetings", "state"), ("journal_entries", "action")):
        for row in before[name].values():
            row[column] = FORMER_WORDS.get(row[column], row[column])
    return before


def nothing_is_lost(before: Content, after: Content) -> None:
    """Every row is still there, with what it held in the columns that both schemas have."""
    for name, found in before.items():
        for key, row in found.items() if name in after else ():
            kept = after[name][key]
            common = row.keys() & kept.keys()
            assert {column: kept[column] for column in common} == {column: row[column] for column in common}


def whole(connection: Connection) -> None:
    """No key leads nowhere."""
    if connection.dialect.name == "sqlite":
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


Statement = tuple[str, Callable[[Connection], object]]


def statements_of_a_release(connection: Connection) -> list[Statement]:
    """What a release that knows this schema may say: with the columns that it knows, and no others."""
    found: list[Statement] = []
    for table in tables_of(connection):
        row = list(rows_for(connection, table))[-1]
        found += [(f"{verb} {table.name}", say) for verb, say in _statements(table, row)]
    return found


def _statements(table: Table, row: dict[str, Any]) -> Iterator[Statement]:
    names = [column.name for column in table.columns if not column.primary_key]
    links = {column.name for column in table.columns if column.foreign_keys and column.nullable}
    new = row | dict.fromkeys(links)
    yield "SELECT", lambda connection: connection.execute(select(*table.columns)).all()
    yield "INSERT", lambda connection: connection.execute(insert(table).values(new))
    yield (
        "UPDATE",
        lambda connection: connection.execute(update(table).values({name: table.c[name] for name in names})),
    )
    if table.name not in DELETED_FROM:
        return
    newest = select(func.max(table.primary_key.columns[0])).scalar_subquery()
    yield (
        "DELETE",
        lambda connection: connection.execute(delete(table).where(table.primary_key.columns[0] == newest)),
    )


def accepted(connection: Connection, statements: list[Statement]) -> set[str]:
    """Which of these statements the database accepts, one after the other; nothing of it stays."""
    good = set()
    connection.rollback()
    for name, say in statements:
        try:
            with connection.begin_nested():
                say(connection)
        except DBAPIError:
            continue
        good.add(name)
    connection.rollback()
    return good


def test_up_and_down_with_data(walk: Walk, open_connection: Callable[[], Any]) -> None:
    before: Content = {}
    old: list[Statement] = []
    understood: set[str] = set()
    for revision in walk.revisions:
        walk.up(revision)
        with open_connection() as connection:
            whole(connection)
            nothing_is_lost(renamed(before) if revision == "0007" else before, content(connection))
            if revision not in OFFLINE:
                assert understood <= accepted(connection, old), f"{revision} stops the release before it"
            fill(connection)
            connection.commit()
            old = statements_of_a_release(connection)
            understood = accepted(connection, old)
            assert {name for name in understood if name.startswith("SELECT")} == {
                name for name, _ in old if name.startswith("SELECT")
            }
            before = content(connection)
    for revision in [*walk.revisions[-2::-1], "base"]:
        walk.down(revision)
        with open_connection() as connection:
            whole(connection)
            after = content(connection)
            if revision == "0011":
                before = in_former_words(before)
            if "journal" in after and "journal_entries" in before:
                nothing_is_lost(before, renamed(after))
                assert renamed(after).keys() <= before.keys()
            else:
                nothing_is_lost(before, after)
                assert after.keys() <= before.keys()
            before = after
    with open_connection() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        if connection.dialect.name == "postgresql":
            ours = "SELECT proname FROM pg_proc LEFT JOIN pg_depend ON objid = pg_proc.oid AND deptype = 'e'"
            ours += " WHERE pronamespace = 'public'::regnamespace AND objid IS NULL"
            assert connection.execute(text(ours)).all() == []
    walk.up()


def test_a_release_starts_on_the_schema_of_the_one_after(
    walk: Walk, empty_database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    walk.up()
    change(empty_database_url, "UPDATE alembic_version SET version_num = 'next'")
    walk.up()
    assert "is of a newer release" in caplog.text
    assert rows(empty_database_url, "SELECT version_num FROM alembic_version") == [{"version_num": "next"}]


def test_models_and_migrations_agree(walk: Walk, open_connection: Callable[[], Any]) -> None:
    walk.up()
    with open_connection() as connection:
        compared = MigrationContext.configure(connection, opts={"include_name": of_a_model})
        assert compare_metadata(compared, Base.metadata) == []


def of_a_model(name: str, kind: str, _parents: object) -> bool:
    """Search has tables of its own, without models."""
    return not (kind == "table" and name.startswith("search_"))
