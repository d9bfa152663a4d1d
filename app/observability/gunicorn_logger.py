"""gunicorn's logger: its lines go to our log, with one line per request."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from app.observability import logs


class GunicornLogger(Logger):  # type: ignore[misc] # it comes without types
    """Gunicorn's, without handlers and files of its own. `loglevel` counts for everything that is written."""

    def setup(self, cfg: Any) -> None:
        """Take over the settings; called again when they are read again."""
        self.cfg = cfg
        self._access_log_enabled = bool(cfg.accesslog)
        self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
        logs.set_level(self.loglevel)
        self.access_log.setLevel(logging.INFO)
        for log in (self.error_log, self.access_log):
            log.propagate = True

    def access(self, resp: Any, _req: Any, environ: Mapping[str, Any], request_time: timedelta) -> None:
        """One line for a request: no query string and no referrer, since a search can hold an e-mail, a link a secret."""
        if not self._access_log_enabled:
            return
        method, remote = environ.get("REQUEST_METHOD", "-"), environ.get("REMOTE_ADDR", "-")
        path = _decode_path(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""))
        status = int(str(resp.status).partition(" ")[0])
        content_length = (
            resp.response_length if method != "HEAD" else 0
        )  # gunicorn does not count sendfile bytes
        sent_bytes = resp.sent or content_length or 0
        milliseconds = round(request_time.total_seconds() * 1000, 1)
        self.access_log.info(
            "%s %s %s %d %d B %s ms", remote, method, path, status, sent_bytes, milliseconds,
            extra={"remote": remote, "method": method, "path": path, "status": status, "bytes": sent_bytes, "ms": milliseconds},
        )  # fmt: skip


def _decode_path(path: str) -> str:
    """WSGI gives the bytes of a path as if each were a character."""
    return path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")
