"""Sessions: a random key in the browser's signed cookie, and a row here without which it opens nothing."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask import session as cookie
from sqlalchemy import Row, Select, bindparam, delete, func, select, update

from app.database import db, transaction
from app.fittings import settings
from app.models import Account, AccountSession
from app.models.base import UtcDateTime
from app.models.locks import lock_account, unlocked
from app.models.moves import either_way

COOKIE_KEY = "key"
KEPT_AT_SIGN_IN = ("held", "oidc")  # a form to give back, and what other tabs have begun
LONGEST_DAYS = 30
# Writing down each request would make readers write; a session lives a hundredth longer or shorter instead.
_PRECISION = 100


def start(account: Account) -> None:
    """Sign an account in, in this browser: with a new key, and little of what the cookie held before."""
    key, now, before = secrets.token_urlsafe(32), datetime.now(UTC), cookie.get(COOKIE_KEY, "")
    kept = {name: cookie[name] for name in KEPT_AT_SIGN_IN if name in cookie}
    cookie.clear()
    cookie.update(kept)
    cookie[COOKIE_KEY] = key
    too_old = AccountSession.last_seen_at < now - timedelta(days=LONGEST_DAYS)
    with transaction() as session:
        # The account first: a transaction that ends all its sessions holds it.
        lock_account(session, account.id)
        session.execute(delete(AccountSession).where(AccountSession.token_hash == _hash(before)))
        session.execute(delete(AccountSession).where(unlocked(AccountSession, too_old)))
        session.add(
            AccountSession(token_hash=_hash(key), account_id=account.id, created_at=now, last_seen_at=now)
        )


def end() -> None:
    """Sign out in this browser."""
    key = cookie.get(COOKIE_KEY, "")
    cookie.clear()
    with transaction() as session:
        session.execute(delete(AccountSession).where(AccountSession.token_hash == _hash(key)))


def current() -> Row[Any] | None:
    """Whoever is signed in in this browser: the columns of `_COLUMNS`; None if nobody is."""
    key, now = cookie.get(COOKIE_KEY), datetime.now(UTC)
    if not key:
        return None
    idle = timedelta(hours=settings().session_hours)
    values = {
        "token_hash": _hash(key),
        "seen_since": now - idle,
        "created_since": now - timedelta(days=LONGEST_DAYS),
    }
    found = db.session.connection().execute(_finding(), values).one_or_none()
    if found is not None and now - found.last_seen_at > idle / _PRECISION:
        _touch(found.session_id, now)
    return found


def how_many(account_id: int) -> int:
    """In how many browsers an account is signed in."""
    idle = timedelta(hours=settings().session_hours)
    alive = (AccountSession.account_id == account_id, AccountSession.last_seen_at > datetime.now(UTC) - idle)
    return db.session.scalar(select(func.count(AccountSession.id)).where(*alive)) or 0


def last_account_id() -> int | None:
    """The account whose session, over or not, this browser's cookie still names."""
    key = cookie.get(COOKIE_KEY)
    if not key:
        return None
    return db.session.scalar(select(AccountSession.account_id).where(AccountSession.token_hash == _hash(key)))


_COLUMNS = (
    Account.id,
    Account.username,
    Account.display_name,
    Account.role,
    Account.temporary_password_expires_at,
    AccountSession.id.label("session_id"),
    AccountSession.last_seen_at,
)


@cache
def _finding() -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Account, Account.id == AccountSession.account_id)
        .where(
            AccountSession.token_hash == bindparam("token_hash"),
            AccountSession.last_seen_at > bindparam("seen_since", type_=UtcDateTime()),
            AccountSession.created_at > bindparam("created_since", type_=UtcDateTime()),
            Account.disabled_at.is_(None),
        )
    )


def _touch(session_id: int, now: datetime) -> None:
    with transaction() as session:
        seen = update(AccountSession).where(AccountSession.id == session_id).values(last_seen_at=now)
        # No row: the session has ended, and stays ended.
        either_way(session.execute(seen))


def _hash(key: str) -> str:
    # A database that leaks does not hand out sessions.
    return hashlib.sha256(key.encode()).hexdigest()
