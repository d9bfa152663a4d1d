"""The liveness check, the guide and the choice of a language."""

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from app.models import AccountRole
from app.web import i18n
from app.web.access import public, require_role
from app.web.guide import read_guide
from app.web.urls import safe_redirect_target

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Liveness: the process answers. Uses no database and no API."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/guide")
@require_role(AccountRole.VIEWER)
def guide() -> str:
    """The coordinators' guide, in Spanish."""
    title, text = read_guide()
    return render_template("web/guide.html", title=title, text=text)


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
