"""Writing very many rows at once: indexes and triggers make way for them and come back after them, all in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import Connection, bindparam, create_engine, func, select, text
from sqlalchemy.pool import NullPool

from app.meetings import search
from app.models import Meeting, Participant
from seeding.rows import MEETING_COLUMNS, PERSON_COLUMNS, Plan, Row, rows

MEETINGS_AT_ONCE = 5000
FILLED = ("meetings", "participants")
INDEXED = (*FILLED, "search_texts")


class NotEmpty(Exception):
    """There are meetings in the database already."""


def load(url: str, plan: Plan, *, add: bool = False) -> int:
    """Fill a migrated database that nobody else uses meanwhile.

    Args:
        url: SQLAlchemy's address of it.
        plan: what to make up; its first ids are set here.
        add: to what is there already.

    Returns:
        How many people were written.

    Raises:
        NotEmpty: there are meetings in it, and nobody said `add`.
    """
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        last_meeting, last_person = (
            connection.scalar(select(func.max(of.id))) or 0 for of in (Meeting, Participant)
        )
        if last_meeting and not add:
            raise NotEmpty
        plan = replace(plan, first_meeting=last_meeting + 1, first_person=last_person + 1)
        with _bare_tables(connection):
            people = sum(_write(connection, batch) for batch in _batches(plan))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # SQLite is not told to analyse: nobody does that to a database of the application's.
        connection.execute(
            text("VACUUM (ANALYZE)" if engine.name == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")
        )
    return people


def _batches(plan: Plan) -> Iterator[list[tuple[Row, list[Row]]]]:
    made = rows(plan, datetime.now(UTC))
    while batch := list(islice(made, MEETINGS_AT_ONCE)):
        yield batch


def _write(connection: Connection, batch: Sequence[tuple[Row, list[Row]]]) -> int:
    people = [person for _, present in batch for person in present]
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
    times = [place for place, name in enumerate(columns) if name.endswith("_at")]
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
def _bare_tables(connection: Connection) -> Iterator[None]:
    """Without indexes and triggers for a while; then the texts of search are written and everything is there again."""
    postgresql = connection.dialect.name == "postgresql"
    indexes = _postgresql_indexes(connection) if postgresql else _sqlite_parts(connection, "index")
    triggers = {} if postgresql else _sqlite_parts(connection, "trigger")
    for kind, parts in (("INDEX", indexes), ("TRIGGER", triggers)):
        for name in parts:
            connection.exec_driver_sql(f"DROP {kind} {name}")
    _switch_triggers(connection, "DISABLE")
    yield
    _switch_triggers(connection, "ENABLE")
    for sql in (*_of_texts(indexes, wanted=False), *triggers.values()):
        connection.exec_driver_sql(sql)
    search.rebuild(connection)
    for sql in _of_texts(indexes, wanted=True):
        connection.exec_driver_sql(sql)
    if postgresql:
        for table in FILLED:
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


def _of_texts(indexes: dict[str, str], *, wanted: bool) -> list[str]:
    return [sql for name, sql in indexes.items() if ("search_texts" in name) == wanted]


def _switch_triggers(connection: Connection, word: str) -> None:
    if connection.dialect.name == "postgresql":
        for table in FILLED:
            connection.exec_driver_sql(f"ALTER TABLE {table} {word} TRIGGER USER")


def _sqlite_parts(connection: Connection, kind: str) -> dict[str, str]:
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE type = :kind AND tbl_name IN :tables AND sql IS NOT NULL"
    )
    tables = bindparam("tables", INDEXED, expanding=True)
    return dict(connection.execute(query.bindparams(tables), {"kind": kind}).all())


def _postgresql_indexes(connection: Connection) -> dict[str, str]:
    query = text(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND NOT indisprimary"
    )
    return dict(connection.execute(query, {"tables": list(INDEXED)}).all())
