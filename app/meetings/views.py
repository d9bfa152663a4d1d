"""The pages about meetings."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.current_user import current_actor, get_current_user
from app.auth.submissions import build_submission, submission_from_form
from app.extensions import get_settings
from app.journal import DuplicateSubmission
from app.meetings import detail_page, queries, resolutions, service
from app.meetings import list_page as meetings_list_page
from app.meetings.cursor import Cursor, InvalidCursor
from app.meetings.forms import AdoptForm, MeetingForm, NewMeetingForm
from app.meetings.list_query import MeetingFilter
from app.meetings.participants.forms import AddPeopleForm
from app.meetings.people_page import requested_query
from app.meetings.service import ActionNotAllowed, MeetingAlreadyExists
from app.models import AccountRole, MeetingState, Participant, Resolution
from app.utils.text import extract_meeting_id, normalize_text, strip_control_characters
from app.web.access import require_role
from app.web.expired_forms import SubmittedFormData
from app.web.language_switch import is_switching, shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("meetings", __name__)

# A join link has two ids of up to 255 characters.
MAX_SEARCH_LENGTH = 800
MEETING_ID = "/meetings/<int(max=9223372036854775807):meeting_id>"
PageResponse = tuple[str, int]


@blueprint.get("/")
@require_role(AccountRole.VIEWER)
def index() -> str:
    """The list page: a filter, or a search in one or all of them."""
    q = normalize_text(strip_control_characters(request.args.get("q", "")))[:MAX_SEARCH_LENGTH]
    filter_name = request.args.get("view") or ("" if q else MeetingFilter.UPCOMING.value)
    if filter_name and filter_name not in set(MeetingFilter):
        abort(404)
    meeting_filter = MeetingFilter(filter_name) if filter_name else None
    user = get_current_user()
    created_by = user.username if user and user.account_id and request.args.get("mine") == "1" else None
    list_page = meetings_list_page.get_list_page(
        meeting_filter, q, _parse_cursor("after"), _parse_cursor("before"), created_by
    )
    return render_template("meetings/list.html", page=list_page)


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def new() -> Response | str | PageResponse:
    """Create a meeting; a valid form redirects to the meeting's page, whatever the outcome."""
    form = NewMeetingForm()
    form.populate_choices(get_settings().time_zone)
    if request.method != "POST":
        return _render_form("meetings/new.html", form)
    if not form.validate():
        return _render_form("meetings/new.html", form)
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        meeting_id = service.create(
            form.to_input(), submission, form.lists.people, form.lists.drafts, other_than=form.other_than_id
        )
    except DuplicateSubmission as duplicate:
        if duplicate.is_same_request:
            return _show_created(duplicate.entry.meeting_id)
        return _render_form(
            "meetings/new.html", form, earlier=queries.get_meeting(duplicate.entry.meeting_id)
        )
    except MeetingAlreadyExists as existing:
        return _render_form("meetings/new.html", form, repeated=queries.get_meeting(existing.meeting_id))
    return _show_created(meeting_id)


@blueprint.get(MEETING_ID)
@require_role(AccountRole.VIEWER)
def show(meeting_id: int) -> Response | str | PageResponse:
    """The detail page of a meeting."""
    return render_meeting(meeting_id)


