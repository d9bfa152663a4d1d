"""The import pages: paste or upload, preview, send, progress, pause."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.auth.submissions import submission_for_button, submission_from_form
from app.journal import DuplicateSubmission, Submission
from app.list_parser import ENCODINGS, ListAnswers, UnreadableFile
from app.meetings import detail_page, queries
from app.meetings.groups.service import list_groups
from app.meetings.imports import presenters, preview_views, progress, service
from app.meetings.imports.drafts import find_drafts
from app.meetings.imports.forms import ImportForm
from app.meetings.imports.rereading import read_new
from app.meetings.imports.source import ImportSource, ReadingState
from app.meetings.join_links import participant_join_link
from app.meetings.participants.service import EmailTaken
from app.meetings.service import ActionNotAllowed, can_add_participants
from app.meetings.views import (
    MEETING_ID,
    PageResponse,
    action_expired_message,
    another_choice,
    redirect_to_meeting,
    render_meeting,
)
from app.models import AccountRole, Role
from app.web.access import require_role
from app.web.language_switch import shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("imports", __name__)

# The accepted range of `since`, in Unix seconds, so that datetime arithmetic cannot overflow.
MIN_SINCE_SECONDS, MAX_SINCE_SECONDS = 86_400, 4_000_000_000
# Import actions, and those that send no mail: they are executed even if the form was submitted before
# with another button, since pausing and stopping must always work.
ACTIONS = frozenset({"pause", "resume", "stop", "again"})
HALTING_ACTIONS = frozenset({"pause", "stop"})
IMPORT_PATH = "/lists/<int(max=9223372036854775807):list_id>"


@blueprint.route(f"{MEETING_ID}/people/import", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def import_people(meeting_id: int) -> AnyResponse | str | PageResponse:
    """Paste or upload a list; with `list`, preview and send it."""
    meeting = queries.get_meeting(meeting_id)
    list_id = request.values.get("list", type=int)
    if list_id is not None:
        if service.get_meeting_id(list_id) != meeting_id:
            abort(404)
        if request.method != "POST":
            return preview_views.show_preview(meeting_id, list_id)
        return preview_views.submit_preview(meeting_id, list_id)
    form = ImportForm()
    form.populate_choices()
    if request.method != "POST":
        return _render_form(meeting_id, form)
    if not form.validate():
        return _render_form(meeting_id, form, status=form.status)
    try:
        source, state = _source(form)
        parsed, state = read_new(source, state)
        if not parsed.people and not parsed.left_out:
            form.people.errors = [_("That list has no people")]
            return _render_form(meeting_id, form, status=422)
        import_id = service.create_draft(
            meeting.id, parsed, submission_from_form(request.form), source, state
        )
    except UnreadableFile as error:
        form.people.errors = [presenters.file_error_message(error.reason)]
        return _render_form(meeting_id, form, status=422)
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    return redirect(url_for("imports.import_people", meeting_id=meeting_id, list=import_id), 303)


@blueprint.post(f"{IMPORT_PATH}/control")
@require_role(AccountRole.COORDINATOR)
def update_import(list_id: int) -> AnyResponse | PageResponse | str:
    """Pause, resume or stop an import, or requeue its refused participants."""
    meeting_id = service.get_meeting_id(list_id)
    action = request.form.get("action", "")
    if action not in ACTIONS:
        return render_meeting(meeting_id, problem=_("Choose one of the options that the page offers."))
    submission = submission_from_form(request.form, action=action)
    try:
        try:
            _apply_action(action, list_id, meeting_id, submission)
        except DuplicateSubmission as duplicate:
            if duplicate.is_same_request or action not in HALTING_ACTIONS:
                raise
            _apply_action(action, list_id, meeting_id, submission_for_button(submission, action))
    except DuplicateSubmission as duplicate:
        return (
            redirect_to_meeting(meeting_id)
            if duplicate.is_same_request
            else render_meeting(meeting_id, problem=another_choice())
        )
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    except EmailTaken:
        problem = _("Someone with that email has been added meanwhile: remove or correct that row")
        return render_meeting(meeting_id, problem=problem)
    return redirect_to_meeting(meeting_id)


@blueprint.get(f"{MEETING_ID}/progress")
@require_role(AccountRole.VIEWER)
def show_progress(meeting_id: int) -> Response:
    """The progress of the imports as JSON: counts, and `rows` of [id, state, link] that changed."""
    # Read the rows after the counts: a call that ends in between is in the rows now, in the counts later.
    import_progress = progress.get_progress(meeting_id)
    rows, next_since = progress.changed_since(meeting_id, _parse_since())
    meeting = queries.get_meeting(meeting_id)
    can_add = can_add_participants(meeting.state, meeting.cancellation)
    card = presenters.present_progress(import_progress, meeting, can_add=can_add) if import_progress else None
    body = {
        "total": card.total if card else 0,
        "done": card.done if card else 0,
        "problems": card.problems if card else 0,
        "running": card.running if card else False,
        "text": card.text if card else "",
        "estimate": card.estimate if card else "",
        "note": card.note if card else "",
        "key": card.key if card else "",
        "since": next_since.timestamp(),
        "rows": [[row.id, row.state, participant_join_link(meeting, row)] for row in rows],
    }
    return jsonify(body)


def _parse_since() -> datetime | None:
    seconds = request.args.get("since", type=float)
    if seconds is None:
        return None
    if not 0 <= seconds < MAX_SINCE_SECONDS:
        abort(404)
    return datetime.fromtimestamp(max(seconds, MIN_SINCE_SECONDS), UTC)


def _source(form: ImportForm) -> tuple[ImportSource, ReadingState]:
    role = form.role.data or Role.PARTICIPANT.value
    upload = request.files.get(form.file.name)
    if upload is None or not upload.filename:
        return ImportSource.from_text(form.people.data or ""), ReadingState(default_role=role)
    encoding = form.encoding.data if form.encoding.data in ENCODINGS else None
    answers = ListAnswers(encoding=encoding)
    source = ImportSource.from_file(upload.read(), upload.filename)
    return source, ReadingState(default_role=role, answers=answers)


def _render_form(meeting_id: int, form: ImportForm, status: int = 200) -> PageResponse:
    g.page_path = url_for("imports.import_people", meeting_id=meeting_id)
    let_browser_keep_page()
    form.renew_submission_id()
    meeting = detail_page.present_meeting(queries.get_meeting(meeting_id))
    drafts = find_drafts(meeting_id)
    groups = list_groups()
    return render_template(
        "imports/new.html", form=form, meeting=meeting, drafts=drafts, groups=groups
    ), status


def _apply_action(action: str, list_id: int, meeting_id: int, submission: Submission) -> None:
    match action:
        case "pause":
            service.pause(list_id, submission)
        case "resume":
            service.resume(list_id, submission)
        case "stop":
            service.stop(list_id, submission)
        case "again":
            service.resend_refused(meeting_id, submission)
