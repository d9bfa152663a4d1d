"""The participant pages."""

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.submissions import build_submission, submission_from_form
from app.journal import DuplicateSubmission, Submission
from app.meetings import detail_page, queries
from app.meetings.imports.inline import PastedList
from app.meetings.imports.service import create_draft
from app.meetings.participants import resolutions, service
from app.meetings.participants.forms import AddPeopleForm, ParticipantForm
from app.meetings.participants.present_people import PossiblySamePerson
from app.meetings.participants.service import EmailTaken, PossiblyMailed
from app.meetings.participants.suggestions import find_suggestions
from app.meetings.people_page import requested_query
from app.meetings.people_query import PeopleFilter, PeopleQuery, find_next_problem, find_page
from app.meetings.service import ActionNotAllowed
from app.meetings.views import (
    MEETING_ID,
    PageResponse,
    action_expired_message,
    another_choice,
    meeting_closed_message,
    redirect_to_meeting,
    render_meeting,
)
from app.models import AccountRole, ParticipantState, Resolution
from app.web.access import require_role
from app.web.language_switch import shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("participants", __name__)

PARTICIPANT_PATH = "/participants/<int(max=9223372036854775807):participant_id>"


@blueprint.get(f"{MEETING_ID}/participants")
@require_role(AccountRole.VIEWER)
def redirect_from_add(meeting_id: int) -> Response:
    """Redirect a reload of the form's response to the meeting."""
    return redirect_to_meeting(meeting_id)


@blueprint.post(f"{MEETING_ID}/participants")
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def add(meeting_id: int) -> Response | str | PageResponse:
    """Add a person to a meeting."""
    form = AddPeopleForm()
    form.populate_choices()
    if not form.validate():
        return render_meeting(meeting_id, form)
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        if form.pasted is not None:
            return _add_pasted(meeting_id, form.pasted, submission)
        participant_id = service.add(meeting_id, form.to_input(), submission)
    except DuplicateSubmission as duplicate:
        return _respond_to_duplicate(duplicate, meeting_id, form)
    except (EmailTaken, PossiblyMailed, PossiblySamePerson) as error:
        _ask_again(form, error)
        return render_meeting(meeting_id, form)
    except ActionNotAllowed:
        return render_meeting(meeting_id, form, problem=meeting_closed_message())
    return redirect_to_participant(meeting_id, participant_id)


@blueprint.post("/people/suggestions")
@require_role(AccountRole.COORDINATOR)
def suggestions() -> Response:
    """People invited before, as JSON, for what is typed in `q`.

    It changes nothing. It is a POST because `q` may be an email, and addresses of pages are logged.
    """
    people = find_suggestions(request.form.get("q", ""))
    return jsonify(
        people=[
            {"name": one.name, "email": one.email, "phone": one.phone, "line": one.line} for one in people
        ]
    )


@blueprint.route(f"{PARTICIPANT_PATH}/correct", methods=["GET", "POST"])
@require_role(AccountRole.COORDINATOR)
@shows_form_again
def correct(participant_id: int) -> Response | str | PageResponse:
    """Correct a refused participant and send again."""
    form = ParticipantForm()
    form.populate_choices()
    participant = service.get_participant(participant_id)
    if request.method != "POST":
        if participant.state != ParticipantState.REFUSED:
            return redirect_to_participant(participant.meeting_id, participant_id)
        form.populate_from(participant)
        form.renew_submission_id()
        return _render_correct(form, participant_id), 200
    if not form.validate():
        return _render_correct(form, participant_id), form.status
    submission = build_submission(form.submission_id.data, form.submitted_values())
    try:
        service.correct(
            participant_id, form.to_input(), submission, warned_email=request.form.get("warned_email")
        )
    except DuplicateSubmission as duplicate:
        if duplicate.is_same_request:
            return redirect_to_participant(participant.meeting_id, participant_id)
        return _render_correct(form, participant_id, is_duplicate=True), 422
    except (EmailTaken, PossiblyMailed, PossiblySamePerson) as error:
        _ask_again(form, error)
        return _render_correct(form, participant_id), 422
    except ActionNotAllowed:
        return render_meeting(participant.meeting_id, problem=action_expired_message())
    return redirect_to_participant(participant.meeting_id, participant_id)


