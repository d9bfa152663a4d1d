"""`flask --app wsgi users …`: the accounts, from the machine that the dashboard runs on; thin over `app.auth`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask.cli import AppGroup
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.admin import accounts as listing
from app.auth import accounts, passwords
from app.auth.accounts import (
    COMMAND_ACTOR,
    MAX_NAME_LENGTH,
    TEMPORARY_PASSWORD_HOURS,
    InvalidUsername,
    LastAdmin,
    UsernameTaken,
)
from app.auth.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, PasswordProblem
from app.cli import errors
from app.extensions import get_settings
from app.models import Account, AccountRole

PASSWORD_PROBLEM_MESSAGES = {
    PasswordProblem.TOO_SHORT: _l("The password has fewer than %(num)s characters.", num=MIN_PASSWORD_LENGTH),
    PasswordProblem.TOO_LONG: _l("The password has more than %(num)s characters.", num=MAX_PASSWORD_LENGTH),
    PasswordProblem.EASY_TO_GUESS: _l(
        "The password is easy to guess: use several words that do not belong together."
    ),
}
RoleChoice = click.Choice([role.value for role in AccountRole])

users = AppGroup("users", help="The accounts of the people who sign in.")


def password_options(command: click.decorators.FC) -> click.decorators.FC:
    """Add password options; never as an argument, which other users can see in the process list."""
    stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
    prompt = click.option("--prompt", is_flag=True, help="Ask for the password, without showing it.")
    return stdin(prompt(command))


@users.command()
@click.argument("name")
@click.option("--admin", "role", flag_value="admin", help="They may do everything, and administer accounts.")
@click.option("--viewer", "role", flag_value="viewer", help="They may see meetings and copy links.")
@click.option("--name", "display_name", default="", metavar="FULL NAME", help="What to call them.")
@password_options
def add(name: str, role: str | None, display_name: str, *, password_stdin: bool, prompt: bool) -> None:
    """Add an account (coordinator by default) and print a temporary password.

    With AUTH=oidc or proxy, NAME is the user name of the provider or the proxy, and there is no password.
    """
    with _report_errors():
        if len(display_name) > MAX_NAME_LENGTH:
            raise click.ClickException(
                _("The full name has more than %(num)s characters.", num=MAX_NAME_LENGTH)
            )
        chosen_password = _read_chosen_password(
            name, display_name, password_stdin=password_stdin, prompt=prompt
        )
        password = (
            None if _uses_external_sign_in() else chosen_password or passwords.generate_temporary_password()
        )
        account_role = AccountRole(role or AccountRole.COORDINATOR)
        account = accounts.add(
            name,
            account_role,
            COMMAND_ACTOR,
            display_name=display_name,
            password=password,
            temporary=not chosen_password,
        )
        _print_status(
            _("%(name)s has an account now. Role: %(role)s.", name=account.username, role=account_role)
        )
        if _uses_external_sign_in():
            _print_status(_("AUTH=%(auth)s: they sign in by that name.", auth=get_settings().auth))
        elif password and not chosen_password:
            _print_temporary_password(password)
        if get_settings().auth == "off":
            _print_status(_("AUTH=off: there is no sign-in yet, and every visitor may do everything."))


@users.command("list")
def list_accounts() -> None:
    """List the accounts: name, role, state, last sign-in (UTC), full name."""
    with _report_errors():
        lines = [
            (
                account.username,
                account.role.value,
                listing.get_status(account).value,
                _format_time(last),
                account.display_name,
            )
            for account, last in listing.list_accounts()
        ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    if not lines:
        _print_status(_("There are no accounts."))


@users.command()
@click.argument("name")
def disable(name: str) -> None:
    """Disable an account, from its next request on."""
    with _report_errors():
        account = _require_account(name)
        accounts.disable(account.id, COMMAND_ACTOR)
        _print_status(_("%(name)s: the account is disabled.", name=account.username))


@users.command()
@click.argument("name")
def enable(name: str) -> None:
    """Enable an account."""
    with _report_errors():
        account = _require_account(name)
        accounts.enable(account.id, COMMAND_ACTOR)
        _print_status(_("%(name)s: the account is enabled.", name=account.username))


@users.command()
@click.argument("name")
@click.argument("role", type=RoleChoice)
def role(name: str, role: str) -> None:
    """Change the role of an account, from its next request on."""
    with _report_errors():
        account = _require_account(name)
        accounts.change_role(account.id, AccountRole(role), COMMAND_ACTOR)
        _print_status(_("%(name)s: the role is %(role)s now.", name=account.username, role=role))


@users.command()
@click.argument("name")
@password_options
def reset_password(name: str, *, password_stdin: bool, prompt: bool) -> None:
    """Reset a password, end all sessions of the account, and print a temporary password."""
    with _report_errors():
        account = _require_account(name)
        if _uses_external_sign_in():
            raise click.ClickException(
                _("AUTH=%(auth)s: passwords are not kept here.", auth=get_settings().auth)
            )
        chosen_password = _read_chosen_password(
            account.username, account.display_name, password_stdin=password_stdin, prompt=prompt
        )
        if chosen_password:
            accounts.change_password(account.id, chosen_password, COMMAND_ACTOR)
            _print_status(_("%(name)s has the new password now.", name=account.username))
        else:
            password = accounts.reset_password(account.id, COMMAND_ACTOR)
            _print_status(_("%(name)s has a temporary password now.", name=account.username))
            _print_temporary_password(password)
        if account.disabled_at is not None:
            _print_status(_("The account is disabled: the password does not work until it is enabled."))


def _require_account(name: str) -> Account:
    account = accounts.find_account(name)
    if account is None:
        raise click.ClickException(_("There is no account of this name. “users list” shows all."))
    return account


def _uses_external_sign_in() -> bool:
    return get_settings().auth in {"oidc", "proxy"}


def _read_chosen_password(name: str, display_name: str, *, password_stdin: bool, prompt: bool) -> str | None:
    """The chosen password after the strength check; None if no option was given."""
    if not password_stdin and not prompt:
        return None
    if password_stdin and prompt:
        raise click.UsageError(_("--password-stdin and --prompt exclude each other."))
    if _uses_external_sign_in():
        raise click.ClickException(_("AUTH=%(auth)s: passwords are not kept here.", auth=get_settings().auth))
    if password_stdin:
        password = _read_password_from_stdin()
    else:
        password = click.prompt(_("Password"), hide_input=True, confirmation_prompt=True, err=True)
    if problem := passwords.check_strength(password, name, display_name):
        raise click.ClickException(str(PASSWORD_PROBLEM_MESSAGES[problem]))
    return password


def _read_password_from_stdin() -> str:
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException(_("The password is not UTF-8.")) from None


def _print_temporary_password(password: str) -> None:
    _print_status(
        _(
            "A temporary password, valid for %(num)s hours, to be changed at the first sign-in. It is shown only here:",
            num=TEMPORARY_PASSWORD_HOURS,
        )
    )
    click.echo(password)


def _print_status(message: str) -> None:
    # To stderr: only the result (password, list) goes to stdout.
    click.echo(message, err=True)


def _format_time(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M}" if instant else "-"


@contextmanager
def _report_errors() -> Iterator[None]:
    """Print expected errors as one line and exit with 1."""
    try:
        with errors.report_errors():
            yield
    except UsernameTaken:
        raise click.ClickException(_("There is an account of this name already.")) from None
    except InvalidUsername:
        raise click.ClickException(
            _(
                "This name is not available: it is empty, too long, has a comma or an invisible character,"
                " or stands for something else."
            )
        ) from None
    except LastAdmin:
        raise click.ClickException(
            _("This is the last administrator. Make another person an administrator first.")
        ) from None
