"""Password sign-in: throttled and audited, with one answer for unknown accounts and wrong passwords."""

from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Actor, record_event
from app.auth import accounts, passwords, sessions, throttle
from app.auth.throttle import Throttled
from app.database import db, write_transaction
from app.models import Account, AuditAction, AuditEvent, utc_now

REFUSAL_RECORD_INTERVAL_SECONDS = 60
"""At most one audit event per interval: an attacker could otherwise fill the append-only audit."""


@dataclass(frozen=True)
class InvalidCredentials:
    """Wrong user name or password, or a disabled account; deliberately not distinguished."""


def sign_in(username: str, password: str, ip_address: str) -> Account | InvalidCredentials | Throttled:
    """Verify the password and start a session in this browser.

    Args:
        username: as typed.
        password: as typed.
        ip_address: the IP address of the browser.
    """
    name = username[: accounts.MAX_NAME_LENGTH + 1]  # longer than any valid name, so it never matches
    attempt = throttle.register_attempt(name, ip_address)
    account = accounts.find_account(name)
    if isinstance(attempt, Throttled):
        _record_refusal(account, ip_address)
        return attempt
    is_correct = passwords.verify_password(password, account.password_hash if account else None)
    if account is None or not is_correct or not accounts.may_sign_in(account):
        _record_failure(account, ip_address)
        return InvalidCredentials()
    throttle.clear_failures(attempt)
    if account.password_hash and passwords.needs_rehash(account.password_hash):
        accounts.rehash_password(account, password)
    start_session(account, ip_address)
    return account


def verify_own_password(account: Account, password: str, ip_address: str) -> bool | Throttled:
    """Verify the current user's password, throttled: an unattended session must not allow guessing it."""
    attempt = throttle.register_attempt(account.username, ip_address)
    if isinstance(attempt, Throttled):
        _record_refusal(account, ip_address)
        return attempt
    is_correct = passwords.verify_password(password, account.password_hash)
    if is_correct:
        throttle.clear_failures(attempt)
    else:
        _record_failure(account, ip_address)
    return is_correct


def start_session(account: Account, ip_address: str | None) -> None:
    """Start a session for an authenticated account, and audit it."""
    sessions.create_session(account)
    with write_transaction() as session:
        record_event(session, AuditAction.SIGNED_IN, Actor(account.username, ip_address))


def sign_out(actor: Actor) -> None:
    """End the session in this browser."""
    sessions.end_session()
    with write_transaction() as session:
        record_event(session, AuditAction.SIGNED_OUT, actor)


def _record_failure(account: Account | None, ip_address: str) -> None:
    # The actor is unknown. Unknown user names are not stored: one may be a password in the wrong field.
    with write_transaction() as session:
        record_event(
            session,
            AuditAction.SIGN_IN_FAILED,
            Actor(None, ip_address),
            target_username=account.username if account else None,
        )


def _record_refusal(account: Account | None, ip_address: str) -> None:
    target_username = account.username if account else None
    recent_refusals = select(AuditEvent.id).where(
        AuditEvent.action == AuditAction.SIGN_IN_REFUSED,
        AuditEvent.created_at > utc_now(-REFUSAL_RECORD_INTERVAL_SECONDS),
        AuditEvent.ip_address == ip_address,
        AuditEvent.target_username.is_not_distinct_from(target_username),
    )
    if db.session.scalar(recent_refusals.limit(1)) is None:
        with write_transaction() as session:
            record_event(
                session, AuditAction.SIGN_IN_REFUSED, Actor(None, ip_address), target_username=target_username
            )
