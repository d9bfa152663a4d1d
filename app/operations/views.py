"""Routes for operators: metrics and health checks."""

from flask import Blueprint, g, render_template, request, url_for
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response

from app.models import AccountRole
from app.operations import doctor, metrics
from app.web.access import public, require_role

blueprint = Blueprint("operations", __name__)


@blueprint.get("/metrics")
@public  # checks the token or loopback itself
def show_metrics() -> Response:
    """The metrics, for Prometheus; 403 without permission."""
    if not metrics.is_authorized(request):
        return Response("not for you: see METRICS_TOKEN\n", status=403, mimetype="text/plain")
    return Response(metrics.render_metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


@blueprint.route("/admin/status", methods=["GET", "POST"])
@require_role(AccountRole.ADMIN)
def status() -> str:
    """Health checks; Zelta's API is probed on POST only."""
    g.page_path = url_for("operations.status")
    return render_template("admin/status.html", checks=doctor.run_checks(call_api=request.method == "POST"))
