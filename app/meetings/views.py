"""The pages about meetings."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.fittings import settings
from app.identity.reader import by, reader
from app.journal import AlreadySubmitted
from app.meetings import listing, page, queries, service
from app.meetings.cursor import BadCursor, Cursor
from app.meetings.forms import AdoptForm, MeetingForm, NewMeetingForm
from app.meetings.scope import View
from app.meetings.service import AlreadyHere, NotOffered
from app.models import Choice, MeetingState, Participant, StaffRole
from app.people.forms import PersonForm
from app.site.expired import TypedForm
from app.site.gate import open_to
from app.site.language_switch import is_switching, shows_form_again
from app.site.submissions import submission_from, submission_with
from app.text import clean, meeting_id_in, without_forbidden

blueprint = Blueprint("meetings", __name__)

SEARCH_LENGTH = 200
MEETING = "/meetings/<int(max=9223372036854775807):meeting_id>"
Page = tuple[str, int]


@blueprint.get("/")
@open_to(StaffRole.VIEWER)
def index() -> str:
    """The list: one of the views, or a search in one or in all of them."""
    q = clean(without_forbidden(request.args.get("q", "")))[:SEARCH_LENGTH]
    wanted = request.args.get("view") or ("" if q else View.UPCOMING.value)
    if wanted and wanted not in set(View):
        abort(404)
    view = View(wanted) if wanted else None
    who = reader()
    mine = who.username if who and who.account_id and request.args.get("mine") == "1" else None
    shown = listing.read(view, q, _cursor("after"), _cursor("before"), mine)
    return render_template("meetings/list.html", page=shown)


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def new() -> Response | str | Page:
    """A form for a new meeting; once it is valid it leads to the meeting's page, whatever the outcome."""
    form = NewMeetingForm()
    form.prepare(settings().time_zone)
    if request.method != "POST":
        form.renew()
        return render_template("meetings/new.html", form=form)
    if not form.validate():
        return _returned("meetings/new.html", form)
    submission = submission_with(form.submission_id.data, form.asked())
    try:
        meeting_id = service.create(form.plan(), submission, form.lists.people, form.lists.drafts)
    except AlreadySubmitted as earlier:
        if earlier.same:
            return _show_created(earlier.entry.meeting_id)
        return _returned("meetings/new.html", form, earlier=queries.find(earlier.entry.meeting_id))
    return _show_created(meeting_id)


@blueprint.get(MEETING)
@open_to(StaffRole.VIEWER)
def show(meeting_id: int) -> Response | str | Page:
    """Everything about one meeting."""
    return meeting_page(meeting_id)


