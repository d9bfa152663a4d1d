"""Sign-ins and changes of an account that run against each other on PostgreSQL never deadlock."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask import session as cookie
from sqlalchemy.orm import Session

from app.database import db
from app.identity import accounts, sessions, throttle
from app.identity.accounts import COMMAND
from app.models import Account, StaffRole
from tests.support.accounts import account
from tests.support.application import AppFactory, close
from tests.support.deadlocks import Step, deadlocks, play

ROUNDS = 10


def sign_in(app: Flask, account_id: int, key: str = "") -> str:
    """Begin a session in a browser whose cookie holds `key`; gives the new key."""
    with app.test_request_context(), Session(db.engine) as session:
        cookie[sessions.COOKIE_KEY] = key
        sessions.start(session.get_one(Account, account_id))
        return str(cookie[sessions.COOKIE_KEY])


def again(app: Flask, account_id: int, key: str) -> Step:
    return lambda: sign_in(app, account_id, key)


def forgive(address: str) -> Callable[[], None]:
    def run() -> None:
        for _ in range(3):
            tried = throttle.attempt("ana", address)
            if isinstance(tried, throttle.Attempt):
                throttle.forgive(tried)

    return run


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("quick_detection", "slow")
def test_sign_in_again_beside_changes_of_the_account_never_deadlocks(
    make_app: AppFactory, database_url: str
) -> None:
    app = make_app()
    ana, boss = account(app, "ana", StaffRole.COORDINATOR), account(app, "boss", StaffRole.ADMIN)
    for turn in range(ROUNDS):
        keys = [sign_in(app, one) for one in (ana, ana, boss)]
        role = StaffRole.VIEWER if turn % 2 else StaffRole.COORDINATOR
        steps: list[Step] = [
            *(again(app, one, key) for one, key in zip((ana, ana, boss), keys, strict=True)),
            lambda: accounts.sign_out_everywhere(ana, COMMAND),
            lambda role=role: accounts.change_role(ana, role, COMMAND),  # type: ignore[misc]
            lambda: accounts.sign_out_everywhere(boss, COMMAND),
            forgive("192.0.2.1"),
            forgive("192.0.2.1"),
        ]
        play(app, steps)
    close(app)
    assert deadlocks(database_url) == 0
