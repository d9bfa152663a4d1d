"""The headers of every response, and cookies that are `Secure` whenever the request is."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own cookie session, `Secure` on https and usable on an intranet's plain http."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Whether the request came over https, as far as the trusted proxies say."""
        return request.is_secure


def init_app(app: Flask) -> None:
    """Add the headers to every response, errors and static files included."""
    app.session_interface = SessionInterface()
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    # A join link or a meeting's address leaks to nobody, and Flask-WTF still finds the referrer it wants on https.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
