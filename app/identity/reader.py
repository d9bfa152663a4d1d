"""The reader: who is in front of this request, found out once, in the way that `AUTH` says."""

from dataclasses import dataclass

from flask import g, request

from app.audit import By
from app.fittings import settings
from app.identity import proxy, sessions
from app.models import StaffRole


@dataclass(frozen=True)
class Reader:
    """Whoever acts.

    `username` is what the journal and the audit know them by; `account_id` is None where nobody signs in;
    `must_change_password`: they signed in with a password that somebody else made.
    """

    username: str
    display_name: str
    role: StaffRole
    account_id: int | None = None
    must_change_password: bool = False


def reader() -> Reader | None:
    """Who is in front of this request; None: nobody who is known.

    Raises:
        app.identity.vouched.NotWelcome: `AUTH=proxy`, and whoever it is may not come in.
    """
    if "reader" not in g:
        g.reader = _found()
    found: Reader | None = g.reader
    return found


def by() -> By:
    """Who acts in this request, and from which network address, as far as the trusted proxies say."""
    one = reader()
    return By(one.username if one else None, request.remote_addr)


def _found() -> Reader | None:
    if settings().auth == "off":
        return Reader("sandbox" if settings().sandbox else "anonymous", "", StaffRole.ADMIN)
    found = proxy.account() if settings().auth == "proxy" else sessions.current()
    if found is None:
        return None
    return Reader(
        found.username,
        found.display_name,
        found.role,
        found.id,
        must_change_password=settings().auth == "password"
        and found.temporary_password_expires_at is not None,
    )
