"""How migrations run: on the application's own database, one process at a time, SQLite's tables rebuilt in batches."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.database import db
from app.models.base import UtcDateTime

MIGRATIONS_LOCK = 0x436F6E766F6361  # any number, as long as all processes of ours take the same


def prepare(connection: Connection) -> None:
    """Take the database for ourselves; the lock goes with the connection, also when the process is killed."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATIONS_LOCK})")
        connection.commit()
        return
    raw = connection.connection.cursor()
    raw.execute("PRAGMA journal_mode = WAL")  # kept in the file, so set once and not on every connection
    raw.execute("PRAGMA foreign_keys = OFF")  # a table that is rebuilt is dropped for a moment
    raw.close()


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own types as the plain ones behind them, so that a migration outlives the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Run what `flask db` asks for."""
    with db.engine.connect().execution_options(writes=True) as connection:
        prepare(connection)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        connection.invalidate()


run()
