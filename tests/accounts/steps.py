"""What people do to get in, in one line each."""

import re
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import MetaData, select

from app.audit import By
from app.identity import accounts
from app.models import StaffRole
from tests.support.pages import Page, PageClient
from tests.support.peek import connected, table
from tests.support.steps import Browser

PASSWORD = "cuatro palabras sin relación"
ANOTHER = "otras cuatro muy distintas"


def member(
    app: Flask,
    name: str = "ana",
    role: StaffRole = StaffRole.COORDINATOR,
    password: str | None = PASSWORD,
    *,
    temporary: bool = False,
    called: str = "",
) -> int:
    """Somebody with a password; gives the account's id."""
    with app.app_context():
        return accounts.add(
            name, role, By("command"), display_name=called, password=password, temporary=temporary
        ).id


def sign_in(browser: Browser, name: str = "ana", password: str = PASSWORD, path: str = "/sign-in") -> Page:
    """The page that signing in leads to, or the form again."""
    return browser.visit(path).submit("/sign-in", username=name, password=password)


def signed_in(app: Flask, name: str = "ana", password: str = PASSWORD) -> PageClient:
    """A browser in which somebody has signed in."""
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
    return [(row["action"], row["actor"], row["subject"]) for row in table(database_url, "audit")]


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
