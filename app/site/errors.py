"""Error pages: one calm page for each thing that can go wrong, in the reader's language."""

import logging
from typing import NamedTuple

from flask import Flask, g, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.database import driver_message
from app.site import expired, request_ids
from app.site.expired import TypedForm

log = logging.getLogger(__name__)

DRAINED_BYTES = 32 * 1024 * 1024

HEADINGS: dict[int, tuple[LazyString, LazyString]] = {
    400: (
        _l("That request could not be read"),
        _l("Nothing was sent to Zelta. Go back, check what you typed and try again."),
    ),
    401: (
        _l("Nobody is signed in here"),
        _l("The session has ended. Reload the page to sign in."),
    ),
    403: (
        _l("Your account may not do this"),
        _l("Nothing was changed. If you need it for your work, ask whoever administers Convoca."),
    ),
    404: (
        _l("There is nothing here"),
        _l("The address may be mistyped, or the link is old. Your meetings are in the list."),
    ),
    405: (
        _l("This address is not a page"),
        _l("It only takes a form that is sent from another page. Open the meeting from the list."),
    ),
    413: (
        _l("That is too much at once"),
        _l(
            "A form or a file takes 1 MiB at most. Nothing was sent to Zelta: go back and shorten it, or split the list."
        ),
    ),
    500: (
        _l("Something went wrong here"),
        _l("The error was written down. Before sending anything again, look at the meeting in the list."),
    ),
    503: (
        _l("The database does not answer"),
        _l("Before sending anything again, wait a moment and look at the meeting in the list."),
    ),
}


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(NoResultFound, lambda _error: _page(404))
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeoutError, _database_away)


class Action(NamedTuple):
    """Where a page leads on to, in the words of its button."""

    url: str
    label: str | LazyString


def page(
    code: int,
    heading: str | LazyString,
    words: str | LazyString,
    action: Action | None = None,
) -> tuple[str, int]:
    """The calm page of something that went wrong; it repeats nothing of its own address, which may hold a code.

    Args:
        code: the status.
        heading: what happened.
        words: what to do now.
        action: where its button leads; the list of meetings if left out.
    """
    g.page_path = url_for("meetings.index")
    html = render_template(
        "site/error.html",
        code=code,
        heading=heading,
        words=words,
        action=action,
        request_id=request_ids.current(),
    )
    return html, code


def _page(code: int) -> tuple[str, int]:
    return page(code, *HEADINGS.get(code, HEADINGS[400 if code < 500 else 500]))


def _http_error(error: HTTPException) -> Response | tuple[str, int, dict[str, str]]:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    if code == 413:
        _drain()
    page, status = _page(code)
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return page, status, kept


def _drain() -> None:
    # A browser shows our page only if it could send everything first.
    stream, left = request.environ["wsgi.input"], DRAINED_BYTES
    while left > 0 and (read := stream.read(min(left, 64 * 1024))):
        left -= len(read)


def _database_away(error: Exception) -> tuple[str, int]:
    log.error("the database failed: %s: %s", type(error).__name__, driver_message(error))
    form = TypedForm.of_request()
    # Sent again, it has the same submission_id: if it was carried out after all, it leads to what it made.
    if form.ours and form.action is not None:
        return expired.page(form, away=True), 503
    return _page(503)


def _expired(_error: CSRFError) -> tuple[str, int]:
    return expired.page(TypedForm.of_request()), 400
