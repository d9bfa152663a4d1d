"""Viewers: they see meetings and copy links, which is written down, and nothing that would be refused to them."""

import pytest
from flask import Flask

from app.models import AccountRole
from tests.accounts.steps import member, signed_in
from tests.support import zelta_faults as faults
from tests.support.actions import add, create, meeting_path
from tests.support.db import table
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_copied_all_links(guarded: Flask, boss: PageClient, zelta: ZeltaServer, database_url: str) -> None:
    page = add(add(create(boss), "Ana"), "Luis")
    path = meeting_path(page)
    assert page.find('button[data-copy="lines"]')["data-tell"] == f"{path}/copied"
    member(guarded, "vera", AccountRole.VIEWER)
    theirs = signed_in(guarded, "vera")
    shown = theirs.visit(path)
    assert shown.find('button[data-copy="lines"]')["data-tell"] == f"{path}/copied"
    token = shown.find_all('input[name="csrf_token"]')[0]["value"]
    script = {"X-Requested-With": "fetch"}
    calls = len(zelta.calls)
    assert theirs.post(f"{path}/copied", headers=script).status_code == 400
    assert theirs.post(f"{path}/copied", headers=script | {"X-CSRFToken": token}).status_code == 204
    assert theirs.post("/meetings/999/copied", headers=script | {"X-CSRFToken": token}).status_code == 404
    assert PageClient(guarded).post(f"{path}/copied", headers=script).status_code == 401
    assert PageClient(guarded).post(f"{path}/copied").location == "/sign-in"
    copied = [row for row in table(database_url, "audit_events") if row["action"] == "copied_links"]
    assert [(row["actor"], row["ip_address"], f"/meetings/{row['meeting_id']}") for row in copied] == [
        ("vera", "127.0.0.1", path)
    ]
    assert len(zelta.calls) == calls
    assert table(database_url, "saved_forms") == []


@SQLITE
def test_a_viewer_sees_nothing_that_would_be_refused(
    guarded: Flask, boss: PageClient, zelta: ZeltaServer
) -> None:
    page = add(create(boss, "Comité"), "Ana", "host")
    zelta.next(faults.refuses(400))
    page = add(page, "Eva")
    zelta.next(faults.drops())
    page = add(page, "Inés", email="ines@example.org")
    zelta.next(faults.drops())
    create(boss, "Dudosa")
    member(guarded, "vera", AccountRole.VIEWER)
    theirs = signed_in(guarded, "vera")
    seen = [theirs.visit(path) for path in ("/", "/?view=attention", meeting_path(page), "/meetings/2", "/account", "/none")[:5]]  # fmt: skip
    for shown in seen:
        actions = {form["action"] for form in shown.find_all("form")}
        changes = {one for one in actions if not one.endswith("/delivery")}
        assert changes <= {"/language", "/", "/sign-out", "/account/sign-out-everywhere"}, shown
        for link in shown.find_all("a[href^='/']"):
            assert theirs.get(link["href"]).status_code != 403, (shown, link["href"])
    assert "Ana" in seen[2].text
    assert not [path for path in ("/meetings/new", "/admin/") if theirs.get(path).status_code != 403]
