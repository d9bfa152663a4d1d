"""Nothing that lets a person in, and nobody's address, is where it does not belong: a whole journey, and then a search.

A secret is one line of `SECRETS`, or of `Journey.secrets` where it is known on the way; a step of the journey is one line
of `STEPS`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from requests import Response
from sqlalchemy import make_url

from tests.support import zelta_faults as faults
from tests.support.actions import add, adopt, cancel, create, meeting_path, person
from tests.support.db import change, dump, rows
from tests.support.live import LiveClient, LiveFactory, LiveServer
from tests.support.pages import Page
from tests.support.zelta_backend import TOKEN_PREFIX
from tests.support.zelta_server import ZeltaServer

KEY = "zlt_k7a9b2c_recognisable"
SECRET = "recognisable-secret-key-of-the-test"
MAIL = "recognisable@correo.example"
TYPED_LINK = "recognisablelinksecret"

# What a coordinator typed comes back to them, and a meeting's own pages say whom it invites.
SHOWS_PEOPLE = r"/|/meetings/(new|adopt|\d+(/(participants|correct|people/import|progress|cancel))?)|/participants/\d+/correct"


@dataclass(frozen=True)
class Secret:
    """Something to look for.

    Attributes:
        text: it, or what all of its kind begin with.
        pages: a pattern of the paths whose answers rightly show it; None: none does.
        stored: whether it is in the database by nature.
    """

    text: str
    pages: str | None = None
    stored: bool = False


SECRETS = {
    "the API key": Secret(KEY),
    "SECRET_KEY": Secret(SECRET),
    "a host's token": Secret(TOKEN_PREFIX, pages=r"/participants/\d+/token"),
    "an e-mail": Secret(MAIL, pages=SHOWS_PEOPLE, stored=True),
    "a link's secret that was pasted": Secret(TYPED_LINK, pages=r"/meetings/adopt"),
}


@dataclass
class Journey:
    """One coordinator's way, and everything that was answered on it."""

    browser: LiveClient
    server: LiveServer
    zelta: ZeltaServer
    database_url: str
    secrets: dict[str, Secret] = field(default_factory=lambda: dict(SECRETS))
    answers: list[Response] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.browser.session.hooks["response"].append(lambda answer, **_: self.answers.append(answer))

    def ask(self, path: str, **options: Any) -> Response:
        return self.browser.session.get(f"{self.server.url}{path}", timeout=30, **options)

    @property
    def token(self) -> str:
        return self.zelta.participants[0].token


def creates_a_meeting(journey: Journey) -> None:
    journey.page = create(journey.browser)
    cookie = journey.browser.session.cookies["convoca"]
    journey.secrets["the session"] = Secret(cookie)


def adds_a_host_and_a_guest(journey: Journey) -> None:
    journey.page = add(journey.page, "Ana", "host", email=MAIL)
    journey.page = add(journey.page, "Luis", email=f"luis.{MAIL}")
    again = add(journey.page, "Luis otra vez", email=f"luis.{MAIL}")
    assert again.status == 422, "the address is reserved"
    guest = journey.zelta.participants[1].public_participant_id
    journey.secrets["a join link's secret"] = Secret(guest, pages=SHOWS_PEOPLE, stored=True)


def sends_a_list(journey: Journey) -> None:
    form = journey.browser.visit(f"{meeting_path(journey.page)}/people/import")
    preview = form.submit(people=f"Bea <bea.{MAIL}>\nCarlos <carlos.{MAIL}>\nno.{MAIL} y más")
    preview.submit(preview.form(), "Enviar lista")
    while rows(
        journey.database_url, "SELECT id FROM participants WHERE state IN ('queued','claimed','sending')"
    ):
        pass


def sees_a_token(journey: Journey) -> None:
    shown = journey.page.submit(f"/participants/{person(journey.page)['data-participant']}/token")
    assert shown.find("textarea#token").text == journey.token


def looks_around(journey: Journey) -> None:
    adopt(journey.browser, f"https://meet.zelta.example/m/abc?p={TYPED_LINK}", "De fuera")
    for path in (f"/?q={MAIL}", "/?view=past", "/static/css/convoca.css", "/healthz", "/readyz", "/metrics"):
        journey.ask(path)
    journey.ask(
        f"/meetings/none/{MAIL}?q={MAIL}&token={journey.token}", headers={"Referer": f"http://x/{MAIL}"}
    )
    journey.ask(
        f"/meetings/{MAIL.replace('@', '%40')}", headers={"Authorization": f"Bearer {KEY}", "x-api-key": KEY}
    )
    journey.browser.session.post(f"{journey.server.url}/meetings/new", data={"title": MAIL}, timeout=30)


