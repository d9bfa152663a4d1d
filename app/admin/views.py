"""Administration of accounts."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admin import accounts as admin_accounts
from app.admin.forms import InviteForm, RoleForm
from app.auth import accounts, passwords
from app.auth.accounts import InvalidUsername, LastAdmin, UsernameTaken
from app.auth.current_user import current_actor, get_current_user
from app.extensions import get_settings
from app.models import AccountRole
from app.utils.text import normalize_text, strip_control_characters
from app.web.access import require_role
from app.web.language_switch import shows_form_again
from app.web.security_headers import let_browser_keep_page

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

ACCOUNT_PATH = "/users/<int(max=9223372036854775807):account_id>"
MAX_SEARCH_LENGTH = 200
ViewResponse = Response | str | tuple[str, int]


def admin_page_exists(endpoint: str) -> bool:
    """Whether an administration page exists in this configuration."""
    only_with_accounts = endpoint == "admin.users" and get_settings().auth == "off"
    return endpoint in current_app.view_functions and not only_with_accounts


@blueprint.get("/")
@require_role(AccountRole.ADMIN)
def index() -> Response:
    """Redirect to the first administration page of this configuration."""
    return redirect(url_for("admin.users" if admin_page_exists("admin.users") else "audit.index"), 302)


@blueprint.get("/users", endpoint="users")
@require_role(AccountRole.ADMIN)
def users_page() -> str:
    """The list of accounts."""
    _require_accounts()
    q = normalize_text(strip_control_characters(request.args.get("q", "")))[:MAX_SEARCH_LENGTH]
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 1_000_000:
        abort(404)
    return render_template(
        "admin/accounts.html", page=admin_accounts.get_page(q, number), auth=get_settings().auth
    )


@blueprint.route("/users/invite", methods=["GET", "POST"])
@require_role(AccountRole.ADMIN)
@shows_form_again
def invite() -> ViewResponse:
    """Add an account; with AUTH=password, the response shows its temporary password once."""
    _require_accounts()
    form = InviteForm()
    if request.method != "POST":
        form.role.data = AccountRole.COORDINATOR.value
        return _render_invite(form)
    if not form.validate():
        return _render_invite(form), form.status
    password = passwords.generate_temporary_password() if get_settings().auth == "password" else None
    name, display_name = form.username.data or "", form.display_name.data or ""
    try:
        account = accounts.add(
            name, form.chosen_role, current_actor(), display_name=display_name, password=password
        )
    except (InvalidUsername, UsernameTaken) as error:
        form.add_error(error)
        return _render_invite(form), 422
    if password is None:
        flash(_("%(name)s can sign in now.", name=account.display_name or account.username), "ok")
        return redirect(url_for("admin.users"), 303)
    return _render_temporary_password(account.id, password)


@blueprint.get(ACCOUNT_PATH)
@require_role(AccountRole.ADMIN)
def user(account_id: int) -> ViewResponse:
    """One account, and what may be done with it."""
    return _render_account(account_id)


@blueprint.post(f"{ACCOUNT_PATH}/role")
@require_role(AccountRole.ADMIN)
@shows_form_again
def change_role(account_id: int) -> ViewResponse:
    """Give an account another role, from its next request on."""
    _require_accounts()
    form = RoleForm()
    if not form.validate():
        return _render_account(account_id, form)
    try:
        accounts.change_role(account_id, form.chosen_role, current_actor())
    except LastAdmin:
        form.role.errors = [_last_admin_message()]
        return _render_account(account_id, form)
    if _is_current_user(account_id) and form.chosen_role != AccountRole.ADMIN:
        flash(_("You are no longer an administrator."), "ok")
        return redirect(url_for("meetings.index"), 303)
    return _redirect_with_message(account_id, _("The role has been changed."))


@blueprint.post(f"{ACCOUNT_PATH}/disable")
@require_role(AccountRole.ADMIN)
def disable(account_id: int) -> ViewResponse:
    """Disable an account."""
    _require_accounts()
    try:
        accounts.disable(account_id, current_actor())
    except LastAdmin:
        return _render_account(account_id, problem=_last_admin_message())
    return _redirect_with_message(account_id, _("The account is disabled. Nothing they did is lost."))


@blueprint.post(f"{ACCOUNT_PATH}/enable")
@require_role(AccountRole.ADMIN)
def enable(account_id: int) -> ViewResponse:
    """Enable an account."""
    _require_accounts()
    accounts.enable(account_id, current_actor())
    return _redirect_with_message(account_id, _("The account is enabled."))


@blueprint.post(f"{ACCOUNT_PATH}/password")
@require_role(AccountRole.ADMIN)
def reset_password(account_id: int) -> ViewResponse:
    """Reset a lost password to a temporary one, shown once."""
    if get_settings().auth != "password":
        abort(404)
    return _render_temporary_password(account_id, accounts.reset_password(account_id, current_actor()))


@blueprint.post(f"{ACCOUNT_PATH}/sign-out")
@require_role(AccountRole.ADMIN)
def sign_out(account_id: int) -> ViewResponse:
    """End all sessions of an account."""
    if get_settings().auth not in {"password", "oidc"}:
        abort(404)
    accounts.sign_out_everywhere(account_id, current_actor())
    return _redirect_with_message(account_id, _("They have been signed out in all browsers."))


def _require_accounts() -> None:
    if get_settings().auth == "off":
        abort(404)


def _is_current_user(account_id: int) -> bool:
    current_user = get_current_user()
    return current_user is not None and current_user.account_id == account_id


def _last_admin_message() -> str:
    return str(_("This is the last administrator. Make another person an administrator first."))


def _render_account(account_id: int, form: RoleForm | None = None, *, problem: str = "") -> ViewResponse:
    _require_accounts()
    account = admin_accounts.get_account(account_id)
    g.page_path = url_for("admin.user", account_id=account_id)
    if form is None:
        form = RoleForm(formdata=None)
        form.role.data = account.role.value
    html = render_template(
        "admin/account.html",
        form=form,
        problem=problem,
        account=account,
        mine=_is_current_user(account_id),
        browsers=admin_accounts.count_sessions(account_id),
        auth=get_settings().auth,
        role_from_provider=bool(get_settings().oidc_admin_claim),
    )
    return (html, 422) if form.errors or problem else html


def _render_invite(form: InviteForm) -> str:
    let_browser_keep_page()
    return render_template("admin/invite.html", form=form, auth=get_settings().auth)


def _render_temporary_password(account_id: int, password: str) -> str:
    """Show a temporary password once; it is not stored, so a reload creates a new one."""
    g.page_path = url_for("admin.user", account_id=account_id)
    account = admin_accounts.get_account(account_id)
    return render_template(
        "admin/temporary_password.html",
        account=account,
        password=password,
        hours=accounts.TEMPORARY_PASSWORD_HOURS,
    )


def _redirect_with_message(account_id: int, message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("admin.user", account_id=account_id), 303)
