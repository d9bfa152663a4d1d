"""Signing in and out, and one's own account."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.forms import PasswordForm, SignInForm
from app.fittings import settings
from app.identity import accounts, held, sessions, signing
from app.identity.reader import Reader, by, reader
from app.identity.signing import Wrong
from app.identity.throttle import TooMany
from app.models import StaffRole
from app.site.addresses import local_or_home
from app.site.expired import TypedForm, page
from app.site.gate import open_to, open_to_everybody
from app.site.language_switch import shows_form_again

blueprint = Blueprint("accounts", __name__)

Answer = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.before_request
def _only_where_people_sign_in() -> None:
    if settings().auth == "off":
        abort(404)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_everybody
@shows_form_again
def sign_in() -> Answer:
    """The form to sign in; once somebody has, it leads to where they wanted to go."""
    if settings().auth == "proxy":
        abort(404)
    if request.method != "POST":
        form = SignInForm()
        form.next.data = request.args.get("next", "")
        return redirect(landing(form.next.data), 303) if reader() else _sign_in_page(form)
    form = SignInForm()
    if settings().auth != "password":
        abort(404)
    if not form.validate():
        return _sign_in_page(form), form.status
    outcome = signing.sign_in(form.username.data or "", form.password.data or "", request.remote_addr or "")
    if isinstance(outcome, Wrong):
        return _sign_in_page(form, problem=_("The user or the password is not right.")), 422
    if isinstance(outcome, TooMany):
        html = _sign_in_page(form, problem=too_many(), wait=outcome.seconds)
        return html, 429, {"Retry-After": str(outcome.seconds)}
    return redirect(landing(form.next.data or ""), 303)


def landing(address: str) -> str:
    """Where somebody goes who has signed in: to the form that they left behind, or to the page that they wanted."""
    wanted = local_or_home(address)
    return url_for("accounts.held_form", next=wanted) if held.is_there() else wanted


def too_many() -> str:
    """What to say to whoever has to wait before a password is tried again."""
    return str(_("Too many attempts. Wait a moment and try again."))


@blueprint.get("/sign-in/held")
@open_to(StaffRole.VIEWER)
def held_form() -> Answer:
    """What was typed into a form whose session had ended, to be sent now."""
    kept = held.given_back(_me().account_id)
    if kept is None:
        return redirect(local_or_home(request.args.get("next", "")), 303)
    return page(TypedForm.from_json(kept), signed_in=True)


@blueprint.post("/sign-out")
@open_to(StaffRole.VIEWER)
def sign_out() -> Answer:
    """End the session in this browser."""
    if settings().auth == "proxy":
        abort(404)
    signing.sign_out(by())
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.get("/account")
@open_to(StaffRole.VIEWER)
def account() -> Answer:
    """One's own account."""
    return render_template("accounts/account.html", auth=settings().auth)


@blueprint.route("/account/password", methods=["GET", "POST"])
@open_to(StaffRole.VIEWER)
def change_password() -> Answer:
    """A new password of one's own; everybody who knew the old one is signed out."""
    if settings().auth != "password":
        abort(404)
    me, form = _me(), PasswordForm()
    if request.method != "POST":
        return render_template("accounts/password.html", form=form)
    mine = accounts.get(me.account_id or 0)
    known = signing.is_own(mine, form.current.data or "", request.remote_addr or "")
    if isinstance(known, TooMany):
        form.current.errors = [too_many()]
        html = render_template("accounts/password.html", form=form, wait=known.seconds)
        return html, 429, {"Retry-After": str(known.seconds)}
    if not form.check(me.username, me.display_name, current_is_right=known):
        return render_template("accounts/password.html", form=form), 422
    accounts.change_password(mine.id, form.new.data or "", by())
    sessions.start(mine)
    flash(_("The password has been changed. Other browsers were signed out."), "ok")
    return redirect(landing(url_for("meetings.index")), 303)


@blueprint.post("/account/sign-out-everywhere")
@open_to(StaffRole.VIEWER)
def sign_out_everywhere() -> Answer:
    """End all sessions of one's account, this one too."""
    if settings().auth == "proxy":
        abort(404)
    accounts.sign_out_everywhere(_me().account_id or 0, by())
    sessions.end()
    flash(_("You have signed out in all browsers."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)


def _sign_in_page(form: SignInForm, *, problem: str = "", wait: int = 0) -> str:
    form.password.data = ""
    return render_template(
        "accounts/sign_in.html",
        form=form,
        problem=problem,
        wait=wait,
        auth=settings().auth,
        kept=held.is_there(),
        first=settings().auth == "password" and not accounts.is_there_an_admin(),
    )


def _me() -> Reader:
    who = reader()
    if who is None:
        abort(401)
    return who
