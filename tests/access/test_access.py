"""Every route, what it takes, and what a reader may expect of each answer. A new route fails here until it is listed."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.access.table import ACCESS, READS, WRITES, address, plain
from tests.support import zelta_faults as faults
from tests.support.actions import add, create
from tests.support.db import dump
from tests.support.pages import PageClient
from tests.support.zelta_server import ZeltaServer

RECORDED = {"/admin/audit.csv"}
"""Who takes the audit out of the house is in it."""
one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
"""For what is answered before the database is asked."""
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

# A browser may keep these pages with what is typed in them; none shows a secret.
KEPT_FORMS = {
    "/admin/users/invite",
    "/groups/<id>/edit",
    "/groups/new",
    "/meetings/adopt",
    "/meetings/new",
    "/meetings/<id>/correct",
    "/meetings/<id>/message",
    "/meetings/<id>/move",
    "/meetings/<id>/people/import",
    "/meetings/<id>/repeat",
    "/participants/<id>/correct",
    "/settings/messages",
}


@one_database
def test_every_route_is_in_the_table(app: Flask) -> None:
    found = {
        (plain(rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert found == set(ACCESS)


def headers_are_set(answer: TestResponse) -> None:
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer.headers


@pytest.fixture
def filled(client: PageClient, zelta: ZeltaServer) -> PageClient:
    """A meeting with a host, and one with a refused guest; a refused meeting."""
    add(create(client), "Ana", "host")
    page = create(client)
    zelta.next(faults.refuses(400), faults.refuses(400))
    add(page, "Luis", email="luis@example.org")
    create(client)
    return client


def test_no_get_changes_anything_and_every_answer_has_its_headers(
    filled: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    before, calls = dump(database_url), len(zelta.calls)
    for path in [*(path for path in READS if path not in RECORDED), "/static/<path:filename>", "/none"]:
        for number in (1, 2, 3, 99) if "<id>" in path else (1,):
            for method in ("GET", "HEAD", "OPTIONS"):
                client = filled if method == "GET" else filled.application.test_client()  # these have no page
                answer = client.open(address(path, number), method=method)
                assert answer.status_code in {200, 302, 303, 404}, (path, number, method)
                headers_are_set(answer)
                if "static" not in path:
                    is_kept = path in KEPT_FORMS and (answer.status_code, method) in {
                        (200, "GET"),
                        (200, "HEAD"),
                    }
                    wanted = "private, no-cache" if is_kept else "no-store"
                    assert answer.headers["Cache-Control"] == wanted, (path, number, method)
                answer.close()
    assert filled.get("/?q=ana&view=past").status_code == 200
    assert (dump(database_url), len(zelta.calls)) == (before, calls)


@one_database
def test_a_method_that_a_route_does_not_take(
    filled: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    before, calls = dump(database_url), len(zelta.calls)
    token = filled.visit("/").find('input[name="csrf_token"]')["value"]
    for path in {path for path, _ in ACCESS}:
        for method in METHODS:
            if (path, method) not in ACCESS:
                answer = filled.open(address(path), method=method, headers={"X-CSRFToken": token})
                assert answer.status_code == 405, (path, method)
                assert method not in answer.headers["Allow"]
                headers_are_set(answer)
                assert answer.page.h1
    assert (dump(database_url), len(zelta.calls)) == (before, calls)


@one_database
@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_no_form_counts_without_its_csrf_token(
    filled: PageClient, zelta: ZeltaServer, database_url: str, token: str | None
) -> None:
    before, calls = dump(database_url), len(zelta.calls)
    for path in WRITES:
        fields = {"title": "x", "name": "Ana", "choice": "again", "role": "host", "language": "en"}
        answer = filled.post(address(path), data=fields | ({} if token is None else {"csrf_token": token}))
        assert answer.status_code == 400, path
        headers_are_set(answer)
        assert "Set-Cookie" not in answer.headers or "language=" not in answer.headers["Set-Cookie"]
    assert (dump(database_url), len(zelta.calls)) == (before, calls)


@pytest.mark.parametrize(
    "number", ["0", "99", "9223372036854775807", "9223372036854775808", "-1", "abc", "1.0", "%00"]
)
def test_a_row_that_does_not_exist(filled: PageClient, zelta: ZeltaServer, number: str) -> None:
    calls = len(zelta.calls)
    token = filled.visit("/").find('input[name="csrf_token"]')["value"]
    form = filled.visit("/meetings/new").form("/meetings/new").values
    fields = {
        "csrf_token": token, "submission_id": form["submission_id"][0], "choice": "again", "name": "x",
        "role": "host", "title": "x", "date": "2099-01-01", "time": "10:00", "time_zone": "UTC",
    }  # fmt: skip
    for path, method in ACCESS:
        if "<id>" in path and not (path.endswith("/participants") and method == "GET"):
            answer = filled.open(
                path.replace("<id>", number), method=method, data=fields if method == "POST" else None
            )
            assert answer.status_code in {404, 405}, (path, method)
    assert len(zelta.calls) == calls
