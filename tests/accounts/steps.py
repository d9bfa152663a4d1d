"""What people do to get in, in one line each."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import MetaData, create_engine, insert, select
from sqlalchemy.orm import Session

from app.audit import Actor
from app.auth import accounts
from app.models import AccountRole, AuditEvent
from tests.support.actions import Browser
from tests.support.db import connected, table
from tests.support.pages import Page, PageClient

PASSWORD = "cuatro palabras sin relación"
ANOTHER = "otras cuatro muy distintas"


def member(
    app: Flask,
    name: str = "ana",
    role: AccountRole = AccountRole.COORDINATOR,
    password: str | None = PASSWORD,
    *,
    temporary: bool = False,
    called: str = "",
) -> int:
    """A person with a password; gives the account's id."""
    with app.app_context():
        return accounts.add(
            name, role, Actor("command"), display_name=called, password=password, temporary=temporary
        ).id


def sign_in(browser: Browser, name: str = "ana", password: str = PASSWORD, path: str = "/sign-in") -> Page:
    """The page that signing in leads to, or the form again."""
    return browser.visit(path).submit("/sign-in", username=name, password=password)


def signed_in(app: Flask, name: str = "ana", password: str = PASSWORD) -> PageClient:
    """A browser in which a person has signed in."""
    client = PageClient(app)
    assert sign_in(client, name, password).path == "/"
    return client


def copy_of(browser: PageClient) -> PageClient:
    """Another browser that has got hold of a browser's cookie."""
    cookie = browser.get_cookie("convoca")
    assert cookie is not None
    thief = PageClient(browser.application)
    thief.set_cookie("convoca", cookie.value)
    return thief


def gets_in(browser: PageClient) -> bool:
    """Whether the list of meetings is shown to a browser, rather than the form to sign in."""
    return browser.visit("/").path == "/"


def deeds(database_url: str) -> list[tuple[str, str | None, str | None]]:
    """What the audit says was done, by whom and to whom."""
    return [
        (row["action"], row["actor"], row["target_username"]) for row in table(database_url, "audit_events")
    ]


def without_tokens(page: Page, name: str) -> str:
    """A page's HTML without what differs each time, and without the user name that was typed."""
    return re.sub(rf'name="csrf_token" value="[^"]*"|value="{name}"', "", page.html)


def let_pass(database_url: str, name: str, column: str, seconds: float, username: str = "") -> None:
    """Move the times of a table back, as if so many seconds had passed: the database's clock cannot be moved.

    Args:
        database_url: of the database.
        name: of the table.
        column: that holds the times.
        seconds: that pass.
        username: of the accounts, only this one.
    """
    with connected(database_url) as connection:
        found = MetaData()
        found.reflect(connection, only=[name])
        this = found.tables[name]
        query = select(this.c.id, this.c[column]).where(this.c[column].is_not(None))
        for row in connection.execute(query.where(this.c.username == username) if username else query).all():
            at = row[1] if isinstance(row[1], datetime) else datetime.fromisoformat(str(row[1]))
            earlier = at - timedelta(seconds=seconds)
            connection.execute(this.update().where(this.c.id == row.id).values({column: earlier}))
        connection.commit()


def account_page(browser: PageClient, name: str) -> Page:
    """The page of a person's account, by way of the list."""
    page = browser.visit("/admin/users")
    (link,) = [link for link in page.find_all("tbody a") if link.text == name]
    return browser.visit(link["href"])


def forged(page: Page, path: str) -> Page:
    """The answer to a form that the page does not have."""
    client = page.visitor
    assert isinstance(client, PageClient)
    token = page.find_all('input[name="csrf_token"]')[0]["value"]
    return client.post(path, data={"csrf_token": token}, follow_redirects=True).page


def audited(database_url: str, *events: dict[str, Any], **event: Any) -> None:
    """Put events into the audit as if they had happened: one by its columns, or many."""
    engine = create_engine(database_url)
    with Session(engine) as session:
        session.execute(insert(AuditEvent), events or event)
        session.commit()
    engine.dispose()


def audited_often(database_url: str, number: int) -> None:
    """Put so many events into the audit, of five people, three at each minute."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    events = [
        {
            "created_at": start + timedelta(minutes=n // 3),
            "action": "copied_links",
            "actor": f"p{n % 5}",
            "target_username": f"p{n % 5}",
        }
        for n in range(number)
    ]
    audited(database_url, *events)
