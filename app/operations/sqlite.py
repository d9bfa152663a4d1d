"""Backups of SQLite: a file of its own, taken by the online backup API while others read and write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask_babel import gettext as _

from app.operations.atomic_file import OperationError
from app.operations.backup_manifest import BackupManifest

MAGIC = b"SQLite format 3\x00"
LOCK_TIMEOUT_SECONDS = 0.5


def back_up(database: Path, draft: Path) -> BackupManifest:
    """Copy a database as it is at one moment, and check the copy.

    Raises:
        OperationError: the copy differs from the source.
    """
    try:
        with closing(_open(database)) as source, closing(_open(draft)) as copy:
            # BEGIN fixes this connection's snapshot (WAL) while others write.
            source.execute("BEGIN")
            expected = _count_rows(source)
            source.backup(copy)
            source.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    except sqlite3.OperationalError as error:
        raise OperationError(_("The backup could not be written: %(why)s.", why=error)) from error
    written = read(draft)
    if written != expected:
        raise OperationError(_("The backup does not hold what the database holds: try again."))
    return written


def read(file: Path) -> BackupManifest:
    """The contents of a file, after an integrity check.

    Raises:
        OperationError: it is damaged.
    """
    try:
        with closing(_open(file, "mode=ro&immutable=1")) as connection:
            is_intact = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            if not is_intact or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise OperationError(_("%(file)s is damaged.", file=file))
            return _count_rows(connection)
    except sqlite3.DatabaseError as error:
        raise OperationError(_("%(file)s is damaged.", file=file)) from error


@contextmanager
def exclusive_access(database: Path) -> Iterator[sqlite3.Connection]:
    """Exclusive access to the database for this process.

    Raises:
        OperationError: another process has it open.
    """
    with closing(_open(database, "mode=rwc", timeout=LOCK_TIMEOUT_SECONDS)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            # Leaving WAL mode succeeds only for the sole connection.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise OperationError(
                _("The database is in use: stop the dashboard and every sender, then try again.")
            ) from error
        yield connection
        connection.execute("PRAGMA journal_mode = WAL")


def replace_database(database: Path, with_file: Path) -> None:
    """Replace the database's content with another file's, atomically, even if the process is killed."""
    with exclusive_access(database) as target, closing(_open(with_file)) as source:
        source.backup(target)


def _open(file: Path, uri_query: str = "mode=rwc", timeout: float = 15.0) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?{uri_query}", uri=True, isolation_level=None, timeout=timeout
    )


def _count_rows(connection: sqlite3.Connection) -> BackupManifest:
    names = [
        str(name)
        for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    rows = {
        # The names come from the database's own catalogue.
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in sorted(names)
    }
    version_row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if "alembic_version" in rows
        else None
    )
    return BackupManifest(version_row[0] if version_row else None, rows)
