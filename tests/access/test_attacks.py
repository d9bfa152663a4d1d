"""What an attacker tries: hosts, paths, addresses to come back to, forms of other sites, and markup in every field."""

from html import unescape
from io import BytesIO

import pytest
from flask import Flask

from app.models import AccountRole
from tests.support import zelta_faults as faults
from tests.support.accounts import account, signed_in
from tests.support.actions import add, create, day, meeting_path
from tests.support.application import AppFactory
from tests.support.db import dump
from tests.support.pages import Page, PageClient
from tests.support.zelta_server import ZeltaServer

one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}${7*7}%(name)s",
    "</title></textarea><svg/onload=alert(1)>",
    "</script><script src=//evil.example/x.js>",
)
PATHS = (
    "/static/../wsgi.py",
    "/static/..%2f..%2fwsgi.py",
    "/static/%2e%2e/instance/secret_key",
    "/static/css/..%5c..%5cwsgi.py",
    "/static//etc/passwd",
    "/meetings/1%00",
    "/meetings/1;admin",
    "/ADMIN/",
    "/admin",
    "/./admin/",
    "/meetings/../admin/",
    "/sign-in/../admin/",
)
ELSEWHERE = (
    "//evil.example/x",
    "/\\evil.example/x",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "///evil.example",
    "/%2f/evil.example/..//evil.example",
    "/..//evil.example",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "/\tevil.example",
    "/\n/evil.example",
    "/%09/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example@localhost/",
)


@one_database
def test_signing_in_leads_nowhere_else(make_app: AppFactory) -> None:
    app = make_app(AUTH="password")
    client = signed_in(app, account(app, "olga", AccountRole.VIEWER))
    for address in ELSEWHERE:
        answer = client.get("/sign-in", query_string={"next": address})
        assert answer.status_code == 303, address
        location = unescape(answer.headers["Location"])
        assert location.startswith("/"), address
        assert not location.startswith(("//", "/\\")), address
        assert "evil" not in location.partition("?")[0].partition("/")[0], address
        assert "\n" not in location, address
        assert "\t" not in location, address
        assert client.get(location).status_code in {200, 404}, address


@one_database
@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("convoca.example", 200),
        ("CONVOCA.example:8443", 200),
        ("meet.intranet.example", 200),
        ("evil.example", 400),
        ("convoca.example.evil.example", 400),
        ("evil.example#convoca.example", 400),
        ("convoca.example@evil.example", 400),
        ("", 400),
    ],
)
def test_only_allowed_hosts_are_answered(make_app: AppFactory, host: str, status: int) -> None:
    app = make_app(ALLOWED_HOSTS="convoca.example .intranet.example")
    answer = app.test_client().get("/meetings/new", headers={"Host": host})
    assert answer.status_code == status
    assert "evil.example" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@one_database
def test_a_load_balancer_may_ask_by_address(make_app: AppFactory) -> None:
    app = make_app(ALLOWED_HOSTS="convoca.example")
    assert app.test_client().get("/readyz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


@one_database
def test_a_forwarded_host_counts_only_from_a_trusted_proxy(make_app: AppFactory) -> None:
    app = make_app(AUTH="password", ALLOWED_HOSTS="localhost")
    answer = app.test_client().get(
        "/", headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/")


@one_database
def test_no_path_leads_around_the_gate(make_app: AppFactory) -> None:
    app = make_app(AUTH="password")
    client = signed_in(app, account(app, "olga", AccountRole.VIEWER))
    for path in PATHS:
        answer = app.test_client().get(path)
        assert answer.status_code in {302, 303, 308, 404}, path
        assert "sign-in" in answer.headers.get("Location", "sign-in") or answer.status_code == 308, path
        inside = client.open(path, follow_redirects=True)
        assert inside.status_code in {403, 404}, path


@one_database
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
    ],
)
def test_another_sites_form_does_nothing(
    make_app: AppFactory, zelta: ZeltaServer, database_url: str, headers: dict[str, str]
) -> None:
    app = make_app(AUTH="password")
    client = signed_in(app, account(app, "olga", AccountRole.ADMIN))
    path = meeting_path(add(create(client), "Ana", "host"))
    before, calls = dump(database_url), len(zelta.calls)
    for target in (f"{path}/cancel", "/participants/1/token", "/account/sign-out-everywhere", "/sign-out"):
        answer = client.post(target, data={"submission_id": "x"}, headers=headers)
        assert answer.status_code == 400, target
        assert not answer.page.find_all("main form"), "it is not offered again under our name"
    assert (dump(database_url), len(zelta.calls)) == (before, calls)


