"""What `flask --app wsgi …` can do beside serving; thin over the rooms that do it."""

import logging
import signal
import threading
from types import FrameType

import click
from flask import Flask, current_app

from app import keeper, metrics, tracing
from app.commands import operations, users
from app.fittings import settings
from app.outbox.sender import Sender

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(sender)
    app.cli.add_command(users.users)
    for command in (
        operations.doctor,
        operations.backup,
        operations.restore,
        operations.hold,
        operations.export,
    ):
        app.cli.add_command(command)


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 64), help="Calls at once; ZELTA_CONCURRENCY if left out."
)
def sender(concurrency: int | None) -> None:
    """Send the lists of people that wait, until stopped: any number of these, on any number of machines."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    metrics.share(settings())
    tracing.warn_of_missing_parts()
    tracing.start(app)
    one = Sender(app, concurrency or settings().zelta_concurrency, settings().zelta_rate)
    done = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        one.stop()
        done.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    threading.Thread(target=_look_after, args=(app, done), name="keeper", daemon=True).start()
    log.info("the sender is at work")
    one.run()


def _look_after(app: Flask, done: threading.Event) -> None:
    while not done.is_set():
        keeper.look_after(app)
        done.wait(keeper.EVERY_SECONDS)
