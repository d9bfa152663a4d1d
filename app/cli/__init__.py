"""The `flask --app wsgi …` commands; thin wrappers over the packages that do the work."""

import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

import click
from flask import Flask, current_app

from app.cli import erasure, operations, users
from app.extensions import get_settings
from app.observability import metrics
from app.outbox import background
from app.outbox.sender import Sender

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(sender)
    app.cli.add_command(users.users)
    app.cli.add_command(erasure.erase_person)
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
    metrics.configure_multiprocess(get_settings())
    outbox_sender = Sender(app, concurrency or get_settings().zelta_concurrency, get_settings().zelta_rate)
    stopped = threading.Event()
    threading.Thread(
        target=_run_maintenance_loop, args=(app, stopped), name="maintenance", daemon=True
    ).start()
    log.info("the sender is at work")
    _run_until_signal(outbox_sender)
    stopped.set()


def _run_until_signal(outbox_sender: Sender) -> None:
    """Run a sender in its own thread until a signal asks it to stop, or it fails.

    A handler runs inside whatever the main thread does at that moment, which must hold no lock that the
    handler needs: here it waits for a `SimpleQueue`, made to be put into from a handler.
    """
    stop_signals = SimpleQueue[None]()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop_signals.put(None))
    with ThreadPoolExecutor(1, thread_name_prefix="sender") as executor:
        future = executor.submit(outbox_sender.run)
        future.add_done_callback(lambda _: stop_signals.put(None))
        stop_signals.get()
        outbox_sender.stop()
    future.result()


def _run_maintenance_loop(app: Flask, stopped: threading.Event) -> None:
    while not stopped.is_set():
        background.run_maintenance(app)
        stopped.wait(background.MAINTENANCE_INTERVAL_SECONDS)
