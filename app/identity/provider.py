"""The OpenID provider: what it publishes about itself, and its word on who signed in, checked.

It is asked for the first time when somebody signs in. Of the tokens that it hands out nothing is kept but the claims.
"""

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from authlib.oidc.core import CodeIDToken
from flask import current_app
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry
from pydantic import BaseModel

from app.fittings import settings
from app.identity.asking import Asking, NotProven, away
from app.settings import Settings

log = logging.getLogger(__name__)

KNOWN_SECONDS = 3600.0
"""How long what it publishes is believed. An unknown key is looked for at once."""
LEEWAY_SECONDS = 60
"""How far its clock may be from ours."""
SCOPE = "openid email profile"
# Never "none", and none with a key that both sides know: our client's secret or its public key would do to forge.
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")

Claims = Mapping[str, Any]


class Published(BaseModel):
    """What a provider says about itself (OpenID Connect Discovery 1.0); whatever else it says is left out."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    prompt_values_supported: list[str] = ["select_account"]

    @property
    def algorithms(self) -> list[str]:
        """Those of its algorithms that we believe."""
        return [name for name in self.id_token_signing_alg_values_supported if name in SIGNED_WITH]

    @property
    def addresses(self) -> list[str]:
        """Where it is asked."""
        found = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.userinfo_endpoint)
        return [address for address in found if address is not None]


class Provider:
    """The provider of `OIDC_ISSUER`; safe to share between threads, of which each may find out anew what is published."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._client_secret = settings.oidc_client_secret
        self._known: tuple[float, Published, KeySet] | None = None

    def address(self, redirect_uri: str, state: str, nonce: str, verifier: str, *, choose: bool) -> str:
        """Where a browser goes to sign in.

        Args:
            redirect_uri: where it comes back to.
            state: what the browser brings back, so that we know it is the one that went.
            nonce: what the ID token brings back, so that it is not another's.
            verifier: what we show for the code, so that it is no use to another.
            choose: let people choose the account, where the provider would take the one that it knows.

        Raises:
            ProviderAway: it cannot be said now.
        """
        published, _keys = self._published()
        prompts = published.prompt_values_supported
        prompt = {"prompt": "select_account" if "select_account" in prompts else "login"} if choose else {}
        with self._session(published) as session:
            address, _state = session.create_authorization_url(
                published.authorization_endpoint,
                state,
                verifier,
                redirect_uri=redirect_uri,
                nonce=nonce,
                **prompt,
            )
        return str(address)

    def claims(self, code: str, redirect_uri: str, nonce: str, verifier: str) -> Claims:
        """What the provider claims about whoever came back with a code; the rest as in `address`.

        Raises:
            NotProven: the code or the ID token is not good.
            ProviderAway: it does not say.
        """
        published, keys = self._published()
        with self._session(published) as session:
            token = session.exchange(
                published.token_endpoint, code=code, redirect_uri=redirect_uri, code_verifier=verifier
            )
            claims = self._checked(published, keys, token, nonce)
            if "email" in claims or published.userinfo_endpoint is None:
                return claims
            further = session.userinfo(published.userinfo_endpoint, claims["sub"])
            return {**claims, **further, "iss": claims["iss"]}

    def _session(self, published: Published | None = None) -> Asking:
        methods = published.token_endpoint_auth_methods_supported if published else []
        basic = "client_secret_basic" in methods or "client_secret_post" not in methods
        return Asking(
            client_id=self._client_id,
            client_secret=self._client_secret.get_secret_value(),
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope=SCOPE,
            code_challenge_method="S256",
            leeway=0,
        )

    def _published(self, *, afresh: bool = False) -> tuple[Published, KeySet]:
        known = self._known
        if known is None or afresh or time.monotonic() > known[0]:
            with self._session() as session:
                published = self._sound(session.document(f"{self._issuer}/.well-known/openid-configuration"))
                keys = _keys(session.document(published.jwks_uri))
            known = self._known = (time.monotonic() + KNOWN_SECONDS, published, keys)
        return known[1], known[2]

    def _sound(self, document: Mapping[str, Any]) -> Published:
        try:
            published = Published.model_validate(document)
        except ValueError:
            raise away("its openid-configuration lacks what a provider publishes") from None
        # Entra's common endpoint and an issuer of the wrong realm are found here.
        if published.issuer.rstrip("/") != self._issuer:
            raise away(
                f"OIDC_ISSUER is not what the provider calls itself: set it to {published.issuer[:200]!a}"
            )
        scheme = self._issuer.partition("://")[0]
        if any(not address.startswith(("https://", f"{scheme}://")) for address in published.addresses):
            raise away("it names an address without TLS")
        if not published.algorithms:
            raise away("it signs with no algorithm that can be believed")
        return published

    def _checked(self, published: Published, keys: KeySet, token: Mapping[str, Any], nonce: str) -> Claims:
        try:
            try:
                found = _signed(token.get("id_token"), keys, published.algorithms)
            except InvalidKeyIdError:  # its keys have changed
                published, keys = self._published(afresh=True)
                found = _signed(token.get("id_token"), keys, published.algorithms)
            claims = CodeIDToken(
                found.claims,
                found.header,
                {
                    "iss": {"essential": True, "value": published.issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "sub": {"essential": True},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            why = getattr(error, "description", "") or type(error).__name__
            log.warning("the ID token of the OpenID provider was not accepted: %s", why[:200])
            raise NotProven("id_token") from None
        return dict(claims)


def provider() -> Provider:
    """The provider that the settings name, one for each process."""
    found: Provider = current_app.extensions.setdefault("oidc", Provider(settings()))
    return found


def _keys(document: Mapping[str, Any]) -> KeySet:
    found, listed = [], document.get("keys")
    for key in listed if isinstance(listed, list) else []:
        # One of a kind that we do not know takes nothing away from the others.
        with suppress(JoseError, ValueError, TypeError):
            if isinstance(key, dict) and key.get("kty") in {"RSA", "EC"}:
                found.append(import_key(key))
    return KeySet(found)


def _signed(id_token: object, keys: KeySet, algorithms: list[str]) -> jwt.Token:
    """An ID token whose signature is the provider's; its claims are yet to be checked."""
    if not isinstance(id_token, str):
        raise TypeError
    return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False))
