"""The pages that repeat a meeting, show a series, and cancel the rest of one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.submissions import build_submission, submission_from_form
from app.journal import DuplicateSubmission
from app.meetings import queries as meeting_queries
from app.meetings.service import ActionNotAllowed
from app.meetings.views import MEETING_ID, PageResponse, redirect_to_meeting
from app.models import AccountRole, Meeting
from app.series import cancelling, queries, service
from app.series.forms import RepeatForm
from app.series.plan import MAX_PEOPLE, Plan, can_repeat
from app.series.preview import Answers, build_preview, propose_answers, read_answers, unanswered
from app.series.series_page import build_following_page, build_series_page
from app.series.service import NothingChosen, PlanChanged
from app.utils.timezones import timezone_city
from app.web import i18n
from app.web.access import require_role
from app.web.language_switch import is_switching, shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("series", __name__)
SERIES_ID = "/series/<int(max=9223372036854775807):series_id>"


@blueprint.route(f"{MEETING_ID}/repeat", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def repeat(meeting_id: int) -> Response | str | PageResponse:
    """Repeat a meeting: the form, then the preview of its dates, then the batch."""
    meeting = meeting_queries.get_meeting(meeting_id)
    form = RepeatForm()
    form.populate_choices()
    if request.method != "POST":
        if not can_repeat(meeting.state):
            return redirect_to_meeting(meeting_id)
        form.populate_from(meeting)
        return _render_form(form, meeting)
    action, shows_preview = request.form.get("action"), "seen" in request.form
    is_valid = form.validate() or (is_switching() and shows_preview and form.check_all())
    if not is_valid or action == "change":
        return _render_form(form, meeting)
    plan = service.read_plan(meeting_id, form.to_request())
    if len(plan.people) * len(plan.open_dates) > MAX_PEOPLE:
        form.people.errors = [_too_many_people_message(plan)]
        return _render_form(form, meeting)
    if not shows_preview:
        return _render_preview(form, meeting, plan, propose_answers(plan))
    answers = read_answers(plan, request.form.getlist("keep"), request.form)
    if action == "create" and not is_switching():
        return _create(form, meeting, plan, answers)
    return _render_preview(form, meeting, plan, answers)


def _create(form: RepeatForm, meeting: Meeting, plan: Plan, answers: Answers) -> Response | PageResponse:
    """Queue the meetings of a preview, or show what speaks against it."""
    submission = build_submission(form.submission_id.data, form.submitted_values() | _answered_values())
    if unanswered(plan, answers) and plan.digest == request.form["seen"]:
        return _render_preview(form, meeting, plan, answers, is_asked=True)
    try:
        batch_id = service.repeat(
            meeting.id, form.to_request(), answers.by_day(), request.form["seen"], submission
        )
    except DuplicateSubmission as duplicate:
        batch_id = duplicate.entry.request.get("batch_id", 0)
        if duplicate.is_same_request:
            return _redirect_to_created(batch_id)
        return _render_preview(form, meeting, plan, answers, earlier=_created_url(batch_id))
    except PlanChanged:
        plan = service.read_plan(meeting.id, form.to_request())
        return _render_preview(form, meeting, plan, propose_answers(plan), has_changed=True)
    except NothingChosen:
        return _render_preview(form, meeting, plan, answers, problem=_("Choose at least one date"))
    except ActionNotAllowed:
        problem = _("This meeting was discarded. Nothing was created.")
        return _render_preview(form, meeting, plan, answers, problem=problem)
    flash(_("The meetings are created one after another. You can leave this page."), "ok")
    return _redirect_to_created(batch_id)


def _answered_values() -> dict[str, object]:
    """The answers as they were sent, for the digest of the form's content."""
    choices = {name: value for name, value in request.form.items() if name.startswith("choice-")}
    return {"keep": sorted(request.form.getlist("keep")), "choices": choices}


@blueprint.get(SERIES_ID)
@require_role(AccountRole.VIEWER)
def show(series_id: int) -> str:
    """The meetings of a series."""
    return render_template("series/series.html", page=build_series_page(series_id))


@blueprint.route(f"{MEETING_ID}/cancel-following", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
def cancel_following(meeting_id: int) -> Response | str | PageResponse:
    """Cancel a meeting and those that follow it in its series."""
    try:
        if request.method == "POST":
            submission = submission_from_form(request.form, seen=request.form.get("seen", ""))
            cancelling.cancel_following(meeting_id, request.form.get("seen", ""), submission)
            return redirect(url_for("series.show", series_id=_series_id(meeting_id)), 303)
        page = build_following_page(meeting_id)
    except DuplicateSubmission as duplicate:
        if duplicate.is_same_request:
            return redirect(url_for("series.show", series_id=_series_id(meeting_id)), 303)
        return _render_following(meeting_id)
    except PlanChanged:
        return _render_following(meeting_id)
    except ActionNotAllowed:
        return redirect_to_meeting(meeting_id)
    return render_template("series/cancel_following.html", page=page, has_changed=False)


def _render_following(meeting_id: int) -> PageResponse:
    """The confirmation again, since something else would happen than what was confirmed."""
    page = build_following_page(meeting_id)
    return render_template("series/cancel_following.html", page=page, has_changed=True), 422


def _series_id(meeting_id: int) -> int | None:
    return meeting_queries.get_meeting(meeting_id).series_id


def _render_form(form: RepeatForm, meeting: Meeting) -> PageResponse:
    let_browser_keep_page()
    form.renew_submission_id()
    status = 422 if form.errors else 200
    city = timezone_city(meeting.time_zone, i18n.get_locale())
    return render_template("series/repeat.html", form=form, meeting=meeting, city=city), status


def _render_preview(  # noqa: PLR0913
    form: RepeatForm,
    meeting: Meeting,
    plan: Plan,
    answers: Answers,
    *,
    is_asked: bool = False,
    has_changed: bool = False,
    earlier: str | None = None,
    problem: str | None = None,
) -> PageResponse:
    let_browser_keep_page()
    form.renew_submission_id()
    preview = build_preview(form, plan, answers, is_asked=is_asked)
    html = render_template(
        "series/preview.html",
        form=form,
        meeting=meeting,
        preview=preview,
        has_changed=has_changed,
        earlier=earlier,
        problem=problem,
    )
    is_right = not (is_asked or has_changed or earlier or problem)
    return html, 200 if is_right else 422


def _too_many_people_message(plan: Plan) -> str:
    message = _(
        "That makes %(number)s people in all meetings together, and at most %(most)s go at once: choose fewer dates or nobody",
        number=len(plan.people) * len(plan.open_dates),
        most=MAX_PEOPLE,
    )
    return str(message)


def _created_url(batch_id: int) -> str:
    """The new meeting if it is only one, or else the page of the batch."""
    meeting_id = queries.find_only_meeting(batch_id)
    if meeting_id is not None:
        return url_for("meetings.show", meeting_id=meeting_id)
    return url_for("batches.show", batch_id=batch_id)


def _redirect_to_created(batch_id: int) -> Response:
    return redirect(_created_url(batch_id), 303)
