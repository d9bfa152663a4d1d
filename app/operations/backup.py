"""Backups: one file with everything that the database holds, and bringing one back."""

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

from app.audit import By, record
from app.database import db, transaction
from app.fittings import vault
from app.models import Action, Base, Deed, JournalEntry, Meeting, Participant, utc_now
from app.operations import holding, postgresql, sqlite
from app.operations.contents import Contents, alembic_config, refuse_unusable
from app.operations.files import Refused, new_file

FORMER_TABLES = {"audit", "held_forms", "journal", "lists", "pace", "sign_in_attempts"}
"""What migration 0007 renamed: a database or a backup of an earlier release has them."""

OWN_TABLES = {*Base.metadata.tables, *FORMER_TABLES, "alembic_version"}
OWN_PREFIX = "search_"  # tables that the migrations make for search alone, without models


@dataclass(frozen=True)
class Restored:
    """What was held: `calls` that were under way or may have been made, and `lists` that were stopped.

    `before` is where what was there is now; `tokens_open`: whether today's keys open the tokens of hosts.
    """

    calls: int
    lists: int
    before: Path | None
    tokens_open: bool


def back_up(file: Path) -> Contents:
    """Write everything to a new file, for its owner alone, while others work on; gives what was written, and checked.

    Raises:
        Refused: there is such a file, or it cannot be done.
    """
    engine = db.engine
    with new_file(file) as draft:
        if _is_sqlite(engine):
            return sqlite.back_up(_file_of(engine), draft)
        return postgresql.back_up(engine, draft)


def restore(file: Path, *, replace: bool) -> Restored:
    """Bring the database back to what a backup holds, all or nothing, and hold whatever may have been sent since.

    Args:
        file: what `back_up` wrote, from a database of the same kind, in this release or an older one.
        replace: also where the database holds meetings, which go to a backup beside `file` first.

    Raises:
        Refused: nothing was done, and why.
    """
    engine = db.engine
    contents = _read(file, engine)
    refuse_unusable(contents, file)
    _refuse_used(engine)
    before = _kept(engine, file, replace=replace)
    began = _now(engine)
    tables = set(contents.rows)
    if _is_sqlite(engine):
        _restore_sqlite(engine, file, tables)
    else:
        _refuse_shared(engine, tables)
        statements = holding.statements(engine.dialect, tables)
        postgresql.restore(engine, file, "".join(f"{statement};\n" for statement in statements))
        _upgrade(engine)
    return _ended(engine, began, before)


def hold() -> Restored:
    """Hold whatever may have been sent since, in a database that was brought back by other means.

    Raises:
        Refused: somebody uses it.
    """
    engine = db.engine
    _refuse_used(engine)
    began = _now(engine)
    with transaction() as session:
        holding.hold(session.connection(), set(inspect(engine).get_table_names()))
    return _ended(engine, began, None)


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _file_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def _read(file: Path, engine: Engine) -> Contents:
    """What a backup holds; raises Refused where it is none, is damaged, or is of the other kind of database."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(sqlite.MAGIC))
    except OSError as error:
        raise Refused(_("%(file)s cannot be read: %(why)s.", file=file, why=error.strerror)) from error
    kinds = {"SQLite": begins == sqlite.MAGIC, "PostgreSQL": begins.startswith(postgresql.MAGIC)}
    kind = next((name for name, fits in kinds.items() if fits), None)
    ours = "SQLite" if _is_sqlite(engine) else "PostgreSQL"
    if kind is None:
        raise Refused(_("%(file)s is not a backup of Convoca: it holds none of its tables.", file=file))
    if kind != ours:
        words = _("%(file)s is a backup of %(kind)s, and this is %(ours)s.", file=file, kind=kind, ours=ours)
        raise Refused(words)
    return sqlite.read(file) if _is_sqlite(engine) else postgresql.read(file)


def _refuse_used(engine: Engine) -> None:
    engine.dispose()
    if _is_sqlite(engine):
        with sqlite.nobody_else(_file_of(engine)):
            return
    if postgresql.in_use(engine):
        raise Refused(_("The database is in use: stop the dashboard and every sender, then try again."))


def _refuse_shared(engine: Engine, tables: set[str]) -> None:
    names = set(inspect(engine).get_table_names()) - OWN_TABLES - tables
    if strangers := sorted(name for name in names if not name.startswith(OWN_PREFIX)):
        words = _("The database holds tables that are not Convoca's (%(tables)s): give it one of its own.")
        raise Refused(words % {"tables": ", ".join(strangers[:3])})


def _kept(engine: Engine, file: Path, *, replace: bool) -> Path | None:
    """Back up what is there, if it is worth it; gives where."""
    if not inspect(engine).has_table("meetings"):
        return None
    with Session(engine) as session:
        if session.scalar(select(Meeting.id).limit(1)) is None:
            return None
    if not replace:
        raise Refused(
            _(
                "The database holds meetings. With --replace they go to a backup of their own, and are replaced."
            )
        )
    before = file.with_name(f"{file.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
    back_up(before)
    engine.dispose()
    return before


def _now(engine: Engine) -> datetime:
    with Session(engine) as session:
        now = session.scalars(select(utc_now())).one()
    engine.dispose()
    return now


def _restore_sqlite(engine: Engine, file: Path, tables: set[str]) -> None:
    """Prepare a copy beside the database, where nobody sees it, and put it in the database's place when it is ready."""
    with TemporaryDirectory(dir=_file_of(engine).parent, prefix=".restore-") as folder:
        draft = Path(folder) / "draft"
        shutil.copyfile(file, draft)
        workshop = create_engine(URL.create("sqlite", database=str(draft)), poolclass=NullPool)
        with workshop.connect().execution_options(writes=True) as connection:
            holding.hold(connection, tables)
            connection.commit()
        _upgrade(workshop)
        sqlite.replace(_file_of(engine), draft)


def _upgrade(engine: Engine) -> None:
    config = alembic_config()
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def _ended(engine: Engine, began: datetime, before: Path | None) -> Restored:
    """Audit it, and count what was held."""
    with Session(engine) as session, session.begin():
        session.connection(execution_options={"writes": True})
        record(session, Deed.RESTORED, By(holding.ACTOR))
        since = select(func.count()).select_from(JournalEntry).where(JournalEntry.finished_at >= began)
        sealed = session.scalar(
            select(Participant.token_encrypted).where(Participant.token_encrypted.is_not(None)).limit(1)
        )
        return Restored(
            calls=session.scalar(since.where(JournalEntry.reason == holding.REASON)) or 0,
            lists=session.scalar(since.where(JournalEntry.action == Action.STOP_LIST)) or 0,
            before=before,
            tokens_open=sealed is None or vault().open(sealed) is not None,
        )
