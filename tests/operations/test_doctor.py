"""Whether all is well, in a sentence for each thing, and never by way of something that Zelta would do."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import flask_migrate
import pytest
from flask import Flask

from app.http_client.errors import FailureReason
from app.models import Action, ImportState, JournalEntry, ParticipantImport, ParticipantState, utc_now
from app.operations import zelta_checks
from app.operations.check import Check
from app.operations.doctor import run_checks
from app.utils.outcome import Outcome
from app.zelta.outcome import CallDetails, NotSent
from tests.operations.conftest import Rows, Run
from tests.support import zelta_faults as faults
from tests.support.application import AppFactory
from tests.support.db import change
from tests.support.pages import Page, PageClient
from tests.support.rows import a_person, meeting
from tests.support.test_run import ROOT
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
NESTED = {"statusCode": 404, "message": "Cannot PATCH /public/meetings/x", "error": "Not Found"}
ANSWERS: list[tuple[Behaviour, str, str]] = [
    (faults.refuses(404, "ERR_NOT_FOUND", "La reunión no existe"), "ok", "accepts the key"),
    (faults.refuses(400), "ok", "accepts the key"),
    (faults.answers(200, {"success": True}), "ok", "accepts the key"),
    (faults.refuses(401, "ERR_KEY"), "problem", "does not accept the key"),
    (faults.refuses(403, "ERR_SUSPENDED"), "problem", "may be suspended"),
    (faults.rate_limits(retry_after="7"), "attention", "takes no more calls"),
    (faults.breaks(503), "problem", "error of its own (503)"),
    (faults.answers(404, faults.HTML), "problem", "not Zelta's API answers"),
    (faults.answers(200, faults.HTML), "problem", "not Zelta's API answers"),
    (faults.answers(404, b"not found"), "problem", "not Zelta's API answers"),
    (faults.answers(404), "problem", "not Zelta's API answers"),
    (faults.answers(404, NESTED), "problem", "does not know that address"),
    (faults.refuses(405, "ERR_METHOD"), "problem", "does not know that address"),
    (faults.answers(404, {"detail": "Not Found"}), "attention", "says nothing about the address"),
    (faults.redirects("https://elsewhere.example/"), "problem", "redirects elsewhere (307)"),
    (faults.drops(), "problem", "closed the connection"),
    (faults.hangs(), "problem", "no answer in time"),
]


def of(checks: list[Check], key: str) -> Check:
    (found,) = [check for check in checks if check.key == key]
    return found


@SQLITE
def test_what_zelta_answers(make_app: AppFactory, zelta: ZeltaServer) -> None:
    there = zelta.backend.add_meeting("De verdad")
    app = make_app(LANGUAGE="en", ZELTA_TIMEOUT="0.5")
    with app.app_context():
        for number, (behaviour, state, words) in enumerate(ANSWERS, start=1):
            zelta.next(behaviour)
            check = of(run_checks(call_api=True), "zelta")
            assert (check.state, words in check.words) == (state, True), check
            assert bool(check.advice) == (state != "ok")
            assert len(zelta.calls) == number, "one call, never repeated"
    assert {call.method for call in zelta.calls} == {"PATCH"}
    assert {json.dumps(call.json) for call in zelta.calls} == {'{"status": "CANCELLED"}'}
    assert len({call.path for call in zelta.calls}) == len(zelta.calls)
    assert [one.status for one in zelta.meetings.values()] == ["SCHEDULED"], there
    assert zelta.mails == zelta.participants == []


@SQLITE
@pytest.mark.parametrize(
    ("address", "words"),
    [("http://127.0.0.1:9", "accepts no connection"), ("http://nowhere.invalid", "was not found")],
)
def test_no_way_to_zelta(
    make_app: AppFactory, address: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with make_app(LANGUAGE="en", ZELTA_API_URL=address).app_context():
        check = of(run_checks(call_api=True), "zelta")
    assert (check.state, words in check.words) == ("problem", True), check


@SQLITE
def test_every_reason_has_its_words(admin: Flask) -> None:
    with admin.app_context():
        found = {
            reason: zelta_checks.check_probe(NotSent(CallDetails(status=500, reason=reason))).words
            for reason in FailureReason
        }
    assert "certificate" in found[FailureReason.TLS_FAILED]
    assert "could not be reached in time" in found[FailureReason.CONNECT_TIMEOUT]
    assert not any("%" in words for words in found.values())


def test_nobody_else_calls_zelta() -> None:
    callers = {
        path.relative_to(ROOT).as_posix(): sorted(
            set(re.findall(r"\bget_zelta_client\(\)\.(\w+)\(", path.read_text()))
        )
        for path in ROOT.glob("app/**/*.py")
    }
    assert {path: calls for path, calls in callers.items() if calls} == {
        "app/journal/calls.py": ["add_participant", "cancel_meeting", "create_meeting"],
        "app/operations/zelta_checks.py": ["probe"],
    }


@SQLITE
@pytest.mark.parametrize(("seconds", "words"), [(3600, "ahead"), (-3600, "behind"), (0, "agrees")])
def test_zeltas_clock(admin: Flask, zelta: ZeltaServer, seconds: int, words: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    zelta.next(faults.answers(404, {"message": "No", "code": "ERR"}, {"Date": date}))
    with admin.app_context():
        check = of(run_checks(call_api=True), "zelta_clock")
    assert (check.state == "ok") == (seconds == 0)
    assert words in check.words


def test_the_page_asks_when_a_person_presses(admin: Flask, zelta: ZeltaServer) -> None:
    page = PageClient(admin).visit("/admin/status")
    assert zelta.calls == []
    assert state_of(page, "zelta") == "not_asked"
    assert page.find('[data-check="database"]').text
    asked = page.submit("/admin/status")
    assert len(zelta.calls) == 1
    assert state_of(asked, "zelta") == "ok"
    assert "No problem found" in asked.text


def state_of(page: Page, key: str) -> str:
    return page.find(f'[data-check="{key}"]')["data-state"]


def test_the_command(run: Run, admin: Flask, zelta: ZeltaServer) -> None:
    assert "accepts the key" in run("doctor")
    assert len(zelta.calls) == 1
    checks = json.loads(run("doctor", "--json", "--no-call"))
    assert len(zelta.calls) == 1
    assert {check["state"] for check in checks} == {"ok", "not_asked"}
    with admin.app_context():
        flask_migrate.downgrade(revision="0001")
    said = run("doctor", "--no-call", code=1)
    assert "migrations are missing" in said
    assert "flask --app wsgi db upgrade" in said


def test_a_newer_schema(run: Run, database_url: str) -> None:
    change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert "of a newer release" in run("doctor", "--no-call")


@SQLITE
def test_in_the_readers_language(make_app: AppFactory) -> None:
    app = make_app(LANGUAGE="es", DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    with app.app_context():
        result = app.test_cli_runner().invoke(args=["doctor", "--no-call"])
    assert result.exit_code == 1
    assert "Base de datos: No responde." in result.output


def waiting(add: Rows, at: int, **values: object) -> int:
    """A person of a running list who has waited for ten minutes."""
    people_list = add(ParticipantImport(meeting_id=at, state=ImportState.RUNNING, rows=[], created_by="ana"))
    person = a_person(at, "Ana", "ana@example.org", ParticipantState.QUEUED)
    person.import_id, person.created_at = people_list, datetime.now(UTC) - timedelta(minutes=10)
    for name, value in values.items():
        setattr(person, name, value)
    return add(person)


def call(at: int, **values: object) -> JournalEntry:
    """A call of a sender, done just now."""
    usual = {
        "outcome": Outcome.DONE, "finished_at": utc_now(), "lease_expires_at": utc_now(13), "is_call": True,
        "from_outbox": True,
    }  # fmt: skip
    return JournalEntry(
        meeting_id=at, action=Action.ADD_PARTICIPANT, actor="ana", request={"body": {}},
        **(usual | values),
    )  # fmt: skip


def test_the_sender(run: Run, add: Rows, database_url: str) -> None:
    def said(key: str = "sender") -> tuple[str, str]:
        (check,) = [
            one for one in json.loads(run("doctor", "--json", "--no-call", code=None)) if one["key"] == key
        ]
        return check["state"], check["words"]

    one = meeting()
    one.public_meeting_id = "mtg-1"
    at = add(one)
    assert said() == ("ok", "Nobody is waiting. Nothing was sent lately.")
    add(call(at, finished_at=utc_now(-600)))
    assert "Last sent:" in said()[1]
    person = waiting(add, at)
    assert said()[0] == "problem"
    assert said()[1].startswith("1 person is waiting. They have been waiting since")
    change(
        database_url,
        "UPDATE rate_limit_state SET blocked_until = :until",
        until=datetime.now(UTC) + timedelta(minutes=1),
    )
    assert said()[0] == "attention"
    change(database_url, "UPDATE rate_limit_state SET blocked_until = NULL")
    until = datetime.now(UTC) + timedelta(seconds=9)
    change(
        database_url, "UPDATE participants SET state = 'claimed', claim_expires_at = :until WHERE id = :id",
        until=until, id=person,
    )  # fmt: skip
    assert said() == ("ok", "1 person is waiting. Sending is under way.")
    change(database_url, "UPDATE participants SET state = 'queued', claim_expires_at = NULL")
    assert said()[0] == "problem"
    add(call(at))
    assert said()[0] == "ok"
    add(call(at, outcome=None, finished_at=None, lease_expires_at=utc_now(-60)))
    assert said("calls_under_way")[0] == "problem"


def test_the_last_calls_and_what_is_unknown(run: Run, add: Rows, database_url: str) -> None:
    at = add(meeting())
    add(call(at, from_outbox=False))
    add(call(at, outcome=Outcome.UNKNOWN, reason="timeout"))
    add(a_person(at, "Ana", "ana@example.org", ParticipantState.UNKNOWN))
    found = {check["key"]: check for check in json.loads(run("doctor", "--json", "--no-call"))}
    assert found["last_success"]["words"].startswith("At ")
    assert "Zelta did not answer in time" in found["last_failure"]["words"]
    assert found["last_failure"]["state"] == "attention"
    assert found["unknown"]["words"] == "1 outcome awaits a decision."
    add(call(at, outcome=Outcome.NOT_SENT, reason="rate_limited"))
    add(call(at))
    found = {check["key"]: check for check in json.loads(run("doctor", "--json", "--no-call"))}
    assert found["last_failure"]["state"] == "info"
    assert "Zelta did not answer in time" in found["last_failure"]["words"], "a 429 is no failure"
    change(database_url, "UPDATE rate_limit_state SET consecutive_failures = 7")
    assert "7 calls have failed in a row." in run("doctor", "--no-call", code=1)
