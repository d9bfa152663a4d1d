"""Just-in-time provisioning: accounts of users whom an OpenID provider or a proxy authenticates."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import Actor, record_event
from app.auth import accounts
from app.database import db, retry_on_rollback, write_transaction
from app.extensions import get_settings
from app.models import Account, AccountRole, AuditAction
from app.models.account import username_key


@dataclass(frozen=True)
class ExternalIdentity:
    """An identity as the provider or the proxy reports it.

    `subject` is the provider's permanent identifier: an account linked to one accepts no other.
    `confirmed`: no other user of the provider can get this user name, so it may be linked to an invited
    account. `admin`: whether the user is an administrator; None: the provider does not say.
    """

    username: str
    oidc_subject: str | None = None
    display_name: str = ""
    username_verified: bool = True
    is_admin: bool | None = None


class DenialReason(StrEnum):
    """Why an authenticated user is denied access."""

    NOT_TRUSTED = "not_trusted"
    DISABLED = "disabled"
    NOT_INVITED = "not_invited"
    USERNAME_TAKEN = "name_taken"
    INVALID_USERNAME = "bad_name"
    UNVERIFIED_EMAIL = "unconfirmed"
    OTHER_DOMAIN = "other_domain"


class AccessDenied(Exception):
    """Access is denied; `username` is that of the account, if there is one."""

    def __init__(self, reason: DenialReason, username: str | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.username = username


@retry_on_rollback
def get_or_provision_account(identity: ExternalIdentity, ip_address: str | None) -> Account:
    """The account of an authenticated user, created at the first visit; one query if nothing changed.

    Args:
        identity: as the provider or the proxy reports it.
        ip_address: the IP address of the browser.

    Raises:
        AccessDenied: the account is disabled, the user name is invalid or belongs to another user, or
            `NEW_ACCOUNTS` is `refused` and the user was not invited.
    """
    account = _require_access(_find_account(db.session(), identity), identity)
    if account is not None and not _has_changes(account, identity):
        return account
    try:
        with write_transaction() as session:
            return _update_account(session, identity, ip_address)
    except IntegrityError:  # concurrent first visits, or the user name is taken
        db.session.rollback()
    account = _require_access(_find_account(db.session(), identity), identity)
    if account is None:
        raise AccessDenied(DenialReason.USERNAME_TAKEN)
    return account


def _find_account(session: Session, identity: ExternalIdentity, *, lock: bool = False) -> Account | None:
    query = select(Account).with_for_update() if lock else select(Account)
    if identity.oidc_subject is not None:
        account = session.scalar(query.where(Account.oidc_subject == identity.oidc_subject))
        if account is not None or not identity.username_verified:
            return account
        # An invited account without a subject is linked at the first visit; a linked one is never taken over.
        query = query.where(Account.oidc_subject.is_(None))
    account = session.scalar(query.where(Account.username_key == username_key(identity.username)))
    # username_key ignores typing variants; to a provider, similar names are different users.
    if account is not None and account.username.lower() != identity.username.lower():
        raise AccessDenied(DenialReason.USERNAME_TAKEN)
    return account


def _require_access(account: Account | None, identity: ExternalIdentity) -> Account | None:
    if account is not None and account.disabled_at is not None:
        raise AccessDenied(DenialReason.DISABLED, account.username)
    if account is None and not accounts.is_valid_username(identity.username):
        raise AccessDenied(DenialReason.INVALID_USERNAME)
    if account is None and get_settings().new_accounts == "refused" and not identity.is_admin:
        raise AccessDenied(DenialReason.NOT_INVITED)
    return account


def _has_changes(account: Account, identity: ExternalIdentity) -> bool:
    return (
        account.oidc_subject != (identity.oidc_subject or account.oidc_subject)
        or account.display_name != (identity.display_name or account.display_name)
        or account.role != _resolve_role(account.role, identity.is_admin)
    )


def _resolve_role(role: AccountRole, is_admin: bool | None) -> AccountRole:
    """The account's role after applying the provider's administrator claim."""
    if is_admin:
        return AccountRole.ADMIN
    return _initial_role() if role == AccountRole.ADMIN and is_admin is False else role


def _initial_role() -> AccountRole:
    """The role of a new account; viewer where new accounts are refused."""
    new_accounts = get_settings().new_accounts
    return AccountRole.VIEWER if new_accounts == "refused" else AccountRole(new_accounts)


def _update_account(session: Session, identity: ExternalIdentity, ip_address: str | None) -> Account:
    """The account updated from the identity, in a transaction; created if there is none."""
    # SELECT … FOR UPDATE: a concurrent sign-in of the same user waits and sees the update.
    account = _require_access(_find_account(session, identity, lock=True), identity)
    if account is None:
        return _create_account(session, identity, ip_address)
    previous_role, account.role = account.role, _resolve_role(account.role, identity.is_admin)
    if previous_role != account.role:
        roles = {"before": previous_role.value, "role": account.role.value}
        actor = Actor(account.username, ip_address)
        record_event(session, AuditAction.ROLE_CHANGED, actor, target_username=account.username, detail=roles)
    account.oidc_subject = identity.oidc_subject or account.oidc_subject
    account.display_name = identity.display_name or account.display_name
    session.flush()
    return account


def _create_account(session: Session, identity: ExternalIdentity, ip_address: str | None) -> Account:
    role = AccountRole.ADMIN if identity.is_admin else _initial_role()
    account = Account(
        username=identity.username,
        display_name=identity.display_name,
        oidc_subject=identity.oidc_subject,
        role=role,
    )
    session.add(account)
    session.flush()
    session.refresh(account)  # times set by the database
    actor = Actor(account.username, ip_address)
    record_event(
        session,
        AuditAction.ACCOUNT_ADDED,
        actor,
        target_username=account.username,
        detail={"role": role.value},
    )
    return account
