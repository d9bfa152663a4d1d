"""The page on which an administrator erases a person's data."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.admin.erasure import service
from app.admin.erasure.person import Person
from app.admin.erasure.places import PersonBeingSentError
from app.admin.erasure.service import UnusableIdentityError
from app.auth.current_user import current_actor
from app.models import AccountRole
from app.web.access import require_role
from app.web.forms import BaseForm, CleanStringField
from app.web.language_switch import shows_form_again

blueprint = Blueprint("erasure", __name__, url_prefix="/admin")


class ErasureForm(BaseForm):
    """Whose data: an email, a phone, or both."""

    email = CleanStringField(_l("Email"))
    phone = CleanStringField(_l("Phone"))


@blueprint.route("/erasure", methods=["GET", "POST"])
@require_role(AccountRole.ADMIN)
@shows_form_again
def index() -> Response | str | tuple[str, int]:
    """Look for a person, show what there is, and erase it after a confirmation.

    The email stands in the body of a POST only, never in an address, since addresses are logged.
    """
    form = ErasureForm()
    g.page_path = url_for(".index")
    if request.method != "POST":
        return render_template("admin/erasure.html", form=form, found=None)
    if not form.validate():
        return _render(form)
    try:
        person = service.read_identity(form.email.data or "", form.phone.data or "")
    except UnusableIdentityError as error:
        _show_error(form, error)
        return _render(form)
    if request.form.get("action") != "erase":
        return _render(form, person, status=200)
    if request.form.get("confirm") != "yes":
        return _render(form, person, problem=_("Tick the box to confirm that the data is to be erased"))
    try:
        counts = service.erase(person, current_actor())
    except PersonBeingSentError:
        return _render(form, person)
    flash(
        _("The person's data is erased here: %(num)s rows.", num=counts.total())
        if counts.total()
        else _("There is nothing of this person here."),
        "ok",
    )
    return redirect(url_for(".index"), 303)


def _show_error(form: ErasureForm, error: UnusableIdentityError) -> None:
    if error.field == "phone":
        form.phone.errors = [
            _("That phone cannot be read: write it with its country code, for example +507 6612-3344")
        ]
    elif form.email.data:
        form.email.errors = [_("Write a complete email address, for example ana@example.org")]
    else:
        form.email.errors = [_("Write the email or the phone of the person")]


def _render(
    form: ErasureForm, person: Person | None = None, problem: str = "", status: int = 422
) -> tuple[str, int]:
    found = service.find(person) if person else None
    return render_template("admin/erasure.html", form=form, found=found, problem=problem), status
