"""The pages about lists of people: paste or upload, look, send, follow, hold."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.journal import AlreadySubmitted, Submission
from app.list_parser import ENCODINGS, ListAnswers, UnreadableFile
from app.meetings import page, queries
from app.meetings.page import join_link
from app.meetings.service import NotOffered, may_add
from app.meetings.views import MEETING, Page, another_choice, meeting_page, no_longer, show_meeting
from app.models import Role, StaffRole
from app.people import bulk, list_words, preview_views, progress
from app.people.import_drafts import find_drafts
from app.people.import_source import ImportSource, ImportState
from app.people.list_forms import ListForm
from app.people.rereading import read_new
from app.people.service import EmailTaken
from app.site.gate import open_to
from app.site.language_switch import shows_form_again
from app.site.submissions import submission_from, with_other_button

blueprint = Blueprint("lists", __name__)

# What `since` may say, in seconds: the years that a moment before it can still be reckoned from.
FIRST_SECOND, LAST_SECOND = 86_400, 4_000_000_000
# The controls of a list, and those of them that mail nobody: these are carried out also where their form was sent before
# with another button, since a list that is to stop must stop.
ACTIONS = frozenset({"pause", "resume", "stop", "again"})
HOLDS = frozenset({"pause", "stop"})
LIST = "/lists/<int(max=9223372036854775807):list_id>"


@blueprint.route(f"{MEETING}/people/import", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def import_people(meeting_id: int) -> AnyResponse | str | Page:
    """Paste or upload a list, then (with `list`) look at it and send it."""
    meeting = queries.find(meeting_id)
    list_id = request.values.get("list", type=int)
    if list_id is not None:
        if bulk.meeting_of(list_id) != meeting_id:
            abort(404)
        if request.method != "POST":
            return preview_views.show_preview(meeting_id, list_id)
        return preview_views.act(meeting_id, list_id)
    form = ListForm()
    form.prepare()
    if request.method != "POST":
        return _form_page(meeting_id, form)
    if not form.validate():
        return _form_page(meeting_id, form, status=form.status)
    try:
        source, state = _source(form)
        parsed, state = read_new(source, state)
        if not parsed.people and not parsed.left_out:
            form.people.errors = [_("There is nobody in that list.")]
            return _form_page(meeting_id, form, status=422)
        new = bulk.draft(meeting.id, parsed, submission_from(request.form), source, state)
    except UnreadableFile as error:
        form.people.errors = [list_words.flaw(error.reason)]
        return _form_page(meeting_id, form, status=422)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    return redirect(url_for("lists.import_people", meeting_id=meeting_id, list=new), 303)


@blueprint.post(f"{LIST}/control")
@open_to(StaffRole.COORDINATOR)
def control(list_id: int) -> AnyResponse | Page | str:
    """Pause, resume or stop a list, or send again everybody of it whom Zelta refused."""
    meeting_id = bulk.meeting_of(list_id)
    action = request.form.get("action", "")
    if action not in ACTIONS:
        return meeting_page(meeting_id, problem=_("Choose one of the options that the page offers."))
    submission = submission_from(request.form, action=action)
    try:
        try:
            _control(action, list_id, meeting_id, submission)
        except AlreadySubmitted as earlier:
            if earlier.same or action not in HOLDS:
                raise
            _control(action, list_id, meeting_id, with_other_button(submission, action))
    except AlreadySubmitted as earlier:
        return (
            show_meeting(meeting_id) if earlier.same else meeting_page(meeting_id, problem=another_choice())
        )
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    except EmailTaken:
        problem = _("One of those e-mails has been added since: discard that row, or correct it.")
        return meeting_page(meeting_id, problem=problem)
    return show_meeting(meeting_id)


@blueprint.get(f"{MEETING}/progress")
@open_to(StaffRole.VIEWER)
def show_progress(meeting_id: int) -> Response:
    """How the lists get on, in a few hundred bytes: counts, and `rows` of [id, state, link] that changed."""
    # The rows after the counts: whoever ends in between is told of now and counted the next time.
    now = progress.read(meeting_id)
    rows, newest = progress.changes(meeting_id, _since())
    meeting = queries.find(meeting_id)
    open_meeting = may_add(meeting.state, meeting.cancellation)
    card = list_words.progress_card(now, meeting, open_meeting=open_meeting) if now else None
    body = {
        "total": card.total if card else 0,
        "done": card.done if card else 0,
        "problems": card.problems if card else 0,
        "running": card.running if card else False,
        "text": card.text if card else "",
        "estimate": card.estimate if card else "",
        "note": card.note if card else "",
        "key": card.key if card else "",
        "since": newest.timestamp(),
        "rows": [
            [row.id, row.state, join_link(meeting.public_meeting_id, row.public_participant_id)]
            for row in rows
        ],
    }
    return jsonify(body)


def _since() -> datetime | None:
    seconds = request.args.get("since", type=float)
    if seconds is None:
        return None
    if not 0 <= seconds < LAST_SECOND:
        abort(404)
    return datetime.fromtimestamp(max(seconds, FIRST_SECOND), UTC)


def _source(form: ListForm) -> tuple[ImportSource, ImportState]:
    role = form.role.data or Role.PARTICIPANT.value
    upload = request.files.get(form.file.name)
    if upload is None or not upload.filename:
        return ImportSource.from_text(form.people.data or ""), ImportState(default_role=role)
    encoding = form.encoding.data if form.encoding.data in ENCODINGS else None
    answers = ListAnswers(encoding=encoding)
    source = ImportSource.from_file(upload.read(), upload.filename)
    return source, ImportState(default_role=role, answers=answers)


def _form_page(meeting_id: int, form: ListForm, status: int = 200) -> Page:
    g.page_path = url_for("lists.import_people", meeting_id=meeting_id)
    form.renew()
    meeting = page.show(queries.find(meeting_id))
    drafts = find_drafts(meeting_id)
    return render_template("people/import.html", form=form, meeting=meeting, drafts=drafts), status


def _control(action: str, list_id: int, meeting_id: int, submission: Submission) -> None:
    match action:
        case "pause":
            bulk.pause(list_id, submission)
        case "resume":
            bulk.resume(list_id, submission)
        case "stop":
            bulk.stop(list_id, submission)
        case "again":
            bulk.send_refused_again(meeting_id, submission)