@one_database
def test_what_another_site_sends_to_nobody_is_not_kept(make_app: AppFactory, database_url: str) -> None:
    app = make_app(AUTH="password")
    answer = PageClient(app).post(
        "/meetings/new", data={"title": "x"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.headers["Location"] == "/sign-in"
    assert dump(database_url)["saved_forms"] == []


@pytest.fixture(params=["es", "en"])
def reading(request: pytest.FixtureRequest, make_app: AppFactory) -> Flask:
    """A dashboard in each language."""
    return make_app(AUTH="password", LANGUAGE=request.param)


def harmless(page: Page) -> None:
    """Whatever was typed is text: no element or attribute of it has come into the page."""
    for element in page.root.iter():
        tag = str(element.tag)
        if tag == "script":
            assert (element.text or "").strip() == ""
            assert element.attrib["src"].startswith("/static/")
        assert tag != "img"
        assert not any(name.startswith("on") for name in element.attrib), element.attrib
        for name in ("href", "src", "action", "formaction"):
            assert not element.attrib.get(name, "").lower().startswith(("javascript:", "data:"))
    assert "49" not in [word for word in page.text.split() if "7*7" in word]


@one_database
@pytest.mark.parametrize(
    # Escaping does not depend on the language, so one of them is enough in English.
    ("reading", "markup"),
    [*(("es", markup) for markup in MARKUP), ("en", MARKUP[1])],
    indirect=["reading"],
)
def test_markup_is_text_wherever_it_comes_from(reading: Flask, zelta: ZeltaServer, markup: str) -> None:
    client = signed_in(reading, account(reading, "olga", AccountRole.ADMIN, name=markup))
    page = create(client, title=markup)
    harmless(page)
    zelta.next(faults.refuses(400, message=markup, code=markup))
    harmless(add(page, markup, external_id=markup))
    harmless(add(client.visit(meeting_path(page)), f"Ana {markup}", "host"))
    harmless(client.visit("/", 200))
    harmless(client.visit(f"/?q={markup.replace('#', '').replace('%', '').replace('&', '')}"))
    harmless(
        client.post("/meetings/new", data={"title": markup, "date": markup, "submission_id": markup}).page
    )
    lines = f"{markup};a@b\n{markup} <ana@example.org>\nname,{markup}\n".encode()
    form = client.visit(f"{meeting_path(page)}/people/import").form(f"{meeting_path(page)}/people/import")
    fields = {
        "csrf_token": form.values["csrf_token"][0],
        "submission_id": "list-1",
        "role": "participant",
        "people": "",
    }
    answer = client.post(
        form.action, data=fields | {"file": (BytesIO(lines), f"{markup}.csv")}, follow_redirects=True
    )
    assert answer.status_code in {200, 422}
    harmless(answer.page)
    harmless(client.visit(meeting_path(page)))


@one_database
def test_a_date_keeps_nothing_open(reading: Flask) -> None:
    """What is typed into a form without a session comes back as text too."""
    client = PageClient(reading)
    origin = {"Referer": "http://localhost/meetings/new"}
    client.post("/meetings/new", data={"title": MARKUP[0], "date": day(), "next": MARKUP[1]}, headers=origin)
    inside = signed_in(reading, account(reading, "olga", AccountRole.COORDINATOR))
    with client.session_transaction() as cookie:
        held = cookie["held"]
    with inside.session_transaction() as cookie:
        cookie["held"] = held
    page = inside.visit("/sign-in/held")
    assert MARKUP[0] in page.find("main").text
    harmless(page)
