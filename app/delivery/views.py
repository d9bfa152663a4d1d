"""The delivery pages, and the forms that mark deliveries."""

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.submissions import submission_from_form
from app.delivery.hand_over import read_hand_over_page
from app.delivery.presenters import CHANNEL_LABELS, build_copy_texts, present_rows
from app.delivery.queries import get_meeting, get_meeting_id, get_participant, list_rows
from app.delivery.service import (
    DeliveryChange,
    DuplicateSubmissionError,
    NothingToDeliverError,
    record_deliveries,
)
from app.meetings import detail_page
from app.meetings.participants.views import PARTICIPANT_PATH, redirect_to_participant
from app.meetings.people_page import requested_query
from app.meetings.views import (
    MEETING_ID,
    PageResponse,
    action_expired_message,
    another_choice,
    redirect_to_meeting,
    render_meeting,
)
from app.models import AccountRole, DeliveryAction, DeliveryChannel, DeliveryStatus
from app.web.access import require_role

blueprint = Blueprint("delivery", __name__)

MAX_ID = 2**63 - 1
ONE_BY_ONE = "hand-over"
"""The value of `next` in a form of the one-by-one delivery page."""


@blueprint.get(f"{MEETING_ID}/hand-over")
@require_role(AccountRole.VIEWER)
def hand_over(meeting_id: int) -> str:
    """The one-by-one delivery page: a participant, the message and the ways to send it."""
    shown = read_hand_over_page(meeting_id, after=_id("after"), person_id=_id("person"), done_id=_id("done"))
    return render_template(
        "delivery/hand_over.html",
        page=shown,
        meeting=detail_page.present_meeting(shown.meeting),
        channels=CHANNEL_LABELS,
    )


@blueprint.get(f"{MEETING_ID}/copy-all")
@require_role(AccountRole.VIEWER)
def copy_all(meeting_id: int) -> str:
    """The texts to copy about the people that the page's filter shows."""
    meeting, query = get_meeting(meeting_id), requested_query()
    rows = list_rows(meeting, query.show, query.q)
    views = present_rows(meeting, rows)
    return render_template(
        "delivery/copy_all.html",
        meeting=detail_page.present_meeting(meeting),
        texts=build_copy_texts(meeting, rows, views),
        pending=[view.id for view in views if view.status == DeliveryStatus.PENDING],
        query=query,
    )


@blueprint.post(f"{PARTICIPANT_PATH}/delivery")
@require_role(AccountRole.VIEWER)
def change_one(participant_id: int) -> Response | str | PageResponse:
    """Mark a participant as delivered, or undo the mark."""
    meeting_id = get_meeting_id(participant_id)
    answer = _change(meeting_id, [participant_id])
    if answer is not None:
        return answer
    if _is_script():
        return _state_of(participant_id)
    if request.form.get("next") != ONE_BY_ONE:
        return redirect_to_participant(meeting_id, participant_id)
    if request.form.get("action") == DeliveryAction.UNDO:
        return redirect(url_for(".hand_over", meeting_id=meeting_id, person=participant_id), 303)
    to = url_for(".hand_over", meeting_id=meeting_id, after=participant_id, done=participant_id)
    return redirect(to, 303)


@blueprint.post(f"{MEETING_ID}/deliveries")
@require_role(AccountRole.VIEWER)
def change_several(meeting_id: int) -> Response | str | PageResponse:
    """Mark several participants as delivered, or undo their marks."""
    typed = request.form.getlist("participant")
    participant_ids = sorted({int(text) for text in typed if _is_id(text)})
    if not participant_ids:
        return render_meeting(meeting_id, problem=_("Choose at least one person"))
    return _change(meeting_id, participant_ids) or redirect_to_meeting(meeting_id)


def _change(meeting_id: int, participant_ids: list[int]) -> Response | str | PageResponse | None:
    """Execute the form; return a response if it was rejected."""
    change = _read_change()
    if change is None:
        return _refuse(meeting_id, _("Choose one of the options that the page offers."))
    submission = submission_from_form(
        request.form, action=change.action, channel=change.channel, participants=participant_ids
    )
    try:
        record_deliveries(meeting_id, participant_ids, change, submission)
    except DuplicateSubmissionError:
        return _refuse(meeting_id, another_choice())
    except NothingToDeliverError:
        return _refuse(meeting_id, action_expired_message())
    return None


def _read_change() -> DeliveryChange | None:
    action = request.form.get("action", "")
    channel = request.form.get("channel", "") or DeliveryChannel.OTHER.value
    if action not in set(DeliveryAction) or channel not in set(DeliveryChannel):
        return None
    expected = request.form.get("delivery", "")
    if expected and not _is_id(expected):
        return None
    return DeliveryChange(
        DeliveryAction(action), DeliveryChannel(channel), int(expected) if expected else None
    )


def _refuse(meeting_id: int, problem: str) -> Response | str | PageResponse:
    if _is_script():
        answer = jsonify(problem=str(problem))
        answer.status_code = 422
        return answer
    return render_meeting(meeting_id, problem=problem)


def _state_of(participant_id: int) -> Response:
    """JSON of a participant for the page's script, after a change."""
    meeting, row = get_participant(participant_id)
    (view,) = present_rows(meeting, [row])
    return jsonify(
        delivery=view.status.value,
        delivery_id=view.delivery_id,
        words=view.words,
        time=view.at.time if view.at else "",
        actor=view.actor,
    )


def _is_script() -> bool:
    return "X-Requested-With" in request.headers


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) <= MAX_ID


def _id(name: str) -> int | None:
    text = request.args.get(name, "")
    if text and not _is_id(text):
        abort(404)
    return int(text) if text else None
