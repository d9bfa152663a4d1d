"""How gunicorn serves Convoca; `gunicorn wsgi:app` reads this file by itself.

Threads, not many workers: a request that waits for Zelta waits for the network. With no real Zelta, the sandbox runs
beside it as a process of its own, which ends with this one.
"""

import sys

from app import THREADS
from app.settings import SettingsError, load_settings

try:
    settings = load_settings()
except SettingsError as error:
    sys.exit(f"Convoca cannot start: {error}")

_host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{_host}:{settings.port}"
workers = settings.web_concurrency
worker_class = "gthread"
preload_app = True  # imported once, not once in each worker
threads = THREADS
timeout = 60
graceful_timeout = int(settings.zelta_timeout) + 10  # a call to Zelta that is under way may end
secure_scheme_headers = {}  # whom to believe about https is for TRUSTED_PROXIES to say
keepalive = 5
limit_request_line = 8190
control_socket_disable = True
# No query string and no referrer: a search can hold an e-mail, a link a secret.
accesslog = "-"
access_log_format = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
loglevel = "warning"


def on_starting(_server):
    """Start the sandbox, where it stands in for Zelta."""
    if settings.sandbox:
        from app.sandbox.server import start

        start(
            "127.0.0.1",  # where the dashboard looks for it; it is for trying things out on one machine
            settings.sandbox_port,
            settings.instance_path / "sandbox.db",
            settings.zelta_api_key.get_secret_value(),
        )


def when_ready(_server):
    """Say where it is and what it is connected to."""
    print(f"Convoca: http://{bind} — connected to {settings.described_connection}", flush=True)
    for line in settings.warnings:
        print(f"Convoca: warning: {line}", flush=True)


def post_worker_init(worker):
    """Look after what a process before this one left in flight, without waiting for a first request."""
    from app import keeper

    keeper.start(worker.wsgi)


def worker_exit(_server, worker):
    """Let the calls of the outbox that are under way end."""
    from app import keeper

    keeper.stop(worker.wsgi)
