"""The database: Flask-SQLAlchemy's engine and reading session, and the short transactions that write.

Reading: `db.session`, one a request. Writing: `transaction()`, a session of its own that holds the write lock from
its first statement to its commit; never open while a call to Zelta is under way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.models import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})

SQLITE_BUSY_SECONDS = 15


def engine_options(database_url: str, threads: int) -> dict[str, Any]:
    """SQLAlchemy's engine options for a database, enough connections for `threads` requests at once.

    Parameters are kept out of errors, since errors reach the log and parameters hold e-mails.
    """
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": threads, "max_overflow": threads}
    if make_url(database_url).get_backend_name() == "sqlite":
        return options | {"connect_args": {"timeout": SQLITE_BUSY_SECONDS}}
    return options | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


@contextmanager
def transaction() -> Iterator[Session]:
    """A write transaction: committed when the block ends, rolled back when it raises.

    Objects loaded in it stay readable afterwards.
    """
    with Session(db.engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # BEGIN is ours, below: sqlite3's own comes too late to lock
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a committed intent survives a power cut


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    # A writer that began as a reader and finds the lock taken fails at once, however long it could wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
