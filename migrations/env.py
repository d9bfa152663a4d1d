"""How migrations run: on the application's own database, one process at a time, while the dashboard goes on.

On PostgreSQL each migration is a transaction of its own, and on SQLite all of them are one, so that a process that is killed leaves
nothing half done. `docs/decisions/0010-online-migrations.md` says what a migration may do.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.database import db, format_driver_error
from app.models.base import UtcDateTime

log = logging.getLogger(__name__)

MIGRATIONS_LOCK = 0x436F6E766F6361  # any number, as long as all processes of ours take the same
OTHERS_SECONDS = 600
"""How long we wait for another process that migrates."""

TABLE_SECONDS = 2
"""How long a statement waits for its table: whoever wants the table waits behind it for as long."""

ATTEMPTS = 30
LOCK_NOT_AVAILABLE = "55P03"
INSUFFICIENT_PRIVILEGE = "42501"


@contextmanager
def migrated_database() -> Iterator[Connection]:
    """A connection that has the database's schema for itself; what keeps others out ends with it, also when we are killed."""
    engine: Engine = context.config.attributes.get("engine", db.engine)
    with connect(engine) as connection:
        yield connection
        connection.invalidate()


def connect(engine: Engine) -> Connection:
    """Connect, and keep out other processes that migrate; a database that does not answer ends it with one line."""
    try:
        connection = engine.connect().execution_options(writes=True)
        if connection.dialect.name == "postgresql":
            prepare_postgresql(connection)
        else:
            prepare_sqlite(connection)
    except (OperationalError, sqlite3.OperationalError) as error:
        raise CommandError(f"the database does not answer: {format_driver_error(error)}") from error
    return connection


def prepare_sqlite(connection: Connection) -> None:
    """Wait for others, keep the write-ahead log, and let a table that is rebuilt be dropped for a moment."""
    raw = connection.connection.cursor()
    raw.execute(f"PRAGMA busy_timeout = {OTHERS_SECONDS * 1000}")
    raw.execute("PRAGMA journal_mode = WAL")  # kept in the file, so set once and not on every connection
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.close()


def prepare_postgresql(connection: Connection) -> None:
    """Take the lock that all migrating processes take."""
    give_up = time.monotonic() + OTHERS_SECONDS
    # Asked for again and again: CREATE INDEX CONCURRENTLY of the process that has it would wait for a statement that waits.
    while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({MIGRATIONS_LOCK})").scalar_one():
        connection.commit()
        if time.monotonic() > give_up:
            raise CommandError("another process has been migrating this database for long: look after it")
        time.sleep(0.2)
    connection.exec_driver_sql(f"SET lock_timeout = '{TABLE_SECONDS}s'")
    connection.commit()


def drop_broken_indexes(connection: Connection) -> None:
    """Clear up after a CREATE INDEX CONCURRENTLY that was broken off: it alone leaves something, an index that is not valid."""
    left = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
    )
    for index in left.scalars().all():
        connection.exec_driver_sql(f"DROP INDEX {index}")
    connection.commit()


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own types as the plain ones behind them, so that a migration outlives the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave the tables of search out of a comparison with the models: a migration makes them by hand."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def migrate(connection: Connection) -> None:
    """Run what `flask db` asks for; on PostgreSQL again and again while somebody else uses a table that must change."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            run(connection)
        except OperationalError as error:
            connection.rollback()
            if getattr(error.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
                raise
            if attempt == ATTEMPTS:
                raise CommandError(
                    "a table that must change is in use all the time, perhaps by a backup or a long report."
                    " Nothing is half done: try again when it is over"
                ) from error
            time.sleep(1)
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != INSUFFICIENT_PRIVILEGE:
                raise
            raise CommandError(f"the database refuses: {format_driver_error(error)}") from error
        else:
            return


def newer_schema() -> str | None:
    """The database's revision, if this release does not know it and was asked for its newest: there is nothing to do then.

    So a release that one goes back to starts by the same commands as ever.
    """
    migration = context.get_context()
    if migration.opts.get("destination_rev") not in {"head", "heads"}:
        return None
    known = {script.revision for script in context.script.walk_revisions()}
    current = migration.get_current_revision()
    return None if current in known else current


def run(connection: Connection) -> None:
    """Run it once."""
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        drop_broken_indexes(connection)
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
        include_name=include_name,
        transaction_per_migration=postgresql,
        **current_app.extensions["migrate"].configure_args,
    )
    if newer := newer_schema():
        log.warning("the schema (%s) is of a newer release than this one: it stays as it is", newer)
        connection.rollback()
        return
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()


with migrated_database() as database:
    migrate(database)
