"""Bulk load in one transaction: drop indexes and triggers, insert, then recreate them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, create_engine, func, select, text
from sqlalchemy.pool import NullPool

from app.meetings import search
from app.models import Meeting, Participant
from tools.seed.rows import MEETING_COLUMNS, PERSON_COLUMNS, Row, SeedPlan, generate_rows

BATCH_SIZE = 5000
FILLED_TABLES = ("meetings", "participants")
INDEXED_TABLES = (*FILLED_TABLES, "search_texts")


class DatabaseNotEmpty(Exception):
    """There are meetings in the database already."""


def load_rows(url: str, plan: SeedPlan, *, add: bool = False) -> int:
    """Fill a migrated database that no other process uses meanwhile.

    Args:
        url: SQLAlchemy's address of it.
        plan: what to generate; its first ids are set here.
        add: to existing meetings.

    Returns:
        How many people were written.

    Raises:
        DatabaseNotEmpty: it has meetings, and `add` is not set.
    """
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        last_meeting, last_person = (
            connection.scalar(select(func.max(model.id))) or 0 for model in (Meeting, Participant)
        )
        if last_meeting and not add:
            raise DatabaseNotEmpty
        plan = replace(plan, first_meeting=last_meeting + 1, first_person=last_person + 1)
        with _without_indexes(connection):
            people = sum(_write(connection, batch) for batch in _batches(plan))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # No ANALYZE on SQLite: production databases are never analysed either.
        connection.execute(
            text("VACUUM (ANALYZE)" if engine.name == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")
        )
    return people


def _batches(plan: SeedPlan) -> Iterator[list[tuple[Row, list[Row]]]]:
    generated = generate_rows(plan, datetime.now(UTC))
    while batch := list(islice(generated, BATCH_SIZE)):
        yield batch


def _write(connection: Connection, batch: Sequence[tuple[Row, list[Row]]]) -> int:
    people = [person for _, attendees in batch for person in attendees]
    insert = _copy if connection.dialect.name == "postgresql" else _insert
    insert(connection, "meetings", MEETING_COLUMNS, [meeting for meeting, _ in batch])
    insert(connection, "participants", PERSON_COLUMNS, people)
    return len(people)


def _copy(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    times = [index for index, name in enumerate(columns) if name.endswith("_at")]
    marks = ", ".join("?" * len(columns))
    ready = []
    for row in rows:
        values = list(row)
        for place in times:
            values[place] = str(values[place].isoformat(" ", "microseconds"))[
                :26
            ]  # as SQLAlchemy writes them
        ready.append(tuple(values))
    if ready:
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", ready)  # noqa: S608


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Drop indexes and triggers for the block; then write the search texts and recreate them."""
    postgresql = connection.dialect.name == "postgresql"
    indexes = _postgresql_indexes(connection) if postgresql else _sqlite_parts(connection, "index")
    triggers = {} if postgresql else _sqlite_parts(connection, "trigger")
    for kind, parts in (("INDEX", indexes), ("TRIGGER", triggers)):
        for name in parts:
            connection.exec_driver_sql(f"DROP {kind} {name}")
    _switch_triggers(connection, "DISABLE")
    yield
    _switch_triggers(connection, "ENABLE")
    for sql in (*_select_search_index_sql(indexes, of_search_texts=False), *triggers.values()):
        connection.exec_driver_sql(sql)
    search.reindex_all(connection)
    for sql in _select_search_index_sql(indexes, of_search_texts=True):
        connection.exec_driver_sql(sql)
    if postgresql:
        for table in FILLED_TABLES:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


def _select_search_index_sql(indexes: dict[str, str], *, of_search_texts: bool) -> list[str]:
    return [sql for name, sql in indexes.items() if ("search_texts" in name) == of_search_texts]


def _switch_triggers(connection: Connection, word: str) -> None:
    if connection.dialect.name == "postgresql":
        for table in FILLED_TABLES:
            connection.exec_driver_sql(f"ALTER TABLE {table} {word} TRIGGER USER")


def _sqlite_parts(connection: Connection, kind: str) -> dict[str, str]:
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE type = :kind AND tbl_name IN :tables AND sql IS NOT NULL"
    )
    tables = bindparam("tables", INDEXED_TABLES, expanding=True)
    return dict(connection.execute(query.bindparams(tables), {"kind": kind}).all())


def _postgresql_indexes(connection: Connection) -> dict[str, str]:
    query = text(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND NOT indisprimary"
    )
    return dict(connection.execute(query, {"tables": list(INDEXED_TABLES)}).all())
