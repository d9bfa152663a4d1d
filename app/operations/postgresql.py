"""Backups of PostgreSQL with pg_dump, pg_restore and psql; connection parameters are in their environment."""

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

from app.operations.atomic_file import OperationError
from app.operations.backup_manifest import BackupManifest

if TYPE_CHECKING:
    import psycopg

MAGIC = b"PGDMP"
LOCK_TIMEOUT_SECONDS = 60
DISCONNECT_GRACE_SECONDS = 1.0  # pg_stat_activity shows a closed connection for a moment
_COPY_LINE = re.compile(rb'COPY [^ ]+\."?([^". ]+)"? \(')
_USER_TABLES_SQL = "FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"


def back_up(engine: Engine, draft: Path) -> BackupManifest:
    """Dump a database as it is at one moment, and check the dump.

    Raises:
        OperationError: there is no suitable pg_dump, it fails, or the dump differs from the source.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        command, environment = _build_command("pg_dump", connection)
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        expected = _count_rows(connection)
        options = [
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--lock-wait-timeout={LOCK_TIMEOUT_SECONDS}s",
        ]
        with _run_process([*command, *options, f"--file={draft}"], environment):
            pass
    if (written := read(draft)) != expected:
        raise OperationError(_("The backup does not hold what the database holds: try again."))
    return written


def read(file: Path) -> BackupManifest:
    """What a dump holds, read to its end.

    Raises:
        OperationError: it is damaged, or made by a newer pg_dump than this pg_restore can read.
    """
    rows = Counter[str]()
    revision, table = None, ""
    with _dump_sql(file, "--data-only") as lines:
        for line in lines:
            if not table:
                if match := _COPY_LINE.match(line):
                    table = match[1].decode()
                    rows[table] += 0
            elif line == b"\\.\n":
                table = ""
            else:
                rows[table] += 1
                if table == "alembic_version":
                    revision = line.decode().strip()
    return BackupManifest(revision, dict(rows))


def restore(engine: Engine, file: Path, final_sql: str) -> None:
    """Put a dump in the place of what the database holds and carry out `final_sql` (SQL), all in one transaction.

    Other connections see all of it or nothing; a killed process leaves the old content.

    Raises:
        OperationError: there is no suitable psql, or the database rejected the dump.
    """
    with engine.connect() as connection:
        command, environment = _build_command("psql", connection)
        schema = connection.scalar(text("SELECT quote_ident(current_schema())"))
        drop_sql = _drop_statements(connection)
    options = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    with _run_process([*command, *options], environment, stdin=subprocess.PIPE) as psql:
        stdin = cast("IO[bytes]", psql.stdin)
        stdin.write(f"SET client_min_messages = warning;\nBEGIN;\n{drop_sql}\n".encode())
        with _dump_sql(file, "--no-owner", "--no-privileges", "--no-comments") as lines:
            stdin.writelines(lines)
        # pg_restore's script empties search_path, which our triggers need. Without COMMIT all is rolled back.
        stdin.write(f"SET search_path = {schema};\n{final_sql}\nCOMMIT;\nANALYZE;\n".encode())
        stdin.close()


def is_in_use(engine: Engine) -> bool:
    """Whether the database's own user has connections beside ours; a program that watches it has a user of its own."""
    other_connections_query = text(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend')"
    )
    engine.dispose()
    deadline = time.monotonic() + DISCONNECT_GRACE_SECONDS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.scalar(other_connections_query):
            if time.monotonic() > deadline:
                return True
            time.sleep(0.05)
    return False


def _count_rows(connection: Connection) -> BackupManifest:
    rows = Counter[str]()
    for name, quoted in connection.execute(
        text(f"SELECT tablename, format('%I.%I', schemaname, tablename) {_USER_TABLES_SQL}")
    ):
        rows[name] += connection.scalar(text(f"SELECT count(*) FROM {quoted}")) or 0  # noqa: S608  (its own names)
    revision = (
        connection.scalar(text("SELECT version_num FROM alembic_version"))
        if "alembic_version" in rows
        else None
    )
    return BackupManifest(revision, dict(rows))


def _drop_statements(connection: Connection) -> str:
    """DROP statements for everything in our schema except extension objects."""
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


def _build_command(tool: str, connection: Connection) -> tuple[list[str], dict[str, str]]:
    """The beginning of a command that connects where this connection does, and its environment."""
    path = _find_tool(tool)
    version = subprocess.run([path, "--version"], capture_output=True, check=False).stdout  # noqa: S603
    tool_version = re.search(rb"\(PostgreSQL\) (\d+)", version)
    server = connection.scalar(text("SELECT current_setting('server_version_num')::integer / 10000")) or 0
    if tool == "pg_dump" and (not tool_version or int(tool_version[1]) < server):
        raise OperationError(
            _(
                "%(tool)s is older than the server, which is PostgreSQL %(server)s: install postgresql-client-%(server)s.",
                tool=path,
                server=server,
            )
        )
    return [path, "--no-password"], _environment(connection)


def _environment(connection: Connection) -> dict[str, str]:
    """The parameters of a connection as libpq's environment variables.

    The tool may be linked to an older libpq than psycopg is: it ignores a variable that it does not know,
    where it would refuse the parameter in a connection string. The environment also keeps the password out of
    the list of processes.
    """
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    return {
        option.envvar.decode(): option.val.decode()
        for option in driver.pgconn.info
        if option.envvar and option.val
    }


def _find_tool(tool: str) -> str:
    path = shutil.which(tool)
    if path is None:
        raise OperationError(
            _("%(tool)s was not found: install PostgreSQL's client programs (postgresql-client).", tool=tool)
        )
    return path


@contextmanager
def _dump_sql(file: Path, *options: str) -> Iterator[IO[bytes]]:
    """The dump as lines of SQL (pg_restore's output)."""
    with _run_process(
        [_find_tool("pg_restore"), *options, "--file=-", str(file)], stdout=subprocess.PIPE
    ) as process:
        yield cast("IO[bytes]", process.stdout)


@contextmanager
def _run_process(
    command: list[str],
    environment: dict[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program; kill it if the block fails. Raises OperationError with its last output."""
    with TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603
            command, env=os.environ | (environment or {}), stdin=stdin, stdout=stdout, stderr=errors
        )
        with suppress(BrokenPipeError), process:  # the process exited early; its stderr says why
            try:
                yield process
            except BrokenPipeError:
                raise
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            errors.seek(0)
            last_line = (errors.read().decode(errors="replace").strip().splitlines() or [""])[-1]
            raise OperationError(_("%(tool)s failed: %(words)s", tool=Path(command[0]).name, words=last_line))
