"""Behind a proxy that signs people in: its header is believed from it alone, and nobody else gets in by it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.auth import accounts
from app.database import db
from app.models import AccountRole
from tests.support.accounts import account
from tests.support.actions import add, create
from tests.support.application import AppFactory
from tests.support.db import table
from tests.support.pages import PageClient, PageResponse
from tests.support.zelta_server import ZeltaServer

on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
PROXY = "10.1.2.3"


@pytest.fixture
def make(make_app: AppFactory) -> AppFactory:
    """Make a dashboard that believes the proxy at 10.1.2.3."""
    setting = {"AUTH": "proxy", "AUTH_PROXY_TRUSTED": "10.1.2.0/24, 2001:db8::7", "LANGUAGE": "en"}
    return lambda **overrides: make_app(**setting | overrides)


@pytest.fixture
def app(make: AppFactory) -> Flask:
    return make()


class Proxied(PageClient):
    """A browser whose requests come through a proxy that names its user."""

    def __init__(self, app: Flask, user: str, header: str = "X-Forwarded-User") -> None:
        super().__init__(app)
        self.environ_base["REMOTE_ADDR"] = PROXY
        self.environ_base[f"HTTP_{header.upper().replace('-', '_')}"] = user


def asked(app: Flask, peer: str = PROXY, path: str = "/", **headers: str) -> PageResponse:
    """What a person gets who is connected from an address and sends these headers."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return PageClient(app).get(path, headers=names, environ_overrides={"REMOTE_ADDR": peer})


@contextmanager
def queries(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_a_first_visit_makes_the_account(app: Flask, database_url: str, zelta: ZeltaServer) -> None:
    client = Proxied(app, "Ana")
    page = add(create(client), "Luis")
    assert page.find("header .account").text == "Ana"
    assert [call.path for call in zelta.calls]
    (row,) = table(database_url, "accounts")
    assert (row["username"], row["role"], row["oidc_subject"]) == ("Ana", "coordinator", None)
    audit = [(one["action"], one["actor"], one["ip_address"]) for one in table(database_url, "audit_events")]
    assert audit[0] == ("account_added", "Ana", PROXY)
    assert [action for action, _, _ in audit] == ["account_added", "create_meeting", "add_participant"]
    Proxied(app, "ana").visit("/")
    assert len(table(database_url, "accounts")) == 1
    assert table(database_url, "sessions") == []


def test_many_first_visits_at_once_are_one(app: Flask, database_url: str) -> None:
    clients, together = [Proxied(app, "ana") for _ in range(6)], Barrier(6)

    def visit(client: Proxied) -> int:
        together.wait(10)
        return client.get("/account").status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(visit, clients)) == [200] * 6
    assert [row["action"] for row in table(database_url, "audit_events")] == ["account_added"]


@on_sqlite
def test_a_request_costs_one_query(app: Flask) -> None:
    client = Proxied(app, "ana")
    client.visit("/account")
    with queries(app) as found:
        client.visit("/account")
    assert len([one for one in found if one != "BEGIN"]) == 1, found


PEERS = {
    "10.1.2.3": 200,
    "::ffff:10.1.2.3": 200,
    "2001:db8::7": 200,
    "10.1.3.3": 403,
    "::ffff:10.1.3.3": 403,
    "2001:db8::8": 403,
    "127.0.0.1": 403,
    "": 403,  # a Unix socket
    "10.1.2.3, 127.0.0.1": 403,
    "10.1.2": 403,
}


