"""The database: Flask-SQLAlchemy's engine and reading session, and the short transactions that write.

Reading: `db.session`, one a request, or `reading()` in a thread. Writing: `transaction()`, a session of its own that holds
the write lock from its first statement to its commit; never open while a call to Zelta is under way. It takes its row
locks in the lock order of `app.models.locks`. What calls it is marked `@retried`, where running it again is safe.
"""

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Executable, event, exists, false, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from app.models import Base

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

ROLLED_BACK = frozenset({"40001", "40P01"})
"""SQLSTATE of a serialization failure and of a deadlock: the server has rolled the transaction back."""
RETRIES = 4
FIRST_BACKOFF_SECONDS = 0.02


class _ReadingSession(FlaskSession):
    """Reads statement by statement on PostgreSQL, whose usual transactions show no more than that, for two round trips."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **options)
        return _for_reading(bind) if isinstance(bind, Engine) else bind


@lru_cache(maxsize=4)
def _for_reading(engine: Engine) -> Engine:
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine


db = SQLAlchemy(
    metadata=Base.metadata, session_options={"class_": _ReadingSession, "expire_on_commit": False}
)

SQLITE_BUSY_SECONDS = 15
_sqlite_writes = threading.RLock()
_SQLITE_TURN_SECONDS = 5.0


def engine_options(database_url: str, threads: int) -> dict[str, Any]:
    """SQLAlchemy's engine options for a database, enough connections for `threads` requests at once.

    A request that writes while it reads holds two. Half as many more is enough for all of them to get on, since what
    waits for a second one waits for others that need no third.
    Parameters are kept out of errors, since errors reach the log and parameters hold e-mails.
    """
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": threads, "max_overflow": threads // 2}
    if make_url(database_url).get_backend_name() == "sqlite":
        return options | {"connect_args": {"timeout": SQLITE_BUSY_SECONDS}}
    return options | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


@lru_cache(maxsize=1)
def schema_query() -> Executable:
    """A statement that reads no row and fails unless the database has each table and column of the models."""
    tables = Base.metadata.sorted_tables
    return select(*(exists(select(*table.columns).where(false())) for table in tables))


def is_schema_error(error: Exception) -> bool:
    """Whether a statement failed because a table or column is missing, and not because the database is away."""
    missing = isinstance(error, DBAPIError) and str(error.orig).startswith("no such ")
    return missing or isinstance(error, ProgrammingError)


def driver_message(error: Exception) -> str:
    """What the driver said, in one line: its later lines may quote the statement or a row."""
    message = error.orig if isinstance(error, DBAPIError) else error
    return (str(message).splitlines() or [type(error).__name__])[0]


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection that reads what is there now, for whoever outlives a request."""
    with _for_reading(db.engine).connect() as connection:
        yield connection


@contextmanager
def transaction() -> Iterator[Session]:
    """A write transaction: committed when the block ends, rolled back when it raises.

    Objects loaded in it stay readable afterwards.
    """
    with _turn(), Session(db.engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


def retried(function: Callable[P, T]) -> Callable[P, T]:
    """Run a function again, up to `RETRIES` times, when the database rolled its transaction back (see `ROLLED_BACK`).

    Only for a function that writes in one `transaction()` and has no effect outside the database before the commit.
    What it does after the commit must not raise a database error: a call to Zelta is never made again for one.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for retry in range(RETRIES):
            try:
                return function(*args, **kwargs)
            except DBAPIError as error:
                if not was_rolled_back(error):
                    raise
                log.warning("%s was rolled back and runs again: %s", function.__name__, _sqlstate(error))
            # Of two that met, both do not come back at the same moment.
            time.sleep(FIRST_BACKOFF_SECONDS * 2**retry * random.uniform(0.5, 1.5))  # noqa: S311
        return function(*args, **kwargs)

    return run


def was_rolled_back(error: DBAPIError) -> bool:
    """Whether the same transaction, run again, may succeed."""
    return _sqlstate(error) in ROLLED_BACK


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


@contextmanager
def _turn() -> Iterator[None]:
    """Hand SQLite's write lock from thread to thread: whoever finds it taken would try again in ever longer steps.

    Another process may have it for long; then all wait at the same time, not one after the other.
    """
    mine = db.engine.dialect.name == "sqlite" and _sqlite_writes.acquire(timeout=_SQLITE_TURN_SECONDS)
    try:
        yield
    finally:
        if mine:
            _sqlite_writes.release()


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
