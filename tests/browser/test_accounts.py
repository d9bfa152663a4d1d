"""The pages of accounts in a browser: accessible in each state, and what they tell the server by themselves."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from app.audit import Actor
from app.auth import accounts
from app.config import load_settings
from app.models import AccountRole
from tests.browser.actions import add_person, create_meeting, open_menu, status
from tests.browser.data import Stage
from tests.support.application import close, create
from tests.support.browser import OpenContext, examine
from tests.support.databases import fresh_database
from tests.support.db import table
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.zelta_server import ZeltaServer

PASSWORD = "cuatro palabras sin relación"
CLIPBOARD = ("clipboard-read", "clipboard-write")
FORBIDDEN = """
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => false;
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with an administrator, and a person whose password is temporary."""
    directory = tmp_path_factory.mktemp("accounts")
    with fresh_database("sqlite", directory) as url:
        app = create(load_settings(app_environment(url, AUTH="password"), directory / "instance"))
        with app.app_context():
            for name, role in (("ana@example.org", AccountRole.ADMIN), ("beto", AccountRole.VIEWER)):
                accounts.add(name, role, Actor("command"), password=PASSWORD, temporary=name == "beto")
        close(app)
        yield url


@pytest.fixture(scope="module")
def stage(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A dashboard where people sign in."""
    directory = tmp_path_factory.mktemp("accounts-live")
    with ZeltaServer() as zelta:
        environment = app_environment(database, zelta, AUTH="password")
        with LiveServer(directory, environment, ("--workers", "1")) as server:
            yield Stage(server, zelta)


def sign_in(page: Page, name: str = "ana@example.org", password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    expect(page.get_by_label("Usuario")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_the_way_in_is_accessible(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.goto("/")
    examine(page)
    page.get_by_label("Contraseña").fill("otra")
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page.locator(".summary")).to_be_focused()
    examine(page)
    sign_in(page, "beto")
    expect(page.get_by_role("heading", level=1)).to_have_text("Elija una contraseña")
    page.get_by_role("button", name="Usar esta contraseña").click()
    expect(page.locator(".summary")).to_be_visible()
    examine(page)


@pytest.mark.parametrize(
    "path", ["/account", "/admin/users", "/admin/users/invite", "/admin/users/1", "/admin/users/2", "/admin/audit", "/admin/audit?since=x&person=y"]
)  # fmt: skip
def test_pages_are_accessible(stage: Stage, open_context: OpenContext, path: str) -> None:
    page = open_context(stage.server).new_page()
    sign_in(page)
    page.goto(path)
    examine(page)


def test_a_temporary_password_is_copied(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server, permissions=CLIPBOARD).new_page()
    sign_in(page)
    page.goto("/admin/users/invite")
    page.get_by_label("Usuario").fill("carla")
    page.get_by_role("button", name="Crear cuenta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contraseña temporal de carla")
    examine(page)
    page.get_by_role("button", name="Copiar contraseña").click()
    expect(status(page)).to_have_text("Copiado")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#password").inner_text()


@pytest.mark.parametrize("allowed", [True, False])
def test_that_all_links_were_copied_is_told_once_it_is_true(
    stage: Stage, database: str, open_context: OpenContext, *, allowed: bool
) -> None:
    context = open_context(stage.server, permissions=CLIPBOARD)
    page = context.new_page()
    sign_in(page)
    create_meeting(page, "Copias contadas")
    for name in ("Ana", "Luis"):
        add_person(page, name)
    if not allowed:
        page.add_init_script(FORBIDDEN)
        page.reload()
    before = copied(database)
    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(status(page)).to_have_text("Copiado" if allowed else "Presione Ctrl+C")
    deadline = time.monotonic() + (5 if allowed else 0.5)
    while copied(database) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert copied(database) == before + allowed
    if allowed:
        page.reload()
        expect(page.locator(".activity li").first).to_contain_text("copió nombres y enlaces")


def copied(database: str) -> int:
    """How often the audit says that all links were copied."""
    return sum(row["action"] == "copied_links" for row in table(database, "audit_events"))
