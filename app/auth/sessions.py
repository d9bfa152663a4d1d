"""Server-side sessions: a random token in the signed cookie, and a row with the token's hash."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from flask import session as cookie
from sqlalchemy import Row, Select, bindparam, delete, func, select, update

from app.database import db, write_transaction
from app.extensions import get_settings
from app.models import Account, AccountSession
from app.models.base import UtcDateTime
from app.models.lock_order import lock_account, unlocked_condition
from app.models.transitions import ignore_result

COOKIE_KEY = "key"
COOKIE_KEYS_KEPT_AT_SIGN_IN = ("held", "oidc")  # saved form, and other tabs' authorization requests
MAX_SESSION_DAYS = 30
# Update last_seen_at at most every idle_timeout/100, so that reads do not write.
LAST_SEEN_UPDATES_PER_TIMEOUT = 100


def create_session(account: Account) -> None:
    """Create a session with a new token (no session fixation); clears most of the old cookie."""
    token, now, previous_token = secrets.token_urlsafe(32), datetime.now(UTC), cookie.get(COOKIE_KEY, "")
    kept_values = {name: cookie[name] for name in COOKIE_KEYS_KEPT_AT_SIGN_IN if name in cookie}
    cookie.clear()
    cookie.update(kept_values)
    cookie[COOKIE_KEY] = token
    expired = AccountSession.last_seen_at < now - timedelta(days=MAX_SESSION_DAYS)
    with write_transaction() as session:
        # Lock order: account, then sessions (prevents deadlocks with ending all sessions).
        lock_account(session, account.id)
        session.execute(
            delete(AccountSession).where(AccountSession.token_hash == _hash_token(previous_token))
        )
        session.execute(delete(AccountSession).where(unlocked_condition(AccountSession, expired)))
        session.add(
            AccountSession(
                token_hash=_hash_token(token), account_id=account.id, created_at=now, last_seen_at=now
            )
        )


def end_session() -> None:
    """Sign out in this browser."""
    token = cookie.get(COOKIE_KEY, "")
    cookie.clear()
    with write_transaction() as session:
        session.execute(delete(AccountSession).where(AccountSession.token_hash == _hash_token(token)))


def get_session_account() -> Row[Any] | None:
    """The account and session columns of this browser's session; None if there is none."""
    token, now = cookie.get(COOKIE_KEY), datetime.now(UTC)
    if not token:
        return None
    idle = timedelta(hours=get_settings().session_hours)
    values = {
        "token_hash": _hash_token(token),
        "seen_since": now - idle,
        "created_since": now - timedelta(days=MAX_SESSION_DAYS),
    }
    row = db.session.connection().execute(_session_query(), values).one_or_none()
    if row is not None and now - row.last_seen_at > idle / LAST_SEEN_UPDATES_PER_TIMEOUT:
        _update_last_seen(row.session_id, now)
    return row


def count_sessions(account_id: int) -> int:
    """Number of active sessions of an account."""
    idle = timedelta(hours=get_settings().session_hours)
    conditions = (
        AccountSession.account_id == account_id,
        AccountSession.last_seen_at > datetime.now(UTC) - idle,
    )
    return db.session.scalar(select(func.count(AccountSession.id)).where(*conditions)) or 0


def get_last_account_id() -> int | None:
    """The account whose session, over or not, this browser's cookie still names."""
    token = cookie.get(COOKIE_KEY)
    if not token:
        return None
    return db.session.scalar(
        select(AccountSession.account_id).where(AccountSession.token_hash == _hash_token(token))
    )


_SESSION_COLUMNS = (
    Account.id,
    Account.username,
    Account.display_name,
    Account.role,
    Account.temporary_password_expires_at,
    AccountSession.id.label("session_id"),
    AccountSession.last_seen_at,
)


@cache
def _session_query() -> Select[*tuple[Any, ...]]:
    return (
        select(*_SESSION_COLUMNS)
        .join(Account, Account.id == AccountSession.account_id)
        .where(
            AccountSession.token_hash == bindparam("token_hash"),
            AccountSession.last_seen_at > bindparam("seen_since", type_=UtcDateTime()),
            AccountSession.created_at > bindparam("created_since", type_=UtcDateTime()),
            Account.disabled_at.is_(None),
        )
    )


def _update_last_seen(session_id: int, now: datetime) -> None:
    with write_transaction() as session:
        statement = update(AccountSession).where(AccountSession.id == session_id).values(last_seen_at=now)
        # No row: the session has ended, and stays ended.
        ignore_result(session.execute(statement))


def _hash_token(token: str) -> str:
    # Only the hash is stored: a leaked database contains no usable session tokens.
    return hashlib.sha256(token.encode()).hexdigest()
