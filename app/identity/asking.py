"""How the OpenID provider is asked: by Authlib, with a deadline for each request, and without following it anywhere.

SignInFailed
├── ProviderAway    it does not answer, or not as a provider does: theirs or our administrator's to mend
└── NotProven       what came back does not prove who is there
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

from app.zelta.attempt import attempt_until
from app.zelta.outcome import CallError
from app.zelta.session import CarefulSession

log = logging.getLogger(__name__)

SECONDS = 6.0
"""How long one request may take, all of it."""
# What the provider says of a code that was used, is too old, or was never its own; the rest is for an administrator.
_OF_A_CODE = "invalid_grant"

Document = Mapping[str, Any]


class SignInFailed(Exception):
    """Nobody was signed in. `reason` is one word for the audit."""

    reason = "failed"


class ProviderAway(SignInFailed):
    """The provider does not answer, or not as one does."""

    reason = "provider"


class NotProven(SignInFailed):
    """What came back does not prove who is there."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Asking(CarefulSession, OAuth2Session):  # type: ignore[misc] # Authlib comes without types
    """One client's session with the provider: each request brings an answer in time, or `ProviderAway`."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        """As in Authlib."""
        options |= {"allow_redirects": False, "timeout": SECONDS}
        with attempt_until(time.monotonic() + SECONDS):
            try:
                response: requests.Response = super().request(method, url, *args, **options)
            except (CallError, requests.RequestException, HTTPError, OSError) as error:
                raise away(type(error).__name__) from None
        if response.status_code >= 500 or 300 <= response.status_code < 400:
            raise away(f"it answered {response.status_code}")
        return response

    def document(self, address: str, *, with_token: bool = False) -> Document:
        """The JSON object at an address."""
        response = self.request("GET", address, withhold_token=not with_token)
        with suppress(ValueError):
            document = response.json()
            if response.status_code == 200 and isinstance(document, dict):
                return document
        raise away(f"it answered {response.status_code}, and not with the JSON that was asked for")

    def exchange(self, address: str, **grant: str) -> Document:
        """The tokens for a code.

        Raises:
            NotProven: the code is not good.
        """
        try:
            token: Document = self.fetch_token(address, grant_type="authorization_code", **grant)
        except OAuthError as error:
            if error.error == _OF_A_CODE:
                raise NotProven("code") from None
            raise away(f"it gave no token: {a_word(error.error)}") from None
        except (requests.RequestException, ValueError, TypeError):
            raise away("it gave no token") from None
        return token

    def userinfo(self, address: str, subject: str) -> Document:
        """What it says when asked once more; nothing if it does not answer, since it is for an e-mail at most.

        Raises:
            NotProven: it speaks of somebody else.
        """
        try:
            document = self.document(address, with_token=True)
        except (ProviderAway, OAuthError):
            return {}
        if document.get("sub") != subject:
            raise NotProven("userinfo")
        return document


def away(why: str) -> ProviderAway:
    """The error that says so, with the reason in the log."""
    log.error("the OpenID provider cannot be used: %s", why)
    return ProviderAway(why)


def a_word(text: object) -> str:
    """A provider's error code as it may stand in a log."""
    return text if isinstance(text, str) and re.fullmatch(r"[a-z_]{1,40}", text) else "…"
