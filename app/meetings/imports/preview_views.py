"""The actions of a preview: save corrections, read the list again, send it, change the language."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.auth.current_user import current_actor
from app.auth.submissions import submission_from_form
from app.journal import DuplicateSubmission
from app.list_parser import UnreadableFile
from app.meetings import detail_page, queries
from app.meetings.imports import presenters, service
from app.meetings.imports.answer_form import READ_ANYWAY, FormAnswers, action_of, answers_from
from app.meetings.imports.preview_page import build_preview
from app.meetings.imports.rereading import LostEditsError, Rereading, read_again
from app.meetings.imports.review import ImportPreview, StaleReadingError
from app.meetings.imports.rows import ImportRow
from app.meetings.imports.unused_edits import find_differing, find_unused
from app.meetings.service import ActionNotAllowed
from app.meetings.views import PageResponse, action_expired_message, redirect_to_meeting, render_meeting
from app.web.language_switch import is_switching

Answer = AnyResponse | PageResponse | str


def show_preview(
    meeting_id: int,
    list_id: int,
    problem: str | None = None,
    typed: str = "",
    *,
    form: dict[str, str] | None = None,
    lost: list[ImportRow] | None = None,
) -> PageResponse:
    """The preview of a list.

    `problem` is what was not done and why, `typed` what was not used, `form` what is chosen and not answered
    yet, `lost` the rows whose corrections a new reading would lose.
    """
    g.page_path = url_for("imports.import_people", meeting_id=meeting_id, list=list_id)
    html = render_template(
        "imports/preview.html",
        preview=build_preview(service.get_preview(list_id), form),
        meeting=detail_page.present_meeting(queries.get_meeting(meeting_id)),
        problem=problem,
        typed=typed,
        lost=lost or [],
        asked_action=action_of(form or {}),
    )
    return html, 422 if problem else 200


def submit_preview(meeting_id: int, list_id: int) -> Answer:
    """Execute the button of a preview."""
    form = request.form.to_dict()
    action = form.get("action", "")
    try:
        if is_switching():
            return _switch_language(meeting_id, list_id, form)
        asked = answers_from(form, service.get_preview(list_id))
        if asked is not None:
            return _read_again(meeting_id, list_id, form, asked)
        if action == "send":
            return _send(meeting_id, list_id, form)
        return _save_preview(meeting_id, list_id, form)
    except StaleReadingError:
        return _refuse_stale(meeting_id, list_id, form)
    except ActionNotAllowed:
        return render_meeting(meeting_id, problem=action_expired_message())


def _save_preview(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    service.save_edits(list_id, form)
    if unused := find_unused(list_id, form):
        return show_preview(meeting_id, list_id, _unused_edits_message(), "\n".join(unused))
    return _redirect_to_preview(meeting_id, list_id)


def _redirect_to_preview(meeting_id: int, list_id: int) -> AnyResponse:
    return redirect(url_for("imports.import_people", meeting_id=meeting_id, list=list_id), 303)


def _read_again(meeting_id: int, list_id: int, form: dict[str, str], asked: FormAnswers) -> Answer:
    rereading = Rereading(
        asked.answers,
        current_actor().name or "",
        remember=asked.has_columns,
        accept_loss=form.get("action") == READ_ANYWAY,
    )
    try:
        read_again(list_id, form, rereading)
    except LostEditsError as error:
        service.save_edits(list_id, form)
        words = _("Read like that, these corrections have no place in the list. It was not read again.")
        return show_preview(meeting_id, list_id, words, form=form, lost=list(error.rows))
    except UnreadableFile as error:
        service.save_edits(list_id, form)
        return show_preview(meeting_id, list_id, presenters.file_error_message(error.reason), form=form)
    if form.get("action") == "send":
        flash(_("Your answers changed the list, so it was not sent. Check it and send it."), "info")
    return _redirect_to_preview(meeting_id, list_id)


def _refuse_stale(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    """Reject a form of an earlier reading; show the typed values that are stored nowhere."""
    typed = find_differing(list_id, form)
    if not typed and form.get("action") != "send":
        return _redirect_to_preview(meeting_id, list_id)
    words = _("The list was read in another way since that page was opened. Nothing of the page was used.")
    return show_preview(meeting_id, list_id, words, "\n".join(typed))


def _switch_language(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    """Save the form, and render the page with its choices that are not answered yet."""
    try:
        service.save_edits(list_id, form)
        unused = find_unused(list_id, form)
    except StaleReadingError:
        unused = find_differing(list_id, form)
    html, _status = show_preview(meeting_id, list_id, typed="\n".join(unused), form=form)
    return html


def _unused_edits_message() -> str:
    words = _("Some rows are no longer in this list. What you wrote in them was not used.")
    return str(words)


def _render_problem(meeting_id: int, list_id: int, form: dict[str, str], problem: str) -> PageResponse:
    """Save the form and render the preview, with the typed values that no row can take any more."""
    service.save_edits(list_id, form)
    if unused := find_unused(list_id, form):
        problem = f"{problem} {_unused_edits_message()}"
    return show_preview(meeting_id, list_id, problem, "\n".join(unused))


def _send(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    asked = {name: value for name, value in form.items() if name not in {"csrf_token", "submission_id"}}
    try:
        sent = service.send_import(list_id, form, submission_from_form(request.form, rows=asked))
    except DuplicateSubmission as earlier:
        if earlier.is_same_request:
            return redirect_to_meeting(meeting_id)
        words = _("You already sent this form with other details. Check the rows below and send them again.")
        return _render_problem(meeting_id, list_id, form, words)
    except service.RowsExcluded as left_out:
        words = _(
            "Meanwhile these rows were left out: %(rows)s. You had included them: check them and send the list again.",
            rows=", ".join(str(row.n) for row in left_out.rows),
        )
        return _render_problem(meeting_id, list_id, form, words)
    return _respond_to_send(meeting_id, list_id, form, sent)


def _respond_to_send(meeting_id: int, list_id: int, form: dict[str, str], sent: ImportPreview) -> Answer:
    unused = find_unused(list_id, form, used={one.row.n for one in sent.rows})
    if unused:
        return show_preview(meeting_id, list_id, _unused_edits_message(), "\n".join(unused))
    if not sent.sendable and sent.rows:
        return show_preview(meeting_id, list_id, _nothing_sent_message(sent))
    left = [one for one in sent.rows if one.stays and one.row.included]
    if left:
        words = ngettext(
            "%(num)s row stays in the list for you to correct.",
            "%(num)s rows stay in the list for you to correct.",
            len(left),
        )
        flash(words, "info")
    return redirect_to_meeting(meeting_id)


def _nothing_sent_message(sent: ImportPreview) -> str:
    if sent.is_in_question:
        return str(_("Nothing was sent: first say which column is which, and choose “Read it this way”."))
    return str(_("Nothing was sent: no row is ready."))
