"""Routes for operators: metrics and health checks."""

from flask import Blueprint, g, render_template, request, url_for
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response

from app.models import AccountRole
from app.operations import doctor, metrics, readiness
from app.web.access import public, require_role

blueprint = Blueprint("operations", __name__)


@blueprint.get("/metrics")
@public  # checks the token or loopback itself
def show_metrics() -> Response:
    """The metrics, for Prometheus; 403 without permission."""
    if not metrics.is_authorized(request):
        return Response("not for you: see METRICS_TOKEN\n", status=403, mimetype="text/plain")
    return Response(metrics.render_metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


@blueprint.get("/readyz")
@public
def readyz() -> Response:
    """Whether this process can serve: 200, or 503 and what is wrong."""
    problem = readiness.find_problem()
    return Response(f"{problem or 'ok'}\n", status=503 if problem else 200, mimetype="text/plain")


@blueprint.route("/admin/status", methods=["GET", "POST"])
@require_role(AccountRole.ADMIN)
def status() -> str:
    """Health checks; Zelta's API and the OpenID provider are asked on POST only."""
    g.page_path = url_for("operations.status")
    is_asked = request.method == "POST"
    checks = doctor.run_checks(call_api=is_asked, call_provider=is_asked)
    return render_template("admin/status.html", checks=checks)
