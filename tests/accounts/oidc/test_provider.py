"""A provider that is away, that is another, or that has ways of its own."""

import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from app.auth import oidc_http
from tests.accounts.oidc.rounds import begun, failures, is_in, no_one_is_in, on_sqlite, signed_in
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.oidc_provider import CLIENT_SECRET, OidcProvider
from tests.support.pages import PageClient


@on_sqlite
def test_the_email_may_be_asked_for(app: Flask, provider: OidcProvider, database_url: str) -> None:
    provider.said_in_userinfo = {"email", "email_verified", "name"}
    client = PageClient(app)
    signed_in(client, provider)
    assert is_in(client)
    assert provider.counted("/userinfo") == 1
    assert table(database_url, "accounts")[0]["username"] == "ana@example.org"
    provider.id_token = {"sub": "2"}
    assert signed_in(PageClient(app), provider).status_code == 400, "it spoke of another person"
    provider.answers["/userinfo"] = 500
    provider.person["preferred_username"] = "ana"
    signed_in(other := PageClient(app), provider)
    assert is_in(other)
    assert table(database_url, "accounts")[1]["username"] == "ana"


@on_sqlite
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token"])
def test_a_provider_that_does_not_answer(
    make: AppFactory, provider: OidcProvider, path: str, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(oidc_http, "REQUEST_TIMEOUT_SECONDS", 0.3)
    answers = (404, 500, 302, "<html>Sign in to the Wi-Fi</html>", "[]", "hang", "trickle")
    client = PageClient(make())
    for answer in answers:
        back = begun(client, provider) if path == "/token" else "/sign-in/oidc"
        provider.answers[path] = answer
        started = time.monotonic()
        assert no_one_is_in(client, client.get(back), 503), answer
        assert time.monotonic() - started < 5, answer
        provider.answers.clear()
    assert signed_in(client, provider).status_code == 303, "it is asked again as soon as it answers"
    assert failures(database_url) == ([(None, "provider")] * len(answers) if path == "/token" else [])


@on_sqlite
def test_nobody_listens(make: AppFactory, caplog: pytest.LogCaptureFixture) -> None:
    client = PageClient(make(OIDC_ISSUER="http://127.0.0.1:9"))
    assert client.visit("/sign-in").find("main a.button")["href"] == "/sign-in/oidc"
    page = client.visit("/sign-in/oidc?next=/meetings/7", 503)
    assert page.find("main a.button")["href"] == "/sign-in/oidc?next=/meetings/7"
    assert "ConnectError" in caplog.text


PUBLISHED: dict[str, dict[str, Any]] = {
    "of any tenant": {"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"},
    "of another realm": {"issuer": "http://127.0.0.1:9/realms/other"},
    "no key of its own": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "no address": {"token_endpoint": None},
    "a script": {"token_endpoint": "javascript:alert(1)"},
}


@on_sqlite
@pytest.mark.parametrize("published", PUBLISHED.values(), ids=PUBLISHED.keys())
def test_a_provider_that_cannot_be_ours(
    app: Flask, provider: OidcProvider, published: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    provider.published = published
    assert PageClient(app).get("/sign-in/oidc").status_code == 503
    assert ("OIDC_ISSUER" in caplog.text) == ("issuer" in published)


@on_sqlite
def test_a_wrong_secret_is_for_the_administrator(
    make: AppFactory, caplog: pytest.LogCaptureFixture, provider: OidcProvider
) -> None:
    client = PageClient(make(OIDC_CLIENT_SECRET="expired-long-ago"))
    assert no_one_is_in(client, signed_in(client, provider), 503)
    assert "invalid_client" in caplog.text
    assert "expired-long-ago" not in caplog.text


@on_sqlite
@pytest.mark.parametrize("slash", ["", "/"])
def test_an_issuer_with_a_path_and_a_slash(make_app: AppFactory, slash: str) -> None:
    with OidcProvider(path="/realms/convoca") as provider:
        provider.published = {"issuer": f"{provider.url}{slash}"}
        provider.id_token = {"iss": f"{provider.url}{slash}"}
        client = PageClient(make_app(**provider.environment | {"OIDC_ISSUER": f"{provider.url}/"}))
        assert signed_in(client, provider).status_code == 303


@on_sqlite
def test_a_provider_that_wants_the_secret_in_the_form(app: Flask, provider: OidcProvider) -> None:
    provider.published = {"token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"]}
    assert signed_in(PageClient(app), provider).status_code == 303
    assert provider.asked[-1][1]["client_secret"] == CLIENT_SECRET


@on_sqlite
@pytest.mark.parametrize(("prompts", "prompt"), [(None, "select_account"), (["none", "login"], "login")])
def test_another_account_can_be_chosen(
    make: AppFactory, provider: OidcProvider, prompts: list[str] | None, prompt: str
) -> None:
    provider.published = {"prompt_values_supported": prompts} if prompts else {}
    client = PageClient(make(NEW_ACCOUNTS="refused"))
    button = signed_in(client, provider).page.find("main a.button")["href"]
    client.get(button)
    asked = dict(parse_qsl(urlsplit(client.get(button).headers["Location"]).query))
    assert asked["prompt"] == prompt
    assert "prompt" not in dict(parse_qsl(urlsplit(client.get("/sign-in/oidc").headers["Location"]).query))
