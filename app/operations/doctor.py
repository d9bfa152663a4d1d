"""Whether all is well: the same list of checks for `flask --app wsgi doctor` and for the status page."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.database import db
from app.models import utc_now
from app.operations import outbox_checks, own_checks, zelta_checks
from app.operations.check import Check


def examine(*, ask: bool) -> list[Check]:
    """Every check, in the order to read them.

    Args:
        ask: ask Zelta's API too, with one call that nothing can come of (see `ZeltaClient.probe`).
    """
    ours, rows = _database()
    checks = [*ours, *zelta_checks.of_asking(ask=ask), *rows]
    disk = own_checks.disk()
    return [*checks, *([disk] if disk else []), own_checks.release()]


def _database() -> tuple[list[Check], list[Check]]:
    """What is to be said of the database itself, and of what stands in it."""
    try:
        with db.engine.connect() as connection:
            ours = list(own_checks.of_database(connection))
    except SQLAlchemyError:
        return [own_checks.unreachable()], []
    try:
        with Session(db.engine) as session:
            now = session.scalars(select(utc_now())).one()
            return ours, [*zelta_checks.of_calls(session), *outbox_checks.of_outbox(session, now)]
    except (
        SQLAlchemyError
    ):  # its tables are not, or no longer, what this release knows: the migrations' check says so
        return ours, []
