"""Administration: everybody's accounts."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import users
from app.accounts.admin_forms import InviteForm, RoleForm
from app.fittings import settings
from app.identity import accounts, passwords
from app.identity.accounts import BadName, LastAdmin, NameTaken
from app.identity.reader import by, reader
from app.models import StaffRole
from app.site.gate import open_to
from app.site.language_switch import shows_form_again
from app.text import clean, without_forbidden

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

USER = "/users/<int(max=9223372036854775807):account_id>"
SEARCH_LENGTH = 200
Answer = Response | str | tuple[str, int]


def is_there(endpoint: str) -> bool:
    """Whether a page of administration is there to be linked to."""
    only_with_accounts = endpoint == "admin.users" and settings().auth == "off"
    return endpoint in current_app.view_functions and not only_with_accounts


@blueprint.get("/")
@open_to(StaffRole.ADMIN)
def index() -> Response:
    """The first of these pages that there is a use for."""
    return redirect(url_for("admin.users" if is_there("admin.users") else "audit.index"), 302)


@blueprint.get("/users", endpoint="users")
@open_to(StaffRole.ADMIN)
def users_page() -> str:
    """Everybody who may sign in."""
    _only_with_accounts()
    q = clean(without_forbidden(request.args.get("q", "")))[:SEARCH_LENGTH]
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 1_000_000:
        abort(404)
    return render_template("accounts/users.html", page=users.page(q, number), auth=settings().auth)


@blueprint.route("/users/invite", methods=["GET", "POST"])
@open_to(StaffRole.ADMIN)
@shows_form_again
def invite() -> Answer:
    """A new account; where we keep passwords, the answer shows its temporary one, once."""
    _only_with_accounts()
    form = InviteForm()
    if request.method != "POST":
        form.role.data = StaffRole.COORDINATOR.value
        return render_template("accounts/invite.html", form=form, auth=settings().auth)
    if not form.validate():
        return render_template("accounts/invite.html", form=form, auth=settings().auth), form.status
    password = passwords.temporary() if settings().auth == "password" else None
    name, called = form.username.data or "", form.display_name.data or ""
    try:
        account = accounts.add(name, form.chosen, by(), display_name=called, password=password)
    except (BadName, NameTaken) as error:
        form.refuse(error)
        return render_template("accounts/invite.html", form=form, auth=settings().auth), 422
    if password is None:
        flash(_("%(name)s may come in now.", name=account.display_name or account.username), "ok")
        return redirect(url_for("admin.users"), 303)
    return _handed_over(account.id, password)


@blueprint.get(USER)
@open_to(StaffRole.ADMIN)
def user(account_id: int) -> Answer:
    """One account, and what may be done with it."""
    return _user_page(account_id)


@blueprint.post(f"{USER}/role")
@open_to(StaffRole.ADMIN)
@shows_form_again
def change_role(account_id: int) -> Answer:
    """Give an account another role, from its next request on."""
    _only_with_accounts()
    form = RoleForm()
    if not form.validate():
        return _user_page(account_id, form)
    try:
        accounts.change_role(account_id, form.chosen, by())
    except LastAdmin:
        form.role.errors = [_no_admin_left()]
        return _user_page(account_id, form)
    if _is_me(account_id) and form.chosen != StaffRole.ADMIN:
        flash(_("You are no longer an administrator."), "ok")
        return redirect(url_for("meetings.index"), 303)
    return _changed(account_id, _("The role has been changed."))


@blueprint.post(f"{USER}/disable")
@open_to(StaffRole.ADMIN)
def disable(account_id: int) -> Answer:
    """Let somebody in no more."""
    _only_with_accounts()
    try:
        accounts.disable(account_id, by())
    except LastAdmin:
        return _user_page(account_id, problem=_no_admin_left())
    return _changed(account_id, _("The account is disabled. Nothing that they did is lost."))


@blueprint.post(f"{USER}/enable")
@open_to(StaffRole.ADMIN)
def enable(account_id: int) -> Answer:
    """Let somebody in again."""
    _only_with_accounts()
    accounts.enable(account_id, by())
    return _changed(account_id, _("The account is enabled."))


@blueprint.post(f"{USER}/password")
@open_to(StaffRole.ADMIN)
def reset_password(account_id: int) -> Answer:
    """A temporary password for somebody who has lost theirs, shown once."""
    if settings().auth != "password":
        abort(404)
    return _handed_over(account_id, accounts.reset_password(account_id, by()))


@blueprint.post(f"{USER}/sign-out")
@open_to(StaffRole.ADMIN)
def sign_out(account_id: int) -> Answer:
    """End all sessions of somebody."""
    if settings().auth not in {"password", "oidc"}:
        abort(404)
    accounts.sign_out_everywhere(account_id, by())
    return _changed(account_id, _("They have been signed out in all browsers."))


def _only_with_accounts() -> None:
    if settings().auth == "off":
        abort(404)


def _is_me(account_id: int) -> bool:
    who = reader()
    return who is not None and who.account_id == account_id


def _no_admin_left() -> str:
    return str(_("Nobody else can administer accounts. Make somebody else an administrator first."))


def _user_page(account_id: int, form: RoleForm | None = None, *, problem: str = "") -> Answer:
    _only_with_accounts()
    account = users.one(account_id)
    g.page_path = url_for("admin.user", account_id=account_id)
    if form is None:
        form = RoleForm(formdata=None)
        form.role.data = account.role.value
    html = render_template(
        "accounts/user.html",
        form=form,
        problem=problem,
        account=account,
        mine=_is_me(account_id),
        browsers=users.browsers(account_id),
        auth=settings().auth,
        role_from_provider=bool(settings().oidc_admin_claim),
    )
    return (html, 422) if form.errors or problem else html


def _handed_over(account_id: int, password: str) -> str:
    """The page that shows a temporary password; it is kept nowhere, so a reload makes another one."""
    g.page_path = url_for("admin.user", account_id=account_id)
    account = users.one(account_id)
    return render_template(
        "accounts/handed_over.html", account=account, password=password, hours=accounts.TEMPORARY_HOURS
    )


def _changed(account_id: int, words: str) -> Response:
    flash(words, "ok")
    return redirect(url_for("admin.user", account_id=account_id), 303)
