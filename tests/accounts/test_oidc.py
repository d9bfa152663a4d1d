"""Signing in with a provider: whole rounds between the dashboard and an OpenID provider, which is honest or is not."""

import hmac
import json
import logging
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from flask import Flask
from joserfc import jwt

from app.identity import accounts, asking
from app.identity.vouched import NotWelcome, Visitor, Why, vouched_for
from app.models import StaffRole
from tests.support.accounts import account
from tests.support.application import AppFactory
from tests.support.live import LiveFactory
from tests.support.mounted import mount
from tests.support.oidc_provider import CALLBACK, CLIENT_ID, CLIENT_SECRET, OidcProvider, key_of
from tests.support.pages import PageClient, PageResponse
from tests.support.peek import change, dump, table
from tests.support.steps import create, day
from tests.support.zelta_server import ZeltaServer

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with OidcProvider() as one:
        yield one


@pytest.fixture
def make(make_app: AppFactory, provider: OidcProvider) -> AppFactory:
    """Make a dashboard whose people sign in at `provider`."""
    return lambda **overrides: make_app(**provider.environment | {"LANGUAGE": "en"} | overrides)


@pytest.fixture
def app(make: AppFactory) -> Flask:
    return make()


def begun(client: PageClient, provider: OidcProvider, query: str = "") -> str:
    """Begin a round; gives the address that the browser comes back to."""
    away = client.get(f"/sign-in/oidc{query}")
    assert away.status_code == 303
    return provider.visit(away.headers["Location"])


def signed_in(client: PageClient, provider: OidcProvider, query: str = "") -> PageResponse:
    """A whole round; gives what the browser finds when it is back."""
    return client.get(begun(client, provider, query))


def failures(database_url: str) -> list[tuple[str | None, str]]:
    """The audit of failed sign-ins: who, and why."""
    failed = [row for row in table(database_url, "audit") if row["action"] == "sign_in_failed"]
    return [(row["actor"], row["detail"]["reason"]) for row in failed]


def is_in(client: PageClient) -> bool:
    return client.get("/").status_code == 200


def no_one_is_in(client: PageClient, answer: PageResponse, status: int) -> bool:
    """A calm page with a way to try again, and no session."""
    assert answer.status_code == status
    assert answer.page.find("main a.button")["href"].startswith("/sign-in/oidc")
    assert "script" not in answer.page.find("main").text
    assert "code=" not in answer.page.html, "not even for the choice of a language to come back to"
    return not is_in(client)


# In


