"""Switching the language on a page with a form: the form comes back as it was filled in, and nothing is carried out.

The switch in the header is then a submit button of that form (see `layout.html`), so that everything typed comes along,
also without JavaScript. Three things keep it from doing more:

- only views marked with `shows_form_again` run at all;
- `BaseForm.validate` is never true during a switch, so that these views show their form;
- `submission_with` and `submission_from` raise `SwitchedOnly`, so that no view can reach a service.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, flash, has_request_context, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.site import language

FIELD = "switch_language"
ERRORS_FIELD = "switch_errors"
_SWITCHING = "convoca.switching"

View = TypeVar("View", bound=Callable[..., Any])


class SwitchedOnly(Exception):
    """A view would have carried out a form of which only the language was switched."""


def init_app(app: Flask) -> None:
    """Look for the switch in every form, after the gate."""
    app.before_request(_begin)
    app.after_request(_remember)
    app.register_error_handler(SwitchedOnly, lambda _error: _go_home())


def shows_form_again(view: View) -> View:
    """Mark a view that answers an invalid form with the form as it was filled in."""
    view.shows_form_again = True  # type: ignore[attr-defined]
    return view


def is_switching() -> bool:
    """Whether this request is a form that was sent only to switch the language of its page."""
    return has_request_context() and bool(request.environ.get(_SWITCHING))


def can_show_again(endpoint: str) -> bool:
    """Whether the view of an endpoint is marked with `shows_form_again`."""
    return getattr(current_app.view_functions.get(endpoint), "shows_form_again", False)


def had_errors() -> bool:
    """Whether the page said what is wrong with the form: then it says so in the other language too."""
    return bool(request.form.get(ERRORS_FIELD))


def refuse_to_carry_out() -> None:
    """Raise SwitchedOnly during a switch."""
    if is_switching():
        raise SwitchedOnly


def _begin() -> Response | None:
    if request.method != "POST" or request.form.get(FIELD) not in language.LANGUAGES:
        return None
    if not can_show_again(request.endpoint or ""):
        return _go_home()
    language.switch(request.form[FIELD])
    request.environ[_SWITCHING] = True
    if any(file.filename for file in request.files.values()):
        flash(_("The file has to be chosen again."), "info")
    return None


def _remember(response: Response) -> Response:
    # Not where the form was refused before it was looked at: its CSRF token may be another site's.
    if is_switching() and response.status_code != 400:
        language.remember(response, request.form[FIELD])
    return response


def _go_home() -> Response:
    return redirect(url_for("meetings.index"), 303)
