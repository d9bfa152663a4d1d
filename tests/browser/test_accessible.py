"""No violation that axe can find, and nothing wider than its window: each page in each state, light and dark."""

import pytest
from playwright.sync_api import expect

from tests.browser import batch_states, people_states, series_states  # noqa: F401  (they add their scenes)
from tests.browser.data import Stage
from tests.browser.page_states import SCENES, Scene, Sending
from tests.support.browser import OpenContext, assert_no_overflow, examine


@pytest.mark.parametrize("bring", SCENES.values(), ids=SCENES.keys())
def test_page(bring: Scene, stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    bring(page, stage)
    examine(page)


def test_page_while_something_is_sent(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    with Sending(stage).open(page):
        examine(page)


@pytest.mark.parametrize("view", ["upcoming", "attention", "past", "cancelled"])
def test_empty_list(view: str, empty_stage: Stage, open_context: OpenContext) -> None:
    page = open_context(empty_stage.server).new_page()
    page.goto(f"/?view={view}")
    examine(page)


@pytest.mark.parametrize("width", [768, 832])
def test_tablet_held_upright_shows_whole_tables(width: int, stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.populated("Reunión" * 12)
    page = open_context(stage.server, size=(width, 1024)).new_page()
    for path in ("/admin/audit", "/", meeting, f"{meeting}/sheet"):
        page.goto(path)
        assert_no_overflow(page)
    page.goto(f"{meeting}/people/import")
    page.locator("#people").fill(
        f"{'María' * 20};{'correo' * 9}@ministerio.example;anfitrión\nPepe;pepe@gmial.com;"
    )
    page.get_by_role("button", name="Revisar lista").click()
    expect(page.locator("[data-row]").first).to_be_visible()
    assert_no_overflow(page)


def test_in_english(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.goto(stage.populated("Purchasing"))
    page.get_by_role("button", name="English").click()
    page.wait_for_selector('html[lang="en"]', state="attached")
    examine(page)
