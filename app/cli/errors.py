"""Expected errors of commands, as one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.database import format_driver_error, is_schema_error
from app.operations.atomic_file import OperationError
from app.utils.commands import describe_command


@contextmanager
def report_errors() -> Iterator[None]:
    """Print expected errors as one line and exit with 1."""
    try:
        yield
    except OperationError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(_describe_database_error(error)) from error


def _describe_database_error(error: OperationalError | ProgrammingError) -> str:
    if is_schema_error(error):
        return str(
            _("The database is not up to date. Run: %(command)s", command=describe_command("db upgrade"))
        )
    return str(_("The database does not answer: %(why)s", why=format_driver_error(error)))
