"""The pages about the people of a meeting."""

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.journal import AlreadySubmitted
from app.meetings import page, queries
from app.meetings.service import NotOffered
from app.meetings.views import (
    MEETING,
    Page,
    another_choice,
    meeting_page,
    no_longer,
    show_meeting,
    takes_nobody,
)
from app.models import Choice, ParticipantState, StaffRole
from app.people import service
from app.people.forms import PersonForm
from app.people.present_people import PossiblySamePerson
from app.people.service import EmailTaken, PossiblyMailed
from app.site.gate import open_to
from app.site.language_switch import shows_form_again
from app.site.submissions import submission_from, submission_with

blueprint = Blueprint("people", __name__)

PERSON = "/participants/<int(max=9223372036854775807):participant_id>"


@blueprint.get(f"{MEETING}/participants")
@open_to(StaffRole.VIEWER)
def back(meeting_id: int) -> Response:
    """Where a reload of the form's answer leads: to the meeting."""
    return show_meeting(meeting_id)


@blueprint.post(f"{MEETING}/participants")
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def add(meeting_id: int) -> Response | str | Page:
    """Add a person to a meeting."""
    form = PersonForm()
    form.prepare()
    if not form.validate():
        return meeting_page(meeting_id, form)
    submission = submission_with(form.submission_id.data, form.asked())
    try:
        participant_id = service.add(meeting_id, form.person(), submission)
    except AlreadySubmitted as earlier:
        return _sent_before(earlier, meeting_id, form)
    except (EmailTaken, PossiblyMailed, PossiblySamePerson) as error:
        _ask_again(form, error)
        return meeting_page(meeting_id, form)
    except NotOffered:
        return meeting_page(meeting_id, form, problem=takes_nobody())
    return _show_person(meeting_id, participant_id)


@blueprint.route(f"{PERSON}/correct", methods=["GET", "POST"])
@open_to(StaffRole.COORDINATOR)
@shows_form_again
def correct(participant_id: int) -> Response | str | Page:
    """A refused person, to correct and send again."""
    form = PersonForm()
    form.prepare()
    person = service.find(participant_id)
    if request.method != "POST":
        if person.state != ParticipantState.REFUSED:
            return _show_person(person.meeting_id, participant_id)
        form.show(person)
        form.renew()
        return _correct_page(form, participant_id), 200
    if not form.validate():
        return _correct_page(form, participant_id), form.status
    submission = submission_with(form.submission_id.data, form.asked())
    try:
        service.correct(
            participant_id, form.person(), submission, warned_email=request.form.get("warned_email")
        )
    except AlreadySubmitted as earlier:
        if earlier.same:
            return _show_person(person.meeting_id, participant_id)
        return _correct_page(form, participant_id, sent_before=True), 422
    except (EmailTaken, PossiblyMailed, PossiblySamePerson) as error:
        _ask_again(form, error)
        return _correct_page(form, participant_id), 422
    except NotOffered:
        return meeting_page(person.meeting_id, problem=no_longer())
    return _show_person(person.meeting_id, participant_id)


@blueprint.post(f"{PERSON}/resolve")
@open_to(StaffRole.COORDINATOR)
def resolve(participant_id: int) -> Response | str | Page:
    """A decision about a person who was refused, not sent, or is unknown."""
    meeting_id = service.find(participant_id).meeting_id
    wanted = request.form.get("choice", "")
    if wanted not in set(Choice):
        return meeting_page(meeting_id, problem=_("Choose one of the options that the page offers."))
    try:
        submission = submission_from(request.form, choice=wanted)
        warned_email = request.form.get("warned_email")
        service.resolve(participant_id, Choice(wanted), submission, warned_email=warned_email)
    except AlreadySubmitted as earlier:
        if not earlier.same:
            return meeting_page(meeting_id, problem=another_choice())
        return _show_person(meeting_id, participant_id)
    except EmailTaken:
        return meeting_page(meeting_id, problem=taken())
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())
    return _show_person(meeting_id, participant_id)


@blueprint.post(f"{PERSON}/token")
@open_to(StaffRole.COORDINATOR)
def token(participant_id: int) -> str | Page:
    """A host's token, shown once it is recorded that somebody looked."""
    person = service.find(participant_id)
    g.page_path = url_for("meetings.show", meeting_id=person.meeting_id)
    try:
        revealed = service.reveal_token(participant_id, submission_from(request.form))
    except NotOffered:
        abort(404)
    if revealed is None:
        problem = _("This token was kept with a key that Convoca no longer has. Ask whoever administers it.")
        return meeting_page(person.meeting_id, problem=problem)
    meeting = page.show(queries.find(person.meeting_id))
    return render_template("people/token.html", person=person, meeting=meeting, token=revealed)


def taken() -> str:
    """What to say of an address that the meeting has already."""
    return str(_("Somebody with this e-mail is already in the meeting. Nothing was sent."))


def _ask_again(form: PersonForm, error: EmailTaken | PossiblyMailed | PossiblySamePerson) -> None:
    match error:
        case EmailTaken():
            form.email.errors = [taken()]
        case PossiblyMailed():
            form.ask_about_second_mail()
        case PossiblySamePerson():
            form.ask_about_same_person(error)


def _sent_before(earlier: AlreadySubmitted, meeting_id: int, form: PersonForm) -> Response | str | Page:
    entry = earlier.entry
    if earlier.same:
        return _show_person(meeting_id, entry.participant_id)
    first = service.find(entry.participant_id) if entry.participant_id else None
    return meeting_page(meeting_id, form, earlier=first)


def _correct_page(form: PersonForm, participant_id: int, *, sent_before: bool = False) -> str:
    if form.is_submitted():
        form.renew()
    person = service.find(participant_id)
    g.page_path = url_for("people.correct", participant_id=participant_id)
    meeting = page.show(queries.find(person.meeting_id))
    earlier = person if sent_before else None
    return render_template(
        "people/correct.html",
        form=form,
        person=person,
        meeting=meeting,
        earlier=earlier,
        risky=service.may_be_mailed_twice(person),
    )


def _show_person(meeting_id: int, participant_id: int | None) -> Response:
    anchor = f"p{participant_id}" if participant_id else None
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor=anchor), 303)