@blueprint.post(f"{PARTICIPANT_PATH}/resolve")
@require_role(AccountRole.COORDINATOR)
def resolve(participant_id: int) -> Response | str | PageResponse:
    """Resolve a participant that was refused, not sent, or is unknown."""
    meeting_id = service.get_participant(participant_id).meeting_id
    resolution = request.form.get("choice", "")
    if resolution not in set(Resolution):
        return render_meeting(meeting_id, problem=_("Choose one of the options that the page offers."))
    try:
        submission = submission_from_form(request.form, choice=resolution)
        warned_email = request.form.get("warned_email")
        resolutions.resolve(participant_id, Resolution(resolution), submission, warned_email=warned_email)
    except DuplicateSubmission as duplicate:
        if not duplicate.is_same_request:
            return render_meeting(meeting_id, problem=another_choice())
        return redirect_to_participant(meeting_id, participant_id, resolution)
    except EmailTaken:
        return render_meeting(meeting_id, problem=email_taken_message())
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())
    return redirect_to_participant(meeting_id, participant_id, resolution)


@blueprint.post(f"{PARTICIPANT_PATH}/token")
@require_role(AccountRole.COORDINATOR)
def token(participant_id: int) -> str | PageResponse:
    """Show a host's token, after recording the access."""
    participant = service.get_participant(participant_id)
    g.page_path = url_for("meetings.show", meeting_id=participant.meeting_id)
    try:
        revealed = service.reveal_token(participant_id, submission_from_form(request.form))
    except ActionNotAllowed:
        abort(404)
    if revealed is None:
        problem = _(
            "This host key was encrypted with a key that Convoca no longer has. Ask your Convoca administrator."
        )
        return render_meeting(participant.meeting_id, problem=problem)
    meeting = detail_page.present_meeting(queries.get_meeting(participant.meeting_id))
    return render_template("participants/token.html", person=participant, meeting=meeting, token=revealed)


def email_taken_message() -> str:
    """The message for an email that the meeting already has."""
    return str(_("A person with this email is already in the meeting. Nothing was sent."))


def _ask_again(form: ParticipantForm, error: EmailTaken | PossiblyMailed | PossiblySamePerson) -> None:
    match error:
        case EmailTaken():
            form.email.errors = [email_taken_message()]
        case PossiblyMailed():
            form.ask_about_second_mail()
        case PossiblySamePerson():
            form.ask_about_same_person(error)


def _respond_to_duplicate(
    duplicate: DuplicateSubmission, meeting_id: int, form: AddPeopleForm
) -> Response | str | PageResponse:
    entry = duplicate.entry
    if duplicate.is_same_request:
        return redirect_to_participant(meeting_id, entry.participant_id)
    first_participant = service.get_participant(entry.participant_id) if entry.participant_id else None
    return render_meeting(meeting_id, form, earlier=first_participant)


def _render_correct(form: ParticipantForm, participant_id: int, *, is_duplicate: bool = False) -> str:
    let_browser_keep_page()
    if form.is_submitted():
        form.renew_submission_id()
    participant = service.get_participant(participant_id)
    g.page_path = url_for("participants.correct", participant_id=participant_id)
    meeting = detail_page.present_meeting(queries.get_meeting(participant.meeting_id))
    earlier = participant if is_duplicate else None
    return render_template(
        "participants/correct.html",
        form=form,
        person=participant,
        meeting=meeting,
        earlier=earlier,
        risky=service.may_be_mailed_twice(participant),
    )


def redirect_to_participant(
    meeting_id: int, participant_id: int | None, resolution: str | None = None
) -> Response:
    """Go to a participant's row, on the page of the filter that the form came from.

    A participant who was just discarded keeps their place, with a button to undo it.
    """
    query = requested_query()
    values = query.url_values()
    anchor = f"p{participant_id}" if participant_id else None
    if participant_id and query.show == PeopleFilter.PROBLEM:
        following = find_next_problem(meeting_id, participant_id)
        anchor = f"p{following}" if following else "people"
    elif participant_id and not values:
        values = PeopleQuery(page=find_page(participant_id)).url_values()
    if resolution == Resolution.DISCARD and query.show == PeopleFilter.ALL:
        values |= {"discarded": participant_id}
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor=anchor, **values), 303)


def _add_pasted(meeting_id: int, pasted: PastedList, submission: Submission) -> Response:
    """Add one person of whom nothing is in doubt; otherwise go to the preview of the list."""
    if pasted.single:
        try:
            return redirect_to_participant(meeting_id, service.add(meeting_id, pasted.single, submission))
        except (EmailTaken, PossiblyMailed, PossiblySamePerson):
            # The preview says what is in doubt, and asks.
            pass
    draft = pasted.draft
    list_id = create_draft(meeting_id, draft.parsed, submission, draft.source, draft.state)
    return redirect(url_for("imports.import_people", meeting_id=meeting_id, list=list_id), 303)
