"""Signing in with the account of an organization: to its provider and back. What can go wrong: `turned_away`."""

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.views import landing
from app.fittings import settings
from app.identity import oidc
from app.identity.reader import reader
from app.site.gate import open_to_everybody

blueprint = Blueprint("oidc", __name__)


@blueprint.before_request
def _only_with_a_provider() -> None:
    if settings().auth != "oidc":
        abort(404)


@blueprint.get("/sign-in/oidc")
@open_to_everybody
def start() -> Response:
    """Off to the provider; who has signed in stays."""
    then = request.args.get("next", "")
    if reader():
        return redirect(landing(then), 303)
    return redirect(oidc.begin(_back(), then, choose="choose" in request.args), 303)


@blueprint.get("/sign-in/oidc/callback")
@open_to_everybody
def finish() -> Response:
    """Back from the provider, and in."""
    return redirect(landing(oidc.finish(request.args, _back(), request.remote_addr)), 303)


def _back() -> str:
    """Where the provider sends people back to: one of the addresses that it was told of beforehand, or it does not."""
    return url_for("oidc.finish", _external=True)