@blueprint.route(f"{MEETING_ID}/correct", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def correct(meeting_id: int) -> Response | str | PageResponse:
    """Correct a refused meeting and send it again."""
    form = MeetingForm()
    meeting = queries.get_meeting(meeting_id)
    if request.method != "POST":
        if meeting.state != MeetingState.REFUSED:
            return redirect_to_meeting(meeting_id)
        form.populate_from(meeting)
        form.populate_choices(get_settings().time_zone)
        return _render_form("meetings/new.html", form, meeting=meeting)
    form.populate_choices(get_settings().time_zone)
    if not form.validate():
        return _render_form("meetings/new.html", form, meeting=meeting)
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        service.correct(meeting_id, form.to_input(), submission)
    except DuplicateSubmission as duplicate:
        if duplicate.is_same_request:
            return redirect_to_meeting(meeting_id)
        return _render_form("meetings/new.html", form, meeting=meeting, earlier=meeting)
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    return redirect_to_meeting(meeting_id)


@blueprint.route("/meetings/adopt", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def adopt() -> Response | str | PageResponse:
    """Adopt a meeting that was created elsewhere."""
    form = AdoptForm()
    form.populate_choices(get_settings().time_zone)
    if request.method != "POST":
        return _render_form("meetings/adopt.html", form)
    if not form.validate() or form.public_meeting_id is None:
        return _render_form("meetings/adopt.html", form)
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        meeting_id = service.adopt(form.public_meeting_id, form.to_input(), submission)
    except DuplicateSubmission as duplicate:
        first_meeting_id = duplicate.entry.meeting_id
        if duplicate.is_same_request:
            return redirect_to_meeting(first_meeting_id)
        return _render_form("meetings/adopt.html", form, earlier=queries.get_meeting(first_meeting_id))
    except MeetingAlreadyExists as existing:
        return _render_form("meetings/adopt.html", form, existing=existing.meeting_id)
    flash(_("The meeting is on your list, marked “not verified”."), "ok")
    return redirect_to_meeting(meeting_id)


@blueprint.route(f"{MEETING_ID}/cancel", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
def cancel(meeting_id: int) -> Response | str | PageResponse:
    """The confirmation, and the cancellation itself."""
    if request.method != "POST":
        detail = detail_page.get_detail_page(meeting_id)
        if not detail.can_cancel:
            return redirect_to_meeting(meeting_id)
        return render_template(
            "meetings/cancel.html", meeting=detail.meeting, invited=detail.invited, unsure=detail.unsure
        )
    try:
        service.cancel(meeting_id, submission_from_form(request.form))
    except DuplicateSubmission as duplicate:
        return (
            redirect_to_meeting(meeting_id)
            if duplicate.is_same_request
            else render_meeting(meeting_id, problem=another_choice())
        )
    except ActionNotAllowed:
        return redirect_to_meeting(meeting_id)
    return redirect_to_meeting(meeting_id)


@blueprint.post(f"{MEETING_ID}/copied")
@require_role(AccountRole.VIEWER)
def copied(meeting_id: int) -> Response:
    """Called by the page's script after the user has copied all links."""
    service.record_links_copied(meeting_id, current_actor())
    return Response(status=204)


@blueprint.post(f"{MEETING_ID}/resolve")
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def resolve(meeting_id: int) -> Response | str | PageResponse:
    """Resolve a meeting or a cancellation that did not succeed."""
    if is_switching():
        return render_meeting(meeting_id)
    resolution = request.form.get("choice", "")
    if resolution not in set(Resolution):
        return render_meeting(meeting_id, problem=_("Choose one of the options that the page offers."))
    pasted = extract_meeting_id(request.form.get("public_meeting_id", "")) or ""
    names_meeting = resolution in resolutions.NAMING_RESOLUTIONS
    if names_meeting and not pasted:
        error = _("Paste the meeting's ID or a link that contains /m/")
        return render_meeting(meeting_id, resolve_error=error)
    existing_id = pasted if names_meeting else ""
    submission = submission_from_form(request.form, choice=resolution, public_meeting_id=existing_id)
    try:
        resolutions.resolve(meeting_id, Resolution(resolution), submission, pasted)
    except DuplicateSubmission as duplicate:
        if not duplicate.is_same_request:
            return render_meeting(meeting_id, problem=another_choice())
        return redirect_to_meeting(meeting_id)
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    except MeetingAlreadyExists as existing:
        return render_meeting(meeting_id, resolve_error=_already_exists_message(existing, meeting_id))
    return redirect_to_meeting(meeting_id)


def _already_exists_message(existing: MeetingAlreadyExists, meeting_id: int) -> str:
    if existing.meeting_id == meeting_id:
        return str(_("That is the ID that Zelta does not know: write another one"))
    title = queries.get_meeting(existing.meeting_id).title
    return str(_("That is another meeting of your list: %(title)s", title=title))


def redirect_to_meeting(meeting_id: int) -> Response:
    """Go to a meeting's page, with the filter that a form of it came from."""
    values = requested_query().url_values() if request.method == "POST" else {}
    return redirect(url_for("meetings.show", meeting_id=meeting_id, **values), 303)


def action_expired_message() -> str:
    """The message for a resolution that the state no longer allows."""
    return str(_("That can no longer be done. This is how it stands now."))


def another_choice() -> str:
    """The message for a form that was already submitted with another choice."""
    message = _("You already sent this form with another choice. This is how it stands now: choose again.")
    return str(message)


def meeting_closed_message() -> str:
    """The message for adding a participant to a closed meeting."""
    return str(_("Nobody can be added to this meeting now. Nothing was sent."))


def render_meeting(
    meeting_id: int,
    form: AddPeopleForm | None = None,
    *,
    problem: str | None = None,
    resolve_error: str | None = None,
    earlier: Participant | None = None,
) -> str | PageResponse:
    """Render the detail page, or with a rejected form its error page (422)."""
    detail = detail_page.get_detail_page(meeting_id, requested_query())
    query = detail.people.query.url_values()
    g.page_path = url_for("meetings.show", meeting_id=meeting_id, **query)
    if form is not None and not detail.can_add and earlier is None:
        problem = meeting_closed_message()
    is_well = form is None or form.status == 200
    is_success = is_well and problem is None and resolve_error is None
    typed = SubmittedFormData.from_request()
    html = render_template(
        "meetings/meeting.html",
        form=_prepare_form(form),
        problem=problem,
        resolve_error=resolve_error,
        resolve_value=request.form.get("public_meeting_id", ""),
        earlier=earlier,
        typed=None if is_success or _keeps_input(form, detail) or not typed.text else typed,
        **{name: getattr(detail, name) for name in detail.__dataclass_fields__},
    )
    return html if is_success else (html, 422)


def _keeps_input(form: AddPeopleForm | None, detail: detail_page.MeetingDetailPage) -> bool:
    """Whether a form of the page has what was typed."""
    if request.endpoint == "meetings.resolve":
        return not resolutions.NAMING_RESOLUTIONS.isdisjoint(detail.meeting.resolutions)
    return form is not None and detail.can_add


def _prepare_form(form: AddPeopleForm | None) -> AddPeopleForm:
    """The form to add a person with: the one that came back, or an empty one."""
    if form is None:
        form = AddPeopleForm(formdata=None)
        form.populate_choices()
    form.renew_submission_id()
    return form


def _render_form(template: str, form: MeetingForm, **values: object) -> PageResponse:
    let_browser_keep_page()
    form.renew_submission_id()
    status = form.status if request.method == "POST" else 200
    return render_template(template, form=form, **values), status


def _show_created(meeting_id: int) -> Response:
    """Redirect to a new meeting, or to its import if that needs a review first."""
    state, draft_id = queries.get_created_meeting(meeting_id)
    if draft_id is None:
        return redirect_to_meeting(meeting_id)
    if state not in {MeetingState.SCHEDULED, MeetingState.SENDING}:
        flash(_("The list is kept and nothing of it was sent: review it once the meeting exists."), "info")
        return redirect_to_meeting(meeting_id)
    if state == MeetingState.SCHEDULED:
        flash(_("The meeting is created; review the list before you send it."), "ok")
    return redirect(url_for("imports.import_people", meeting_id=meeting_id, list=draft_id), 303)


def _parse_cursor(name: str) -> Cursor | None:
    text = request.args.get(name)
    try:
        return Cursor.parse(text) if text else None
    except InvalidCursor:
        abort(404)
