"""Forty messy lines, reviewed and sent by keyboard alone, in both languages, with and without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.data import Stage
from tests.browser.import_actions import MESSY, SENT, mails_of, states, tab_to, wait_for
from tests.support.browser import OpenContext, assert_accessible
from tests.support.databases import fresh_database
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.zelta_server import ZeltaServer


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    directory = tmp_path_factory.mktemp("keyboard")
    with ZeltaServer() as zelta, fresh_database("sqlite", directory) as url:
        environment = app_environment(url, zelta, ZELTA_RATE="0")
        with LiveServer(directory / "live", environment, ("--workers", "1")) as server:
            yield Stage(server, zelta)


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("javascript", [True, False])
def test_forty_messy_lines_by_keyboard(
    stage: Stage, open_context: OpenContext, language: str, *, javascript: bool
) -> None:
    context = open_context(stage.server, javascript=javascript)
    context.add_cookies([{"name": "language", "value": language, "url": stage.server.url}])
    page = context.new_page()
    title = f"Por teclado {language} {javascript}"
    page.goto(f"{stage.meeting(title)}/people/import")
    type_into(page, "textarea[name=people]", MESSY)
    press(page, "main button[type=submit]")
    page.wait_for_url("**/import?list=*")
    assert [states(page).count(state) for state in ("ready", "problem", "repeated")] == [35, 3, 1]
    if javascript:  # axe needs it, and would wait forever
        assert_accessible(page)

    press(page, "[name=as-is-5]", "Space")
    if javascript:
        press(page, "[data-fill=email-7]")
    else:
        press(page, "[name=use-7]", "Space")
    type_into(page, "[name=email-8]", "pau@example.org")
    # The folded rows can be opened and corrected too.
    press(page, ".rows-ready .fold > summary")
    press(page, "#row-1 summary")
    type_into(page, "[name=name-1]", "Nuria Castillo Gil")
    press(page, "main [name=action][value=check]:not(.sr)")
    expect(page.locator('tr[data-row][data-state="problem"]')).to_have_count(0)
    assert [states(page).count(state) for state in ("ready", "problem", "repeated")] == [38, 0, 1]

    press(page, "main [name=action][value=send]")
    expect(page.locator("article[data-meeting]")).to_be_visible()
    wait_for(lambda: len(set(mails_of(stage, title))) == SENT - 1)
    page.reload()
    expect(page.locator("tr[data-participant]").filter(has_text="Nuria Castillo Gil")).to_have_count(1)
