"""HTTP client for the OpenID provider: Authlib, a deadline per request, no redirects.

SignInFailed
├── ProviderUnavailable   no response, or not valid OpenID Connect: an administrator has to fix it
└── AuthenticationFailed  the callback does not prove an identity
"""

import logging
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from urllib3.exceptions import HTTPError

from app.http_client.attempt import attempt_with_deadline
from app.http_client.errors import CallError
from app.http_client.session import DeadlineSession

log = logging.getLogger(__name__)

REQUEST_TIMEOUT_SECONDS = 6.0
"""Total deadline of one request."""
# OAuth error for an expired, used or foreign code; any other error is a configuration problem.
_INVALID_GRANT = "invalid_grant"

JsonObject = Mapping[str, Any]


class SignInFailed(Exception):
    """Sign-in failed. `reason` is the code stored in the audit."""

    reason = "failed"


class ProviderUnavailable(SignInFailed):
    """The provider does not answer, or its response is not valid OpenID Connect."""

    reason = "provider"


class AuthenticationFailed(SignInFailed):
    """The callback does not prove an identity."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OIDCSession(DeadlineSession, OAuth2Session):  # type: ignore[misc] # Authlib comes without types
    """HTTP session with a deadline per request; failures raise `ProviderUnavailable`."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """As in Authlib."""
        options |= {"allow_redirects": False, "timeout": REQUEST_TIMEOUT_SECONDS}
        with attempt_with_deadline(time.monotonic() + REQUEST_TIMEOUT_SECONDS):
            try:
                response: requests.Response = super().request(method, url, *args, **options)
            except (CallError, requests.RequestException, HTTPError, OSError) as error:
                raise provider_unavailable(type(error).__name__) from None
        if response.status_code >= 500 or 300 <= response.status_code < 400:
            raise provider_unavailable(f"it answered {response.status_code}")
        return response

    def get_json(self, url: str, *, with_token: bool = False) -> JsonObject:
        """The JSON object at a URL."""
        response = self.request("GET", url, withhold_token=not with_token)
        with suppress(ValueError):
            document = response.json()
            if response.status_code == 200 and isinstance(document, dict):
                return document
        raise provider_unavailable(
            f"it answered {response.status_code}, and not with the JSON that was asked for"
        )

    def exchange_code(self, url: str, **grant: str) -> JsonObject:
        """The tokens for a code.

        Raises:
            AuthenticationFailed: the code is not good.
        """
        try:
            token: JsonObject = self.fetch_token(url, grant_type="authorization_code", **grant)
        except OAuthError as error:
            if error.error == _INVALID_GRANT:
                raise AuthenticationFailed("code") from None
            raise provider_unavailable(f"it gave no token: {safe_error_code(error.error)}") from None
        except (requests.RequestException, ValueError, TypeError):
            raise provider_unavailable("it gave no token") from None
        return token

    def fetch_userinfo(self, url: str, subject: str) -> JsonObject:
        """Claims of the userinfo endpoint; empty if it does not answer, since only the e-mail is needed.

        Raises:
            AuthenticationFailed: its `sub` differs from the ID token's.
        """
        try:
            document = self.get_json(url, with_token=True)
        except (ProviderUnavailable, OAuthError):
            return {}
        if document.get("sub") != subject:
            raise AuthenticationFailed("userinfo")
        return document


def provider_unavailable(reason: str) -> ProviderUnavailable:
    """Log the reason and return the exception to raise."""
    log.error("the OpenID provider cannot be used: %s", reason)
    return ProviderUnavailable(reason)


def safe_error_code(text: object) -> str:
    """A provider's error code, sanitized for the log."""
    return text if isinstance(text, str) and re.fullmatch(r"[a-z_]{1,40}", text) else "…"
