"""A secret leaves with its page, also in a browser that keeps pages despite `no-store`, as WebKit does on plain http."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.actions import add_person, create_meeting, open_row_menu, row
from tests.browser.data import Stage
from tests.browser.test_accounts import database, sign_in, stage
from tests.support.browser import OpenContext

__all__ = ["database", "stage"]  # fixtures

SECRET = (
    "(() => { const e = document.querySelector('#token, #password'); return e.value ?? e.textContent; })()"
)
NOTE = f"addEventListener('pagehide', () => sessionStorage.setItem('left', {SECRET}))"
LEAVE = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
COME_BACK = "setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))"


def show_token(page: Page) -> None:
    create_meeting(page, "Secretos")
    add_person(page, "Ana", "Anfitrión")
    open_row_menu(page, "Ana")
    row(page, "Ana").get_by_role("button", name="Ver clave de anfitrión").click()


def show_password(page: Page) -> None:
    page.goto("/admin/users/invite")
    page.get_by_label("Usuario").fill("dora")
    page.get_by_role("button", name="Crear cuenta").click()


def wait_for_script(page: Page) -> None:
    """Wait for the page's module, whose listener then comes before the test's."""
    expect(page.locator("[data-secret]")).to_be_visible()
    page.wait_for_load_state("load")


@pytest.mark.parametrize(("show", "path"), [(show_token, "/meetings/"), (show_password, "/admin/users")])
def test_a_secret_leaves_with_its_page(
    stage: Stage,
    open_context: OpenContext,
    show: Callable[[Page], None],
    path: str,
) -> None:
    page = open_context(stage.server).new_page()
    sign_in(page)
    show(page)
    wait_for_script(page)
    assert page.evaluate(SECRET)
    page.evaluate(NOTE)
    page.locator("a.back").click()
    page.wait_for_url(lambda url: path in url)
    assert page.evaluate("sessionStorage.getItem('left')") == ""


def test_a_kept_page_gives_way_and_a_reader_who_signed_out_sees_no_secret(
    stage: Stage,
    open_context: OpenContext,
) -> None:
    page = open_context(stage.server).new_page()
    sign_in(page)
    show_token(page)
    wait_for_script(page)
    assert page.evaluate(SECRET)
    page.evaluate(LEAVE)
    assert page.evaluate(SECRET) == ""
    page.context.clear_cookies()
    page.evaluate(COME_BACK)
    page.wait_for_url(lambda url: "/sign-in" in url)
