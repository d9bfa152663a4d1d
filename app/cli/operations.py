"""Commands for operators; thin wrappers over `app.operations`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from app.cli.errors import report_errors
from app.operations import backup as backups
from app.operations.atomic_file import create_file
from app.operations.backup import RestoreReport
from app.operations.check import CheckState
from app.operations.doctor import run_checks
from app.operations.export import FORMATS, export_meetings

NewFilePath = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of objects.")
@click.option(
    "--no-call", is_flag=True, help="Do not ask Zelta's API, which takes one call of the key's limit."
)
def doctor(*, as_json: bool, no_call: bool) -> None:
    """Say whether all is well, and what to do where it is not; the exit code is 1 if there is a problem."""
    checks = run_checks(call_api=not no_call)
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            click.echo(f"{check.state_label:<20}{check.title}: {check.words}")
            if check.advice:
                click.echo(f"{'':<20}→ {check.advice}")
    sys.exit(any(check.state == CheckState.PROBLEM for check in checks))


@click.command()
@click.argument("file", type=NewFilePath)
def backup(file: Path) -> None:
    """Write everything in the database to a new FILE, and check it; while the dashboard runs, too."""
    with report_errors():
        written = backups.back_up(file)
    click.echo(
        _(
            "Written and checked: %(file)s (meetings: %(meetings)s, people: %(people)s, schema: %(revision)s).",
            file=file,
            meetings=written.rows["meetings"],
            people=written.rows["participants"],
            revision=written.revision,
        )
    )
    click.echo(_("SECRET_KEY and ENCRYPTION_KEYS are not in it: keep them too, somewhere else."))


@click.command()
@click.argument("file", type=NewFilePath)
@click.option(
    "--replace", is_flag=True, help="Also where there are meetings: they go to a backup beside FILE."
)
def restore(file: Path, *, replace: bool) -> None:
    """Bring the database back to what FILE holds; whatever may have been sent since waits for a decision."""
    with report_errors():
        report = backups.restore(file, replace=replace)
    click.echo(_("The database is as it was when %(file)s was made.", file=file))
    if report.previous_backup is not None:
        click.echo(_("What it held until now is in %(file)s.", file=report.previous_backup))
    _print_restore_report(report)


@click.command()
def hold() -> None:
    """Hold what may have been sent since, after the database was brought back by other means than `restore`."""
    with report_errors():
        report = backups.quarantine_database()
    _print_restore_report(report)


@click.command()
@click.argument("what", type=click.Choice(["meetings"]))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--output", type=NewFilePath, help="A new file; standard output if left out.")
def export(what: str, form: str, output: Path | None) -> None:  # noqa: ARG001  (there is only one thing as yet)
    """Write all meetings with their people and links, without tokens."""
    if output is None:
        with report_errors(), click.open_file("-", "w", encoding="utf-8") as out:
            export_meetings(form, out)
        return
    with report_errors(), create_file(output) as draft, draft.open("w", encoding="utf-8", newline="") as out:
        number = export_meetings(form, out)
    click.echo(_("Written: %(file)s (meetings: %(meetings)s).", file=output, meetings=number))


def _print_restore_report(report: RestoreReport) -> None:
    """Print what the operator has to know and do after a restore."""
    if report.lost_calls:
        click.echo(
            ngettext(
                "%(num)s call may have been made after that: what it was about is unconfirmed now, until a person decides.",
                "%(num)s calls may have been made after that: what they were about is unconfirmed now, until a person decides.",
                report.lost_calls,
            )
        )
    if report.stopped_imports:
        click.echo(
            ngettext(
                "%(num)s list of people was not sent to its end, and is stopped: it may have been sent since.",
                "%(num)s lists of people were not sent to their end, and are stopped: they may have been sent since.",
                report.stopped_imports,
            )
        )
    click.echo(
        _(
            "Nothing else that happened after that is known here: meetings and people added since exist in Zelta, and adding people again emails them again."
        )
    )
    click.echo(_("Accounts and roles are as they were then, and everyone signs in again."))
    if not report.tokens_decryptable:
        click.echo(
            _("The host keys cannot be decrypted: set SECRET_KEY and ENCRYPTION_KEYS to what they were then.")
        )
