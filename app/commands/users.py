"""`flask --app wsgi users …`: the accounts, from the machine that the dashboard runs on; thin over `app.identity`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.accounts import users as listing
from app.database import is_schema_error
from app.fittings import settings
from app.identity import accounts, passwords
from app.identity.accounts import COMMAND, LONGEST_NAME, TEMPORARY_HOURS, BadName, LastAdmin, NameTaken
from app.identity.passwords import LONGEST, SHORTEST, Flaw
from app.models import Account, StaffRole

FLAWS = {
    Flaw.TOO_SHORT: f"The password has fewer than {SHORTEST} characters.",
    Flaw.TOO_LONG: f"The password has more than {LONGEST} characters.",
    Flaw.EASY_TO_GUESS: "The password is easy to guess: use several words that do not belong together.",
}
Roles = click.Choice([role.value for role in StaffRole])

users = AppGroup("users", help="The accounts of the people who sign in.")


def own_password(command: click.decorators.FC) -> click.decorators.FC:
    """Let a command take a password, from anywhere but its arguments, which every user of the machine can see."""
    stdin = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
    prompt = click.option("--prompt", is_flag=True, help="Ask for the password, without showing it.")
    return stdin(prompt(command))


@users.command()
@click.argument("name")
@click.option("--admin", "role", flag_value="admin", help="They may do everything, and administer accounts.")
@click.option("--viewer", "role", flag_value="viewer", help="They may see meetings and copy links.")
@click.option("--name", "display_name", default="", metavar="FULL NAME", help="What to call them.")
@own_password
def add(name: str, role: str | None, display_name: str, *, password_stdin: bool, prompt: bool) -> None:
    """Give somebody an account, as a coordinator unless it is said otherwise, and print a temporary password.

    Where somebody else signs people in (AUTH=oidc or proxy), NAME is what they call the person, and there is no password.
    """
    with _plainly():
        if len(display_name) > LONGEST_NAME:
            raise click.ClickException(f"The full name has more than {LONGEST_NAME} characters.")
        chosen = _chosen(name, display_name, password_stdin=password_stdin, prompt=prompt)
        password = None if _others_sign_in() else chosen or passwords.temporary()
        called = StaffRole(role or StaffRole.COORDINATOR)
        account = accounts.add(
            name, called, COMMAND, display_name=display_name, password=password, temporary=not chosen
        )
        _say(f"{account.username} has an account now, as {called}.")
        if _others_sign_in():
            _say(f"AUTH={settings().auth}: they come in by that name.")
        elif password and not chosen:
            _hand_over(password)
        if settings().auth == "off":
            _say("AUTH=off: nobody signs in yet, and everybody may do everything.")


@users.command("list")
def list_accounts() -> None:
    """List the accounts: name, role, state, last sign-in (UTC), full name."""
    with _plainly():
        lines = [
            (one.username, one.role.value, listing.access(one).value, _moment(last), one.display_name)
            for one, last in listing.everybody()
        ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    if not lines:
        _say("There are no accounts.")


@users.command()
@click.argument("name")
def disable(name: str) -> None:
    """Let somebody in no more, from their next request on."""
    with _plainly():
        account = _found(name)
        accounts.disable(account.id, COMMAND)
        _say(f"{account.username} is disabled.")


@users.command()
@click.argument("name")
def enable(name: str) -> None:
    """Let somebody in again."""
    with _plainly():
        account = _found(name)
        accounts.enable(account.id, COMMAND)
        _say(f"{account.username} is enabled.")


@users.command()
@click.argument("name")
@click.argument("role", type=Roles)
def role(name: str, role: str) -> None:
    """Give somebody another role, from their next request on."""
    with _plainly():
        account = _found(name)
        accounts.change_role(account.id, StaffRole(role), COMMAND)
        _say(f"{account.username} is {role} now.")


@users.command()
@click.argument("name")
@own_password
def reset_password(name: str, *, password_stdin: bool, prompt: bool) -> None:
    """Replace somebody's password, sign them out everywhere, and print a temporary one."""
    with _plainly():
        account = _found(name)
        if _others_sign_in():
            raise click.ClickException(f"AUTH={settings().auth}: passwords are not kept here.")
        chosen = _chosen(account.username, account.display_name, password_stdin=password_stdin, prompt=prompt)
        if chosen:
            accounts.change_password(account.id, chosen, COMMAND)
            _say(f"{account.username} has the new password now.")
        else:
            password = accounts.reset_password(account.id, COMMAND)
            _say(f"{account.username} has a temporary password now.")
            _hand_over(password)
        if account.disabled_at is not None:
            _say("The account is disabled: until it is enabled, the password opens nothing.")


def _found(name: str) -> Account:
    account = accounts.find(name)
    if account is None:
        raise click.ClickException("There is no account of this name. `users list` shows all.")
    return account


def _others_sign_in() -> bool:
    return settings().auth in {"oidc", "proxy"}


def _chosen(name: str, display_name: str, *, password_stdin: bool, prompt: bool) -> str | None:
    """The password that whoever runs the command chose, found good; None if they chose none."""
    if not password_stdin and not prompt:
        return None
    if password_stdin and prompt:
        raise click.UsageError("--password-stdin and --prompt exclude each other.")
    if _others_sign_in():
        raise click.ClickException(f"AUTH={settings().auth}: passwords are not kept here.")
    if password_stdin:
        password = _from_stdin()
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if found := passwords.flaw(password, name, display_name):
        raise click.ClickException(FLAWS[found])
    return password


def _from_stdin() -> str:
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("The password is not UTF-8.") from None


def _hand_over(password: str) -> None:
    _say(
        f"A temporary password, for {TEMPORARY_HOURS} hours, to be changed at the first sign-in; it is shown here only:"
    )
    click.echo(password)


def _say(words: str) -> None:
    # Beside what is asked for (the password, the list), which alone goes to standard output.
    click.echo(words, err=True)


def _moment(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M}" if instant else "-"


@contextmanager
def _plainly() -> Iterator[None]:
    """End with one line that says what is wrong, and code 1."""
    try:
        yield
    except NameTaken:
        raise click.ClickException("There is an account of this name already.") from None
    except BadName:
        raise click.ClickException(
            "Nobody can have this name: it is empty, too long, has a comma or an invisible character,"
            " or stands for something else."
        ) from None
    except LastAdmin:
        raise click.ClickException(
            "Nobody else can administer accounts. Make somebody else an administrator first."
        ) from None
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(_of_the_database(error)) from None


def _of_the_database(error: OperationalError | ProgrammingError) -> str:
    if is_schema_error(error):
        return "The database is not up to date. Run: flask --app wsgi db upgrade"
    return f"The database does not answer ({settings().described_connection.partition(', ')[2]})."
