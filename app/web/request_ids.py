"""Request ids: in each log line of the request, in the `X-Request-ID` response header, and on error pages.

The middleware also counts requests, since every response passes through it.
"""

import re
from collections.abc import Iterable
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Flask, has_request_context, request

from app.config import Settings
from app.observability import logs, metrics

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENVIRON_KEY = "convoca.request_id"
_VALID_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIdMiddleware:
    """WSGI middleware around the whole application, static files included.

    Args:
        app: the wrapped WSGI application.
        static_route: the route label for requests to static files, which do not reach Flask.
        trust_incoming: whether to trust an incoming X-Request-ID, because a trusted proxy sets it.
    """

    def __init__(self, app: "WSGIApplication", static_route: str, *, trust_incoming: bool) -> None:
        self._app, self._static_route, self._trust_incoming = app, static_route, trust_incoming

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request under its id."""
        incoming_id = environ.get("HTTP_X_REQUEST_ID", "") if self._trust_incoming else ""
        request_id = incoming_id if _VALID_REQUEST_ID.fullmatch(incoming_id) else uuid4().hex
        environ[ENVIRON_KEY] = request_id
        logs.bind_context(request_id=request_id)
        started = perf_counter()

        def count_and_start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            metrics.observe_request(
                self._route(), environ["REQUEST_METHOD"], status[:3], perf_counter() - started
            )
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *error)

        try:
            return self._app(environ, count_and_start)
        except Exception as error:
            # The server logs the exception after the request context has ended.
            error.add_note(f"request_id {request_id}")
            raise

    def _route(self) -> str:
        if not has_request_context():
            return self._static_route
        return _strip_converters(request.url_rule.rule) if request.url_rule else "none"


def init_app(app: Flask) -> None:
    """Wrap the application; must be the outermost middleware."""
    settings: Settings = app.extensions["settings"]
    static_route, trust_incoming = f"{app.static_url_path}/<path:filename>", settings.trusted_proxies > 0
    app.wsgi_app = RequestIdMiddleware(app.wsgi_app, static_route, trust_incoming=trust_incoming)  # type: ignore[method-assign]


@cache
def _strip_converters(rule: str) -> str:
    """A URL rule without its converters: `/meetings/<meeting_id>`."""
    return re.sub(r"<[^<>:]*:", "<", rule)


def get_request_id() -> str:
    """The id of the request that is being answered."""
    return str(request.environ.get(ENVIRON_KEY, ""))
