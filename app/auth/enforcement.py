"""Access control: each view declares its required role. A view without a declaration is denied (403)."""

from contextlib import suppress

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from app.auth import saved_forms
from app.auth.current_user import get_current_user, has_role
from app.auth.provisioning import AccessDenied
from app.extensions import get_settings
from app.models import AccountRole
from app.web.access import PUBLIC, get_required_role
from app.web.expired_forms import SubmittedFormData
from app.web.urls import current_page_url

# Requested by probes and scrapers under any host name; their responses contain no URL of ours.
HOST_CHECK_EXEMPT = frozenset({"web.healthz", "operations.readyz", "operations.show_metrics"})
# Endpoints that an account with a temporary password may use before it has changed it.
PASSWORD_CHANGE_ENDPOINTS = frozenset({"auth.change_password", "auth.sign_out"})


def init_app(app: Flask) -> None:
    """Check access before any other handler sees the request."""
    app.before_request(_enforce_access)
    # Templates use only an already loaded user: an error page may be shown because the database is down.
    app.context_processor(lambda: {"has_role": has_role, "current_user": g.get("current_user")})


def _enforce_access() -> Response | None:
    allowed_hosts = get_settings().allowed_hosts
    if (
        allowed_hosts
        and request.endpoint not in HOST_CHECK_EXEMPT
        and not host_is_trusted(request.host.lower(), allowed_hosts)
    ):
        # Flask's TRUSTED_HOSTS would make url_for fail in the error page too, so the check is done here.
        abort(400)
    view = current_app.view_functions.get(request.endpoint or "")
    required_role = get_required_role(view)
    if request.endpoint == "static" or required_role == PUBLIC:
        return None
    if request.endpoint is None:  # unknown URL: let the 404 handler answer, signed in or not
        with suppress(AccessDenied):
            get_current_user()
        return None
    current_user = get_current_user()
    if current_user is None:
        return _redirect_to_sign_in()
    if current_user.must_change_password and request.endpoint not in PASSWORD_CHANGE_ENDPOINTS:
        return redirect(url_for("auth.change_password"), 303)
    if required_role is None or not current_user.role.includes(AccountRole(required_role)):
        abort(403)
    if request.method == "POST":
        saved_forms.discard_if_submitted(request.path, current_user.account_id)
    return None


def _redirect_to_sign_in() -> Response:
    if request.headers.get("X-Requested-With"):  # fetch() from our scripts cannot use a page
        abort(401)
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("auth.sign_in", next=current_page_url()), 302)
    form = SubmittedFormData.from_request()
    if form.ours and form.action_label is not None and saved_forms.save_form(form.to_dict()):
        return redirect(url_for("auth.sign_in", kept="1"), 303)
    return redirect(url_for("auth.sign_in"), 303)
