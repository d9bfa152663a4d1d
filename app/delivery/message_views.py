"""The pages that write messages: a meeting's, and the team's templates."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.current_user import current_actor, has_role
from app.delivery import message_service
from app.delivery.default_messages import MessageKind
from app.delivery.message_forms import MeetingMessageForm, TeamTemplatesForm
from app.delivery.message_labels import KIND_LABELS
from app.delivery.presenters import DeliveryPresenter, message_kind
from app.delivery.queries import find_example, get_meeting
from app.extensions import get_settings
from app.meetings import detail_page
from app.meetings.views import MEETING_ID, PageResponse
from app.models import AccountRole, Meeting, MeetingState
from app.web.access import require_role
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("messages", __name__)


@blueprint.get(f"{MEETING_ID}/message")
@require_role(AccountRole.VIEWER)
def show_message(meeting_id: int) -> str:
    """A meeting's message, as it will be sent to one of its participants."""
    meeting = get_meeting(meeting_id)
    kind = _kind(meeting)
    text = message_service.read_meeting_text(meeting_id, kind, get_settings().language)
    form = MeetingMessageForm(formdata=None)
    form.prepare(kind, text.language)
    form.populate(text)
    return _message_page(meeting, form)


@blueprint.post(f"{MEETING_ID}/message")
@require_role(AccountRole.COORDINATOR)
def change_message(meeting_id: int) -> Response | str | PageResponse:
    """Preview a meeting's message, save it, or reset it to the team's."""
    meeting = get_meeting(meeting_id)
    kind = _kind(meeting)
    text = message_service.read_meeting_text(meeting_id, kind, get_settings().language)
    form = MeetingMessageForm()
    form.prepare(kind, text.language)
    action = request.form.get("action", "save")
    templates = message_service.read_team_templates()
    form.follow_language(templates, reset=action == "reset")
    if not form.validate():
        return _message_page(meeting, form), 422
    if action != "save":
        return _message_page(meeting, form)
    message_service.save_meeting_text(meeting_id, form.text(), current_actor())
    flash(_("The message is saved."), "ok")
    return redirect(url_for(".show_message", meeting_id=meeting_id, kind=kind.value), 303)


@blueprint.route("/settings/messages", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
def templates() -> Response | str | PageResponse:
    """The team's templates of all messages, in both languages."""
    stored = message_service.read_team_templates()
    if request.method != "POST":
        form = TeamTemplatesForm(formdata=None)
        form.populate(stored)
        return _templates_page(form)
    form = TeamTemplatesForm()
    form.reset(request.form.get("reset", ""))
    if not form.validate():
        return _templates_page(form), 422
    message_service.save_team_templates(form.texts(), current_actor())
    flash(_("The templates are saved."), "ok")
    return redirect(url_for(".templates"), 303)


def _kind(meeting: Meeting) -> MessageKind:
    """The kind of message: the one in the query string, else the one that is due now."""
    wanted = request.values.get("kind", "") or message_kind(meeting).value
    if wanted not in set(MessageKind):
        abort(404)
    return MessageKind(wanted)


def _message_page(meeting: Meeting, form: MeetingMessageForm) -> str:
    let_browser_keep_page()
    g.page_path = url_for(".show_message", meeting_id=meeting.id, kind=form.message_kind.value)
    example = find_example(meeting)
    preview = None
    if example is not None and form.is_valid_text():
        preview = DeliveryPresenter(meeting).message(example, form.text())
    kinds = [kind for kind in MessageKind if (kind == MessageKind.CANCELLED) == _is_cancelled(meeting)]
    return render_template(
        "delivery/message.html",
        form=form,
        meeting=detail_page.present_meeting(meeting),
        kinds={kind: KIND_LABELS[kind] for kind in kinds},
        kind=form.message_kind,
        example=example,
        preview=preview,
        may_change=has_role(AccountRole.COORDINATOR),
    )


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CANCELLED


def _templates_page(form: TeamTemplatesForm) -> str:
    let_browser_keep_page()
    return render_template("delivery/templates.html", form=form, kinds=KIND_LABELS)
