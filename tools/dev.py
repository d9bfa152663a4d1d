"""`make dev`: the dashboard with its sandbox and its sender, started again whenever a file changes.

Werkzeug's reloader runs this module in two processes. The parent holds the listening socket, so that a
request waits while there is no child; the child serves until a file changes. It listens on 127.0.0.1 alone,
without a debugger.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, is_running_from_reloader, run_simple

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("app")

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
CHECK_SECONDS = 0.4
# The browser asks for changed styles and scripts by itself; .py files are watched by the reloader.
WATCHED = ("app/**/*.html", "app/**/*.po", "templates/**/*.html")


class _RequestHandler(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log without the colours, which our log would spell out."""
        self.log("info", '"%s" %s %s', self.requestline, code, size)


def main() -> None:
    """Serve until Ctrl+C."""
    os.environ |= {"HOST": HOST, "FLASK_DEBUG": "1"}
    if not is_running_from_reloader():
        os.environ["PORT"] = str(_read_port())
    app = _load_app() if is_running_from_reloader() else _show_failure
    files = [str(ROOT / ".env"), *(str(path) for pattern in WATCHED for path in ROOT.glob(pattern))]
    try:
        run_simple(
            HOST,
            int(os.environ["PORT"]),
            app,
            request_handler=_RequestHandler,
            threaded=True,
            use_reloader=True,
            reloader_interval=CHECK_SECONDS,  # type: ignore[arg-type]
            extra_files=files,
        )
    finally:
        if isinstance(app, Flask):
            _stop(app)


def _read_port() -> int:
    """The port to hold for all children; what `.env` adds is removed again, for each child reads it anew."""
    from app.config import SettingsError, load_settings
    from app.observability import logs

    before = set(os.environ)
    try:
        return load_settings().port
    except SettingsError as error:
        logs.exit_with_start_error(error)
    finally:
        for name in set(os.environ) - before:
            del os.environ[name]


def _load_app() -> "WSGIApplication":
    """The running application; where it cannot start, a page that says so until the next change."""
    try:
        _compile_catalogues()
        return _start()
    except (Exception, SystemExit):
        log.exception("the application could not start")
        return _show_failure


def _compile_catalogues() -> None:
    for source in ROOT.glob("app/translations/*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            command = [
                "-m",
                "babel.messages.frontend",
                "--quiet",
                "compile",
                "-i",
                str(source),
                "-o",
                str(target),
            ]
            subprocess.run([sys.executable, *command], check=True)


def _start() -> Flask:
    from app.outbox import background
    from app.sandbox.server import start_sandbox
    from wsgi import app, settings

    if settings.sandbox:
        database = settings.instance_path / "sandbox.db"
        start_sandbox(HOST, settings.sandbox_port, database, settings.zelta_api_key.get_secret_value())
    background.start_threads(app)
    return app


def _stop(app: Flask) -> None:
    """Let calls that are under way end, so that a change of a file makes no call's outcome unknown."""
    from app.outbox import background as outbox_background

    outbox_background.stop_threads(app)


def _show_failure(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"The application could not start: see the terminal, and correct a file.\n"]


if __name__ == "__main__":
    main()
