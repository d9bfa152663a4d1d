"""Health checks and the choice of a language."""

import logging

from flask import Blueprint, abort, redirect, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.database import db, driver_message, is_schema_error, schema_query
from app.site import language
from app.site.addresses import local_or_home
from app.site.gate import open_to_everybody

log = logging.getLogger(__name__)

blueprint = Blueprint("site", __name__)


@blueprint.get("/healthz")
@open_to_everybody
def healthz() -> Response:
    """Whether the process answers; asks nothing of anybody else."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@open_to_everybody
def readyz() -> Response:
    """Whether the database answers and has the tables and columns of this release: 200, or 503 and what is wrong."""
    try:
        db.session.execute(schema_query()).first()
    except SQLAlchemyError as error:
        log.error("not ready: %s", driver_message(error))  # noqa: TRY400  (the driver's words say it all)
        missing = is_schema_error(error)
        reason = "the database is not up to date" if missing else "the database does not answer"
        return Response(f"{reason}\n", status=503, mimetype="text/plain")
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
