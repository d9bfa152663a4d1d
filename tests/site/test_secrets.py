"""Nothing that lets somebody in, and nobody's e-mail, is written where it does not belong: logs, files, pages."""

from pathlib import Path

from sqlalchemy import make_url

from tests.support import zelta_faults as faults
from tests.support.live import LiveFactory
from tests.support.peek import change, dump
from tests.support.steps import add, adopt, cancel, create, person
from tests.support.zelta_backend import TOKEN_PREFIX
from tests.support.zelta_server import ZeltaServer

KEY = "zlt_k7a9b2c_recognisable"
SECRET = "recognisable-secret-key-of-the-test"
MAIL = "recognisable@correo.example"


def test_a_whole_journey_leaves_no_secret_behind(
    serve: LiveFactory, zelta: ZeltaServer, database_url: str
) -> None:
    server = serve("--workers", "1", "--log-level", "debug", ZELTA_API_KEY=KEY, SECRET_KEY=SECRET)
    with server.client() as browser:
        page = add(create(browser), "Ana", "host", email=MAIL)
        shown = page.submit(f"/participants/{person(page)['data-participant']}/token")
        token = shown.find("textarea#token").text
        assert token == zelta.participants[0].token
        pages = [
            page,
            browser.visit(f"/?q={MAIL}"),
            browser.visit(page.path),
            adopt(browser, "/m/abc?p=secretlink"),
        ]
        for number, fault in enumerate(
            [
                faults.answers(500, {"token": token, "message": f"{KEY} {token}"}),
                faults.refuses(400, "ERR", f"la clave {KEY} no vale"),
                faults.drops(sending=f"HTTP/1.1 200 OK\r\nX-{KEY}: {token}\r\n".encode()),
                faults.answers(201, f"<html>{KEY}</html>".encode()),
            ]
        ):
            zelta.next(fault)
            page = add(page, f"Persona {number}", "host", email=f"{number}{MAIL}")
            pages.append(page)
        pages.append(cancel(browser, page))
        # A failure within: the database refuses, and what it refused is in the statement's parameters.
        change(database_url, "ALTER TABLE journal RENAME TO journal_away")
        form = pages[1].visitor.visit("/meetings/new")  # type: ignore[attr-defined]
        browser.send(form, form.form("/meetings/new").fill(title=MAIL, date="2099-01-01", time="10:00"))
        change(database_url, "ALTER TABLE journal_away RENAME TO journal")
        browser.session.get(
            f"{server.url}/meetings/none?q={MAIL}&token={token}", headers={"Referer": f"http://x/{MAIL}"}
        )
    server.stop()
    for secret in (KEY, SECRET, MAIL, TOKEN_PREFIX, "secretlink"):
        lines = [line for line in server.log.splitlines() if secret in line]
        assert not lines, lines
    assert "GET /" in server.log, "requests are logged at all"
    for secret in (KEY, SECRET, TOKEN_PREFIX):
        assert not any(secret in page.html for page in pages)
        assert secret not in repr(dump(database_url))
    database = make_url(database_url).database or ""
    if "sqlite" in database_url:
        for file in Path(database).parent.glob(f"{Path(database).name}*"):
            assert not any(one.encode() in file.read_bytes() for one in (KEY, SECRET, TOKEN_PREFIX))
    assert all(call.api_key == KEY for call in zelta.calls)
