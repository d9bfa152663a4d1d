"""Language switch on a page with a form: the form is rendered again as filled in, and not executed.

The switch in the header is then a submit button of that form (see `layout.html`), so that everything typed
comes along, also without JavaScript. Three mechanisms prevent its execution:

- only views marked with `shows_form_again` run at all;
- `BaseForm.validate` is never true during a switch, so that these views show their form;
- `build_submission` and `submission_from_form` raise `SwitchedOnly`, so that no view can call a service.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, flash, has_request_context, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.web import i18n

FIELD = "switch_language"
ERRORS_FIELD = "switch_errors"
_SWITCHING = "convoca.switching"

View = TypeVar("View", bound=Callable[..., Any])


class SwitchedOnly(Exception):
    """A view tried to execute a form that was sent only to switch the language."""


def init_app(app: Flask) -> None:
    """Look for the switch in every form, after the access checks."""
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
    """Whether the page showed form errors: then it shows them in the other language too."""
    return bool(request.form.get(ERRORS_FIELD))


def refuse_to_carry_out() -> None:
    """Raise SwitchedOnly during a switch."""
    if is_switching():
        raise SwitchedOnly


def _begin() -> Response | None:
    if request.method != "POST" or request.form.get(FIELD) not in i18n.LANGUAGES:
        return None
    if not can_show_again(request.endpoint or ""):
        return _go_home()
    i18n.switch(request.form[FIELD])
    request.environ[_SWITCHING] = True
    if any(file.filename for file in request.files.values()):
        flash(_("The file has to be chosen again."), "info")
    return None


def _remember(response: Response) -> Response:
    # Not if the form was rejected before: its CSRF token may be of another site.
    if is_switching() and response.status_code != 400:
        i18n.set_language_cookie(response, request.form[FIELD])
    return response


def _go_home() -> Response:
    return redirect(url_for("meetings.index"), 303)