def meets_errors_that_echo(journey: Journey) -> None:
    """The vendor repeats the key, the token and the address, in words, headers, and what is no HTTP at all."""
    said = f"{KEY} {journey.token} {MAIL}"
    named = {"X-Echo": said, "Set-Cookie": f"k={KEY}", "Location": f"/?token={journey.token}"}
    for number, fault in enumerate(
        [
            faults.answers(500, {"token": journey.token, "message": said, said: said}, named),
            faults.refuses(400, KEY, f"la clave {said} no vale"),
            faults.answers(401, {"message": said}, named),
            faults.answers(302, b"", named),
            faults.answers(201, f"<html>{said}</html>".encode(), named),
            faults.answers(429, {"message": said}, named | {"Retry-After": "100"}),
            faults.drops(sending=f"HTTP/1.1 200 OK\r\nX-{KEY}: {said}\r\n".encode()),
            faults.drops(sending=f"HTTP/1.1 200 OK\r\n{said}\r\nContent-Length: 0\r\n\r\n".encode()),
            faults.drops(sending=f"{said}\r\n\r\n".encode()),
        ]
    ):
        journey.zelta.next(fault)
        journey.page = add(journey.page, f"Persona {number}", "host", email=f"{number}.{MAIL}")
    journey.zelta.next(faults.answers(500, {"message": said}, named))
    journey.page = cancel(journey.browser, journey.page)


def meets_our_own_errors(journey: Journey) -> None:
    """An error whose message holds an address; a constraint's, which on PostgreSQL repeats the row; a table that is away."""
    unreadable = json.dumps([{MAIL: 1}])
    change(journey.database_url, f"UPDATE participant_imports SET rows = '{unreadable}'")  # noqa: S608
    assert journey.ask("/meetings/1/people/import?list=1").status_code == 500
    change(journey.database_url, "UPDATE participant_imports SET rows = '[]'")
    change(journey.database_url, "CREATE UNIQUE INDEX one_title ON meetings (title)")
    create(journey.browser, f"Con {MAIL}")
    form = journey.browser.visit("/meetings/new")
    filled = form.form("/meetings/new").fill(title=f"Con {MAIL}", date="2099-01-01", time="10:00")
    assert journey.browser.send(form, filled).status_code == 500
    change(journey.database_url, "ALTER TABLE journal_entries RENAME TO journal_away")
    assert journey.browser.send(form, filled.fill(title=f"Sin {MAIL}")).status_code >= 500
    change(journey.database_url, "ALTER TABLE journal_away RENAME TO journal_entries")


STEPS: list[Callable[[Journey], None]] = [
    creates_a_meeting,
    adds_a_host_and_a_guest,
    sends_a_list,
    sees_a_token,
    looks_around,
    meets_errors_that_echo,
    meets_our_own_errors,
]


@pytest.fixture
def journey(serve: LiveFactory, zelta: ZeltaServer, database_url: str) -> Journey:
    """The journey made, with everything written to the log, and the dashboard stopped."""
    settings = {"ZELTA_API_KEY": KEY, "SECRET_KEY": SECRET, "LOG_FORMAT": "json", "ZELTA_RATE": "0"}
    server = serve("--workers", "1", "--log-level", "debug", **settings)
    with server.client() as browser:
        made = Journey(browser, server, zelta, database_url)
        for step in STEPS:
            step(made)
    server.stop()
    return made


def test_a_whole_journey_leaves_no_secret_behind(journey: Journey) -> None:
    in_the_log(journey)
    in_the_answers(journey)
    in_the_database(journey)
    assert {call.api_key for call in journey.zelta.calls} == {KEY}, "where it belongs, it is"


def in_the_log(journey: Journey) -> None:
    lines = journey.server.log.splitlines()
    for name, secret in journey.secrets.items():
        found = [line for line in lines if secret.text in line]
        assert not found, f"{name} is in {len(found)} lines, such as {found[0]}"
    documents = [json.loads(line) for line in lines]
    loggers = {document["logger"] for document in documents}
    assert {
        "gunicorn.access",
        "gunicorn.error",
        "urllib3.connectionpool",
        "sqlalchemy.engine.Engine",
    } <= loggers
    unhandled = [document for document in documents if document["message"].startswith("Exception on ")]
    assert "rows.py" in unhandled[0]["exception"]
    assert "unexpected keyword argument" in unhandled[0]["exception"]
    assert "one_title" in unhandled[1]["exception"] or "meetings.title" in unhandled[1]["exception"]


def in_the_answers(journey: Journey) -> None:
    for answer in journey.answers:
        # A cookie is handed over in its own header, and there alone.
        headers = [pair for pair in answer.headers.items() if pair[0] != "Set-Cookie"]
        path = answer.request.path_url.partition("?")[0]
        for name, secret in journey.secrets.items():
            if secret.pages is None or not re.fullmatch(secret.pages, path):
                assert secret.text not in answer.text, f"{name} is in the answer to {answer.request.path_url}"
            assert secret.text not in str(headers), f"{name} is in a header of {answer.request.path_url}"
    shown = {
        name for name, secret in journey.secrets.items() for one in journey.answers if secret.text in one.text
    }
    assert {"a host's token", "an e-mail", "a join link's secret"} <= shown, "where they belong, they are"


def in_the_database(journey: Journey) -> None:
    stored = repr(dump(journey.database_url)).encode()
    path = Path(make_url(journey.database_url).database or "")
    if "sqlite" in journey.database_url:
        stored += b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    for name, secret in journey.secrets.items():
        assert secret.stored == (secret.text.encode() in stored), name
    assert b"gAAAAA" in stored, "the token is there, sealed"
