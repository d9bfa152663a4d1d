"""Backups of PostgreSQL, by its own pg_dump, pg_restore and psql, which learn from the environment where to connect."""

import os
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, cast

from flask_babel import gettext as _
from sqlalchemy import Connection, Engine, text

from app.operations.contents import Contents
from app.operations.files import Refused

if TYPE_CHECKING:
    import psycopg

MAGIC = b"PGDMP"
LOCK_SECONDS = 60
LEAVING_SECONDS = 1.0  # a connection that was closed is seen for a moment yet
_COPY = re.compile(rb'COPY [^ ]+\."?([^". ]+)"? \(')
_OF_OURS = "FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


def back_up(engine: Engine, draft: Path) -> Contents:
    """Dump a database as it is at one moment, and check the dump.

    Raises:
        Refused: there is no fitting pg_dump, or it fails, or the dump is not what was to be dumped.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        command, where = _command("pg_dump", connection)
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        wanted = _contents(connection)
        how = ["--format=custom", f"--snapshot={snapshot}", f"--lock-wait-timeout={LOCK_SECONDS}s"]
        with _running([*command, *how, f"--file={draft}"], where):
            pass
    if (written := read(draft)) != wanted:
        raise Refused(_("The copy does not hold what the database holds: try again."))
    return written


def read(file: Path) -> Contents:
    """What a dump holds, read to its end.

    Raises:
        Refused: it is damaged, or made by a newer pg_dump than this pg_restore can read.
    """
    rows = Counter[str]()
    revision, table = None, ""
    with _script(file, "--data-only") as lines:
        for line in lines:
            if not table:
                if found := _COPY.match(line):
                    table = found[1].decode()
                    rows[table] += 0
            elif line == b"\\.\n":
                table = ""
            else:
                rows[table] += 1
                if table == "alembic_version":
                    revision = line.decode().strip()
    return Contents(revision, dict(rows))


def restore(engine: Engine, file: Path, and_then: str) -> None:
    """Put a dump in the place of what the database holds and carry out `and_then` (SQL), all in one transaction.

    Whoever asks the database meanwhile sees all of it or nothing, and a process that is killed leaves what was there.

    Raises:
        Refused: there is no fitting psql, or the database did not take it.
    """
    with engine.connect() as connection:
        command, where = _command("psql", connection)
        schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
        clear = _clearing(connection)
    how = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    with _running([*command, *how], where, stdin=subprocess.PIPE) as psql:
        say = cast("IO[bytes]", psql.stdin)
        say.write(f"SET client_min_messages = warning;\nBEGIN;\n{clear}\n".encode())
        with _script(file, "--no-owner", "--no-privileges", "--no-comments") as lines:
            say.writelines(lines)
        # Our triggers need the search path, which that script has emptied. Without the last word nothing of it counts.
        say.write(f"SET search_path = {schema};\n{and_then}\nCOMMIT;\nANALYZE;\n".encode())
        say.close()


def in_use(engine: Engine) -> bool:
    """Whether the database's own user has connections beside ours; a program that watches it has a user of its own."""
    others = text(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend')"
    )
    engine.dispose()
    give_up = time.monotonic() + LEAVING_SECONDS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(others):
            if time.monotonic() > give_up:
                return True
            time.sleep(0.05)
    return False


def _contents(connection: Connection) -> Contents:
    rows = Counter[str]()
    for name, quoted in connection.execute(
        text(f"SELECT tablename, format('%I.%I', schemaname, tablename) {_OF_OURS}")
    ):
        rows[name] += connection.scalar(text(f"SELECT count(*) FROM {quoted}")) or 0  # noqa: S608  (its own names)
    revision = (
        connection.scalar(text("SELECT version_num FROM alembic_version"))
        if "alembic_version" in rows
        else None
    )
    return Contents(revision, dict(rows))


def _clearing(connection: Connection) -> str:
    """The statements that take everything out of our schema but what an extension brought."""
    drops = connection.scalars(
        text(
            "SELECT format('DROP TABLE %I.%I CASCADE;', schemaname, tablename)"
            " FROM pg_tables WHERE schemaname = current_schema()"
            " UNION ALL SELECT format('DROP FUNCTION %s CASCADE;', pg_proc.oid::regprocedure) FROM pg_proc"
            " LEFT JOIN pg_depend ON objid = pg_proc.oid AND deptype = 'e'"
            " WHERE pronamespace = current_schema()::regnamespace AND objid IS NULL"
        )
    )
    return "\n".join(drops)


def _command(tool: str, connection: Connection) -> tuple[list[str], dict[str, str]]:
    """The beginning of a command that connects where this connection does, and its environment."""
    path = _found(tool)
    version = subprocess.run([path, "--version"], capture_output=True, check=False).stdout  # noqa: S603
    ours = re.search(rb"\(PostgreSQL\) (\d+)", version)
    server = connection.scalar(text("SELECT current_setting('server_version_num')::integer / 10000")) or 0
    if tool == "pg_dump" and (not ours or int(ours[1]) < server):
        raise Refused(
            _(
                "%(tool)s is older than the server, which is PostgreSQL %(server)s: install postgresql-client-%(server)s.",
                tool=path,
                server=server,
            )
        )
    return [path, "--no-password"], _environment(connection)


def _environment(connection: Connection) -> dict[str, str]:
    """The parameters of a connection as libpq's environment variables.

    The tool may be linked to an older libpq than psycopg is: it ignores a variable that it does not know, where it would
    refuse the parameter in a connection string. The environment also keeps the password out of the list of processes.
    """
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    return {
        option.envvar.decode(): option.val.decode()
        for option in driver.pgconn.info
        if option.envvar and option.val
    }


def _found(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        raise Refused(
            _("%(tool)s was not found: install PostgreSQL's client programs (postgresql-client).", tool=tool)
        )
    return path


@contextmanager
def _script(file: Path, *how: str) -> Iterator[IO[bytes]]:
    """The lines of the SQL that a dump stands for."""
    with _running([_found("pg_restore"), *how, "--file=-", str(file)], stdout=subprocess.PIPE) as process:
        yield cast("IO[bytes]", process.stdout)


@contextmanager
def _running(
    command: list[str],
    environment: dict[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program at work, which is killed if the block fails; raises Refused with its last words if it fails itself."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603
            command, env=os.environ | (environment or {}), stdin=stdin, stdout=stdout, stderr=errors
        )
        with suppress(BrokenPipeError), process:  # it ended before it had heard all, and has said why
            try:
                yield process
            except BrokenPipeError:
                raise
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            last = (errors.read().decode(errors="replace").strip().splitlines() or [""])[-1]
            raise Refused(_("%(tool)s failed: %(words)s", tool=Path(command[0]).name, words=last))
