"""The sandbox's SQLite file: one connection behind a lock, in WAL, so that a killed process loses nothing it answered."""

import sqlite3
import threading
import weakref
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS meetings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    starts_utc TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'SCHEDULED' CHECK (status IN ('SCHEDULED', 'CANCELLED'))
);
CREATE TABLE IF NOT EXISTS participants (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    preset_name TEXT NOT NULL CHECK (preset_name IN ('host', 'participant')),
    name TEXT NOT NULL,
    email TEXT,
    external_id TEXT,
    added_utc TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS participants_mailed ON participants (number) WHERE email IS NOT NULL;
CREATE TABLE IF NOT EXISTS fault (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    kind TEXT NOT NULL,
    call TEXT NOT NULL,
    remaining INTEGER
);
"""


class Store:
    """Runs single SQL statements, each one a transaction of its own; its connection is closed together with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def create_tables(self) -> None:
        """Make the file and its tables where they are missing.

        Raises:
            OSError: The folder cannot be made.
            sqlite3.Error: The file cannot be opened, or is no database.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock:
            connection = self._open()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def query(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """Run one statement and give back its rows."""
        with self._lock:
            return self._open().execute(statement, values).fetchall()

    def execute(self, statement: str, *values: Any) -> int:
        """Run one statement and give back how many rows it changed."""
        with self._lock:
            return self._open().execute(statement, values).rowcount

    def _open(self) -> sqlite3.Connection:
        """The connection, opened at its first use; only for a caller that holds the lock."""
        if self._connection is None:
            connection = sqlite3.connect(
                self._path, timeout=10, isolation_level=None, check_same_thread=False
            )
            weakref.finalize(self, connection.close)
            connection.row_factory = sqlite3.Row
            # FULL: what was answered survives a power cut.
            connection.executescript("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;")
            self._connection = connection
        return self._connection
