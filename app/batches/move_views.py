"""The page that moves a meeting."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from app.auth.submissions import build_submission
from app.batches import moves
from app.batches.forms import MoveForm
from app.batches.move_messages import obstacle_message
from app.batches.moves import MoveNotAllowed
from app.extensions import get_settings
from app.journal import DuplicateSubmission
from app.meetings import detail_page, queries
from app.meetings.views import MEETING_ID, PageResponse, redirect_to_meeting
from app.models import AccountRole, Meeting
from app.web.access import require_role
from app.web.expired_forms import SubmittedFormData
from app.web.language_switch import shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("moves", __name__)


@blueprint.route(f"{MEETING_ID}/move", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def move(meeting_id: int) -> Response | str | PageResponse:
    """Choose another date and time; says what happens before anything does."""
    meeting = queries.get_meeting(meeting_id)
    form = MoveForm()
    form.old = meeting
    if request.method != "POST":
        form.populate_from(meeting)
        form.populate_choices(get_settings().time_zone)
        return _render(meeting, form, moves.find_obstacle(meeting_id))
    form.populate_choices(get_settings().time_zone)
    if not form.validate():
        return _render(meeting, form)
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        new_id = moves.move(meeting_id, form.to_input(), submission)
    except DuplicateSubmission as duplicate:
        new_id = duplicate.entry.meeting_id
        if not duplicate.is_same_request:
            return _render(meeting, form, earlier=queries.get_meeting(new_id))
    except MoveNotAllowed as obstacle:
        return _render(meeting, form, obstacle)
    return redirect_to_meeting(new_id)


def _render(
    meeting: Meeting, form: MoveForm, obstacle: MoveNotAllowed | None = None, earlier: Meeting | None = None
) -> PageResponse:
    let_browser_keep_page()
    form.renew_submission_id()
    is_form = request.method == "POST"
    new = queries.get_meeting(obstacle.new_id) if obstacle and obstacle.new_id else None
    typed = SubmittedFormData.from_request() if is_form and obstacle else None
    html = render_template(
        "meetings/move.html",
        form=form,
        meeting=detail_page.present_meeting(meeting),
        counts=moves.count_carried_people(meeting.id),
        obstacle=obstacle_message(obstacle.obstacle) if obstacle else "",
        new=detail_page.present_meeting(new) if new else None,
        new_url=url_for("meetings.show", meeting_id=new.id) if new else "",
        earlier=earlier,
        typed=typed,
    )
    return html, 422 if is_form and (obstacle or earlier) else form.status if is_form else 200
