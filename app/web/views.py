"""The liveness check and the choice of a language."""

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from app.web import i18n
from app.web.access import public
from app.web.urls import safe_redirect_target

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Liveness: the process answers. Uses no database and no API."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.post("/language")
@public
def set_language() -> Response:
    """Store the chosen language and redirect back to the page."""
    chosen = request.form.get("language", "")
    if chosen not in i18n.LANGUAGES:
        abort(404)
    response = redirect(safe_redirect_target(request.form.get("next", "")), 303)
    i18n.set_language_cookie(response, chosen)
    return response
