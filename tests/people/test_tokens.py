"""A host's token: sealed where it is stored, shown on a page of its own, and only after that is written down."""

import pytest

from tests.support.actions import add, create, person
from tests.support.application import AppFactory
from tests.support.db import dump, table
from tests.support.pages import PageClient
from tests.support.zelta_backend import TOKEN_PREFIX
from tests.support.zelta_server import ZeltaServer


def test_a_token_is_shown_on_its_own_page_and_that_is_recorded(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = add(create(client), "Ana", "host")
    (host,) = zelta.participants
    assert TOKEN_PREFIX not in page.html
    assert TOKEN_PREFIX not in repr(dump(database_url))
    path = f"/participants/{person(page)['data-participant']}/token"
    shown = page.submit(path)
    assert (shown.path, shown.find("textarea#token").text) == (path, host.token)
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.find("[data-participant]")["data-participant"] == person(page)["data-participant"]
    entry = table(database_url, "journal_entries")[-1]
    assert (entry["action"], entry["outcome"]) == ("reveal_token", "done")
    after = client.visit(page.path)
    assert "vio la clave de anfitrión de Ana" in after.find(".activity").text
    assert TOKEN_PREFIX not in after.html
    assert client.get(path).status_code == 405


def test_a_guests_token_is_neither_kept_nor_shown(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    page = add(create(client), "Luis")
    (row,) = table(database_url, "participants")
    assert row["token_encrypted"] is None
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    for number in (row["id"], 99):
        assert client.post(f"/participants/{number}/token", data={"csrf_token": token}).status_code == 404
    assert len(zelta.participants) == 1


@pytest.mark.parametrize("changed", ["SECRET_KEY", "ENCRYPTION_KEYS"])
def test_a_token_that_no_key_opens_is_said_calmly(
    make_app: AppFactory, zelta: ZeltaServer, changed: str
) -> None:
    page = add(create(PageClient(make_app())), "Ana", "host")
    other = {"SECRET_KEY": "another-secret-altogether", "ENCRYPTION_KEYS": "x" * 42 + "0="}[changed]
    page = PageClient(make_app(**{changed: other})).visit(page.path)
    shown = page.submit(f"/participants/{person(page)['data-participant']}/token")
    assert shown.status == 422
    assert "clave" in shown.find(".summary").text
    assert TOKEN_PREFIX not in shown.html
    assert zelta.participants


def test_keys_can_be_rotated(make_app: AppFactory, zelta: ZeltaServer) -> None:
    old, new = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="
    page = add(create(PageClient(make_app(ENCRYPTION_KEYS=old))), "Ana", "host")
    page = PageClient(make_app(ENCRYPTION_KEYS=f"{new},{old}")).visit(page.path)
    shown = page.submit(f"/participants/{person(page)['data-participant']}/token")
    assert shown.find("textarea#token").text == zelta.participants[0].token
