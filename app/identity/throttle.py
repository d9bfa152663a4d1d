"""Guessing passwords is slowed down and then refused for a while, counted in the database, so that all processes share it."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from app.database import retried, transaction
from app.models import SignInAttempt, utc_now
from app.models.account import username_key
from app.models.locks import unlocked

WINDOW_SECONDS = 15 * 60
FAILURES_OF_AN_ACCOUNT = 5
FAILURES_OF_AN_ADDRESS = 20
PAUSES_SECONDS = (5, 15, 45)
"""After the last failure that is free and the next ones; beyond these, the whole window."""
_KEPT_SECONDS = 2 * WINDOW_SECONDS
_LOCK = 0x436F6E766F6362  # any number, as long as all processes of ours take the same


@dataclass(frozen=True)
class Attempt:
    """A password may be tried; until `forgive` it counts as wrong, so that many tried at once all count."""

    name_hash: str
    network: str


@dataclass(frozen=True)
class TooMany:
    """No password is tried now; it may be again after so many seconds."""

    seconds: int


@retried
def attempt(username: str, address: str) -> Attempt | TooMany:
    """Ask whether a password for this user name may be tried from this address, and count it."""
    name_hash, network = _hash(username), _network(address)
    with transaction() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        too_old = SignInAttempt.attempted_at < utc_now(-_KEPT_SECONDS)
        session.execute(delete(SignInAttempt).where(unlocked(SignInAttempt, too_old)))
        seconds = max(
            _pause(session, SignInAttempt.name_hash == name_hash, FAILURES_OF_AN_ACCOUNT),
            _pause(session, SignInAttempt.ip_address == network, FAILURES_OF_AN_ADDRESS),
        )
        if seconds > 0:
            return TooMany(math.ceil(seconds))
        session.add(SignInAttempt(name_hash=name_hash, ip_address=network))
        return Attempt(name_hash, network)


@retried
def forgive(tried: Attempt) -> None:
    """The password was right: it does not count, nor do the failures before it of the same person at the same place."""
    same = (SignInAttempt.name_hash == tried.name_hash, SignInAttempt.ip_address == tried.network)
    with transaction() as session:
        session.execute(delete(SignInAttempt).where(unlocked(SignInAttempt, *same)))


def forget(session: Session, username: str) -> None:
    """Whoever was given a new password need not wait for what was tried with the old one."""
    same = SignInAttempt.name_hash == _hash(username)
    session.execute(delete(SignInAttempt).where(unlocked(SignInAttempt, same)))


def _pause(session: Session, condition: ColumnElement[bool], free: int) -> float:
    """Seconds until the next try, by the failures of the window that meet a condition."""
    failures, last, now = session.execute(
        select(func.count(), func.max(SignInAttempt.attempted_at), utc_now()).where(
            condition,
            SignInAttempt.attempted_at > utc_now(-WINDOW_SECONDS),
        )
    ).one()
    if failures < free:
        return 0
    beyond = failures - free
    pause = PAUSES_SECONDS[beyond] if beyond < len(PAUSES_SECONDS) else WINDOW_SECONDS
    return float(pause - (now - last).total_seconds())


def _hash(username: str) -> str:
    return hashlib.sha256(username_key(username).encode("utf-8", "surrogatepass")).hexdigest()


def _network(address: str) -> str:
    """What one household or machine has: an IPv4 address, or the 2^64 addresses of an IPv6 network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address) or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", None) or found)
    return str(ipaddress.ip_network((found, 64), strict=False))