def test_somebody_new_signs_in(
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
    assert row["subject"] == f"{provider.url} 1"
    audit = [(one["action"], one["actor"], one["address"]) for one in table(database_url, "audit")]
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
def test_the_way_leads_where_somebody_wanted_to_go_on_this_site(
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
    change(database_url, "UPDATE sessions SET seen_at = '2020-01-01 00:00:00'")
    page = client.visit("/meetings/new").visitor.submit(client.visit("/healthz-none", 404), form)
    assert "kept" in page.find("main .notice").text
    answer = client.get(provider.visit(client.get(page.find("main a.button")["href"]).headers["Location"]))
    page = client.visit(answer.headers["Location"])
    assert "Comité «ñ»" in page.find("main").text
    assert not zelta.calls
    assert page.submit("/meetings/new").h1 == "Comité «ñ»"


@on_sqlite
def test_the_session_is_another_after_signing_in(app: Flask, provider: OidcProvider) -> None:
    """Session fixation: whoever planted the cookie from before has nothing."""
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


# Whether they are who they are


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


# The round


@on_sqlite
def test_a_round_belongs_to_its_browser_and_its_moment(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    mine, other = PageClient(app), PageClient(app)
    back = begun(mine, provider)
    assert no_one_is_in(other, other.get(back), 400), "another browser"
    code = parse_qsl(urlsplit(back).query)[1][1]
    for query in (f"code={code}", f"code={code}&state=", f"code={code}&state=x", f"code={code}&state=ñ", ""):
        assert no_one_is_in(mine, mine.get(f"/sign-in/oidc/callback?{query}"), 400), query
    assert provider.counted("/token") == 0
    assert {reason for _, reason in failures(database_url)} == {"state"}
    assert mine.get(back).status_code == 303, "none of that has ended the round"


@on_sqlite
def test_a_round_ends_once(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    back = begun(client, provider)
    before = client.get_cookie("convoca")
    assert before is not None
    client.get(back)
    assert client.get(back).status_code == 400
    thief = PageClient(app)
    thief.set_cookie("convoca", before.value)
    assert no_one_is_in(thief, thief.get(back), 400)
    assert failures(database_url) == [(None, "state"), (None, "code")], "the cookie, then the provider"


@on_sqlite
def test_a_round_lasts_ten_minutes(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    with time_machine.travel(time.time() - 601, tick=True):
        back = begun(client, provider)
    assert no_one_is_in(client, client.get(back), 400)
    assert failures(database_url) == [(None, "state")]


@on_sqlite
def test_the_provider_wants_the_verifier(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    back = begun(client, provider)
    with client.session_transaction() as cookie:
        state, nonce, _verifier, then, when = cookie["oidc"][0]
        cookie["oidc"] = [[state, nonce, "v" * 43, then, when]]
    assert no_one_is_in(client, client.get(back), 400)
    assert failures(database_url) == [(None, "code")]


@on_sqlite
@pytest.mark.parametrize("error", ["access_denied", "invalid_scope", "<b>"])
def test_the_provider_sends_somebody_back_without_a_code(
    app: Flask, provider: OidcProvider, database_url: str, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.refuses = error
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 400)
    assert failures(database_url) == [(None, "no_code")]
    assert ("invalid_scope" in caplog.text) == (error == "invalid_scope")
    assert "<b>" not in caplog.text


# Whether they may come in


def test_who_was_invited_takes_the_account(
    make: AppFactory, provider: OidcProvider, database_url: str
) -> None:
    app = make(NEW_ACCOUNTS="refused")
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    account(app, "Ana@Example.org", StaffRole.VIEWER)
    assert signed_in(client, provider).status_code == 303
    (row,) = table(database_url, "accounts")
    assert (row["subject"], row["role"], row["display_name"]) == (f"{provider.url} 1", "viewer", "Ana Pérez")
    assert failures(database_url) == [(None, "not_invited")]


def test_nobody_takes_an_account_that_is_taken(app: Flask, provider: OidcProvider, database_url: str) -> None:
    signed_in(PageClient(app), provider)
    provider.person["sub"] = "2"
    client = PageClient(app)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert failures(database_url) == [(None, "name_taken")]


@pytest.mark.parametrize(
    ("name", "reason"), [(None, "unconfirmed"), ("jefa@example.org", "unconfirmed"), ("jefa", "name_taken")]
)
def test_an_unverified_email_takes_nobodys_account(
    app: Flask, provider: OidcProvider, database_url: str, name: str | None, reason: str
) -> None:
    account(app, "jefa@example.org", StaffRole.ADMIN)
    account(app, "jefa", StaffRole.ADMIN)
    client, unverified = PageClient(app), ("jefa@example.org", "jefa@example.org", "jefa@example.org", None)
    for email, verified in zip(unverified, (False, "false", "no", None), strict=True):
        provider.person |= {"email": email, "email_verified": verified, "preferred_username": name}
        assert no_one_is_in(client, signed_in(client, provider), 403), (email, verified)
    assert [row["subject"] for row in table(database_url, "accounts")] == [None, None]
    assert failures(database_url) == [(None, reason)] * 4


def test_of_two_at_once_one_takes_the_invitation(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    """Two people whom the provider, at different times, gave the same address."""
    for number in range(3):
        account(app, f"ana{number}@example.org", StaffRole.ADMIN)
        together = Barrier(2)

        def come(
            subject: str, name: str = f"ana{number}@example.org", together: Barrier = together
        ) -> Why | str:
            with app.app_context():
                together.wait(10)
                try:
                    return vouched_for(Visitor(name, subject=f"{provider.url} {subject}"), None).subject or ""
                except NotWelcome as error:
                    return error.why

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(come, (f"{number}-a", f"{number}-b"))
        kept = table(database_url, "accounts")[number]["subject"]
        assert {first, second} == {kept, Why.NAME_TAKEN}


@on_sqlite
def test_names_that_only_look_alike_are_two_people(app: Flask, provider: OidcProvider) -> None:
    account(app, "ana@example.org", StaffRole.ADMIN)
    client = PageClient(app)
    for name in ("ａｎａ@example.org", "ana@ｅxample.org", "ana@example.org."):
        provider.person["email"] = name
        assert no_one_is_in(client, signed_in(client, provider), 403), name
    provider.person["email"] = "ANA@example.org"
    assert signed_in(client, provider).status_code == 303


@on_sqlite
def test_names_that_nobody_may_have(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    for name in ("sandbox", "Command", "ａnonymous", "a,b", "x" * 201):
        provider.person |= {"email": None, "preferred_username": name}
        assert no_one_is_in(client, signed_in(client, provider), 403), name
    assert failures(database_url) == [(None, "bad_name")] * 5


@on_sqlite
def test_only_allowed_domains(make: AppFactory, provider: OidcProvider, database_url: str) -> None:
    app = make(OIDC_ALLOWED_DOMAINS="example.org, example.com")
    client = PageClient(app)
    for email in (
        "ana@evil.example",
        "ana@sub.example.org",
        "ana@example.org.evil.example",
        "ana@xexample.org",
    ):
        provider.person["email"] = email
        assert no_one_is_in(client, signed_in(client, provider), 403), email
    provider.person |= {"email": "ana@example.org", "email_verified": False, "preferred_username": "ana"}
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert [reason for _, reason in failures(database_url)] == ["other_domain"] * 4 + ["unconfirmed"]
    provider.person |= {"email": "ana@EXAMPLE.com", "email_verified": True}
    assert signed_in(client, provider).status_code == 303


def test_the_provider_says_who_administers(
    make: AppFactory, provider: OidcProvider, database_url: str
) -> None:
    app = make(OIDC_ADMIN_CLAIM="realm_access.roles=convoca-admin", NEW_ACCOUNTS="viewer")

    def role(*roles: str) -> str:
        provider.person["realm_access"] = {"roles": list(roles)}
        client = PageClient(app)
        signed_in(client, provider)
        assert (client.get("/admin/").status_code != 403) == ("convoca-admin" in roles)
        return str(table(database_url, "accounts")[0]["role"])

    assert role("staff", "convoca-admin") == "admin"
    assert role("staff") == "viewer"
    assert role("convoca-admin") == "admin"
    changes = [row["detail"] for row in table(database_url, "audit") if row["action"] == "role_changed"]
    assert changes == [{"before": "admin", "role": "viewer"}, {"before": "viewer", "role": "admin"}]
    change(database_url, "UPDATE accounts SET role = 'coordinator'")
    assert role() == "coordinator", "who administers is all that the provider says"


@on_sqlite
def test_without_the_setting_roles_are_managed_here(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    account(app, "ana@example.org", StaffRole.ADMIN)
    provider.person["realm_access"] = {"roles": []}
    signed_in(PageClient(app), provider)
    assert table(database_url, "accounts")[0]["role"] == "admin"


def test_a_disabled_account_is_out(app: Flask, provider: OidcProvider, database_url: str) -> None:
    client = PageClient(app)
    signed_in(client, provider)
    account(app, "root", StaffRole.ADMIN)
    with app.app_context():
        accounts.disable(table(database_url, "accounts")[0]["id"], accounts.COMMAND)
    assert not is_in(client)
    assert no_one_is_in(client, signed_in(client, provider), 403)
    assert failures(database_url) == [("ana@example.org", "disabled")]


@on_sqlite
def test_a_temporary_password_is_no_matter_here(
    app: Flask, provider: OidcProvider, database_url: str
) -> None:
    account(app, "ana@example.org", StaffRole.VIEWER)
    change(database_url, "UPDATE accounts SET temporary_until = '2099-01-01 00:00:00'")
    client = PageClient(app)
    signed_in(client, provider)
    assert is_in(client)


# The provider


@on_sqlite
def test_the_email_may_be_asked_for(app: Flask, provider: OidcProvider, database_url: str) -> None:
    provider.said_in_userinfo = {"email", "email_verified", "name"}
    client = PageClient(app)
    signed_in(client, provider)
    assert is_in(client)
    assert provider.counted("/userinfo") == 1
    assert table(database_url, "accounts")[0]["username"] == "ana@example.org"
    provider.id_token = {"sub": "2"}
    assert signed_in(PageClient(app), provider).status_code == 400, "it spoke of somebody else"
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
    monkeypatch.setattr(asking, "SECONDS", 0.3)
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
    assert "NoConnectionError" in caplog.text


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


# Where they come back to


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
