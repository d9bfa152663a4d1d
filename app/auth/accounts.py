"""Accounts: find, add, change and disable; each change is audited in the same transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import Actor, record_event
from app.auth import passwords, throttle
from app.database import db, retry_on_rollback, write_transaction
from app.models import Account, AccountRole, AccountSession, AuditAction, utc_now
from app.models.account import username_key
from app.utils.text import has_control_characters, is_blank, normalize_text, strip_control_characters

MAX_NAME_LENGTH = 200
TEMPORARY_PASSWORD_HOURS = 72
# Reserved: the audit uses these names for actors that are not accounts.
RESERVED_USERNAMES = frozenset({"sandbox", "anonymous", "command"})


COMMAND_ACTOR = Actor("command")


class UsernameTaken(Exception):
    """The user name is already in use."""


class InvalidUsername(Exception):
    """The user name is not valid."""


class LastAdmin(Exception):
    """The change would leave no active administrator; nothing changed."""


def find_account(username: str) -> Account | None:
    """An account by its user name, compared in normalized form."""
    return db.session.scalar(
        select(Account).where(Account.username_key == username_key(normalize_text(username)))
    )


def get_account(account_id: int) -> Account:
    """An account by its id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return db.session.get_one(Account, account_id)


def may_sign_in(account: Account) -> bool:
    """Whether the account may sign in: not disabled, and its temporary password not expired."""
    is_password_current = (
        account.temporary_password_expires_at is None
        or account.temporary_password_expires_at > datetime.now(UTC)
    )
    return account.disabled_at is None and is_password_current


def has_active_admin() -> bool:
    """Whether there is an active administrator."""
    return db.session.scalar(_active_admins_query().limit(1)) is not None


def get_display_names(usernames: set[str]) -> dict[str, str]:
    """Display names by user name; accounts without one are left out."""
    if not usernames:
        return {}
    query = select(Account.username, Account.display_name).where(
        Account.username.in_(usernames), Account.display_name != ""
    )
    return {row.username: row.display_name for row in db.session.execute(query)}


def is_valid_username(name: str) -> bool:
    """Whether a user name is visible text, not too long, and not reserved."""
    return not (
        is_blank(name)
        or len(name) > MAX_NAME_LENGTH
        or has_control_characters(name)
        or "," in name  # two headers of a proxy arrive as one, with a comma
        or username_key(name) in RESERVED_USERNAMES
    )


def add(
    username: str,
    role: AccountRole,
    actor: Actor,
    *,
    display_name: str = "",
    password: str | None = None,
    temporary: bool = True,
) -> Account:
    """Add an account.

    Args:
        username: the name to sign in with.
        role: the role of the account.
        actor: the account that acts.
        display_name: the name to show; the user name if left out.
        password: the password; None with AUTH=oidc or proxy.
        temporary: the password has to be changed at the first sign-in.

    Raises:
        InvalidUsername: the name is empty, too long, or reserved.
        UsernameTaken: another account has this name.
    """
    name = normalize_text(username)
    if not is_valid_username(name):
        raise InvalidUsername
    clean_display_name = normalize_text(strip_control_characters(display_name))[:MAX_NAME_LENGTH]
    values: dict[str, object] = {"username": name, "display_name": clean_display_name, "role": role}
    if password is not None:
        values["password_hash"] = passwords.hash_password(password)
        expires_at = utc_now(TEMPORARY_PASSWORD_HOURS * 3600) if temporary else None
        values["temporary_password_expires_at"] = expires_at
    try:
        return _store_new(values, actor)
    except IntegrityError:
        raise UsernameTaken from None


@retry_on_rollback
def _store_new(values: Mapping[str, object], actor: Actor) -> Account:
    account = Account(**values)
    with write_transaction() as session:
        session.add(account)
        session.flush()
        session.refresh(account)
        detail = {"role": account.role.value}
        record_event(
            session, AuditAction.ACCOUNT_ADDED, actor, target_username=account.username, detail=detail
        )
    return account


