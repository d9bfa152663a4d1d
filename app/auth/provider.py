"""The OpenID provider: its metadata (discovery), and verification of its ID tokens.

Metadata is fetched at the first sign-in. Tokens are not stored, only their claims are used.
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

from app.auth.oidc_http import AuthenticationFailed, OIDCSession, provider_unavailable
from app.config import Settings
from app.extensions import get_settings

log = logging.getLogger(__name__)

METADATA_TTL_SECONDS = 3600.0
"""Cache lifetime of metadata and keys. An unknown key id causes an immediate refresh."""
LEEWAY_SECONDS = 60
"""Allowed clock skew."""
SCOPE = "openid email profile"
# Asymmetric only: "none" and HMAC would let the client secret or the public key forge a token.
ALLOWED_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")

Claims = Mapping[str, Any]


class ProviderMetadata(BaseModel):
    """The fields that we use of a provider's metadata (OpenID Connect Discovery 1.0)."""

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
        """The provider's algorithms that we allow."""
        return [name for name in self.id_token_signing_alg_values_supported if name in ALLOWED_ALGORITHMS]

    @property
    def endpoints(self) -> list[str]:
        """URLs of all its endpoints."""
        urls = (self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.userinfo_endpoint)
        return [url for url in urls if url is not None]


class Provider:
    """The provider of `OIDC_ISSUER`; thread-safe: threads may fetch the metadata concurrently."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._client_secret = settings.oidc_client_secret
        self._cached_metadata: tuple[float, ProviderMetadata, KeySet] | None = None

    def authorization_url(
        self, redirect_uri: str, state: str, nonce: str, verifier: str, *, choose_account: bool
    ) -> str:
        """The authorization URL.

        Args:
            redirect_uri: the URL of our callback.
            state: returned in the callback; protects it against CSRF.
            nonce: repeated in the ID token; protects against replay.
            verifier: the PKCE code verifier.
            choose_account: make the provider ask for the account, even if it has a session.

        Raises:
            ProviderUnavailable: the metadata cannot be fetched now.
        """
        metadata, _keys = self._get_metadata()
        prompts = metadata.prompt_values_supported
        prompt = (
            {"prompt": "select_account" if "select_account" in prompts else "login"} if choose_account else {}
        )
        with self._create_session(metadata) as session:
            url, _state = session.create_authorization_url(
                metadata.authorization_endpoint,
                state,
                verifier,
                redirect_uri=redirect_uri,
                nonce=nonce,
                **prompt,
            )
        return str(url)

    def fetch_claims(self, code: str, redirect_uri: str, nonce: str, verifier: str) -> Claims:
        """Exchange a code for verified claims; the other arguments as in `authorization_url`.

        Raises:
            AuthenticationFailed: the code or the ID token is invalid.
            ProviderUnavailable: the provider does not answer.
        """
        metadata, keys = self._get_metadata()
        with self._create_session(metadata) as session:
            token = session.exchange_code(
                metadata.token_endpoint, code=code, redirect_uri=redirect_uri, code_verifier=verifier
            )
            claims = self._verify_id_token(metadata, keys, token, nonce)
            if "email" in claims or metadata.userinfo_endpoint is None:
                return claims
            userinfo = session.fetch_userinfo(metadata.userinfo_endpoint, claims["sub"])
            return {**claims, **userinfo, "iss": claims["iss"]}

    def refresh(self) -> None:
        """Fetch the metadata and the keys again.

        Raises:
            ProviderUnavailable: the provider does not answer, or not as OpenID Connect asks.
        """
        self._get_metadata(force_refresh=True)

    def _create_session(self, metadata: ProviderMetadata | None = None) -> OIDCSession:
        methods = metadata.token_endpoint_auth_methods_supported if metadata else []
        basic = "client_secret_basic" in methods or "client_secret_post" not in methods
        return OIDCSession(
            client_id=self._client_id,
            client_secret=self._client_secret.get_secret_value(),
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope=SCOPE,
            code_challenge_method="S256",
            leeway=0,
        )

    def _get_metadata(self, *, force_refresh: bool = False) -> tuple[ProviderMetadata, KeySet]:
        cached = self._cached_metadata
        if cached is None or force_refresh or time.monotonic() > cached[0]:
            with self._create_session() as session:
                metadata = self._parse_metadata(
                    session.get_json(f"{self._issuer}/.well-known/openid-configuration")
                )
                keys = _parse_keys(session.get_json(metadata.jwks_uri))
            cached = self._cached_metadata = (time.monotonic() + METADATA_TTL_SECONDS, metadata, keys)
        return cached[1], cached[2]

    def _parse_metadata(self, document: Mapping[str, Any]) -> ProviderMetadata:
        try:
            metadata = ProviderMetadata.model_validate(document)
        except ValueError:
            raise provider_unavailable("its openid-configuration lacks what a provider publishes") from None
        # Entra's common endpoint and an issuer of the wrong realm are found here.
        if metadata.issuer.rstrip("/") != self._issuer:
            raise provider_unavailable(
                f"OIDC_ISSUER is not what the provider calls itself: set it to {metadata.issuer[:200]!a}"
            )
        scheme = self._issuer.partition("://")[0]
        if any(not url.startswith(("https://", f"{scheme}://")) for url in metadata.endpoints):
            raise provider_unavailable("it names an address without TLS")
        if not metadata.algorithms:
            raise provider_unavailable("it signs with no algorithm that can be believed")
        return metadata

    def _verify_id_token(
        self, metadata: ProviderMetadata, keys: KeySet, token: Mapping[str, Any], nonce: str
    ) -> Claims:
        try:
            try:
                decoded = _decode_id_token(token.get("id_token"), keys, metadata.algorithms)
            except InvalidKeyIdError:  # its keys have changed
                metadata, keys = self._get_metadata(force_refresh=True)
                decoded = _decode_id_token(token.get("id_token"), keys, metadata.algorithms)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": metadata.issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "sub": {"essential": True},
                },
                {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            reason = getattr(error, "description", "") or type(error).__name__
            log.warning("the ID token of the OpenID provider was not accepted: %s", reason[:200])
            raise AuthenticationFailed("id_token") from None
        return dict(claims)


def get_provider() -> Provider:
    """The configured provider, one instance per process."""
    oidc_provider: Provider = current_app.extensions.setdefault("oidc", Provider(get_settings()))
    return oidc_provider


def _parse_keys(document: Mapping[str, Any]) -> KeySet:
    keys, key_documents = [], document.get("keys")
    for key in key_documents if isinstance(key_documents, list) else []:
        # Skip keys of unknown types; the others stay usable.
        with suppress(JoseError, ValueError, TypeError):
            if isinstance(key, dict) and key.get("kty") in {"RSA", "EC"}:
                keys.append(import_key(key))
    return KeySet(keys)


def _decode_id_token(id_token: object, keys: KeySet, algorithms: list[str]) -> jwt.Token:
    """Decode an ID token and verify its signature; claims are not checked yet."""
    if not isinstance(id_token, str):
        raise TypeError
    return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False))
