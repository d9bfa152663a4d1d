"""`AUTH=oidc`: the authorization code flow; pending requests live in the signed cookie for 10 minutes."""

import logging
import secrets
import time
from collections.abc import Mapping
from typing import NamedTuple

from flask import session as cookie

from app.audit import Actor, record_event
from app.auth import claims, sign_in
from app.auth.oidc_http import AuthenticationFailed, SignInFailed, safe_error_code
from app.auth.provider import get_provider
from app.auth.provisioning import AccessDenied, get_or_provision_account
from app.database import write_transaction
from app.extensions import get_settings
from app.models import AuditAction

log = logging.getLogger(__name__)

COOKIE_KEY = "oidc"
REQUEST_TTL_SECONDS = 600
# A cookie holds 4 KiB. With more tabs than this, the oldest tab has to start its sign-in again.
MAX_PENDING_REQUESTS = 4
MAX_NEXT_URL_LENGTH = 300


class AuthorizationRequest(NamedTuple):
    """A pending authorization request: state, nonce, PKCE verifier, next URL and start (Unix time)."""

    state: str
    nonce: str
    verifier: str
    next_url: str
    started_at: int


def start_authorization(redirect_uri: str, next_url: str, *, choose_account: bool = False) -> str:
    """Start an authorization request; returns the provider's authorization URL.

    Args:
        redirect_uri: where the provider sends it back to.
        next_url: where to redirect after sign-in; dropped if it is very long.
        choose_account: make the provider ask for the account, even if it has a session.

    Raises:
        app.auth.oidc_http.ProviderUnavailable: the provider cannot be used now.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    url = get_provider().authorization_url(
        redirect_uri, state, nonce, verifier, choose_account=choose_account
    )
    new_request = AuthorizationRequest(
        state, nonce, verifier, next_url if len(next_url) <= MAX_NEXT_URL_LENGTH else "", int(time.time())
    )
    cookie[COOKIE_KEY] = [*_pending_requests(), new_request][-MAX_PENDING_REQUESTS:]
    return url


def complete_authorization(
    callback_params: Mapping[str, str], redirect_uri: str, ip_address: str | None
) -> str:
    """Complete the authorization request and start a session; returns the next URL given at its start.

    Args:
        callback_params: the query parameters of the callback.
        redirect_uri: as in `begin`.
        ip_address: the IP address of the browser.

    Raises:
        app.auth.oidc_http.AuthenticationFailed: the callback does not prove an identity.
        app.auth.oidc_http.ProviderUnavailable: the provider cannot be used now.
        AccessDenied: the user is authenticated but denied access.
    """
    try:
        pending_request = _pop_request(callback_params.get("state", ""))
        provider_claims = get_provider().fetch_claims(
            _get_code(callback_params), redirect_uri, pending_request.nonce, pending_request.verifier
        )
        allowed_domains, admin_claim = get_settings().oidc_allowed_domains, get_settings().oidc_admin_claim
        account = get_or_provision_account(
            claims.identity_from_claims(provider_claims, allowed_domains, admin_claim), ip_address
        )
    except SignInFailed as error:
        _record_failure(error.reason, Actor(None, ip_address))
        raise
    except AccessDenied as error:
        _record_failure(error.reason.value, Actor(error.username, ip_address))
        raise
    sign_in.start_session(account, ip_address)
    return pending_request.next_url


def _pop_request(state: str) -> AuthorizationRequest:
    """Remove and return the pending request with this state."""
    pending = _pending_requests()
    match = next((candidate for candidate in pending if candidate.state == state), None)
    if match is None:
        raise AuthenticationFailed("state")
    cookie[COOKIE_KEY] = [one for one in pending if one is not match]
    return match


def _get_code(callback_params: Mapping[str, str]) -> str:
    code, error = callback_params.get("code"), callback_params.get("error")
    if code and not error:
        return code
    if error != "access_denied":  # the user cancelled
        log.warning("the OpenID provider sent a person back without a code: %s", safe_error_code(error))
    raise AuthenticationFailed("no_code")


def _pending_requests() -> list[AuthorizationRequest]:
    pending = [AuthorizationRequest(*values) for values in cookie.get(COOKIE_KEY, [])]
    return [one for one in pending if one.started_at > time.time() - REQUEST_TTL_SECONDS]


def _record_failure(reason: str, actor: Actor) -> None:
    with write_transaction() as session:
        record_event(session, AuditAction.SIGN_IN_FAILED, actor, detail={"reason": reason})
