"""System checks: database, schema, clock, disk and release."""

import platform
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic.migration import MigrationContext
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.database import db, format_driver_error, require_writable, schema_query
from app.models import utc_now
from app.operations.backup_manifest import pending_revisions
from app.operations.check import Check, CheckState, format_number
from app.utils.commands import describe_command
from app.utils.version import get_version

MAX_CLOCK_SKEW_SECONDS = 30.0
GIGABYTE = 1e9
LOW_DISK_BYTES = 1 * GIGABYTE
CRITICAL_DISK_BYTES = 0.2 * GIGABYTE


def database_checks(connection: Connection) -> Iterator[Check]:
    """Of a database that answers: its kind, its schema and its clock."""
    yield check_connection(connection)
    yield check_migrations(MigrationContext.configure(connection).get_current_revision())
    database_time = connection.scalars(select(utc_now())).one()
    yield check_clock_skew(
        "database_clock", _("The database's clock"), (database_time - datetime.now(UTC)).total_seconds()
    )
    tables = check_tables(connection)
    yield tables
    if tables.state == CheckState.OK:
        yield check_writes()


def check_connection(connection: Connection) -> Check:
    """That it answers, and what it is."""
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.dialect.name]
    release = ".".join(map(str, connection.dialect.server_version_info or ()))
    message = _("It answers: %(kind)s %(version)s.", kind=kind, version=release)
    return Check("database", _("Database"), CheckState.OK, message)


def database_unreachable() -> Check:
    """That it does not answer."""
    return Check(
        "database",
        _("Database"),
        CheckState.PROBLEM,
        _("It does not answer."),
        _(
            "Check that it is running, and that DATABASE_URL reaches it from this machine, with its user and password."
        ),
    )


def check_migrations(revision: str | None) -> Check:
    """Whether the schema is what this release needs."""
    title, pending = _("Migrations"), pending_revisions(revision)
    if pending is None:
        message = _("The schema (%(revision)s) is of a newer release than this one.", revision=revision)
        advice = _("During a rolling upgrade that is expected; otherwise install that release here too.")
        return Check("migrations", title, CheckState.ATTENTION, message, advice)
    if pending:
        message = ngettext("%(num)s migration is missing.", "%(num)s migrations are missing.", len(pending))
        advice = _upgrade_advice()
        return Check("migrations", title, CheckState.PROBLEM, message, advice)
    message = _("The schema is up to date (%(revision)s).", revision=revision)
    return Check("migrations", title, CheckState.OK, message)


def check_tables(connection: Connection) -> Check:
    """Whether the database has each table and column that this release uses, whatever its revision says."""
    try:
        connection.execute(schema_query()).first()
    except DBAPIError as error:
        message = _(
            "They lack something that this release needs: %(words)s", words=format_driver_error(error)
        )
        return Check("tables", _("Tables"), CheckState.PROBLEM, message, _upgrade_advice())
    return Check("tables", _("Tables"), CheckState.OK, _("They have every column that this release needs."))


def check_writes() -> Check:
    """Whether the database takes writes; only where its tables are as they should be."""
    title = _("Writing")
    try:
        require_writable()
    except (SQLAlchemyError, OSError) as error:
        message = _("It takes no writes: %(why)s", why=format_driver_error(error))
        advice = _(
            "Check that the disk is not full, and that Convoca's user may write: the SQLite file and its folder,"
            " or the tables of a PostgreSQL that is no standby."
        )
        return Check("writes", title, CheckState.PROBLEM, message, advice)
    return Check("writes", title, CheckState.OK, _("It takes writes."))


def check_clock_skew(key: str, title: str, seconds: float) -> Check:
    """How far another clock is from this machine's."""
    if abs(seconds) <= MAX_CLOCK_SKEW_SECONDS:
        return Check(key, title, CheckState.OK, _("It agrees with this machine's."))
    if seconds > 0:
        message = ngettext(
            "It is %(num)s second ahead of this machine's.",
            "It is %(num)s seconds ahead of this machine's.",
            round(seconds),
        )
    else:
        message = ngettext(
            "It is %(num)s second behind this machine's.",
            "It is %(num)s seconds behind this machine's.",
            -round(seconds),
        )
    advice = _("Set this machine's clock by NTP: timedatectl shows whether that is on.")
    return Check(key, title, CheckState.ATTENTION, message, advice)


def check_disk() -> Check | None:
    """Free disk space for a SQLite file; None for a database server."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        return None
    folder = Path(url.database or "").parent
    free = shutil.disk_usage(folder).free
    message = _("%(free)s GB free in %(folder)s.", free=format_number(free / GIGABYTE), folder=folder)
    if free >= LOW_DISK_BYTES:
        return Check("disk", _("Disk"), CheckState.OK, message)
    state = CheckState.ATTENTION if free >= CRITICAL_DISK_BYTES else CheckState.PROBLEM
    return Check(
        "disk", _("Disk"), state, message, _("Make room: when it is full, nothing can be sent or changed.")
    )


def check_release() -> Check:
    """Which release this is."""
    message = _(
        "Convoca %(version)s, Python %(python)s.", version=get_version(), python=platform.python_version()
    )
    return Check("release", _("Release"), CheckState.OK, message)


def _upgrade_advice() -> str:
    return str(_("Run: %(command)s", command=describe_command("db upgrade")))
