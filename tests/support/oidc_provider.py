"""An OpenID provider over real HTTP, in threads of this process, that is honest until it is told otherwise.

    with OidcProvider() as provider:
        provider.person = {"sub": "1", "email": "ana@example.org"}   # who signs in there, without being asked
        provider.id_token["aud"] = "another"                        # what its ID tokens claim instead
        back = provider.visit(address)                              # a browser that was sent there, and where it is sent back to

It refuses what a provider refuses: an address that it was not told of, a code for the second time or with the wrong verifier, a
client without its secret.
"""

import hashlib
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "convoca-client"
CLIENT_SECRET = "the-secret-of-the-oidc-client"
CALLBACK = "http://localhost/sign-in/oidc/callback"
PATIENCE = 20.0
"""Seconds after which a request that hangs is let go, if the test does not end before."""

Claims = dict[str, Any]


class Refusal(Exception):
    """What the provider says no with."""


class OidcProvider:
    """The provider.

    Attributes:
        url: its address, which is its issuer.
        person: the claims about who is signed in there.
        id_token: what its ID tokens claim beside or instead of the truth; None leaves a claim out.
        sign: makes an ID token of claims.
        published: what it publishes beside or instead of the truth.
        answers: path → an answer instead of the right one: a status, a text, or "hang" and "trickle".
        refuses: the error that it sends browsers back with.
        said_in_userinfo: which claims of the person are not in the ID token, but said when asked further.
        asked: each request, as path and parameters.
    """

    def __init__(self, path: str = "") -> None:
        self.person: Claims = {
            "sub": "1",
            "email": "ana@example.org",
            "email_verified": True,
            "name": "Ana Pérez",
        }
        self.id_token: Claims = {}
        self.published: Claims = {}
        self.answers: dict[str, int | str] = {}
        self.refuses: str | None = None
        self.said_in_userinfo: set[str] = set()
        self.redirect_uris = {CALLBACK}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.keys = [key_of("first")]
        self.sign: Callable[[Claims], str] = self.signed
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: list[str] = []
        """Each access token and ID token that it handed out."""
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.path = path
        self.url = f"http://127.0.0.1:{self._server.server_port}{path}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop; afterwards nobody listens at its address."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a dashboard whose people sign in here."""
        return {
            "AUTH": "oidc",
            "OIDC_ISSUER": self.url,
            "OIDC_CLIENT_ID": CLIENT_ID,
            "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }

    def visit(self, address: str) -> str:
        """Send a browser here that is signed in already; gives where it is sent back to."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, f"{answer.status_code}: {answer.text}"
        return answer.headers["Location"]

    def rotate(self) -> None:
        """Sign with another key from now on, and publish it alone."""
        self.keys = [key_of("second")]

    def signed(self, claims: Claims, key: RSAKey | None = None) -> str:
        """An ID token as it should be."""
        key = key or self.keys[0]
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    def counted(self, path: str) -> int:
        """How often it was asked there."""
        return sum(asked == path for asked, _ in self.asked)

    def answer(self, method: str, path: str, given: dict[str, str], headers: dict[str, str]) -> "Answer":
        """Answer a request."""
        self.asked.append((path, given))
        if path in self.answers:
            return _instead(self.answers[path])
        try:
            if path == "/.well-known/openid-configuration":
                return _json(self._configuration())
            if path == "/jwks":
                return _json(
                    {"keys": [key.as_dict(private=False, use="sig", alg="RS256") for key in self.keys]}
                )
            if path == "/authorize":
                return 302, self._authorized(given), "text/plain"
            if path == "/token" and method == "POST":
                return _json(self._token(given, headers.get("authorization", "")))
            if path == "/userinfo":
                return _json(self._userinfo(headers.get("authorization", "")))
        except Refusal as refusal:
            return (
                400,
                json.dumps({"error": str(refusal), "error_description": "<script>"}),
                "application/json",
            )
        return 404, "", "text/plain"

    def _configuration(self) -> Claims:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize?kept=1",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "response_types_supported": ["code"],
        } | self.published

    def _authorized(self, given: dict[str, str]) -> str:
        right = {
            "kept": "1",
            "response_type": "code",
            "client_id": CLIENT_ID,
            "code_challenge_method": "S256",
        }
        wrong = [name for name, value in right.items() if given.get(name) != value]
        if wrong or given["redirect_uri"] not in self.redirect_uris or "openid" not in given["scope"].split():
            raise Refusal(f"invalid_request {wrong}")
        back = {"state": given["state"]}
        if self.refuses:
            back |= {"error": self.refuses, "error_description": "<script>alert(1)</script>"}
        else:
            back["code"] = secrets.token_urlsafe(24)
            self.codes[back["code"]] = given
        return f"{given['redirect_uri']}?{urlencode(back)}"

    def _token(self, given: dict[str, str], authorization: str) -> Claims:
        kind, _, encoded = authorization.partition(" ")
        basic = (
            b64decode(encoded).decode()
            if kind == "Basic"
            else f"{given.get('client_id')}:{given.get('client_secret')}"
        )
        if basic != f"{CLIENT_ID}:{CLIENT_SECRET}":
            raise Refusal("invalid_client")
        begun = self.codes.pop(given["code"], None)
        challenge = (
            urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        if (
            begun is None
            or begun["code_challenge"] != challenge
            or begun["redirect_uri"] != given["redirect_uri"]
        ):
            raise Refusal("invalid_grant")
        now = int(time.time())
        told = {name: value for name, value in self.person.items() if name not in self.said_in_userinfo}
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": begun["nonce"]}
        claims = {name: value for name, value in (claims | told | self.id_token).items() if value is not None}
        access, signed = secrets.token_urlsafe(24), self.sign(claims)
        self.tokens += [access, signed]
        return {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def _userinfo(self, authorization: str) -> Claims:
        if authorization.removeprefix("Bearer ") not in self.tokens:
            raise Refusal("invalid_token")
        return self.person


Answer = tuple[int, str, str]


@cache
def key_of(name: str) -> RSAKey:
    """A key of this name, the same for a whole run, since making one takes long."""
    return RSAKey.generate_key(2048, {"kid": name})


def _json(document: Claims) -> Answer:
    return 200, json.dumps(document), "application/json"


def _instead(answer: int | str) -> Answer:
    if isinstance(answer, int):
        return answer, "<!DOCTYPE html><title>Oops</title>", "text/html"
    return 200, answer, "text/html"


def _handler(provider: OidcProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
            pass

        def _answer(self, parameters: str) -> None:
            path = urlsplit(self.path).path.removeprefix(provider.path)
            repeated = [name for name, values in parse_qs(parameters).items() if len(values) > 1]
            assert not repeated, f"{repeated} came more than once"
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, text, kind = provider.answer(self.command, path, dict(parse_qsl(parameters)), headers)
            if text == "hang":
                provider.closing.wait(PATIENCE)
                return
            body = text.encode()
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", text if status == 302 else kind)
            self.send_header("Content-Length", str(1000 if text == "trickle" else len(body)))
            self.end_headers()
            with suppress(OSError):  # anyone who asked may have gone
                while text == "trickle" and not provider.closing.wait(0.05):
                    self.wfile.write(b" ")
                self.wfile.write(b"" if text == "trickle" else body)

    return Handler
