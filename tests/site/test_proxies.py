"""Behind a proxy: https and a path prefix are believed from trusted proxies only, and every address keeps the prefix."""

import re

import pytest
from flask import request

from tests.support.actions import add, create, meeting_path, person
from tests.support.application import AppFactory
from tests.support.pages import PageClient
from tests.support.prefix_client import addresses, mount
from tests.support.zelta_server import ZeltaServer

HTTPS = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "convoca.example",
    "X-Forwarded-For": "203.0.113.9",
}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_cookies_on_plain_http(client: PageClient) -> None:
    client.visit("/")
    cookie = client.get_cookie("convoca")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.secure) == (True, "Lax", False)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("proxies", "secure"), [("1", True), ("0", False)])
def test_cookies_are_secure_when_a_trusted_proxy_says_https(
    make_app: AppFactory, proxies: str, secure: bool
) -> None:
    client = make_app(TRUSTED_PROXIES=proxies).test_client()
    answer = client.get("/", headers=HTTPS)
    assert ("Secure" in answer.headers["Set-Cookie"]) == secure
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]


def test_forms_work_on_https_behind_a_proxy(make_app: AppFactory, zelta: ZeltaServer) -> None:
    app = make_app(TRUSTED_PROXIES="1")
    client = app.test_client()
    headers = HTTPS | {"Referer": "https://convoca.example/meetings/new"}
    page = client.get("/meetings/new", headers=HTTPS, base_url="https://convoca.example").get_data(
        as_text=True
    )
    found = dict(re.findall(r'name="(csrf_token|submission_id)" value="([^"]+)"', page))
    values = found | {"title": "Comité", "date": "2099-01-01", "time": "10:00", "time_zone": "UTC"}
    made = client.post("/meetings/new", data=values, headers=headers, base_url="https://convoca.example")
    assert (made.status_code, made.headers["Location"], len(zelta.calls)) == (303, "/meetings/1", 1)
    evil = HTTPS | {"Referer": "https://evil.example/"}
    assert (
        client.post(
            "/meetings/new", data=values, headers=evil, base_url="https://convoca.example"
        ).status_code
        == 400
    )


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_address_keeps_the_prefix(make_app: AppFactory, zelta: ZeltaServer) -> None:
    app, base = make_app(TRUSTED_PROXIES="1"), "/reuniones"
    mount(app, base)
    client = PageClient(app)
    pages = [client.visit(f"{base}{path}") for path in ("/", "/?q=x", "/meetings/new", "/meetings/adopt")]
    pages.append(pages[2].submit(f"{base}/meetings/new", title="", date="", time=""))
    made = pages[2].submit(
        f"{base}/meetings/new", title="A", date="2099-01-01", time="10:00", time_zone="UTC"
    )
    pages += [made, client.visit(f"{base}/meetings/1/cancel"), client.visit(f"{base}/none", 404)]
    made = made.submit(f"{base}/meetings/1/participants", name="Ana", role="host")
    pages.append(made)
    pages.append(made.submit(f"{base}/participants/{person(made)['data-participant']}/token"))
    pages.append(made.submit(made.form(f"{base}/language")))
    pages.append(client.post(f"{base}/meetings/new", data={"title": "B"}).page)  # as if its form had expired
    for page in pages:
        found = addresses(page)
        assert found
        assert {one for one in found if not one.startswith(f"{base}/")} == set(), page
    assert {cookie.path for cookie in client._cookies.values()} == {base}
    with client.get(next(one for one in addresses(pages[0]) if "css" in one)) as sent:
        assert sent.status_code == 200
    assert len(zelta.calls) == 2


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_anyone_has_to_sign_in_first_stays_under_the_prefix(make_app: AppFactory) -> None:
    app = make_app(TRUSTED_PROXIES="1", AUTH="password")
    mount(app, "/reuniones")
    page = PageClient(app).visit("/reuniones/meetings/new?x=1")
    assert page.find('main input[name="next"]')["value"] == "/reuniones/meetings/new?x=1"
    assert {one for one in addresses(page) if not one.startswith("/reuniones/")} == set()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("/reuniones/?q=x", "/reuniones/?q=x"),
        ("/wiki/", "/reuniones/"),
        ("/reunionesx", "/reuniones/"),
        ("/reuniones/../wiki", "/reuniones/"),
        ("/reuniones/%2E%2e/wiki", "/reuniones/"),
        ("//evil.example/reuniones/", "/reuniones/"),
    ],
)
def test_nothing_leads_back_to_what_else_is_on_the_host(
    make_app: AppFactory, wanted: str, found: str
) -> None:
    app = make_app(TRUSTED_PROXIES="1")
    mount(app, "/reuniones")
    client = PageClient(app)
    form = client.visit("/reuniones/").form("/reuniones/language")
    form.values["next"] = [wanted]
    answer = client.post("/reuniones/language", data=dict(form.entries()))
    assert (answer.status_code, answer.headers["Location"]) == (303, found)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("proxies", "seen"), [("1", "203.0.113.9"), ("0", "127.0.0.1")])
def test_who_asks_is_believed_from_trusted_proxies_only(
    make_app: AppFactory, proxies: str, seen: str
) -> None:
    app, found = make_app(TRUSTED_PROXIES=proxies), []
    app.before_request(lambda: found.append(request.remote_addr))
    app.test_client().get("/healthz", headers=HTTPS)
    assert found == [seen]


def test_a_prefix_is_not_believed_from_anybody(client: PageClient) -> None:
    answer = client.get("/", headers={"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in answer.get_data(as_text=True)
    assert meeting_path(add(create(client))) == "/meetings/1"
