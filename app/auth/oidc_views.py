"""OpenID Connect sign-in: redirect to the provider, and callback. Errors: `app.auth.error_pages`."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.auth import oidc
from app.auth.current_user import get_current_user
from app.auth.views import redirect_target
from app.extensions import get_settings
from app.web.access import public

blueprint = Blueprint("oidc", __name__)


@blueprint.before_request
def _require_oidc() -> None:
    if get_settings().auth != "oidc":
        abort(404)


@blueprint.get("/sign-in/oidc")
@public
def start() -> Response:
    """Redirect to the provider, unless the user is signed in."""
    next_url = request.args.get("next", "")
    if get_current_user():
        return redirect(redirect_target(next_url), 303)
    return redirect(
        oidc.start_authorization(_callback_url(), next_url, choose_account="choose" in request.args), 303
    )


@blueprint.get("/sign-in/oidc/callback")
@public
def finish() -> Response:
    """Callback of the provider: complete the sign-in."""
    return redirect(
        redirect_target(oidc.complete_authorization(request.args, _callback_url(), request.remote_addr)), 303
    )


def _callback_url() -> str:
    """The redirect URI, which must be registered with the provider."""
    return url_for("oidc.finish", _external=True)
