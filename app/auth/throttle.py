"""Throttling of sign-in attempts with backoff; counted in the database, shared by all processes."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from app.database import retry_on_rollback, write_transaction
from app.models import FailedSignIn, utc_now
from app.models.account import username_key
from app.models.lock_order import unlocked_condition

WINDOW_SECONDS = 15 * 60
MAX_FREE_FAILURES_PER_ACCOUNT = 5
MAX_FREE_FAILURES_PER_NETWORK = 20
BACKOFF_SECONDS = (5, 15, 45)
"""Backoff after the last free failure and the following ones; later failures wait a whole window."""
_RETENTION_SECONDS = 2 * WINDOW_SECONDS
_ADVISORY_LOCK_KEY = 0x436F6E766F6362  # advisory lock key: arbitrary, the same in all processes


@dataclass(frozen=True)
class RegisteredAttempt:
    """A registered attempt; counts as failed until `clear_failures`, so concurrent attempts all count."""

    name_hash: str
    network: str


@dataclass(frozen=True)
class Throttled:
    """Too many failures; try again after `retry_after_seconds`."""

    retry_after_seconds: int


@retry_on_rollback
def register_attempt(username: str, ip_address: str) -> RegisteredAttempt | Throttled:
    """Register an attempt for this user name and IP address, unless throttled."""
    name_hash, network = _hash_username(username), _to_network(ip_address)
    with write_transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK_KEY})"))
        expired = FailedSignIn.attempted_at < utc_now(-_RETENTION_SECONDS)
        session.execute(delete(FailedSignIn).where(unlocked_condition(FailedSignIn, expired)))
        wait_seconds = max(
            _remaining_backoff_seconds(
                session, FailedSignIn.name_hash == name_hash, MAX_FREE_FAILURES_PER_ACCOUNT
            ),
            _remaining_backoff_seconds(
                session, FailedSignIn.ip_address == network, MAX_FREE_FAILURES_PER_NETWORK
            ),
        )
        if wait_seconds > 0:
            return Throttled(math.ceil(wait_seconds))
        session.add(FailedSignIn(name_hash=name_hash, ip_address=network))
        return RegisteredAttempt(name_hash, network)


@retry_on_rollback
def clear_failures(registered: RegisteredAttempt) -> None:
    """Correct password: delete the failures of this user name from this network."""
    conditions = (
        FailedSignIn.name_hash == registered.name_hash,
        FailedSignIn.ip_address == registered.network,
    )
    with write_transaction() as session:
        session.execute(delete(FailedSignIn).where(unlocked_condition(FailedSignIn, *conditions)))


def clear_account_failures(session: Session, username: str) -> None:
    """Delete all failures of a user name after a password change."""
    condition = FailedSignIn.name_hash == _hash_username(username)
    session.execute(delete(FailedSignIn).where(unlocked_condition(FailedSignIn, condition)))


def _remaining_backoff_seconds(session: Session, condition: ColumnElement[bool], free_failures: int) -> float:
    """Seconds of backoff left, from the failures in the window that match the condition."""
    failures, last, now = session.execute(
        select(func.count(), func.max(FailedSignIn.attempted_at), utc_now()).where(
            condition,
            FailedSignIn.attempted_at > utc_now(-WINDOW_SECONDS),
        )
    ).one()
    if failures < free_failures:
        return 0
    excess_failures = failures - free_failures
    backoff = BACKOFF_SECONDS[excess_failures] if excess_failures < len(BACKOFF_SECONDS) else WINDOW_SECONDS
    return float(backoff - (now - last).total_seconds())


def _hash_username(username: str) -> str:
    return hashlib.sha256(username_key(username).encode("utf-8", "surrogatepass")).hexdigest()


def _to_network(ip_address: str) -> str:
    """The unit of throttling: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(ip_address)
    except ValueError:
        return ip_address
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.ipv4_mapped:
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
