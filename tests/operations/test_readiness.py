"""What `doctor` and `/readyz` see: a database that takes no writes, keys that fit no token, a provider that is away."""

from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app import database
from app.database import db
from app.extensions import get_cipher
from app.operations.check import Check
from app.operations.doctor import run_checks
from tests.operations.conftest import Rows
from tests.support.application import AppFactory
from tests.support.oidc_provider import OidcProvider
from tests.support.pages import PageClient
from tests.support.rows import a_person, meeting

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
READ_ONLY = {
    "sqlite": "PRAGMA query_only = on",
    "postgresql": "SET default_transaction_read_only = on",
}


def check_of(app: Flask, key: str) -> Check:
    with app.app_context():
        (check,) = [check for check in run_checks(call_api=False) if check.key == key]
    return check


def readiness(app: Flask) -> tuple[int, str]:
    answer = PageClient(app).get("/readyz")
    return answer.status_code, answer.get_data(as_text=True)


def refuse_writes(app: Flask) -> None:
    """As a file that belongs to root, a read-only file system, or a standby."""

    def configure(connection: Any, _record: object) -> None:
        connection.execute(READ_ONLY[db.engine.dialect.name])
        connection.commit()

    with app.app_context():
        event.listen(db.engine, "connect", configure)
        db.engine.dispose()


def test_a_database_that_takes_no_writes(admin: Flask) -> None:
    assert readiness(admin) == (200, "ok\n")
    assert check_of(admin, "writes").state == "ok"
    refuse_writes(admin)
    check = check_of(admin, "writes")
    assert (check.state, "read" in check.words, bool(check.advice)) == ("problem", True, True), check
    assert readiness(admin) == (503, "the database takes no writes\n")


@SQLITE
def test_a_full_disk(admin: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "MIN_FREE_DISK_BYTES", 10**18)
    assert "No space left" in check_of(admin, "writes").words
    assert readiness(admin)[0] == 503


def test_tokens_that_no_key_decrypts(admin: Flask, make_app: AppFactory, add: Rows) -> None:
    other = make_app(LANGUAGE="en", SECRET_KEY="another-secret-of-enough-length")
    meeting_id = add(meeting())
    assert check_of(admin, "token_keys").state == "ok"
    for encrypting_app, state, status in [(admin, "problem", 503), (other, "problem", 200)]:
        host = a_person(meeting_id, "Ana")
        with encrypting_app.app_context():
            host.token_encrypted = get_cipher().encrypt("a token")
        add(host)
        assert check_of(other, "token_keys").state == state
        assert readiness(other)[0] == status
    assert readiness(admin)[0] == 200


@SQLITE
def test_a_provider_that_is_away(make_app: AppFactory) -> None:
    with ExitStack() as stack:
        provider = stack.enter_context(OidcProvider())
        app = make_app(**provider.environment, LANGUAGE="en")
        assert check_of(app, "oidc").state == "ok"
        with app.app_context():
            states = {check.key: check.state for check in run_checks(call_api=False, call_provider=False)}
        assert states["oidc"] == "not_asked"
    check = check_of(app, "oidc")
    assert (check.state, bool(check.advice)) == ("problem", True), check
