"""`AUTH=proxy`: a reverse proxy authenticates users and sends the user name in a trusted header.

We have no sessions then, so sign-ins and sign-outs are in the proxy's log, not in the audit. The audit has
the first visit, which creates the account.
"""

import ipaddress
import logging

from flask import request

from app.auth.provisioning import AccessDenied, DenialReason, ExternalIdentity, get_or_provision_account
from app.extensions import get_settings
from app.models import Account
from app.utils.text import has_control_characters, normalize_text

log = logging.getLogger(__name__)

MAX_NAME_LENGTH = 200


def get_proxy_account() -> Account:
    """The account named by the proxy's header; provisioned at the first visit.

    Raises:
        AccessDenied: the peer is not in `AUTH_PROXY_TRUSTED`, the header is missing, or the account is
            denied.
    """
    peer_ip = _get_peer_ip()
    if not _is_trusted(peer_ip):
        # Log the peer's IP address for the operator; the user name is not trusted, so not logged.
        log.warning(
            "AUTH_PROXY_TRUSTED does not hold %s, which is connected to us", peer_ip or "a Unix socket"
        )
        raise AccessDenied(DenialReason.NOT_TRUSTED)
    username = _parse_username(request.headers.get(get_settings().auth_proxy_header, ""))
    if username is None:
        raise AccessDenied(DenialReason.NOT_TRUSTED)
    return get_or_provision_account(ExternalIdentity(username), request.remote_addr)


def _parse_username(header_value: str) -> str | None:
    """The user name in the header; None if it is invalid or the header is repeated."""
    try:
        name = header_value.encode("latin-1").decode()  # WSGI decodes headers as Latin-1
    except UnicodeError:
        return None
    # WSGI joins two headers of one name with a comma: one of them did not come from the proxy.
    if "," in name or has_control_characters(name):
        return None
    name = normalize_text(name)
    return name if 0 < len(name) <= MAX_NAME_LENGTH else None


def _get_peer_ip() -> str:
    """IP address of the direct peer, ignoring X-Forwarded-For; empty on a Unix socket."""
    original = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    return str(original.get("REMOTE_ADDR") or "")


def _is_trusted(peer_ip: str) -> bool:
    try:
        ip_address = ipaddress.ip_address(peer_ip)
    except ValueError:
        return False
    mapped = getattr(ip_address, "ipv4_mapped", None)  # an IPv4-mapped IPv6 address
    return any((mapped or ip_address) in network for network in get_settings().auth_proxy_trusted)
