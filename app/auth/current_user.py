"""The current user of this request, loaded once, as `AUTH` configures it."""

from dataclasses import dataclass

from flask import g, request

from app.audit import Actor
from app.auth import proxy, sessions
from app.extensions import get_settings
from app.models import AccountRole


@dataclass(frozen=True)
class CurrentUser:
    """The signed-in user.

    `username` identifies the user in the journal and the audit; `account_id` is None where authentication
    is off; `must_change_password`: signed in with a temporary password.
    """

    username: str
    display_name: str
    role: AccountRole
    account_id: int | None = None
    must_change_password: bool = False


def get_current_user() -> CurrentUser | None:
    """The current user; None if not authenticated.

    Raises:
        app.auth.provisioning.AccessDenied: with `AUTH=proxy`, the user is denied access.
    """
    if "current_user" not in g:
        g.current_user = _load_current_user()
    user: CurrentUser | None = g.current_user
    return user


def current_actor() -> Actor:
    """The actor of this request: user name and IP address (as reported by trusted proxies)."""
    user = get_current_user()
    return Actor(user.username if user else None, request.remote_addr)


def has_role(role: str) -> bool:
    """Whether the current user, if already loaded in this request, has this role or one that includes it."""
    user: CurrentUser | None = g.get("current_user")
    return user is not None and user.role.includes(AccountRole(role))


def _load_current_user() -> CurrentUser | None:
    if get_settings().auth == "off":
        return CurrentUser("sandbox" if get_settings().sandbox else "anonymous", "", AccountRole.ADMIN)
    account = proxy.get_proxy_account() if get_settings().auth == "proxy" else sessions.get_session_account()
    if account is None:
        return None
    return CurrentUser(
        account.username,
        account.display_name,
        account.role,
        account.id,
        must_change_password=get_settings().auth == "password"
        and account.temporary_password_expires_at is not None,
    )
