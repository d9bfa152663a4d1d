"""Every route × everybody who may come: anyone who is not meant to come in does not, and changes nothing."""

import pytest
from flask import Flask

from app.audit import Actor
from app.auth import accounts
from app.models import AccountRole
from tests.access.table import ACCESS, address
from tests.support import zelta_faults as faults
from tests.support.accounts import account, signed_in
from tests.support.actions import add, create
from tests.support.application import AppFactory
from tests.support.db import dump
from tests.support.pages import PageClient, PageResponse
from tests.support.zelta_server import ZeltaServer

WHO = ["nobody", "viewer", "coordinator", "admin", "disabled"]
LADDER = ["everybody", "viewer", "coordinator", "admin"]
OWN = {"/sign-out", "/account/sign-out-everywhere", "/account/password"}
"""These end the session that the next request would need."""


@pytest.fixture
def guarded(make_app: AppFactory, zelta: ZeltaServer) -> Flask:
    """A dashboard with sign-in, and a meeting with a host, one with a refused guest and a refused one."""
    app = make_app(AUTH="password")
    client = signed_in(app, account(app, "olga", AccountRole.COORDINATOR))
    add(create(client), "Ana", "host")
    page = create(client)
    zelta.next(faults.refuses(400), faults.refuses(400))
    add(page, "Luis", email="luis@example.org")
    create(client)
    return app


def browser(app: Flask, who: str) -> PageClient:
    if who == "nobody":
        return PageClient(app)
    role = AccountRole.ADMIN if who == "disabled" else AccountRole(who)
    found = account(app, f"{who}@example.org", role)
    client = signed_in(app, found)
    if who == "disabled":
        account(app, "another", AccountRole.ADMIN)
        with app.app_context():
            accounts.disable(found, Actor("another"))
    return client


def asked(client: PageClient, path: str, method: str) -> PageResponse:
    if method == "GET":
        return client.get(address(path))
    token = client.get("/none").page.find_all('input[name="csrf_token"]')[0]["value"]
    return client.post(address(path), data={"csrf_token": token, "name": "Eva", "choice": "again"})


def is_closed(answer: PageResponse, who: str) -> bool:
    if who in {"nobody", "disabled"}:
        return answer.status_code in {302, 303} and answer.headers["Location"].startswith("/sign-in")
    return answer.status_code == 403


@pytest.mark.one_on_postgresql
@pytest.mark.parametrize("who", WHO)
def test_each_route_is_open_to_its_role_and_to_those_above(
    guarded: Flask, zelta: ZeltaServer, database_url: str, who: str
) -> None:
    client, rank = browser(guarded, who), LADDER.index(who) if who in LADDER else 0
    opened = {route for route, least in ACCESS.items() if LADDER.index(least) <= rank}
    before, calls = kept(database_url), len(zelta.calls)
    for path, method in sorted(ACCESS.keys() - opened):
        answer = asked(client, path, method)
        assert is_closed(answer, who), (path, method, answer.status_code)
    assert (kept(database_url), len(zelta.calls)) == (before, calls)
    for path, method in sorted(opened, key=lambda route: (route[0] in OWN, route)):
        answer = asked(client, path, method)
        assert not is_closed(answer, who), (path, method, answer.status_code)
        answer.close()
    assert who in {"coordinator", "admin"} or len(zelta.calls) == calls


def kept(database_url: str) -> dict[str, object]:
    """What is stored, but for what a stranger typed, which waits for when they have signed in."""
    return {table: rows for table, rows in dump(database_url).items() if table != "saved_forms"}
