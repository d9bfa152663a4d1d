"""The headers of every response, and cookies that are `Secure` whenever the request is."""

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

from app.fittings import settings as fitted_settings
from app.settings import Settings, is_loopback
from app.site.addresses import cookie_path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# What a page of ours asks of a browser: its clipboard, and nothing else that asks for leave.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
)
HSTS_SECONDS = 365 * 24 * 3600


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own cookie session, `Secure` on https and usable on an intranet's plain http."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Whether the request came over https, as far as the trusted proxies say."""
        return request.is_secure

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Where on its host the dashboard is, so that no other application there is sent the cookie."""
        return cookie_path()


def init_app(app: Flask) -> None:
    """Add the headers to every response, errors and static files included."""
    app.session_interface = SessionInterface()
    app.after_request(_add)


def everywhere(settings: Settings, *, https: bool, host: str) -> dict[str, str]:
    """The headers of every response, also of those that Flask has no part in (`app.site.static`).

    Args:
        settings: the installation's.
        https: whether the request came so.
        host: the name that it was sent to, with its port.
    """
    found = {
        "Content-Security-Policy": POLICY.format(ancestors=settings.frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        # A join link or a meeting's address leaks to nobody, and Flask-WTF still finds the referrer it wants on https.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.frame_ancestors == "'none'":
        found["X-Frame-Options"] = "DENY"  # for browsers that do not know frame-ancestors
    if https or is_loopback(host.rpartition(":")[0] or host):
        # Browsers hear this from an origin that they trust, and complain of it from another.
        found["Cross-Origin-Opener-Policy"] = "same-origin"
    if https:
        found["Strict-Transport-Security"] = f"max-age={HSTS_SECONDS}"
    return found


def _add(response: Response) -> Response:
    for name, value in everywhere(fitted_settings(), https=request.is_secure, host=request.host).items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
