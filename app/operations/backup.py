"""Back up the database to one file, and restore it."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from flask_babel import gettext as _
from sqlalchemy import Engine, create_engine, func, inspect, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.audit import Actor, record_event
from app.database import db, write_transaction
from app.models import Action, AuditAction, Base, JournalEntry, Meeting, utc_now
from app.operations import postgresql, quarantine, sqlite, token_keys
from app.operations.atomic_file import OperationError, create_file
from app.operations.backup_manifest import BackupManifest, get_alembic_config, require_usable

FORMER_TABLES = {"audit", "held_forms", "journal", "lists", "pace", "sign_in_attempts"}
"""What migration 0007 renamed: a database or a backup of an earlier release has them."""

OWN_TABLES = {*Base.metadata.tables, *FORMER_TABLES, "alembic_version"}
SEARCH_TABLE_PREFIX = "search_"  # tables that the migrations make for search alone, without models


@dataclass(frozen=True)
class RestoreReport:
    """What was quarantined: `lost_calls` may have been made; `stopped_imports` were stopped.

    `previous_backup`: the backup of the replaced content; `tokens_decryptable`: whether the current keys
    decrypt the hosts' tokens.
    """

    lost_calls: int
    stopped_imports: int
    previous_backup: Path | None
    tokens_decryptable: bool


def back_up(file: Path) -> BackupManifest:
    """Online backup to a new file with mode 0600; returns the verified contents.

    Raises:
        OperationError: the file exists already, or the backup failed.
    """
    engine = db.engine
    with create_file(file) as draft:
        if _is_sqlite(engine):
            return sqlite.back_up(_sqlite_path(engine), draft)
        return postgresql.back_up(engine, draft)


def restore(file: Path, *, replace: bool) -> RestoreReport:
    """Restore a backup atomically, and quarantine everything that may have been sent since.

    Args:
        file: what `back_up` wrote, from a database of the same kind, in this release or an older one.
        replace: also where the database holds meetings, which go to a backup beside `file` first.

    Raises:
        OperationError: nothing was restored; the text says why.
    """
    engine = db.engine
    contents = _read_backup(file, engine)
    require_usable(contents, file)
    _require_unused(engine)
    previous_backup = _backup_existing(engine, file, replace=replace)
    started_at = _get_database_time(engine)
    tables = set(contents.rows)
    if _is_sqlite(engine):
        _restore_sqlite(engine, file, tables)
    else:
        _require_no_foreign_tables(engine, tables)
        statements = quarantine.quarantine_statements(engine.dialect, tables)
        postgresql.restore(engine, file, "".join(f"{statement};\n" for statement in statements))
        _upgrade(engine)
    return _record_restore(engine, started_at, previous_backup)


def quarantine_database() -> RestoreReport:
    """Quarantine what may have been sent since, in a database that was restored by other means.

    Raises:
        OperationError: the database is in use.
    """
    engine = db.engine
    _require_unused(engine)
    started_at = _get_database_time(engine)
    with write_transaction() as session:
        quarantine.quarantine(session.connection(), set(inspect(engine).get_table_names()))
    return _record_restore(engine, started_at, None)


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _sqlite_path(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _read_backup(file: Path, engine: Engine) -> BackupManifest:
    """The contents of a backup; raises OperationError if it is invalid, damaged, or of another database."""
    try:
        with file.open("rb") as stream:
            header = stream.read(len(sqlite.MAGIC))
    except OSError as error:
        raise OperationError(_("%(file)s cannot be read: %(why)s.", file=file, why=error.strerror)) from error
    kinds = {"SQLite": header == sqlite.MAGIC, "PostgreSQL": header.startswith(postgresql.MAGIC)}
    kind = next((name for name, fits in kinds.items() if fits), None)
    own_kind = "SQLite" if _is_sqlite(engine) else "PostgreSQL"
    if kind is None:
        raise OperationError(
            _("%(file)s is not a backup of Convoca: it holds none of its tables.", file=file)
        )
    if kind != own_kind:
        message = _(
            "%(file)s is a backup of %(kind)s, and this is %(ours)s.", file=file, kind=kind, ours=own_kind
        )
        raise OperationError(message)
    return sqlite.read(file) if _is_sqlite(engine) else postgresql.read(file)


def _require_unused(engine: Engine) -> None:
    engine.dispose()
    if _is_sqlite(engine):
        with sqlite.exclusive_access(_sqlite_path(engine)):
            return
    if postgresql.is_in_use(engine):
        raise OperationError(
            _("The database is in use: stop the dashboard and every sender, then try again.")
        )


def _require_no_foreign_tables(engine: Engine, tables: set[str]) -> None:
    names = set(inspect(engine).get_table_names()) - OWN_TABLES - tables
    if foreign_tables := sorted(name for name in names if not name.startswith(SEARCH_TABLE_PREFIX)):
        message = _("The database has tables that are not Convoca's (%(tables)s): give Convoca its own.")
        raise OperationError(message % {"tables": ", ".join(foreign_tables[:3])})


def _backup_existing(engine: Engine, file: Path, *, replace: bool) -> Path | None:
    """Back up the existing database if it has meetings; returns the file."""
    if not inspect(engine).has_table("meetings"):
        return None
    with Session(engine) as session:
        if session.scalar(select(Meeting.id).limit(1)) is None:
            return None
    if not replace:
        raise OperationError(
            _(
                "The database holds meetings. With --replace they are saved to a backup of their own, and replaced."
            )
        )
    backup_path = file.with_name(f"{file.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    back_up(backup_path)
    engine.dispose()
    return backup_path


def _get_database_time(engine: Engine) -> datetime:
    with Session(engine) as session:
        now = session.scalars(select(utc_now())).one()
    engine.dispose()
    return now


def _restore_sqlite(engine: Engine, file: Path, tables: set[str]) -> None:
    """Prepare a private copy beside the database, then replace the database with it."""
    with TemporaryDirectory(dir=_sqlite_path(engine).parent, prefix=".restore-") as folder:
        draft = Path(folder) / "draft"
        shutil.copyfile(file, draft)
        draft_engine = create_engine(URL.create("sqlite", database=str(draft)), poolclass=NullPool)
        with draft_engine.connect().execution_options(writes=True) as connection:
            quarantine.quarantine(connection, tables)
            connection.commit()
        _upgrade(draft_engine)
        sqlite.replace_database(_sqlite_path(engine), draft)


def _upgrade(engine: Engine) -> None:
    config = get_alembic_config()
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def _record_restore(engine: Engine, started_at: datetime, previous_backup: Path | None) -> RestoreReport:
    """Audit the restore, and count what was quarantined."""
    with Session(engine) as session, session.begin():
        session.connection(execution_options={"writes": True})
        record_event(session, AuditAction.RESTORED, Actor(quarantine.ACTOR))
        count_query = (
            select(func.count()).select_from(JournalEntry).where(JournalEntry.finished_at >= started_at)
        )
        return RestoreReport(
            lost_calls=session.scalar(count_query.where(JournalEntry.reason == quarantine.QUARANTINE_REASON))
            or 0,
            stopped_imports=session.scalar(count_query.where(JournalEntry.action == Action.STOP_IMPORT)) or 0,
            previous_backup=previous_backup,
            tokens_decryptable=token_keys.has_key(session),
        )
