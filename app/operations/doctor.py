"""All health checks, for `flask --app wsgi doctor` and the status page."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.database import db
from app.models import utc_now
from app.operations import outbox_checks, sign_in_checks, system_checks, token_keys, zelta_checks
from app.operations.check import Check


def run_checks(*, call_api: bool, call_provider: bool = True) -> list[Check]:
    """Every check, in the order to read them.

    Args:
        call_api: ask Zelta's API too, with one call that nothing can come of (see `ZeltaClient.probe`).
        call_provider: ask the OpenID provider too, where there is one.
    """
    database_checks, data_checks = _check_database()
    checks = [*database_checks, *zelta_checks.connection_checks(call_api=call_api), *data_checks]
    optional = (sign_in_checks.check_provider(call_provider=call_provider), system_checks.check_disk())
    return [*checks, *filter(None, optional), system_checks.check_release()]


def _check_database() -> tuple[list[Check], list[Check]]:
    """Checks of the database itself, and checks of its rows."""
    try:
        with db.engine.connect() as connection:
            database_checks = list(system_checks.database_checks(connection))
    except SQLAlchemyError:
        return [system_checks.database_unreachable()], []
    try:
        with Session(db.engine) as session:
            now = session.scalars(select(utc_now())).one()
            return database_checks, [
                *zelta_checks.recent_call_checks(session),
                token_keys.check_token_keys(session),
                *outbox_checks.outbox_checks(session, now),
            ]
    except (
        SQLAlchemyError
    ):  # its tables are not, or no longer, what this release knows: the migrations' check says so
        return database_checks, []
