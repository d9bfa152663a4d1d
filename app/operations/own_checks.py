"""Checks of what is ours: the database, its schema, its clock, its disk, and which release this is."""

import platform
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from app.database import db, driver_message, schema_query
from app.models import utc_now
from app.operations.check import Check, State, number
from app.operations.contents import missing
from app.version import version

SKEW_SECONDS = 30.0
GIGABYTE = 1e9
LITTLE = 1 * GIGABYTE
TOO_LITTLE = 0.2 * GIGABYTE


def of_database(connection: Connection) -> Iterator[Check]:
    """Of a database that answers: its kind, its schema and its clock."""
    yield database(connection)
    yield migrations(MigrationContext.configure(connection).get_current_revision())
    theirs = connection.scalars(select(utc_now())).one()
    yield skew("database_clock", _("The database's clock"), (theirs - datetime.now(UTC)).total_seconds())
    yield tables(connection)


def database(connection: Connection) -> Check:
    """That it answers, and what it is."""
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    release = ".".join(map(str, connection.dialect.server_version_info or ()))
    words = _("It answers: %(kind)s %(version)s.", kind=kind, version=release)
    return Check("database", _("Database"), State.OK, words)


def unreachable() -> Check:
    """That it does not answer."""
    return Check(
        "database",
        _("Database"),
        State.PROBLEM,
        _("It does not answer."),
        _(
            "See that it runs, and that DATABASE_URL leads to it from this machine, with its user and password."
        ),
    )


def migrations(revision: str | None) -> Check:
    """Whether the schema is what this release needs."""
    title, lacking = _("Migrations"), missing(revision)
    if lacking is None:
        words = _("The schema (%(revision)s) is of a newer release than this one.", revision=revision)
        advice = _(
            "During a rolling upgrade that is as it should be; otherwise install that release here too."
        )
        return Check("migrations", title, State.ATTENTION, words, advice)
    if lacking:
        words = ngettext("%(num)s migration is missing.", "%(num)s migrations are missing.", len(lacking))
        advice = _("Run: flask --app wsgi db upgrade")
        return Check("migrations", title, State.PROBLEM, words, advice)
    words = _("The schema is up to date (%(revision)s).", revision=revision)
    return Check("migrations", title, State.OK, words)


def tables(connection: Connection) -> Check:
    """Whether the database has each table and column that this release uses, whatever its revision says."""
    try:
        connection.execute(schema_query()).first()
    except DBAPIError as error:
        words = _("They lack what this release needs: %(words)s", words=driver_message(error))
        return Check("tables", _("Tables"), State.PROBLEM, words, _("Run: flask --app wsgi db upgrade"))
    return Check("tables", _("Tables"), State.OK, _("They have each column that this release needs."))


def skew(key: str, title: str, seconds: float) -> Check:
    """How far another clock is from this machine's."""
    if abs(seconds) <= SKEW_SECONDS:
        return Check(key, title, State.OK, _("It agrees with this machine's."))
    if seconds > 0:
        words = ngettext(
            "It is %(num)s second ahead of this machine's.",
            "It is %(num)s seconds ahead of this machine's.",
            round(seconds),
        )
    else:
        words = ngettext(
            "It is %(num)s second behind this machine's.",
            "It is %(num)s seconds behind this machine's.",
            -round(seconds),
        )
    advice = _("Set this machine's clock by NTP: timedatectl shows whether that is on.")
    return Check(key, title, State.ATTENTION, words, advice)


def disk() -> Check | None:
    """How much room there is beside a SQLite file; a server's disk is not ours to see."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        return None
    folder = Path(url.database or "").parent
    free = shutil.disk_usage(folder).free
    words = _("%(free)s GB are free in %(folder)s.", free=number(free / GIGABYTE), folder=folder)
    if free >= LITTLE:
        return Check("disk", _("Disk"), State.OK, words)
    state = State.ATTENTION if free >= TOO_LITTLE else State.PROBLEM
    return Check(
        "disk", _("Disk"), state, words, _("Make room: when it is full, nothing can be sent or changed.")
    )


def release() -> Check:
    """Which release this is."""
    words = _("Convoca %(version)s, Python %(python)s.", version=version(), python=platform.python_version())
    return Check("release", _("Release"), State.OK, words)
