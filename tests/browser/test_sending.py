"""A page on which something is being sent: it follows by itself, and takes nothing that was typed."""

from playwright.sync_api import expect

from tests.browser.actions import open_add, row
from tests.browser.data import Stage
from tests.support.browser import OpenContext

NAME = "Pau Riera"


def test_the_page_shows_the_outcome_by_itself(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.meeting("Se actualiza")
    page = open_context(stage.server).new_page()
    with stage.sending(meeting, NAME) as release:
        page.goto(meeting)
        expect(row(page, NAME)).to_have_attribute("data-state", "sending")
        expect(page.get_by_text("Puede cerrar esta página")).to_be_visible()
        release.set()
        expect(row(page, NAME)).to_have_attribute("data-state", "added")
    expect(page.get_by_text("Puede cerrar esta página")).to_have_count(0)


def test_half_typed_text_stays(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.meeting("A medio escribir")
    page = open_context(stage.server).new_page()
    with stage.sending(meeting, NAME) as release:
        page.goto(meeting)
        expect(row(page, NAME)).to_have_attribute("data-state", "sending")
        open_add(page)
        page.get_by_label("Nombre").press_sequentially("Begoña Pe")
        release.set()
        expect(row(page, NAME)).to_have_attribute("data-state", "added")
    expect(page.get_by_label("Nombre")).to_have_value("Begoña Pe")
    expect(page.get_by_label("Nombre")).to_be_focused()


def test_without_javascript_a_link_refreshes(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.meeting("Sin JavaScript")
    page = open_context(stage.server, javascript=False).new_page()
    with stage.sending(meeting, NAME):
        page.goto(meeting)
        expect(row(page, NAME)).to_have_attribute("data-state", "sending")
    page.get_by_role("link", name="Actualizar").click()
    expect(row(page, NAME)).to_have_attribute("data-state", "added")
