"""Readiness: whether this process can serve requests, for load balancers."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from app.database import db, format_driver_error, is_schema_error, require_writable, schema_query
from app.operations import token_keys

log = logging.getLogger(__name__)


def find_problem() -> str | None:
    """What keeps this process from serving; None if nothing does."""
    try:
        db.session.execute(schema_query()).first()
        has_key = token_keys.has_key(db.session)
    except SQLAlchemyError as error:
        missing = is_schema_error(error)
        return _log_problem(
            "the database is not up to date" if missing else "the database does not answer", error
        )
    try:
        require_writable()
    except (SQLAlchemyError, OSError) as error:
        return _log_problem("the database takes no writes", error)
    return None if has_key else "no key of this process decrypts the host keys in the database"


def _log_problem(problem: str, error: Exception) -> str:
    log.error("not ready: %s: %s", problem, format_driver_error(error))
    return problem
