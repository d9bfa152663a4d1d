"""The pages of groups."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.submissions import build_submission, submission_from_form
from app.list_parser import UnreadableFile
from app.meetings import queries
from app.meetings.groups import service
from app.meetings.groups.forms import GroupForm
from app.meetings.groups.people import PersonLike, keep_external_ids
from app.meetings.groups.service import AnotherGroupFormError, GroupChangedError, GroupContent
from app.meetings.service import ActionNotAllowed
from app.meetings.views import (
    MEETING_ID,
    PageResponse,
    action_expired_message,
    another_choice,
    render_meeting,
)
from app.models import AccountRole, Group
from app.web.access import require_role
from app.web.language_switch import shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("groups", __name__)

MAX_ID = 2**63 - 1
GROUP_PATH = "/groups/<int(max=9223372036854775807):group_id>"


@blueprint.get("/groups")
@require_role(AccountRole.VIEWER)
def index() -> str:
    """All groups."""
    return render_template("groups/list.html", groups=service.list_groups())


@blueprint.get(GROUP_PATH)
@require_role(AccountRole.VIEWER)
def show(group_id: int) -> str:
    """One group with its people."""
    return render_template("groups/group.html", group=service.get_group(group_id))


@blueprint.route("/groups/new", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def new() -> Response | str | PageResponse:
    """Create a group; with `meeting`, from its people."""
    meeting_id = _meeting_id()
    form = GroupForm()
    known: list[PersonLike] = list(service.list_meeting_people(meeting_id)) if meeting_id else []
    if request.method != "POST":
        if meeting_id:
            form.populate(queries.get_meeting(meeting_id).title, known)
        return _render_form(form, None, meeting_id)
    if not form.validate():
        return _render_form(form, None, meeting_id), form.status
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        group_id = service.create_group(_content(form, known), submission)
    except AnotherGroupFormError:
        form.name.errors = [another_choice()]
        return _render_form(form, None, meeting_id), 422
    flash(_("The group is saved."), "ok")
    return redirect(url_for(".show", group_id=group_id), 303)


@blueprint.route(f"{GROUP_PATH}/edit", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def edit(group_id: int) -> Response | str | PageResponse:
    """Change the name and the people of a group."""
    group = service.get_group(group_id)
    known: list[PersonLike] = list(group.members)
    form = GroupForm()
    if request.method != "POST":
        form.populate(group.name, known)
        form.version.data = str(group.version)
        return _render_form(form, group)
    if not form.validate():
        return _render_form(form, group), form.status
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        service.change_group(group_id, form.shown_version, _content(form, known), submission)
    except GroupChangedError:
        form.version.data = str(group.version)
        form.name.errors = [
            _("Another person has changed this group meanwhile. Saving again replaces their change.")
        ]
        return _render_form(form, group), 422
    flash(_("The group is saved."), "ok")
    return redirect(url_for(".show", group_id=group_id), 303)


@blueprint.get(f"{GROUP_PATH}/delete")
@require_role(AccountRole.COORDINATOR)
def ask_delete(group_id: int) -> str:
    """Ask before a group is deleted."""
    return render_template("groups/delete.html", group=service.get_group(group_id))


@blueprint.post(f"{GROUP_PATH}/delete")
@require_role(AccountRole.COORDINATOR)
def delete(group_id: int) -> Response:
    """Delete a group."""
    service.delete_group(group_id, submission_from_form(request.form))
    flash(_("The group is deleted."), "ok")
    return redirect(url_for(".index"), 303)


@blueprint.post(f"{MEETING_ID}/people/group")
@require_role(AccountRole.COORDINATOR)
def add_to_meeting(meeting_id: int) -> Response | str | PageResponse:
    """Show the people of a group as a list to check, of which nothing is sent yet."""
    group_id = request.form.get("group", type=int)
    if group_id is None or not 0 < group_id <= MAX_ID:
        return render_meeting(meeting_id, problem=_("Choose a group"))
    try:
        list_id = service.create_group_draft(meeting_id, group_id, submission_from_form(request.form))
    except UnreadableFile:
        return render_meeting(meeting_id, problem=_("That list has no people"))
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    return redirect(url_for("imports.import_people", meeting_id=meeting_id, list=list_id), 303)


def _content(form: GroupForm, known: list[PersonLike]) -> GroupContent:
    return GroupContent(form.name.data or "", keep_external_ids(form.people, known))


def _meeting_id() -> int | None:
    text = request.args.get("meeting", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) <= MAX_ID):
        abort(404)
    return int(text)


def _render_form(form: GroupForm, group: Group | None, meeting_id: int | None = None) -> str:
    let_browser_keep_page()
    form.renew_submission_id()
    g.page_path = url_for(".edit", group_id=group.id) if group else url_for(".new", meeting=meeting_id)
    return render_template("groups/form.html", form=form, group=group, meeting_id=meeting_id)
