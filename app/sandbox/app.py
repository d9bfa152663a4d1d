"""Application factory of the sandbox: API, pages, headers and error handlers."""

import logging
import traceback
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from .api import Api
from .body import drain_body
from .config import Config
from .envelope import error_response
from .pages import Pages, render_error
from .storage import Store

log = logging.getLogger("sandbox")

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that a browser sends `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
}


def create_sandbox(config: Config) -> Flask:
    """The sandbox as a WSGI application."""
    store = Store(config.database)
    store.create_tables()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    api = Api(config, store)
    app.register_blueprint(api.blueprint())
    Pages(config, store).register(app)
    app.register_error_handler(HTTPException, _handle_http_error)
    app.register_error_handler(Exception, _handle_unexpected)
    app.after_request(lambda response: _add_headers(response, api))
    return app


def _is_api() -> bool:
    return request.path.startswith("/public/")


def _handle_http_error(error: HTTPException) -> Response:
    """A path or method that does not exist, a form that is too large."""
    status = error.code or 500
    if status == 413:
        drain_body()
    response = _error_response(status)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _handle_unexpected(error: Exception) -> Response:
    """Log the error's type and location, not its message, which may hold an e-mail or a key."""
    if type(error).__module__ == "gunicorn.http.errors":
        return _error_response(400)  # a body that breaks off or breaks the rules while it is read
    frames = traceback.extract_tb(error.__traceback__)
    location = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("unexpected %s in %s: %s", type(error).__name__, request.endpoint, location)
    return _error_response(500)


def _error_response(status: int) -> Response:
    if not _is_api():
        return render_error(status)
    message = {404: "La dirección no existe", 405: "El método no está permitido"}.get(
        status, "No se pudo atender"
    )
    codes = {404: "ERR_NOT_FOUND", 405: "ERR_METHOD_NOT_ALLOWED", 413: "ERR_TOO_LARGE", 500: "ERR_INTERNAL"}
    return error_response(status, message, {"code": codes.get(status, "ERR_INVALID_DATA")})


def _add_headers(response: Response, api: Api) -> Response:
    response.headers.extend(SECURITY_HEADERS)
    if _is_api():
        response.headers.extend(api.limit_headers())
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Accept-Language"
    return response
