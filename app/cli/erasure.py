"""The command that erases a person's data; a thin wrapper over `app.admin.erasure`."""

import click
from flask_babel import gettext as _

from app.admin.erasure import service
from app.admin.erasure.places import PersonBeingSentError
from app.admin.erasure.service import UnusableIdentityError
from app.audit import Actor
from app.cli.errors import report_errors


@click.command("erase-person")
@click.option(
    "--email", default="", help="Asked for if neither is given; a command line stays in the shell's history."
)
@click.option("--phone", default="", help="With its country code.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_person(email: str, phone: str, *, yes: bool) -> None:
    """Erase a person's data from the local history, after showing what there is."""
    if not email and not phone:
        email = click.prompt(_("Email"), default="", show_default=False)
        phone = click.prompt(_("Phone"), default="", show_default=False)
    try:
        person = service.read_identity(email.strip(), phone.strip())
    except UnusableIdentityError as error:
        raise click.ClickException(str(_("Write the email or the phone of the person"))) from error
    with report_errors():
        found = service.find(person)
        click.echo(_("In meetings: %(num)s", num=found.participants))
        click.echo(_("In lists that are not sent: %(num)s", num=found.imports))
        click.echo(_("In groups: %(num)s", num=found.groups))
        if found.is_nothing:
            click.echo(_("There is nothing of this person here."))
            return
        click.echo(_("Zelta keeps what it was sent. Ask Zelta to erase it."))
        click.echo(_("Backups and log files, until they are deleted."))
        if not yes:
            click.confirm(_("Yes, erase this person's data"), abort=True)
        try:
            counts = service.erase(person, Actor("command"))
        except PersonBeingSentError as error:
            words = _(
                "The person is waiting to be sent to Zelta, or is being sent. Stop their list, or wait, and look again."
            )
            raise click.ClickException(str(words)) from error
    click.echo(_("The person's data is erased here: %(num)s rows.", num=counts.total()))
