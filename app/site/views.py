"""Health checks and the choice of a language."""

from flask import Blueprint, abort, redirect, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.database import db
from app.site import language
from app.site.addresses import local_or_home
from app.site.gate import open_to_everybody

blueprint = Blueprint("site", __name__)


@blueprint.get("/healthz")
@open_to_everybody
def healthz() -> Response:
    """Whether the process answers; asks nothing of anybody else."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@open_to_everybody
def readyz() -> Response:
    """Whether the database answers and has our tables: 200, or 503 and whose turn it is."""
    try:
        db.session.execute(text("SELECT 1 FROM journal LIMIT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@blueprint.post("/language")
@open_to_everybody
def set_language() -> Response:
    """Keep the reader's choice and go back to the page."""
    chosen = request.form.get("language", "")
    if chosen not in language.LANGUAGES:
        abort(404)
    response = redirect(local_or_home(request.form.get("next", "")), 303)
    language.remember(response, chosen)
    return response
