"""The routes about how the dashboard itself does: its numbers, and whether all is well."""

from flask import Blueprint, g, render_template, request, url_for
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response

from app.models import StaffRole
from app.operations import doctor, metrics
from app.site.gate import open_to, open_to_everybody

blueprint = Blueprint("operations", __name__)


@blueprint.get("/metrics")
@open_to_everybody  # it has a guard of its own
def show_metrics() -> Response:
    """The numbers, for a program that collects them; 403 for everybody else."""
    if not metrics.may_read(request):
        return Response("not for you: see METRICS_TOKEN\n", status=403, mimetype="text/plain")
    return Response(metrics.page(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


@blueprint.route("/admin/status", methods=["GET", "POST"])
@open_to(StaffRole.ADMIN)
def status() -> str:
    """Whether all is well; Zelta's API is asked only by whoever presses the button."""
    g.page_path = url_for("operations.status")
    return render_template("operations/status.html", checks=doctor.examine(ask=request.method == "POST"))
