"""Signing in and out, and the user's own account."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth import accounts, saved_forms, sessions
from app.auth import sign_in as auth_sign_in
from app.auth.current_user import CurrentUser, current_actor, get_current_user
from app.auth.forms import PasswordForm, SignInForm
from app.auth.sign_in import InvalidCredentials
from app.auth.throttle import Throttled
from app.extensions import get_settings
from app.models import AccountRole
from app.utils.commands import describe_command
from app.web.access import public, require_role
from app.web.expired_forms import SubmittedFormData, render_expired_form
from app.web.language_switch import shows_form_again
from app.web.urls import safe_redirect_target

blueprint = Blueprint("auth", __name__)

ViewResponse = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


@blueprint.before_request
def _require_sign_in_enabled() -> None:
    if get_settings().auth == "off":
        abort(404)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@shows_form_again
def sign_in() -> ViewResponse:
    """The sign-in form; redirects to the requested page after sign-in."""
    if get_settings().auth == "proxy":
        abort(404)
    if request.method != "POST":
        form = SignInForm()
        form.next.data = request.args.get("next", "")
        return redirect(redirect_target(form.next.data), 303) if get_current_user() else _render_sign_in(form)
    form = SignInForm()
    if get_settings().auth != "password":
        abort(404)
    if not form.validate():
        return _render_sign_in(form), form.status
    outcome = auth_sign_in.sign_in(
        form.username.data or "", form.password.data or "", request.remote_addr or ""
    )
    if isinstance(outcome, InvalidCredentials):
        return _render_sign_in(form, problem=_("The user name or the password is not right")), 422
    if isinstance(outcome, Throttled):
        html = _render_sign_in(form, problem=throttled_message(), wait=outcome.retry_after_seconds)
        return html, 429, {"Retry-After": str(outcome.retry_after_seconds)}
    return redirect(redirect_target(form.next.data or ""), 303)


def redirect_target(url: str) -> str:
    """Redirect target after sign-in: the saved form if there is one, else the requested page."""
    target = safe_redirect_target(url)
    return url_for("auth.held_form", next=target) if saved_forms.has_saved_form() else target


def throttled_message() -> str:
    """Message for a throttled sign-in."""
    return str(_("Too many attempts. Wait a moment and try again."))


@blueprint.get("/sign-in/held")
@require_role(AccountRole.VIEWER)
def held_form() -> ViewResponse:
    """The saved form, sent after its session had expired, to resend."""
    saved_form = saved_forms.load_form(_require_current_user().account_id)
    if saved_form is None:
        return redirect(safe_redirect_target(request.args.get("next", "")), 303)
    return render_expired_form(SubmittedFormData.from_dict(saved_form), signed_in=True)


@blueprint.post("/sign-out")
@require_role(AccountRole.VIEWER)
def sign_out() -> ViewResponse:
    """End the session in this browser."""
    if get_settings().auth == "proxy":
        abort(404)
    auth_sign_in.sign_out(current_actor())
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.get("/account")
@require_role(AccountRole.VIEWER)
def account() -> ViewResponse:
    """The page of the user's own account."""
    return render_template("auth/account.html", auth=get_settings().auth)


@blueprint.route("/account/password", methods=["GET", "POST"])
@require_role(AccountRole.VIEWER)
def change_password() -> ViewResponse:
    """Change the user's own password; all other sessions end."""
    if get_settings().auth != "password":
        abort(404)
    current_user, form = _require_current_user(), PasswordForm()
    if request.method != "POST":
        return render_template("auth/password.html", form=form)
    own_account = accounts.get_account(current_user.account_id or 0)
    verification = auth_sign_in.verify_own_password(
        own_account, form.current.data or "", request.remote_addr or ""
    )
    if isinstance(verification, Throttled):
        form.current.errors = [throttled_message()]
        html = render_template("auth/password.html", form=form, wait=verification.retry_after_seconds)
        return html, 429, {"Retry-After": str(verification.retry_after_seconds)}
    if not form.check_passwords(
        current_user.username, current_user.display_name, is_current_correct=verification
    ):
        return render_template("auth/password.html", form=form), 422
    accounts.change_password(own_account.id, form.new.data or "", current_actor())
    sessions.create_session(own_account)
    flash(_("The password has been changed. Other browsers were signed out."), "ok")
    return redirect(redirect_target(url_for("meetings.index")), 303)


@blueprint.post("/account/sign-out-everywhere")
@require_role(AccountRole.VIEWER)
def sign_out_everywhere() -> ViewResponse:
    """End all sessions of the user's account, including this one."""
    if get_settings().auth == "proxy":
        abort(404)
    accounts.sign_out_everywhere(_require_current_user().account_id or 0, current_actor())
    sessions.end_session()
    flash(_("You have signed out in all browsers."), "ok")
    return redirect(url_for("auth.sign_in"), 303)


def _render_sign_in(form: SignInForm, *, problem: str = "", wait: int = 0) -> str:
    form.password.data = ""
    return render_template(
        "auth/sign_in.html",
        form=form,
        problem=problem,
        wait=wait,
        auth=get_settings().auth,
        kept=saved_forms.has_saved_form(),
        first_admin_command=describe_command("users add --admin")
        if get_settings().auth == "password" and not accounts.has_active_admin()
        else "",
    )


def _require_current_user() -> CurrentUser:
    current_user = get_current_user()
    if current_user is None:
        abort(401)
    return current_user
