"""Health checks and the choice of a language."""

import logging

from flask import Blueprint, abort, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.database import db, format_driver_error, is_schema_error, schema_query
from app.web import i18n
from app.web.access import public
from app.web.urls import safe_redirect_target

log = logging.getLogger(__name__)

blueprint = Blueprint("web", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Liveness: the process answers. Uses no database and no API."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Whether the database answers and has the tables and columns of this release: 200, or 503 and what is wrong."""
    try:
        db.session.execute(schema_query()).first()
    except SQLAlchemyError as error:
        log.error("not ready: %s", format_driver_error(error))  # noqa: TRY400  (the driver's words say it all)
        missing = is_schema_error(error)
        reason = "the database is not up to date" if missing else "the database does not answer"
        return Response(f"{reason}\n", status=503, mimetype="text/plain")
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
