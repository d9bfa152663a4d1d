"""Whatever cannot be answered gets a calm page, in the reader's language, with its own status."""

import pytest
from flask import Flask

from app.web.access import public
from tests.support.actions import create, day, meeting_path
from tests.support.application import AppFactory
from tests.support.db import dump
from tests.support.pages import PageClient, PageResponse
from tests.support.zelta_server import ZeltaServer

BROKEN = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nhol'
HEADINGS = {
    404: ("Página no encontrada", "Page not found"),
    405: ("Esta dirección no se puede abrir así", "This address cannot be opened like that"),
    413: ("Es demasiado grande", "That is too large"),
    400: ("No se pudo leer la petición", "That request could not be read"),
}


def provoke(client: PageClient, status: int, token: str) -> PageResponse:
    match status:
        case 404:
            return client.get("/none")
        case 405:
            return client.post("/healthz", data={"csrf_token": token})
        case 413:
            return client.post("/meetings/new", data={"csrf_token": token, "title": "x" * 1_100_000})
    return client.post(
        "/meetings/new",
        data=BROKEN,
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token},
    )


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("status", [400, 404, 405, 413])
def test_error_pages_in_both_languages(
    make_app: AppFactory, database_url: str, zelta: ZeltaServer, status: int, language: str
) -> None:
    client = PageClient(make_app(LANGUAGE=language))
    token = client.visit("/").find('input[name="csrf_token"]')["value"]
    before = dump(database_url)
    answer = provoke(client, status, token)
    assert answer.status_code == status
    page = answer.page
    assert f'<html lang="{language}">' in page.html
    other = HEADINGS[status][language == "es"]
    assert page.h1 != other
    if language == "en":
        assert page.h1 == HEADINGS[status][1]
    assert str(status) in page.text
    assert page.find_all('main a[href="/"]')
    assert (dump(database_url), zelta.calls) == (before, [])


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [1024 * 1024 - 50, 1024 * 1024 + 300])
def test_a_list_that_is_a_little_too_large_is_to_be_split(client: PageClient, size: int) -> None:
    path = f"{meeting_path(create(client))}/people/import"
    token = client.visit(path).form().values["csrf_token"][0]
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="lista.csv"\r\n'
    answer = client.post(
        path,
        data=head + b"Content-Type: text/csv\r\n\r\n" + b"x" * size + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 413
    assert "divida la lista" in answer.page.find("main").text


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "multipart/form-data"),
        (b"\x00\xff\xfe", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
        (b"%zz%00=%ff&&&==", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"title=a&" * 2000, "application/x-www-form-urlencoded"),
    ],
)
def test_no_body_makes_an_error_of_ours(
    client: PageClient, zelta: ZeltaServer, body: bytes, content_type: str
) -> None:
    token = client.visit("/").find('input[name="csrf_token"]')["value"]
    answer = client.post(
        "/meetings/new", data=body, content_type=content_type, headers={"X-CSRFToken": token}
    )
    assert answer.status_code in {400, 413, 422}
    assert zelta.calls == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_unexpected_error_is_one_calm_page(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise ZeroDivisionError("a secret detail")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/fails", view_func=public(fail))
    answer = PageClient(app).get("/fails")
    assert (answer.status_code, answer.page.find_all('main a[href="/"]') != []) == (500, True)
    assert "secret detail" not in answer.get_data(as_text=True)
    assert any(record.levelname == "ERROR" for record in caplog.records)


def test_health_asks_nobody_and_readiness_asks_the_database(
    make_app: AppFactory, empty_database_url: str
) -> None:
    sound, empty = PageClient(make_app()), PageClient(make_app(DATABASE_URL=empty_database_url))
    assert [(c.get("/healthz").status_code, c.get("/readyz").status_code) for c in (sound, empty)] == [
        (200, 200),
        (200, 503),
    ]
    assert sound.get("/healthz").get_data(as_text=True).strip() == "ok"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_database_that_is_away_is_said_and_nothing_is_sent(
    make_app: AppFactory, zelta: ZeltaServer, empty_database_url: str
) -> None:
    client = PageClient(make_app(DATABASE_URL=empty_database_url))
    page = client.visit("/meetings/new")
    answer = page.submit("/meetings/new", title="Comité", date=day(), time="10:00")
    assert (answer.status, zelta.calls) == (503, [])
    again = answer.form("/meetings/new")
    assert again.values["title"] == ["Comité"], "nothing typed is lost"
    assert again.values["submission_id"] == page.form("/meetings/new").values["submission_id"]
    assert client.visit("/", 503).h1
