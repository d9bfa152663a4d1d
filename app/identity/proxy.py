"""`AUTH=proxy`: a proxy in front of us signs people in, and names them in a header that only it may send.

No session of ours begins or ends, so nothing is audited as signing in or out: that is in the proxy's own log. What is audited
is the first visit, which makes the account.
"""

import ipaddress
import logging

from flask import request

from app.fittings import settings
from app.identity.vouched import NotWelcome, Visitor, Why, vouched_for
from app.models import Account
from app.text import clean, has_forbidden

log = logging.getLogger(__name__)

LONGEST_NAME = 200


def account() -> Account:
    """The account that the proxy names, made at its first visit.

    Raises:
        NotWelcome: whoever is connected to us is not in `AUTH_PROXY_TRUSTED`, or names nobody, or somebody who may not come in.
    """
    peer = _peer()
    if not _is_trusted(peer):
        # Whoever set this up needs the address; the name is nobody's that we know.
        log.warning("AUTH_PROXY_TRUSTED does not hold %s, which is connected to us", peer or "a Unix socket")
        raise NotWelcome(Why.NOT_TRUSTED)
    name = _name(request.headers.get(settings().auth_proxy_header, ""))
    if name is None:
        raise NotWelcome(Why.NOT_TRUSTED)
    return vouched_for(Visitor(name), request.remote_addr)


def _name(sent: str) -> str | None:
    """The name in the header; None if that is no name, or not one alone."""
    try:
        name = sent.encode("latin-1").decode()  # WSGI gives the bytes of a header as if each were a character
    except UnicodeError:
        return None
    # Two headers arrive as one with a comma: one of them was not the proxy's.
    if "," in name or has_forbidden(name):
        return None
    name = clean(name)
    return name if 0 < len(name) <= LONGEST_NAME else None


def _peer() -> str:
    """The address that is connected to us, whatever anybody says about those behind it; none on a Unix socket."""
    original = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    return str(original.get("REMOTE_ADDR") or "")


def _is_trusted(peer: str) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)  # how IPv4 looks on an IPv6 socket
    return any((mapped or address) in network for network in settings().auth_proxy_trusted)
