"""The pages of a batch: progress and links, pause and stop, CSV."""

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.auth.submissions import submission_for_button, submission_from_form
from app.batches import export, queries, service
from app.batches.page import get_batch_page
from app.delivery.tables import CSV_CONTENT_TYPE
from app.journal import DuplicateSubmission, Submission
from app.meetings.service import ActionNotAllowed
from app.meetings.views import PageResponse, action_expired_message, another_choice
from app.models import AccountRole, Batch, BatchKind, BatchState
from app.web.access import require_role

blueprint = Blueprint("batches", __name__)

BATCH_PATH = "/batches/<int(max=9223372036854775807):batch_id>"
ACTIONS = frozenset({"pause", "resume", "stop"})
# These send nothing: they are carried out even if the form was submitted before with another button.
HALTING_ACTIONS = frozenset({"pause", "stop"})
MAX_PAGE = 10_000


@blueprint.get(BATCH_PATH)
@require_role(AccountRole.VIEWER)
def show(batch_id: int) -> AnyResponse | str | PageResponse:
    """The progress of a batch, and its meetings with their links; a draft is shown where it is reviewed."""
    batch = queries.get_batch(batch_id)
    if batch.state == BatchState.DRAFT:
        return redirect(_review_url(batch), 303)
    return _render(batch)


@blueprint.get(f"{BATCH_PATH}.csv")
@require_role(AccountRole.VIEWER)
def download(batch_id: int) -> Response:
    """Everything of a batch as CSV."""
    queries.get_batch(batch_id)
    disposition = {"Content-Disposition": f'attachment; filename="convoca-batch-{batch_id}.csv"'}
    return Response(export.export_batch(batch_id), content_type=CSV_CONTENT_TYPE, headers=disposition)


@blueprint.post(f"{BATCH_PATH}/control")
@require_role(AccountRole.COORDINATOR)
def control(batch_id: int) -> AnyResponse | str | PageResponse:
    """Pause, resume or stop a batch."""
    batch = queries.get_batch(batch_id)
    if batch.state == BatchState.DRAFT:
        return redirect(_review_url(batch), 303)
    action = request.form.get("action", "")
    if action not in ACTIONS:
        return _render(batch, _("Choose one of the options that the page offers."))
    submission = submission_from_form(request.form, action=action)
    try:
        try:
            _apply(action, batch_id, submission)
        except DuplicateSubmission as duplicate:
            if duplicate.is_same_request or action not in HALTING_ACTIONS:
                raise
            _apply(action, batch_id, submission_for_button(submission, action))
    except DuplicateSubmission as duplicate:
        if not duplicate.is_same_request:
            return _render(batch, another_choice())
    except ActionNotAllowed:
        return _render(batch, action_expired_message())
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _apply(action: str, batch_id: int, submission: Submission) -> None:
    {"pause": service.pause, "resume": service.resume, "stop": service.stop}[action](batch_id, submission)


def _review_url(batch: Batch) -> str:
    """Where a draft is reviewed: only tables have drafts."""
    if batch.kind != BatchKind.SPREADSHEET:
        abort(404)
    return f"{request.script_root}/meetings/import/{batch.id}"


def _render(batch: Batch, problem: str | None = None) -> str | PageResponse:
    number = min(max(request.args.get("page", 1, type=int), 1), MAX_PAGE)
    g.page_path = url_for("batches.show", batch_id=batch.id)
    html = render_template("batches/batch.html", batch=get_batch_page(batch, number), problem=problem)
    return html if problem is None else (html, 422)
