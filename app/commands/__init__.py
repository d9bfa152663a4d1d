"""What `flask --app wsgi …` can do beside serving; thin over the rooms that do it."""

import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import click
from flask import Flask, current_app

from app import keeper, metrics
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
    one = Sender(app, concurrency or settings().zelta_concurrency, settings().zelta_rate)
    done = threading.Event()
    threading.Thread(target=_look_after, args=(app, done), name="keeper", daemon=True).start()
    log.info("the sender is at work")
    _run(one)
    done.set()


def _run(one: Sender) -> None:
    """Let a sender work in a thread of its own until a signal asks it to stop, or it breaks.

    A handler runs inside whatever the main thread does at that moment, which must hold no lock that the handler needs:
    here it waits for a `SimpleQueue`, made to be put into from a handler.
    """
    ended = SimpleQueue[None]()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ended.put(None))
    with ThreadPoolExecutor(1, thread_name_prefix="sender") as threads:
        sending = threads.submit(one.run)
        sending.add_done_callback(lambda _: ended.put(None))
        ended.get()
        one.stop()
    sending.result()


def _look_after(app: Flask, done: threading.Event) -> None:
    while not done.is_set():
        keeper.look_after(app)
        done.wait(keeper.EVERY_SECONDS)
