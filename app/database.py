"""The database: Flask-SQLAlchemy's engine and read session, and short write transactions.

Read: `db.session` (one per request), or `read_connection()`. Write: `write_transaction()`, which holds
SQLite's write lock from BEGIN to COMMIT. Never keep it open during a call to Zelta. It takes row locks in the
lock order of `app.models.lock_order`. Functions that are safe to run again have `@retry_on_rollback`.
"""

import errno
import logging
import os
import random
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Executable, event, exists, false, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import Session

from app.models import Base, RateLimitState
from app.models.transitions import ignore_result

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

RETRYABLE_SQLSTATES = frozenset({"40001", "40P01"})
"""SQLSTATEs of a serialization failure and a deadlock: the server rolled the transaction back."""
MAX_TRANSACTION_RETRIES = 4
BACKOFF_INITIAL_SECONDS = 0.02


class AutocommitReadSession(FlaskSession):
    """Reads in AUTOCOMMIT on PostgreSQL: READ COMMITTED has no snapshot anyway; saves two round trips."""

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:  # noqa: D102  (as in SQLAlchemy)
        bind = super().get_bind(*args, **options)
        return _autocommit_engine(bind) if isinstance(bind, Engine) else bind


@lru_cache(maxsize=4)
def _autocommit_engine(engine: Engine) -> Engine:
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine


db = SQLAlchemy(
    metadata=Base.metadata, session_options={"class_": AutocommitReadSession, "expire_on_commit": False}
)

SQLITE_BUSY_TIMEOUT_SECONDS = 15
MIN_FREE_DISK_BYTES = 1_000_000
_sqlite_write_mutex = threading.RLock()
_SQLITE_LOCK_TIMEOUT_SECONDS = 5.0


def build_engine_options(database_url: str, threads: int) -> dict[str, Any]:
    """Build SQLAlchemy's engine options, with enough connections for `threads` concurrent requests.

    A request that writes holds two connections. pool_size=threads plus half as overflow cannot deadlock:
    no request needs a third connection.
    hide_parameters: errors reach the log, and parameters hold e-mails.
    """
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": threads, "max_overflow": threads // 2}
    if make_url(database_url).get_backend_name() == "sqlite":
        return options | {"connect_args": {"timeout": SQLITE_BUSY_TIMEOUT_SECONDS}}
    return options | {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


@lru_cache(maxsize=1)
def schema_query() -> Executable:
    """Build a statement that reads no row and fails if a table or column of the models is missing."""
    tables = Base.metadata.sorted_tables
    return select(*(exists(select(*table.columns).where(false())) for table in tables))


def is_schema_error(error: Exception) -> bool:
    """Whether a statement failed because of a missing table or column, not a lost connection."""
    missing = isinstance(error, DBAPIError) and str(error.orig).startswith("no such ")
    return missing or isinstance(error, ProgrammingError)


def format_driver_error(error: Exception) -> str:
    """The first line of the driver's error: later lines may quote the statement or a row."""
    message = error.orig if isinstance(error, DBAPIError) else error
    return (str(message).splitlines() or [type(error).__name__])[0]


@contextmanager
def read_connection() -> Iterator[Connection]:
    """A read connection for threads that outlive a request; it holds no snapshot."""
    with _autocommit_engine(db.engine).connect() as connection:
        yield connection


@contextmanager
def write_transaction() -> Iterator[Session]:
    """A write transaction: committed when the block ends, rolled back when it raises.

    Objects loaded in it stay readable afterwards.
    """
    with _sqlite_write_lock(), Session(db.engine, expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


def require_writable() -> None:
    """Begin a write and change no row: what a real write needs is asked for, and nothing is written.

    Raises:
        SQLAlchemyError: the database takes no writes: read-only, a standby, no permission, locked for long.
        OSError: the disk of the SQLite file is full.
    """
    with write_transaction() as session:
        statement = update(RateLimitState.__table__).where(false()).values(id=1)  # type: ignore[arg-type]
        ignore_result(session.execute(statement))
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        folder = Path(url.database or "").parent
        if shutil.disk_usage(folder).free < MIN_FREE_DISK_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def retry_on_rollback(function: Callable[P, T]) -> Callable[P, T]:
    """Retry a function, up to `MAX_TRANSACTION_RETRIES` times, if the database rolled back its transaction.

    Only for functions that use one `write_transaction()` and have no external side effect before its commit.
    Code after the commit must not raise a database error: it would repeat the call to Zelta.
    """

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(MAX_TRANSACTION_RETRIES):
            try:
                return function(*args, **kwargs)
            except DBAPIError as error:
                if not is_rollback_error(error):
                    raise
                log.warning("%s was rolled back and runs again: %s", function.__name__, _get_sqlstate(error))
            # Jitter: two transactions that conflicted must not retry at the same time.
            time.sleep(BACKOFF_INITIAL_SECONDS * 2**attempt * random.uniform(0.5, 1.5))  # noqa: S311
        return function(*args, **kwargs)

    return wrapper


def is_rollback_error(error: DBAPIError) -> bool:
    """Whether retrying the same transaction may succeed."""
    return _get_sqlstate(error) in RETRYABLE_SQLSTATES


def _get_sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


@contextmanager
def _sqlite_write_lock() -> Iterator[None]:
    """Serialize this process's SQLite writers: SQLite's own busy handler polls with growing delays.

    The timeout is short: if another process holds the lock, all threads wait in SQLite at the same time.
    """
    acquired = db.engine.dialect.name == "sqlite" and _sqlite_write_mutex.acquire(
        timeout=_SQLITE_LOCK_TIMEOUT_SECONDS
    )
    try:
        yield
    finally:
        if acquired:
            _sqlite_write_mutex.release()


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: object, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we issue BEGIN ourselves (below): sqlite3 issues it too late
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a committed intent survives a power cut


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    # A deferred transaction that upgrades to a write fails at once when locked, ignoring busy_timeout.
    is_write = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
