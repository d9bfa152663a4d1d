"""The pages about lists of people: paste or upload, look, send, follow, hold."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.fittings import settings
from app.journal import AlreadySubmitted, Submission
from app.list_parser import ENCODINGS, ParsedList, UnreadableFile, read_file, read_text
from app.meetings import page, queries
from app.meetings.page import join_link
from app.meetings.service import NotOffered, may_add
from app.meetings.views import MEETING, Page, another_choice, meeting_page, no_longer, show_meeting
from app.models import Role, StaffRole
from app.people import bulk, list_words, progress
from app.people.list_forms import ListForm
from app.people.service import EmailTaken
from app.site.gate import open_to
from app.site.language_switch import is_switching, shows_form_again
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
        return _preview(meeting_id, list_id) if request.method != "POST" else _act(meeting_id, list_id)
    form = ListForm()
    form.prepare()
    if request.method != "POST":
        return _form_page(meeting_id, form)
    if not form.validate():
        return _form_page(meeting_id, form, status=form.status)
    try:
        reading = _read(form)
        if not reading.people:
            form.people.errors = [_("There is nobody in that list.")]
            return _form_page(meeting_id, form, status=422)
        new = bulk.draft(meeting.id, reading, submission_from(request.form))
    except UnreadableFile as error:
        form.people.errors = [list_words.flaw(error.reason)]
        return _form_page(meeting_id, form, status=422)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    if reading.other_sheets:
        others = ", ".join(reading.other_sheets)
        words = _("Only the sheet “%(sheet)s” was read, not: %(others)s.", sheet=reading.sheet, others=others)
        flash(words, "info")
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


def _read(form: ListForm) -> ParsedList:
    role = form.role.data or Role.PARTICIPANT.value
    upload = request.files.get(form.file.name)
    if upload is not None and upload.filename:
        data = upload.read()
        encoding = form.encoding.data if form.encoding.data in ENCODINGS else None
        return read_file(
            data, upload.filename, default_role=role, encoding=encoding, country=settings().country
        )
    return read_text(form.people.data or "", default_role=role, country=settings().country)


def _form_page(meeting_id: int, form: ListForm, status: int = 200) -> Page:
    g.page_path = url_for("lists.import_people", meeting_id=meeting_id)
    form.renew()
    meeting = page.show(queries.find(meeting_id))
    return render_template("people/import.html", form=form, meeting=meeting), status


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


def _unused_words() -> str:
    words = _("Some rows are no longer in this list. What you wrote in them was not used.")
    return str(words)


def _ask_again(meeting_id: int, list_id: int, form: dict[str, str], problem: str) -> Page:
    """The preview with what a form says kept in it, and with what no row can take any more given back."""
    bulk.rewrite(list_id, form)
    if unused := bulk.not_used(list_id, form):
        problem = f"{problem} {_unused_words()}"
    return _preview(meeting_id, list_id, problem=problem, typed="\n".join(unused))


def _preview(meeting_id: int, list_id: int, problem: str | None = None, typed: str = "") -> Page:
    g.page_path = url_for("lists.import_people", meeting_id=meeting_id, list=list_id)
    shown = list_words.preview(bulk.review(list_id))
    meeting = page.show(queries.find(meeting_id))
    html = render_template(
        "people/preview.html", preview=shown, meeting=meeting, problem=problem, typed=typed
    )
    return html, 422 if problem else 200


def _act(meeting_id: int, list_id: int) -> AnyResponse | Page | str:
    """What the preview's buttons do: keep the corrections and look again, or send what is ready."""
    form = request.form.to_dict()
    if form.get("action") == "send" and not is_switching():
        return _send(meeting_id, list_id, form)
    bulk.rewrite(list_id, form)
    if unused := bulk.not_used(list_id, form):
        return _preview(meeting_id, list_id, problem=_unused_words(), typed="\n".join(unused))
    return redirect(url_for("lists.import_people", meeting_id=meeting_id, list=list_id), 303)


def _send(meeting_id: int, list_id: int, form: dict[str, str]) -> AnyResponse | Page | str:
    asked = {name: value for name, value in form.items() if name not in {"csrf_token", "submission_id"}}
    try:
        sent = bulk.send(list_id, form, submission_from(request.form, rows=asked))
    except AlreadySubmitted as earlier:
        if earlier.same:
            return show_meeting(meeting_id)
        words = _("That form was already sent, with other content. Check the rows below and send them again.")
        return _ask_again(meeting_id, list_id, form, words)
    except bulk.LeftOut as left_out:
        words = _(
            "Meanwhile these rows were left out: %(rows)s. You include them: check them and send the list again.",
            rows=", ".join(str(row.n) for row in left_out.rows),
        )
        return _ask_again(meeting_id, list_id, form, words)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    return _sent(meeting_id, list_id, form, sent)


def _sent(meeting_id: int, list_id: int, form: dict[str, str], sent: bulk.Review) -> AnyResponse | Page | str:
    unused = bulk.not_used(list_id, form, used={one.row.n for one in sent.rows})
    if unused:
        return _preview(meeting_id, list_id, problem=_unused_words(), typed="\n".join(unused))
    if not sent.going and sent.left:
        return _preview(meeting_id, list_id, problem=_("Nobody was sent: no row is ready."))
    if sent.left:
        words = ngettext(
            "%(num)s row stays in the list for you to correct.",
            "%(num)s rows stay in the list for you to correct.",
            len(sent.left),
        )
        flash(words, "info")
    return show_meeting(meeting_id)
