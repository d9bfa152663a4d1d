"""Error pages: one page per status code, in the user's language."""

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

from app.database import format_driver_error
from app.web import expired_forms, request_ids
from app.web.expired_forms import SubmittedFormData

log = logging.getLogger(__name__)

MAX_DRAINED_BYTES = 32 * 1024 * 1024

ERROR_TEXTS: dict[int, tuple[LazyString, LazyString]] = {
    400: (
        _l("That request could not be read"),
        _l("Nothing was sent to Zelta. Go back, check what you typed and try again."),
    ),
    401: (
        _l("Nobody is signed in here"),
        _l("Your session has ended. Reload the page to sign in."),
    ),
    403: (
        _l("Your account cannot do this"),
        _l("Nothing was changed. If you need it for your work, ask your Convoca administrator."),
    ),
    404: (
        _l("Page not found"),
        _l("The address may be mistyped, or the link is old. Your meetings are in the list."),
    ),
    405: (
        _l("This address cannot be opened like that"),
        _l("Open the meeting from the list."),
    ),
    413: (
        _l("That is too large"),
        _l(
            "A form or a file takes 1 MB at most. Nothing was sent to Zelta: go back and shorten it, or split the list."
        ),
    ),
    500: (
        _l("Something went wrong"),
        _l("The error was recorded. Before sending anything again, look at the meeting in the list."),
    ),
    503: (
        _l("The database does not answer"),
        _l("Before sending anything again, wait a moment and look at the meeting in the list."),
    ),
}


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, _handle_http_error)
    app.register_error_handler(CSRFError, _handle_csrf_error)
    app.register_error_handler(NoResultFound, lambda _error: _render_status_error(404))
    app.register_error_handler(OperationalError, _handle_database_error)
    app.register_error_handler(PoolTimeoutError, _handle_database_error)


class PageLink(NamedTuple):
    """A link button: URL and label."""

    url: str
    label: str | LazyString


def render_error(
    code: int,
    heading: str | LazyString,
    message: str | LazyString,
    action: PageLink | None = None,
) -> tuple[str, int]:
    """Render an error page; it does not repeat its own URL, which may contain a code.

    Args:
        code: the status.
        heading: what happened.
        message: what to do now.
        action: where its button leads; the list of meetings if left out.
    """
    g.page_path = url_for("meetings.index")
    html = render_template(
        "web/error.html",
        code=code,
        heading=heading,
        words=message,
        action=action,
        request_id=request_ids.get_request_id(),
    )
    return html, code


def _render_status_error(code: int) -> tuple[str, int]:
    return render_error(code, *ERROR_TEXTS.get(code, ERROR_TEXTS[400 if code < 500 else 500]))


def _handle_http_error(error: HTTPException) -> Response | tuple[str, int, dict[str, str]]:
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    if code == 413:
        _drain_request_body()
    html, status = _render_status_error(code)
    kept_headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return html, status, kept_headers


def _drain_request_body() -> None:
    # Browsers show the response only after they have sent the whole body: read and discard the rest.
    stream, remaining_bytes = request.environ["wsgi.input"], MAX_DRAINED_BYTES
    while remaining_bytes > 0 and (chunk := stream.read(min(remaining_bytes, 64 * 1024))):
        remaining_bytes -= len(chunk)


def _handle_database_error(error: Exception) -> tuple[str, int]:
    log.error("the database failed: %s: %s", type(error).__name__, format_driver_error(error))
    form = SubmittedFormData.from_request()
    # Safe to resend: same submission_id (idempotency key), so a form that did commit redirects to its result.
    if form.ours and form.action_label is not None:
        return expired_forms.render_expired_form(form, database_down=True), 503
    return _render_status_error(503)


def _handle_csrf_error(_error: CSRFError) -> tuple[str, int]:
    return expired_forms.render_expired_form(SubmittedFormData.from_request()), 400
