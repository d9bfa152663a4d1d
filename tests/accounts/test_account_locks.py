"""Sign-ins and changes of an account that run against each other on PostgreSQL never deadlock."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask import session as cookie
from sqlalchemy.orm import Session

from app.auth import accounts, sessions, throttle
from app.auth.accounts import COMMAND_ACTOR
from app.database import db
from app.models import Account, AccountRole
from tests.support.accounts import account
from tests.support.application import AppFactory, close
from tests.support.deadlocks import Step, deadlocks, play

ROUNDS = 10


def sign_in(app: Flask, account_id: int, key: str = "") -> str:
    """Begin a session in a browser whose cookie holds `key`; gives the new key."""
    with app.test_request_context(), Session(db.engine) as session:
        cookie[sessions.COOKIE_KEY] = key
        sessions.create_session(session.get_one(Account, account_id))
        return str(cookie[sessions.COOKIE_KEY])


def again(app: Flask, account_id: int, key: str) -> Step:
    return lambda: sign_in(app, account_id, key)


def forgive(address: str) -> Callable[[], None]:
    def run() -> None:
        for _ in range(3):
            tried = throttle.register_attempt("ana", address)
            if isinstance(tried, throttle.RegisteredAttempt):
                throttle.clear_failures(tried)

    return run


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("quick_detection", "slow")
def test_sign_in_again_beside_changes_of_the_account_never_deadlocks(
    make_app: AppFactory, database_url: str
) -> None:
    app = make_app()
    ana, boss = account(app, "ana", AccountRole.COORDINATOR), account(app, "boss", AccountRole.ADMIN)
    for turn in range(ROUNDS):
        keys = [sign_in(app, one) for one in (ana, ana, boss)]
        role = AccountRole.VIEWER if turn % 2 else AccountRole.COORDINATOR
        steps: list[Step] = [
            *(again(app, one, key) for one, key in zip((ana, ana, boss), keys, strict=True)),
            lambda: accounts.sign_out_everywhere(ana, COMMAND_ACTOR),
            lambda role=role: accounts.change_role(ana, role, COMMAND_ACTOR),  # type: ignore[misc]
            lambda: accounts.sign_out_everywhere(boss, COMMAND_ACTOR),
            forgive("192.0.2.1"),
            forgive("192.0.2.1"),
        ]
        play(app, steps)
    close(app)
    assert deadlocks(database_url) == 0
