"""Accounts: found, added, changed and disabled; every change is audited in its own transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit import By, record
from app.database import db, retried, transaction
from app.identity import passwords, throttle
from app.models import Account, AccountSession, Deed, StaffRole, utc_now
from app.models.account import username_key
from app.text import clean, has_forbidden, is_blank, without_forbidden

LONGEST_NAME = 200
TEMPORARY_HOURS = 72
# Words that stand for who acts where nobody signs in.
RESERVED = frozenset({"sandbox", "anonymous", "command"})


COMMAND = By("command")


class NameTaken(Exception):
    """There is an account of this name."""


class BadName(Exception):
    """This cannot be a user name."""


class LastAdmin(Exception):
    """Nobody could administer accounts any more; nothing changed."""


def find(username: str) -> Account | None:
    """An account by its name, in whatever spelling."""
    return db.session.scalar(select(Account).where(Account.username_key == username_key(clean(username))))


def get(account_id: int) -> Account:
    """An account by its id.

    Raises:
        sqlalchemy.exc.NoResultFound: there is none.
    """
    return db.session.get_one(Account, account_id)


def may_sign_in(account: Account) -> bool:
    """Whether a right password lets this account in: it is not disabled, and its temporary password not too old."""
    in_time = (
        account.temporary_password_expires_at is None
        or account.temporary_password_expires_at > datetime.now(UTC)
    )
    return account.disabled_at is None and in_time


def is_there_an_admin() -> bool:
    """Whether somebody can administer accounts."""
    return db.session.scalar(_active_admins().limit(1)) is not None


def display_names(usernames: set[str]) -> dict[str, str]:
    """What to call these people, those who have no name of their own left out."""
    if not usernames:
        return {}
    query = select(Account.username, Account.display_name).where(
        Account.username.in_(usernames), Account.display_name != ""
    )
    return {row.username: row.display_name for row in db.session.execute(query)}


def is_good_name(name: str) -> bool:
    """Whether somebody may be called so: it can be seen, is not too long, and stands for nothing else."""
    return not (
        is_blank(name)
        or len(name) > LONGEST_NAME
        or has_forbidden(name)
        or "," in name  # two headers of a proxy arrive as one, with a comma
        or username_key(name) in RESERVED
    )


@retried
def add(
    username: str,
    role: StaffRole,
    by: By,
    *,
    display_name: str = "",
    password: str | None = None,
    temporary: bool = True,
) -> Account:
    """Add an account.

    Args:
        username: what they sign in with.
        role: what they may do.
        by: whose doing it is.
        display_name: what to call them; the user name if left out.
        password: what they sign in with; None where somebody else signs people in.
        temporary: the password has to be changed at the first sign-in.

    Raises:
        BadName: the name is empty, too long, or stands for something else.
        NameTaken: there is one of this name.
    """
    name = clean(username)
    if not is_good_name(name):
        raise BadName
    called = clean(without_forbidden(display_name))[:LONGEST_NAME]
    account = Account(username=name, display_name=called, role=role)
    if password is not None:
        account.password_hash = passwords.hashed(password)
        account.temporary_password_expires_at = utc_now(TEMPORARY_HOURS * 3600) if temporary else None
    try:
        with transaction() as session:
            session.add(account)
            session.flush()
            session.refresh(account)
            record(session, Deed.ACCOUNT_ADDED, by, subject=account.username, detail={"role": role.value})
    except IntegrityError:
        raise NameTaken from None
    return account


@retried
def change_role(account_id: int, role: StaffRole, by: By) -> None:
    """Give an account another role.

    Raises:
        LastAdmin: it is the last administrator's.
    """
    with transaction() as session, _an_admin_stays(session, account_id):
        account = _locked(session, account_id)
        if account.role == role:
            return
        before, account.role = account.role, role
        record(
            session,
            Deed.ROLE_CHANGED,
            by,
            subject=account.username,
            detail={"before": before.value, "role": role.value},
        )


@retried
def disable(account_id: int, by: By) -> None:
    """Let somebody in no more, from their next request on.

    Raises:
        LastAdmin: it is the last administrator.
    """
    with transaction() as session, _an_admin_stays(session, account_id):
        account = _locked(session, account_id)
        if account.disabled_at is not None:
            return
        account.disabled_at = utc_now()
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        record(session, Deed.ACCOUNT_DISABLED, by, subject=account.username)


@retried
def enable(account_id: int, by: By) -> None:
    """Let somebody in again."""
    with transaction() as session:
        account = _locked(session, account_id)
        if account.disabled_at is None:
            return
        account.disabled_at = None
        record(session, Deed.ACCOUNT_ENABLED, by, subject=account.username)


@retried
def reset_password(account_id: int, by: By) -> str:
    """Give an account a temporary password, and sign it out everywhere; the password is given back once and kept nowhere."""
    password = passwords.temporary()
    kept = passwords.hashed(password)
    with transaction() as session:
        account = _locked(session, account_id)
        account.password_hash, account.temporary_password_expires_at = kept, utc_now(TEMPORARY_HOURS * 3600)
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        throttle.forget(session, account.username)
        record(session, Deed.PASSWORD_RESET, by, subject=account.username)
    return password


@retried
def change_password(account_id: int, password: str, by: By) -> None:
    """Set a new password that is good until it is changed, and sign its owner out everywhere."""
    kept = passwords.hashed(password)
    with transaction() as session:
        account = _locked(session, account_id)
        account.password_hash, account.temporary_password_expires_at = kept, None
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        throttle.forget(session, account.username)
        record(session, Deed.PASSWORD_CHANGED, by, subject=account.username)


@retried
def sign_out_everywhere(account_id: int, by: By) -> None:
    """End all sessions of an account."""
    with transaction() as session:
        account = _locked(session, account_id)
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        record(session, Deed.SIGNED_OUT_EVERYWHERE, by, subject=account.username)


@retried
def rehash(account: Account, password: str) -> None:
    """Keep a right password under today's parameters."""
    kept = passwords.hashed(password)
    with transaction() as session:
        row = _locked(session, account.id)
        if row.password_hash == account.password_hash:
            row.password_hash = kept


def _locked(session: Session, account_id: int) -> Account:
    return session.get_one(Account, account_id, with_for_update=True)


def _active_admins() -> Select[int]:
    return select(Account.id).where(_is_active_admin())


def _is_active_admin() -> ColumnElement[bool]:
    return and_(Account.role == StaffRole.ADMIN, Account.disabled_at.is_(None))


@contextmanager
def _an_admin_stays(session: Session, account_id: int) -> Iterator[None]:
    """Refuse a change of this account that takes the last administrator; two at once wait for each other."""
    affected = or_(Account.id == account_id, _is_active_admin())
    session.execute(select(Account.id).where(affected).order_by(Account.id).with_for_update())
    before = session.scalar(_active_admins().limit(1))
    yield
    session.flush()
    if before is not None and session.scalar(_active_admins().limit(1)) is None:
        raise LastAdmin