@blueprint.route(f"{MEETING}/correct", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def correct(meeting_id: int) -> Response | str | Page:
    """A refused meeting, to correct and send again."""
    form = MeetingForm()
    meeting = queries.find(meeting_id)
    if request.method != "POST":
        if meeting.state != MeetingState.REFUSED:
            return show_meeting(meeting_id)
        form.show(meeting)
        form.prepare(settings().time_zone)
        form.renew()
        return render_template("meetings/new.html", form=form, meeting=meeting)
    form.prepare(settings().time_zone)
    if not form.validate():
        return _returned("meetings/new.html", form, meeting=meeting)
    submission = submission_with(form.submission_id.data, form.asked())
    try:
        service.correct(meeting_id, form.plan(), submission)
    except AlreadySubmitted as earlier:
        if earlier.same:
            return show_meeting(meeting_id)
        return _returned("meetings/new.html", form, meeting=meeting, earlier=meeting)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    return show_meeting(meeting_id)


@blueprint.route("/meetings/adopt", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def adopt() -> Response | str | Page:
    """A form to take in a meeting that was made elsewhere."""
    form = AdoptForm()
    form.prepare(settings().time_zone)
    if request.method != "POST":
        form.renew()
        return render_template("meetings/adopt.html", form=form)
    if not form.validate() or form.public_meeting_id is None:
        return _returned("meetings/adopt.html", form)
    submission = submission_with(form.submission_id.data, form.asked())
    try:
        meeting_id = service.adopt(form.public_meeting_id, form.plan(), submission)
    except AlreadySubmitted as earlier:
        first = earlier.entry.meeting_id
        if earlier.same:
            return show_meeting(first)
        return _returned("meetings/adopt.html", form, earlier=queries.find(first))
    except AlreadyHere as here:
        return _returned("meetings/adopt.html", form, existing=here.meeting_id)
    flash(_("The meeting is on your list. It is not verified: Zelta offers no way to ask."), "ok")
    return show_meeting(meeting_id)


@blueprint.route(f"{MEETING}/cancel", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
def cancel(meeting_id: int) -> Response | str | Page:
    """The confirmation, and the cancellation itself."""
    if request.method != "POST":
        shown = page.read(meeting_id)
        if not shown.can_cancel:
            return show_meeting(meeting_id)
        return render_template(
            "meetings/cancel.html", meeting=shown.meeting, invited=shown.invited, unsure=shown.unsure
        )
    try:
        service.cancel(meeting_id, submission_from(request.form))
    except AlreadySubmitted as earlier:
        return (
            show_meeting(meeting_id) if earlier.same else meeting_page(meeting_id, problem=another_choice())
        )
    except NotOffered:
        return show_meeting(meeting_id)
    return show_meeting(meeting_id)


@blueprint.post(f"{MEETING}/copied")
@open_to(StaffRole.VIEWER)
def copied(meeting_id: int) -> Response:
    """What a page says by itself, once somebody has copied all its links."""
    service.links_copied(meeting_id, by())
    return Response(status=204)


@blueprint.post(f"{MEETING}/resolve")
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def resolve(meeting_id: int) -> Response | str | Page:
    """A decision about a meeting, or its cancellation, that did not simply succeed."""
    if is_switching():
        return meeting_page(meeting_id)
    wanted = request.form.get("choice", "")
    if wanted not in set(Choice):
        return meeting_page(meeting_id, problem=_("Choose one of the options that the page offers."))
    pasted = meeting_id_in(request.form.get("public_meeting_id", "")) or ""
    if wanted == Choice.EXISTS and not pasted:
        error = _("Paste the meeting's ID or a link with /m/ in it")
        return meeting_page(meeting_id, resolve_error=error)
    named = pasted if wanted == Choice.EXISTS else ""
    submission = submission_from(request.form, choice=wanted, public_meeting_id=named)
    try:
        service.resolve(meeting_id, Choice(wanted), submission, pasted)
    except AlreadySubmitted as earlier:
        if not earlier.same:
            return meeting_page(meeting_id, problem=another_choice())
        return show_meeting(meeting_id)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    except AlreadyHere as here:
        error = _(
            "That is another meeting of your list: %(title)s", title=queries.find(here.meeting_id).title
        )
        return meeting_page(meeting_id, resolve_error=error)
    return show_meeting(meeting_id)


def show_meeting(meeting_id: int) -> Response:
    """Go to a meeting's page."""
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


def no_longer() -> str:
    """What to say of a choice that the row's state no longer allows."""
    return str(_("That can no longer be done: this is how things stand now."))


def another_choice() -> str:
    """What to say of a form of decisions that was sent before, with another one."""
    words = _("That form was already sent, with another choice. This is how things stand now: choose again.")
    return str(words)


def takes_nobody() -> str:
    """What to say of a person for a meeting that takes nobody."""
    return str(_("Nobody can be added to this meeting now. Nothing was sent."))


def meeting_page(
    meeting_id: int,
    form: PersonForm | None = None,
    *,
    problem: str | None = None,
    resolve_error: str | None = None,
    earlier: Participant | None = None,
) -> str | Page:
    """A meeting's page, as itself or, with something to say about a form that came back, as its answer (422)."""
    shown = page.read(meeting_id)
    g.page_path = url_for("meetings.show", meeting_id=meeting_id)
    if form is not None and not shown.can_add and earlier is None:
        problem = takes_nobody()
    is_well = form is None or form.status == 200
    succeeded = is_well and problem is None and resolve_error is None
    returned = (form is not None and shown.can_add) or (
        request.endpoint == "meetings.resolve" and Choice.EXISTS in shown.meeting.choices
    )
    typed = TypedForm.of_request()
    html = render_template(
        "meetings/meeting.html",
        form=_renewed(form),
        problem=problem,
        resolve_error=resolve_error,
        resolve_value=request.form.get("public_meeting_id", ""),
        earlier=earlier,
        typed=None if succeeded or returned or not typed.text else typed,
        **{name: getattr(shown, name) for name in shown.__dataclass_fields__},
    )
    return html if succeeded else (html, 422)


def _renewed(form: PersonForm | None) -> PersonForm:
    """The form to add a person with: the one that came back, or an empty one."""
    if form is None:
        form = PersonForm(formdata=None)
        form.prepare()
    form.renew()
    return form


def _returned(template: str, form: MeetingForm, **values: object) -> Page:
    form.renew()
    return render_template(template, form=form, **values), form.status


def _show_created(meeting_id: int) -> Response:
    """Go to a new meeting, or to its list where somebody has to look at that first."""
    draft_id, state = queries.find_draft(meeting_id), queries.find(meeting_id).state
    if draft_id is None:
        return show_meeting(meeting_id)
    if state not in {MeetingState.SCHEDULED, MeetingState.SENDING}:
        flash(_("The list is kept and nothing of it was sent: review it once the meeting exists."), "info")
        return show_meeting(meeting_id)
    if state == MeetingState.SCHEDULED:
        flash(_("The meeting is created; review the list before you send it."), "ok")
    return redirect(url_for("lists.import_people", meeting_id=meeting_id, list=draft_id), 303)


def _cursor(name: str) -> Cursor | None:
    text = request.args.get(name)
    try:
        return Cursor.parse(text) if text else None
    except BadCursor:
        abort(404)
