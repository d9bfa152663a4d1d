"""Signing in with a provider: whole rounds, from the page that a person wanted to see back to it."""

import logging
import secrets
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from tests.accounts.oidc.rounds import begun, is_in, on_sqlite, signed_in
from tests.support.actions import create, day
from tests.support.application import AppFactory
from tests.support.db import change, dump, table
from tests.support.live import LiveFactory
from tests.support.oidc_provider import CALLBACK, CLIENT_SECRET, OidcProvider
from tests.support.pages import PageClient
from tests.support.prefix_client import mount
from tests.support.zelta_server import ZeltaServer


def test_a_person_new_signs_in(
    app: Flask, provider: OidcProvider, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.person["email"] = "Ana@Example.ORG"
    client = PageClient(app)
    page = client.visit("/")
    assert page.path == "/sign-in"
    away = client.get(page.find("main a.button")["href"])
    logged = caplog.text
    back = provider.visit(away.headers["Location"])
    caplog.clear()  # what the browser did
    answer = client.get(back)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.visit("/").find("header .account").text == "Ana Pérez"
    (row,) = table(database_url, "accounts")
    assert (row["username"], row["display_name"], row["role"]) == (
        "ana@example.org",
        "Ana Pérez",
        "coordinator",
    )
    assert row["oidc_subject"] == f"{provider.url} 1"
    audit = [(one["action"], one["actor"], one["ip_address"]) for one in table(database_url, "audit_events")]
    who = ("ana@example.org", "127.0.0.1")
    assert audit == [("account_added", *who), ("signed_in", *who)]
    secret = [*provider.tokens, CLIENT_SECRET, *(value for _, value in parse_qsl(urlsplit(back).query))]
    kept = f"{dump(database_url)} {logged} {caplog.text} {client.visit('/account').html}"
    assert len(secret) == 5
    assert not [one for one in secret if one in kept]
    assert [path for path, _ in provider.asked][2:] == ["/authorize", "/token"], "and nothing further"


def test_who_comes_again_keeps_their_account(
    make: AppFactory, provider: OidcProvider, database_url: str
) -> None:
    app = make()
    signed_in(PageClient(app), provider)
    provider.person |= {"email": "ana.perez@example.org", "name": "Ana P. de Ruiz"}
    again = PageClient(app)
    signed_in(again, provider)
    assert is_in(again)
    (row,) = table(database_url, "accounts")
    assert (row["username"], row["display_name"]) == ("ana@example.org", "Ana P. de Ruiz")


@on_sqlite
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("/meetings/7?q=caf%C3%A9", "/meetings/7?q=caf%C3%A9"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("https:evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/%09/evil.example/..", "/"),
        ("/" + "x" * 5000, "/"),
    ],
)
def test_the_way_leads_where_a_person_wanted_to_go_on_this_site(
    app: Flask, provider: OidcProvider, wanted: str, found: str
) -> None:
    client = PageClient(app)
    away = client.get("/sign-in/oidc", query_string={"next": wanted})
    answer = client.get(provider.visit(away.headers["Location"]))
    assert (answer.status_code, answer.headers["Location"]) == (303, found)


@on_sqlite
def test_a_link_in_a_mail_leads_to_its_meeting(app: Flask, provider: OidcProvider) -> None:
    client = PageClient(app)
    button = client.visit("/meetings/7?a=1").find("main a.button")["href"]
    away = client.get(button)
    assert client.get(provider.visit(away.headers["Location"])).headers["Location"] == "/meetings/7?a=1"
    assert client.get(button).headers["Location"] == "/meetings/7?a=1", "signed in already: no second round"


@on_sqlite
def test_several_tabs_at_once(app: Flask, provider: OidcProvider) -> None:
    client = PageClient(app)
    first, second, third = (begun(client, provider, f"?next=/meetings/{number}") for number in (1, 2, 3))
    for back, wanted in ((second, "/meetings/2"), (first, "/meetings/1"), (third, "/meetings/3")):
        assert client.get(back).headers["Location"] == wanted
    client.delete_cookie("convoca")
    last = [begun(client, provider, f"?next=/{secrets.token_urlsafe(216)}") for _ in range(12)][-1]
    assert client.get(last).status_code == 303, "the cookie is never too long for a browser"