@retry_on_rollback
def change_role(account_id: int, role: AccountRole, actor: Actor) -> None:
    """Give an account another role.

    Raises:
        LastAdmin: it is the last administrator's.
    """
    with write_transaction() as session, _require_remaining_admin(session, account_id):
        account = _get_locked_account(session, account_id)
        if account.role == role:
            return
        previous_role, account.role = account.role, role
        record_event(
            session,
            AuditAction.ROLE_CHANGED,
            actor,
            target_username=account.username,
            detail={"before": previous_role.value, "role": role.value},
        )


@retry_on_rollback
def disable(account_id: int, actor: Actor) -> None:
    """Disable an account and end its sessions.

    Raises:
        LastAdmin: it is the last administrator.
    """
    with write_transaction() as session, _require_remaining_admin(session, account_id):
        account = _get_locked_account(session, account_id)
        if account.disabled_at is not None:
            return
        account.disabled_at = utc_now()
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        record_event(session, AuditAction.ACCOUNT_DISABLED, actor, target_username=account.username)


@retry_on_rollback
def enable(account_id: int, actor: Actor) -> None:
    """Enable a disabled account."""
    with write_transaction() as session:
        account = _get_locked_account(session, account_id)
        if account.disabled_at is None:
            return
        account.disabled_at = None
        record_event(session, AuditAction.ACCOUNT_ENABLED, actor, target_username=account.username)


@retry_on_rollback
def reset_password(account_id: int, actor: Actor) -> str:
    """Set a temporary password and end all sessions; return the password (only its hash is stored)."""
    password = passwords.generate_temporary_password()
    password_hash = passwords.hash_password(password)
    with write_transaction() as session:
        account = _get_locked_account(session, account_id)
        account.password_hash, account.temporary_password_expires_at = (
            password_hash,
            utc_now(TEMPORARY_PASSWORD_HOURS * 3600),
        )
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        throttle.clear_account_failures(session, account.username)
        record_event(session, AuditAction.PASSWORD_RESET, actor, target_username=account.username)
    return password


@retry_on_rollback
def change_password(account_id: int, password: str, actor: Actor) -> None:
    """Set a new permanent password, and end all sessions of the account."""
    password_hash = passwords.hash_password(password)
    with write_transaction() as session:
        account = _get_locked_account(session, account_id)
        account.password_hash, account.temporary_password_expires_at = password_hash, None
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        throttle.clear_account_failures(session, account.username)
        record_event(session, AuditAction.PASSWORD_CHANGED, actor, target_username=account.username)


@retry_on_rollback
def sign_out_everywhere(account_id: int, actor: Actor) -> None:
    """End all sessions of an account."""
    with write_transaction() as session:
        account = _get_locked_account(session, account_id)
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        record_event(session, AuditAction.SIGNED_OUT_EVERYWHERE, actor, target_username=account.username)


@retry_on_rollback
def rehash_password(account: Account, password: str) -> None:
    """Hash a verified password again with the current parameters."""
    new_hash = passwords.hash_password(password)
    with write_transaction() as session:
        row = _get_locked_account(session, account.id)
        if row.password_hash == account.password_hash:
            row.password_hash = new_hash


def _get_locked_account(session: Session, account_id: int) -> Account:
    return session.get_one(Account, account_id, with_for_update=True)


def _active_admins_query() -> Select[int]:
    return select(Account.id).where(_active_admin_condition())


def _active_admin_condition() -> ColumnElement[bool]:
    return and_(Account.role == AccountRole.ADMIN, Account.disabled_at.is_(None))


@contextmanager
def _require_remaining_admin(session: Session, account_id: int) -> Iterator[None]:
    """Reject a change that removes the last administrator. Row locks serialize concurrent changes."""
    affected = or_(Account.id == account_id, _active_admin_condition())
    session.execute(select(Account.id).where(affected).order_by(Account.id).with_for_update())
    admin_before = session.scalar(_active_admins_query().limit(1))
    yield
    session.flush()
    if admin_before is not None and session.scalar(_active_admins_query().limit(1)) is None:
        raise LastAdmin
