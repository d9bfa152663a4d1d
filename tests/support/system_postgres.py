"""The system's own PostgreSQL, where there is one: as old as its distribution, while psycopg brings a newer libpq."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.support.test_run import run_directory

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
OPTIONS = "-c listen_addresses='' -c fsync=off -c unix_socket_directories={directory}"


def system_programs() -> Path | None:
    """The directory of its newest programs, Debian's place for them; None where there is no server."""
    return PROGRAMS[-1].parent if PROGRAMS else None


@contextmanager
def system_server(programs: Path) -> Iterator[str]:
    """A server of our own made with those programs; gives the SQLAlchemy address of its database."""
    directory = run_directory() / f"system-postgres-{uuid4().hex[:8]}"
    directory.mkdir(mode=0o755)
    data = directory / "data"
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # which PostgreSQL does not run as
        account = pwd.getpwnam("nobody")
        os.chown(directory, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        with (directory / "log").open("ab") as log:
            subprocess.run(
                [programs / program, *arguments],
                cwd=directory, check=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **who,
            )  # fmt: skip

    run(
        "initdb",
        "--pgdata",
        str(data),
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
    )
    run("pg_ctl", "start", "--wait", "--pgdata", str(data), "-o", OPTIONS.format(directory=directory))
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={directory}"
    finally:
        run("pg_ctl", "stop", "--mode=immediate", "--pgdata", str(data))
        shutil.rmtree(directory)