def test_what_was_typed_comes_back(
    app: Flask, provider: OidcProvider, zelta: ZeltaServer, database_url: str
) -> None:
    client = PageClient(app)
    signed_in(client, provider)
    form = client.visit("/meetings/new").form("/meetings/new")
    form.fill(title="Comité «ñ»", date=day(), time="10:00", time_zone="UTC")
    change(database_url, "UPDATE sessions SET last_seen_at = '2020-01-01 00:00:00'")
    page = client.visit("/meetings/new").visitor.submit(client.visit("/healthz-none", 404), form)
    assert "kept" in page.find("main .notice").text
    answer = client.get(provider.visit(client.get(page.find("main a.button")["href"]).headers["Location"]))
    page = client.visit(answer.headers["Location"])
    assert "Comité «ñ»" in page.find("main").text
    assert not zelta.calls
    assert page.submit("/meetings/new").h1 == "Comité «ñ»"


@on_sqlite
def test_the_session_is_another_after_signing_in(app: Flask, provider: OidcProvider) -> None:
    """Session fixation: anyone who planted the cookie from before has nothing."""
    client, attacker = PageClient(app), PageClient(app)
    attacker.visit("/sign-in")
    planted = attacker.get_cookie("convoca")
    assert planted is not None
    client.set_cookie("convoca", planted.value)
    signed_in(client, provider)
    now = client.get_cookie("convoca")
    assert now is not None
    assert now.value != planted.value
    assert is_in(client)
    assert not is_in(attacker)
    with client.session_transaction() as cookie:
        first = cookie["key"]
    client.post("/sign-out", data={"csrf_token": client.visit("/").find('input[name="csrf_token"]')["value"]})
    signed_in(client, provider)
    with client.session_transaction() as cookie:
        assert cookie["key"] != first


@on_sqlite
def test_the_way_back_is_right_behind_a_proxy(make: AppFactory, provider: OidcProvider) -> None:
    app = make(TRUSTED_PROXIES="1", ALLOWED_HOSTS="convoca.example")
    mount(app, "/reuniones")
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "convoca.example"}
    client = PageClient(app)
    away = client.get(
        "/reuniones/sign-in/oidc?next=/reuniones/meetings/7",
        headers=headers,
        base_url="https://convoca.example",
    )
    provider.redirect_uris = {"https://convoca.example/reuniones/sign-in/oidc/callback"}
    back = provider.visit(away.headers["Location"])
    answer = client.get(back, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/reuniones/meetings/7")


@on_sqlite
def test_no_host_header_leads_the_way_back_elsewhere(make: AppFactory, provider: OidcProvider) -> None:
    evil = {"Host": "evil.example"}
    assert make(ALLOWED_HOSTS="localhost").test_client().get("/sign-in/oidc", headers=evil).status_code == 400
    away = make().test_client().get("/sign-in/oidc", headers=evil)
    with pytest.raises(AssertionError, match="invalid_request"):
        provider.visit(away.headers["Location"])
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    away = make().test_client().get("/sign-in/oidc", headers=forwarded)
    assert dict(parse_qsl(urlsplit(away.headers["Location"]).query))["redirect_uri"] == CALLBACK


@on_sqlite
@pytest.mark.parametrize("auth", ["off", "password", "proxy"])
def test_nothing_of_it_is_there_otherwise(make_app: AppFactory, auth: str) -> None:
    client = PageClient(make_app(AUTH=auth, AUTH_PROXY_TRUSTED="127.0.0.1"))
    for path in ("/sign-in/oidc", "/sign-in/oidc/callback?code=x&state=y"):
        assert client.get(path).status_code == 404, path


@on_sqlite
def test_in_a_process_of_its_own(serve: LiveFactory, provider: OidcProvider) -> None:
    live = serve(**provider.environment, WEB_CONCURRENCY="2")
    provider.redirect_uris = {f"{live.url}/sign-in/oidc/callback"}
    with live.client() as client:
        for _ in range(3):
            page = client.visit("/meetings/new")
            page = client.visit(page.find("main a.button")["href"])
            assert page.path == "/meetings/new"
            assert create(client).h1 == "Comité"
            client.session.cookies.clear()
    given = [value for path, asked in provider.asked if path == "/token" for value in asked.values()]
    secret = {*provider.tokens, *given, CLIENT_SECRET} - {"authorization_code", *provider.redirect_uris}
    states = {asked["state"] for path, asked in provider.asked if path == "/authorize"}
    assert len(secret | states) == 3 * 5 + 1
    assert not [one for one in secret | states if one in live.log]
