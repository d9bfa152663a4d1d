"""Backups of SQLite: a file of its own, taken by the online backup API while others read and write."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask_babel import gettext as _

from app.operations.contents import Contents
from app.operations.files import Refused

MAGIC = b"SQLite format 3\x00"
IN_USE_SECONDS = 0.5


def back_up(database: Path, draft: Path) -> Contents:
    """Copy a database as it is at one moment, and check the copy.

    Raises:
        Refused: the copy is not what was to be copied.
    """
    try:
        with closing(_open(database)) as source, closing(_open(draft)) as copy:
            # Others go on writing: this connection, and with it the backup, sees one moment of it.
            source.execute("BEGIN")
            wanted = _contents(source)
            source.backup(copy)
            source.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    except sqlite3.OperationalError as error:
        raise Refused(_("The copy could not be written: %(why)s.", why=error)) from error
    written = read(draft)
    if written != wanted:
        raise Refused(_("The copy does not hold what the database holds: try again."))
    return written


def read(file: Path) -> Contents:
    """What a file holds, once it is sure that it is whole.

    Raises:
        Refused: it is damaged.
    """
    try:
        with closing(_open(file, "mode=ro&immutable=1")) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            if not whole or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise Refused(_("%(file)s is damaged.", file=file))
            return _contents(connection)
    except sqlite3.DatabaseError as error:
        raise Refused(_("%(file)s is damaged.", file=file)) from error


@contextmanager
def nobody_else(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, for this process alone.

    Raises:
        Refused: another process has it open.
    """
    with closing(_open(database, "mode=rwc", timeout=IN_USE_SECONDS)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            # To leave the write-ahead log, a connection has to be the only one.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise Refused(
                _("The database is in use: stop the dashboard and every sender, then try again.")
            ) from error
        yield connection
        connection.execute("PRAGMA journal_mode = WAL")


def replace(database: Path, with_file: Path) -> None:
    """Put another file's content in the database's place, all or nothing, also when this is killed."""
    with nobody_else(database) as target, closing(_open(with_file)) as source:
        source.backup(target)


def _open(file: Path, how: str = "mode=rwc", timeout: float = 15.0) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=timeout
    )


def _contents(connection: sqlite3.Connection) -> Contents:
    names = [
        str(name)
        for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        if not name.startswith("sqlite_")
    ]
    rows = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  (its own names)
        for name in sorted(names)
    }
    found = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if "alembic_version" in rows
        else None
    )
    return Contents(found[0] if found else None, rows)
