"""Signing in with a password: throttled, audited, and saying the same whether the account exists or not."""

from dataclasses import dataclass

from sqlalchemy import select

from app.audit import By, record
from app.database import db, transaction
from app.identity import accounts, passwords, sessions, throttle
from app.identity.throttle import TooMany
from app.models import Account, AuditEvent, Deed, utc_now

REFUSALS_RECORDED_EVERY_SECONDS = 60
"""Whoever guesses does not wait: a line for each refusal would fill the audit, which nothing ever empties."""


@dataclass(frozen=True)
class Wrong:
    """The name, the password or the pair is wrong, or the account is disabled: nobody learns which."""


def sign_in(username: str, password: str, address: str) -> Account | Wrong | TooMany:
    """Sign somebody in in this browser, if the password is right.

    Args:
        username: as typed.
        password: as typed.
        address: the network address that it comes from.
    """
    name = username[: accounts.LONGEST_NAME + 1]  # nobody has a name as long as that
    tried = throttle.attempt(name, address)
    account = accounts.find(name)
    if isinstance(tried, TooMany):
        _record_refusal(account, address)
        return tried
    right = passwords.is_right(password, account.password_hash if account else None)
    if account is None or not right or not accounts.may_sign_in(account):
        _record_failure(account, address)
        return Wrong()
    throttle.forgive(tried)
    if account.password_hash and passwords.is_outdated(account.password_hash):
        accounts.rehash(account, password)
    welcome(account, address)
    return account


def is_own(account: Account, password: str, address: str) -> bool | TooMany:
    """Whether a password is that of somebody who is signed in: a session that was left open must not serve to guess it."""
    tried = throttle.attempt(account.username, address)
    if isinstance(tried, TooMany):
        _record_refusal(account, address)
        return tried
    right = passwords.is_right(password, account.password_hash)
    if right:
        throttle.forgive(tried)
    else:
        _record_failure(account, address)
    return right


def welcome(account: Account, address: str | None) -> None:
    """Begin the session of somebody who is known by now, by whatever means."""
    sessions.start(account)
    with transaction() as session:
        record(session, Deed.SIGNED_IN, By(account.username, address))


def sign_out(by: By) -> None:
    """End the session in this browser."""
    sessions.end()
    with transaction() as session:
        record(session, Deed.SIGNED_OUT, by)


def _record_failure(account: Account | None, address: str) -> None:
    # Nobody knows who it was. A name that no account has is not written down: it may be a password in the wrong field.
    with transaction() as session:
        record(session, Deed.SIGN_IN_FAILED, By(None, address), subject=account.username if account else None)


def _record_refusal(account: Account | None, address: str) -> None:
    subject = account.username if account else None
    lately = select(AuditEvent.id).where(
        AuditEvent.action == Deed.SIGN_IN_REFUSED,
        AuditEvent.created_at > utc_now(-REFUSALS_RECORDED_EVERY_SECONDS),
        AuditEvent.ip_address == address,
        AuditEvent.target_username.is_not_distinct_from(subject),
    )
    if db.session.scalar(lately.limit(1)) is None:
        with transaction() as session:
            record(session, Deed.SIGN_IN_REFUSED, By(None, address), subject=subject)
