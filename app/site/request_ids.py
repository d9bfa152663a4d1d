"""Each request's id: in every line of the log that is written meanwhile, in the answer's `X-Request-ID`, on error pages.

Here, where every answer passes, requests are counted too.
"""

import re
from collections.abc import Iterable
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Flask, has_request_context, request

from app import logs, metrics
from app.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOUND = "convoca.request_id"
_SOUND = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """Around everything else that answers, static files included.

    Args:
        answers: what does.
        static: the rule under which files are counted, which Flask has no part in.
        believe: whether an id that comes with the request was given by a proxy of ours.
    """

    def __init__(self, answers: "WSGIApplication", static: str, *, believe: bool) -> None:
        self._answers, self._static, self._believe = answers, static, believe

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request under its id."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._believe else ""
        request_id = given if _SOUND.fullmatch(given) else uuid4().hex
        environ[FOUND] = request_id
        logs.begin(request_id=request_id)
        began = perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            metrics.count_request(
                self._route(), environ["REQUEST_METHOD"], status[:3], perf_counter() - began
            )
            return start_response(status, [*headers, ("X-Request-ID", request_id)], *error)

        try:
            return self._answers(environ, start)
        except Exception as error:
            # Whoever writes it down does so when the request is over.
            error.add_note(f"request_id {request_id}")
            raise

    def _route(self) -> str:
        if not has_request_context():
            return self._static
        return _template(request.url_rule.rule) if request.url_rule else "none"


def init_app(app: Flask) -> None:
    """Give every request its id; after whatever else wraps the application."""
    settings: Settings = app.extensions["settings"]
    static, believe = f"{app.static_url_path}/<path:filename>", settings.trusted_proxies > 0
    app.wsgi_app = RequestIds(app.wsgi_app, static, believe=believe)  # type: ignore[method-assign]


@cache
def _template(rule: str) -> str:
    """A rule without what its variables may hold: `/meetings/<meeting_id>`."""
    return re.sub(r"<[^<>:]*:", "<", rule)


def current() -> str:
    """The id of the request that is being answered."""
    return str(request.environ.get(FOUND, ""))