@on_sqlite
def test_the_header_is_believed_from_the_proxy_alone(
    app: Flask, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    forwarded = {"X_Forwarded_For": PROXY, "X_Real_IP": PROXY, "Forwarded": f"for={PROXY}"}
    for number, (peer, status) in enumerate(PEERS.items()):
        caplog.clear()
        assert asked(app, peer, X_Forwarded_User=f"ana-{number}", **forwarded).status_code == status, peer
        assert (f"does not hold {peer or 'a Unix socket'}" in caplog.text) == (status == 403), peer
        assert "ana" not in caplog.text
    assert len(table(database_url, "accounts")) == 3


@on_sqlite
@pytest.mark.parametrize(("peer", "status"), [("127.0.0.1", 403), (PROXY, 200)])
def test_who_is_connected_is_not_who_a_header_says(
    make: AppFactory, database_url: str, peer: str, status: int
) -> None:
    """Though `TRUSTED_PROXIES` says to believe it about the address that is audited."""
    app = make(TRUSTED_PROXIES="1")
    answer = asked(app, peer, X_Forwarded_User="ana", X_Forwarded_For=f"{PROXY}, 10.1.2.9")
    assert answer.status_code == status
    assert [row["ip_address"] for row in table(database_url, "audit_events")] == ["10.1.2.9"] * (
        status == 200
    )


@on_sqlite
def test_the_page_is_kind_and_gives_nothing_away(app: Flask) -> None:
    page = asked(app, "192.0.2.1", X_Forwarded_User="ana").page
    assert page.h1 == asked(app, X_Forwarded_User="ana,luis").page.h1 == "You cannot sign in here"
    assert "10.1.2" not in page.html
    assert not page.find_all("nav")
    assert asked(app, "192.0.2.1", "/healthz").status_code == 200
    with asked(app, "192.0.2.1", "/static/css/convoca.css") as style:
        assert style.status_code == 200
    assert asked(app, "192.0.2.1", "/none").status_code == 404


NAMES = [
    ("ana@example.org", "ana@example.org"),
    (" ana ", "ana"),
    ("josé".encode().decode("latin-1"), "josé"),
    ("jose\u0301".encode().decode("latin-1"), "josé"),
    ("josé", None),  # Latin-1, of which nobody knows that it is
    ("EXAMPLE\\ana", "EXAMPLE\\ana"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("x" * 200, "x" * 200),
    ("x" * 201, None),
    ("", None),
    (" ", None),
    ("ana,luis", None),
    ("ana, ", None),
    ("ana\tluis", None),
    ("ana\x00", None),
    ("\x7fana", None),
    ("ana\u200b".encode().decode("latin-1"), None),
    ("\u202eana".encode().decode("latin-1"), None),
    ("\u3164".encode().decode("latin-1"), None),
    ("sandbox", None),
    ("Anonymous", None),
]


@on_sqlite
def test_the_name_in_the_header(app: Flask, database_url: str) -> None:
    known: list[str] = []
    for sent, name in NAMES:
        environ = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_USER": sent}
        answer = PageClient(app).get("/account", environ_overrides=environ)
        assert answer.status_code == (200 if name else 403), sent
        known += [name] if name and name not in known else []
        assert [row["username"] for row in table(database_url, "accounts")] == known, sent


@on_sqlite
def test_names_that_only_look_alike_are_two_people(app: Flask) -> None:
    account(app, "ana", AccountRole.ADMIN)
    alike = "ａｎａ".encode().decode("latin-1")
    assert asked(app, X_Forwarded_User=alike).page.h1 == "There is no account for you"


@on_sqlite
def test_another_header(make: AppFactory) -> None:
    app = make(AUTH_PROXY_HEADER="Remote-User")
    assert asked(app, Remote_User="ana").status_code == 200
    assert asked(app, X_Forwarded_User="ana").status_code == 403
    assert (
        PageClient(app).get("/", environ_overrides={"REMOTE_ADDR": PROXY, "REMOTE_USER": "ana"}).status_code
        == 403
    )


def test_a_disabled_account_is_out_at_its_next_request(app: Flask, database_url: str) -> None:
    account(app, "root", AccountRole.ADMIN)
    client = Proxied(app, "ana")
    page = client.visit("/meetings/new")
    with app.app_context():
        accounts.disable(table(database_url, "accounts")[1]["id"], accounts.COMMAND_ACTOR)
    assert client.visit("/", 403).h1 == "Your account is disabled"
    assert page.submit("/meetings/new", title="A").status == 403
    assert table(database_url, "meetings") == []


def test_who_was_not_invited_stays_out(make: AppFactory, database_url: str) -> None:
    app = make(NEW_ACCOUNTS="refused")
    account(app, "ana", AccountRole.VIEWER)
    assert asked(app, X_Forwarded_User="luis").page.h1 == "There is no account for you"
    assert asked(app, X_Forwarded_User="Ana").status_code == 200
    assert len(table(database_url, "accounts")) == 1
    assert table(database_url, "audit_events") == []


@on_sqlite
@pytest.mark.parametrize("role", AccountRole)
def test_the_account_says_what_they_may_do(make: AppFactory, role: AccountRole) -> None:
    app = make(NEW_ACCOUNTS="viewer")
    if role != "viewer":
        account(app, "ana", role)
    client = Proxied(app, "ana")
    assert client.get("/").status_code == 200
    assert client.get("/meetings/new").status_code == (403 if role == "viewer" else 200)
    assert (client.get("/admin/").status_code == 403) == (role != "admin")


@on_sqlite
def test_the_proxy_signs_out_and_not_we(app: Flask) -> None:
    account(app, "ana", AccountRole.ADMIN, name="Ana Pérez")
    client = Proxied(app, "ana")
    page = client.visit("/account")
    assert page.find("header .account").text == "Ana Pérez"
    assert not [form for form in page.find_all("main form") if "sign-out" in form["action"]]
    token = page.find('input[name="csrf_token"]')["value"]
    for path in ("/sign-out", "/account/sign-out-everywhere"):
        assert client.post(path, data={"csrf_token": token}).status_code == 404, path
    for path in ("/sign-in", "/account/password"):
        assert client.get(path).status_code == 404, path


@on_sqlite
def test_a_temporary_password_is_no_matter_here(app: Flask) -> None:
    with app.app_context():
        accounts.add("ana", AccountRole.VIEWER, accounts.COMMAND_ACTOR, password="a-temporary-one-of-old")
    assert asked(app, X_Forwarded_User="ana").status_code == 200


@on_sqlite
def test_another_site_cannot_use_the_proxys_word(app: Flask, database_url: str) -> None:
    """The proxy names anyone who's browser it is, also when another site made it send the form."""
    client = Proxied(app, "ana")
    client.visit("/meetings/new")
    answer = client.post("/meetings/new", data={"title": "A"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 400
    assert table(database_url, "meetings") == []
