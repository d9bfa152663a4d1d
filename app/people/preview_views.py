"""What the buttons of a list's preview do: keep corrections, read the list again, send it, change the language."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.identity.reader import by
from app.journal import AlreadySubmitted
from app.list_parser import UnreadableFile
from app.meetings import page, queries
from app.meetings.service import NotOffered
from app.meetings.views import Page, meeting_page, no_longer, show_meeting
from app.people import bulk, list_words
from app.people.answer_form import READ_ANYWAY, FormAnswers, action_of, answers_from
from app.people.drafts import Row
from app.people.import_review import Review, StaleReadingError
from app.people.preview_page import build_preview
from app.people.rereading import LostEditsError, Rereading, read_again
from app.people.unused_edits import find_differing, find_unused
from app.site.language_switch import is_switching
from app.site.submissions import submission_from

Answer = AnyResponse | Page | str


def show_preview(
    meeting_id: int,
    list_id: int,
    problem: str | None = None,
    typed: str = "",
    *,
    form: dict[str, str] | None = None,
    lost: list[Row] | None = None,
) -> Page:
    """The preview of a list.

    `problem` is what was not done and why, `typed` what was not used, `form` what is chosen and not answered yet,
    `lost` the rows whose corrections a new reading would lose.
    """
    g.page_path = url_for("lists.import_people", meeting_id=meeting_id, list=list_id)
    html = render_template(
        "people/preview.html",
        preview=build_preview(bulk.review(list_id), form),
        meeting=page.show(queries.find(meeting_id)),
        problem=problem,
        typed=typed,
        lost=lost or [],
        asked_action=action_of(form or {}),
    )
    return html, 422 if problem else 200


def act(meeting_id: int, list_id: int) -> Answer:
    """Do what the button of a preview says."""
    form = request.form.to_dict()
    action = form.get("action", "")
    try:
        if is_switching():
            return _switch_language(meeting_id, list_id, form)
        asked = answers_from(form, bulk.review(list_id))
        if asked is not None:
            return _read_again(meeting_id, list_id, form, asked)
        if action == "send":
            return _send(meeting_id, list_id, form)
        return _check(meeting_id, list_id, form)
    except StaleReadingError:
        return _refuse_stale(meeting_id, list_id, form)
    except NotOffered:
        return meeting_page(meeting_id, problem=no_longer())


def _check(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    bulk.rewrite(list_id, form)
    if unused := find_unused(list_id, form):
        return show_preview(meeting_id, list_id, _unused_words(), "\n".join(unused))
    return _to_preview(meeting_id, list_id)


def _to_preview(meeting_id: int, list_id: int) -> AnyResponse:
    return redirect(url_for("lists.import_people", meeting_id=meeting_id, list=list_id), 303)


def _read_again(meeting_id: int, list_id: int, form: dict[str, str], asked: FormAnswers) -> Answer:
    rereading = Rereading(
        asked.answers,
        by().actor or "",
        remember=asked.has_columns,
        accept_loss=form.get("action") == READ_ANYWAY,
    )
    try:
        read_again(list_id, form, rereading)
    except LostEditsError as error:
        bulk.rewrite(list_id, form)
        words = _("Read like that, these corrections have no place in the list. It was not read again.")
        return show_preview(meeting_id, list_id, words, form=form, lost=list(error.rows))
    except UnreadableFile as error:
        bulk.rewrite(list_id, form)
        return show_preview(meeting_id, list_id, list_words.flaw(error.reason), form=form)
    if form.get("action") == "send":
        flash(_("Your answers changed the list, so it was not sent. Check it and send it."), "info")
    return _to_preview(meeting_id, list_id)


def _refuse_stale(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    """Nothing of a form of an earlier reading is used; what of it stands nowhere is given back."""
    typed = find_differing(list_id, form)
    if not typed and form.get("action") != "send":
        return _to_preview(meeting_id, list_id)
    words = _("The list was read in another way since that page was opened. Nothing of the page was used.")
    return show_preview(meeting_id, list_id, words, "\n".join(typed))


def _switch_language(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    """Keep what the form says, and show the page again with what is chosen in it and not answered yet."""
    try:
        bulk.rewrite(list_id, form)
        unused = find_unused(list_id, form)
    except StaleReadingError:
        unused = find_differing(list_id, form)
    html, _status = show_preview(meeting_id, list_id, typed="\n".join(unused), form=form)
    return html


def _unused_words() -> str:
    words = _("Some rows are no longer in this list. What you wrote in them was not used.")
    return str(words)


def _ask_again(meeting_id: int, list_id: int, form: dict[str, str], problem: str) -> Page:
    """The preview with what a form says kept in it, and with what no row can take any more given back."""
    bulk.rewrite(list_id, form)
    if unused := find_unused(list_id, form):
        problem = f"{problem} {_unused_words()}"
    return show_preview(meeting_id, list_id, problem, "\n".join(unused))


def _send(meeting_id: int, list_id: int, form: dict[str, str]) -> Answer:
    asked = {name: value for name, value in form.items() if name not in {"csrf_token", "submission_id"}}
    try:
        sent = bulk.send(list_id, form, submission_from(request.form, rows=asked))
    except AlreadySubmitted as earlier:
        if earlier.same:
            return show_meeting(meeting_id)
        words = _("That form was already sent, with other content. Check the rows below and send them again.")
        return _ask_again(meeting_id, list_id, form, words)
    except bulk.LeftOut as left_out:
        words = _(
            "Meanwhile these rows were left out: %(rows)s. You include them: check them and send the list again.",
            rows=", ".join(str(row.n) for row in left_out.rows),
        )
        return _ask_again(meeting_id, list_id, form, words)
    return _sent(meeting_id, list_id, form, sent)


def _sent(meeting_id: int, list_id: int, form: dict[str, str], sent: Review) -> Answer:
    unused = find_unused(list_id, form, used={one.row.n for one in sent.rows})
    if unused:
        return show_preview(meeting_id, list_id, _unused_words(), "\n".join(unused))
    if not sent.going and sent.rows:
        return show_preview(meeting_id, list_id, _nobody_words(sent))
    left = [one for one in sent.rows if one.stays and one.row.keep]
    if left:
        words = ngettext(
            "%(num)s row stays in the list for you to correct.",
            "%(num)s rows stay in the list for you to correct.",
            len(left),
        )
        flash(words, "info")
    return show_meeting(meeting_id)


def _nobody_words(sent: Review) -> str:
    if sent.is_in_question:
        return str(_("Nobody was sent: first say which column is which, and choose “Read it this way”."))
    return str(_("Nobody was sent: no row is ready."))
