"""Accounts and their sessions made without a password, which is slow to check by design."""

from datetime import UTC, datetime
from typing import TypeVar

from flask import Flask
from flask import session as cookie_of_request
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.auth import sessions
from app.database import db
from app.models import Account, AccountRole
from tests.support.pages import PageClient

Client = TypeVar("Client", bound=FlaskClient)


def account(app: Flask, username: str, role: AccountRole, *, disabled: bool = False, name: str = "") -> int:
    """Store an account that has no password; gives its id."""
    with app.app_context(), Session(db.engine) as session:
        one = Account(username=username, display_name=name, role=role)
        one.disabled_at = datetime.now(UTC) if disabled else None
        session.add(one)
        session.commit()
        return one.id


def signed_in(app: Flask, account_id: int) -> PageClient:
    """A browser in which this account is signed in, and which checks what it gets."""
    return let_in(PageClient(app), account_id)


def let_in(client: Client, account_id: int) -> Client:
    """Sign this account in in a browser that is there; gives the browser back."""
    app = client.application
    with app.test_request_context():
        sessions.create_session(db.session.get_one(Account, account_id))
        key = cookie_of_request[sessions.COOKIE_KEY]
    with client.session_transaction() as cookie:
        cookie[sessions.COOKIE_KEY] = key
    return client
