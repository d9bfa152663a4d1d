"""An ID token proves who is there only if it is the provider's, for us, of now, and of this round."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from flask import Flask
from joserfc import jwt

from tests.accounts.oidc.rounds import failures, is_in, no_one_is_in, on_sqlite, signed_in
from tests.support.db import table
from tests.support.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, key_of
from tests.support.pages import PageClient


def encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def forged(claims: dict[str, Any], algorithm: str, secret: bytes) -> str:
    head = {"alg": algorithm, "typ": "JWT", "kid": "first"}
    text = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
    return f"{text}.{encoded(hmac.digest(secret, text.encode(), 'sha256') if secret else b'')}"


def tampered(claims: dict[str, Any]) -> str:
    head, _, signature = jwt.encode({"alg": "RS256", "kid": "first"}, claims, key_of("first")).split(".")
    return f"{head}.{encoded(json.dumps(claims | {'email': 'jefa@example.org'}).encode())}.{signature}"


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "another"},
    "another audience, though asked for by us": {"aud": "another", "azp": CLIENT_ID},
    "among several audiences, asked for by another": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "among several audiences": {"aud": [CLIENT_ID, "another"]},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://accounts.google.com"},
    "no issuer": {"iss": None},
    "too old": {"exp": int(time.time()) - 120},
    "never old": {"exp": None},
    "forever": {"exp": "9999999999"},
    "from the future": {"iat": int(time.time()) + 600},
    "not yet": {"nbf": int(time.time()) + 600},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a number": {"sub": 1},
    "of another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@on_sqlite
def test_an_id_token_that_is_not_for_us(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    for name, lie in LIES.items():
        provider.id_token = lie
        assert no_one_is_in(client, signed_in(client, provider), 400), name
    assert failures(database_url) == [(None, "id_token")] * len(LIES)
    assert table(database_url, "accounts") == []


FORGERIES: dict[str, Callable[[dict[str, Any]], str]] = {
    "no algorithm": lambda claims: forged(claims, "none", b""),
    "HS256 with the public key": lambda claims: forged(
        claims, "HS256", key_of("first").as_pem(private=False)
    ),
    "HS256 with the client's secret": lambda claims: forged(claims, "HS256", CLIENT_SECRET.encode()),
    "an unknown key": lambda claims: jwt.encode({"alg": "RS256", "kid": "x"}, claims, key_of("another")),
    "another key of the same name": lambda claims: jwt.encode(
        {"alg": "RS256", "kid": "first"}, claims, key_of("another")
    ),
    "tampered with": tampered,
    "nothing": lambda _claims: "",
    "no token": lambda _claims: "a.b.c",
    "an object that is none": lambda _claims: "W10.W10.W10",
}


@on_sqlite
def test_an_id_token_that_is_forged(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    for name, forge in FORGERIES.items():
        provider.sign = forge
        assert no_one_is_in(client, signed_in(client, provider), 400), name
    assert failures(database_url) == [(None, "id_token")] * len(FORGERIES)


@on_sqlite
def test_a_clock_may_be_a_little_off(app: Flask, provider: OidcProvider) -> None:
    for seconds in (-30, 30):
        now = int(time.time()) + seconds
        provider.id_token = {"iat": now, "exp": now + 5}
        client = PageClient(app)
        signed_in(client, provider)
        assert is_in(client), seconds


@on_sqlite
def test_a_key_that_changed_is_looked_for_once(app: Flask, provider: OidcProvider) -> None:
    signed_in(PageClient(app), provider)
    signed_in(PageClient(app), provider)
    assert provider.counted("/jwks") == 1, "what is known is not asked again"
    provider.rotate()
    client = PageClient(app)
    signed_in(client, provider)
    assert is_in(client)
    assert provider.counted("/jwks") == 2
    provider.sign = FORGERIES["an unknown key"]
    signed_in(PageClient(app), provider)
    assert provider.counted("/jwks") == 3
