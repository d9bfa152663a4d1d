"""The headers of every response, and cookies that are `Secure` whenever the request is."""

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface

from app.config import Settings, is_loopback
from app.extensions import get_settings as fitted_settings
from app.web.urls import get_cookie_path

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# Browser features that our pages never use; the clipboard stays allowed.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
)
HSTS_MAX_AGE_SECONDS = 365 * 24 * 3600


class SessionInterface(SecureCookieSessionInterface):
    """Flask's own cookie session, `Secure` on https and usable on an intranet's plain http."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Whether the request came over https, as far as the trusted proxies say."""
        return request.is_secure

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        """Where on its host the dashboard is, so that no other application there is sent the cookie."""
        return get_cookie_path()


def init_app(app: Flask) -> None:
    """Add the headers to every response, errors and static files included."""
    app.session_interface = SessionInterface()
    app.after_request(_add_security_headers)


def let_browser_keep_page() -> None:
    """Let the browser keep this page, and what is typed in it, for Back and reload: a form without secrets."""
    g.browser_may_keep_page = True


def security_headers(settings: Settings, *, https: bool, host: str) -> dict[str, str]:
    """The headers of every response, including static files served outside Flask (`app.web.static_files`).

    Args:
        settings: the installation's.
        https: whether the request came so.
        host: the name that it was sent to, with its port.
    """
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY.format(ancestors=settings.frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        # Leaks no join link to other sites; Flask-WTF's CSRF check on https needs the referrer.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.frame_ancestors == "'none'":
        headers["X-Frame-Options"] = "DENY"  # for browsers that do not know frame-ancestors
    if https or is_loopback(host.rpartition(":")[0] or host):
        # COOP is honoured on secure origins only; elsewhere browsers log a warning.
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if https:
        headers["Strict-Transport-Security"] = f"max-age={HSTS_MAX_AGE_SECONDS}"
    return headers


def _add_security_headers(response: Response) -> Response:
    for name, value in security_headers(
        fitted_settings(), https=request.is_secure, host=request.host
    ).items():
        response.headers.setdefault(name, value)
    if g.get("browser_may_keep_page") and response.status_code in {200, 422}:
        # Firefox keeps no form contents of a `no-store` page. A GET still asks the server each time.
        response.headers["Cache-Control"] = "private, no-cache"
    elif request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
