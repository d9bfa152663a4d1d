"""How gunicorn serves Convoca; `gunicorn wsgi:app` reads this file by itself.

Threads, not many workers: a request that waits for Zelta waits for the network. With no real Zelta, the sandbox runs
beside it as a process of its own, which ends with this one.
"""

import gc
import logging
import os
import signal
import threading

# Until gunicorn has handlers of its own, ^C ends the process at once and without a traceback. SIGHUP reads this file again.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from app import WORKER_THREADS
from app.config import SettingsError, load_settings
from app.observability import logs, metrics
from app.observability.gunicorn_logger import GunicornLogger

try:
    settings = load_settings()
except SettingsError as error:
    logs.exit_with_start_error(error)
logs.configure(settings)
metrics.configure_multiprocess(settings)
log = logging.getLogger("app")

INTERRUPT_SECONDS = 3.0
"""How long calls that are under way may take to end after ^C; what is left then is unknown, as after a kill."""

_host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{_host}:{settings.port}"
workers = settings.web_concurrency
worker_class = "gthread"
preload_app = True  # imported once, not once in each worker
threads = WORKER_THREADS
# A call to Zelta that has just begun may end and be written down; then nothing is unknown after a restart.
graceful_timeout = int(settings.zelta_timeout) + 20
# A worker that ends waits for the calls of its outbox, and gives no sign of life then.
timeout = graceful_timeout + 30
secure_scheme_headers = {}  # whom to believe about https is for TRUSTED_PROXIES to say
forwarder_headers = "SCRIPT_NAME" if settings.trusted_proxies else ""
keepalive = 5
limit_request_line = 8190
control_socket_disable = True
logger_class = GunicornLogger
accesslog = "-"
loglevel = "warning"


def on_starting(server):
    """See that the port is free, count from nothing, and start the sandbox, where it stands in for Zelta."""
    from app.sandbox.server import SandboxError, open_listener, start_sandbox

    try:
        # gunicorn would try five times, with three lines for each. A socket that it inherits is open already.
        if not os.environ.keys() & {"LISTEN_PID", "GUNICORN_FD"}:
            for host, port in (address for address in server.cfg.address if isinstance(address, tuple)):
                open_listener(host, port, "the dashboard").close()
    except SandboxError as error:
        logs.exit_with_start_error(f"{error}. Choose another port, such as PORT={settings.port + 10}")
    metrics.clear_stale_files()
    if not settings.sandbox:
        return
    try:
        start_sandbox(
            "127.0.0.1",  # where the dashboard looks for it; it is for trying things out on one machine
            settings.sandbox_port,
            settings.instance_path / "sandbox.db",
            settings.zelta_api_key.get_secret_value(),
        )
    except SandboxError as error:
        logs.exit_with_start_error(f"{error}. SANDBOX_PORT chooses its port")


def when_ready(server):
    """Say where it is, what it is connected to, and what may not be as its administrator thinks."""
    from app.web.static_files import missing_build_warnings
    from app.web.warm_up import warm_up

    # The workers share the memory that is written to no more. The collector writes into each object that it looks at.
    warm_up(server.app.wsgi())
    gc.collect()
    gc.freeze()
    log.info(
        "Convoca: http://%s%s — connected to %s", bind, settings.script_name, settings.described_connection
    )
    for line in [*settings.warnings, *missing_build_warnings(server.app.wsgi())]:
        log.warning("%s", line)


def post_fork(_server, _worker):
    """Until the worker has handlers of its own, it would only put signals into the master's queue, a copy of it."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)


def ignore_signal(_number, _frame):
    """Do nothing. With SIG_IGN, Python raises for a signal that came before and was not handled yet."""


def worker_int(worker):
    """Let ^C end the process soon, whatever it waits for; a second ^C changes nothing."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, ignore_signal)
    timer = threading.Timer(INTERRUPT_SECONDS, os._exit, (0,))
    timer.daemon = True
    timer.start()
    worker.is_interrupted = True


def post_worker_init(worker):
    """Look after what a process before this one left in flight, without waiting for a first request."""
    from app.outbox import background

    background.start_threads(worker.wsgi, is_serving=lambda: worker.alive)


def post_request(_worker, _request, _environ, _response):
    """The thread is free for another request, and what it writes is no longer about this one."""
    logs.clear_context()


def child_exit(_server, worker):
    """Keep what a process had counted that is no more."""
    try:
        metrics.mark_dead(worker.pid)
    except OSError:  # which must not end the process that looks after the others
        log.exception("the files of process %d stay as they are", worker.pid)


def worker_exit(_server, worker):
    """Let the calls of the outbox that are under way end."""
    from app.outbox import background as outbox_background

    if hasattr(worker, "wsgi"):  # it may have ended before it had loaded anything
        outbox_background.stop_threads(worker.wsgi)
    if getattr(worker, "is_interrupted", False):
        worker.tpool.shutdown()  # requests end, or the timer ends them
        os._exit(0)  # without the second that Python takes to free everything
