"""The pages of batches and moves, each in the states that look different (see `page_states`)."""

from playwright.sync_api import Page, expect

from tests.browser.data import Stage
from tests.browser.page_states import scene


def _moved(page: Page, stage: Stage, title: str) -> str:
    """Move a populated meeting; the browser is on the new meeting's page. Gives the old one's path."""
    meeting = stage.populated(title)
    page.goto(f"{meeting}/move")
    page.get_by_label("Hora", exact=True).fill("17:45")
    page.get_by_role("button", name="Mover reunión").click()
    page.wait_for_url(lambda url: not url.endswith("/move"))
    return meeting


@scene
def move_meeting(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.populated('Se mueve')}/move")
    expect(page.locator("#consequences")).to_contain_text("las mismas 3 personas")


@scene
def move_with_errors(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.populated('Se mueve a la misma hora')}/move")
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.get_by_role("button", name="Mover reunión").click()
    assert answer.value.status == 422
    page.wait_for_load_state()


@scene
def move_of_a_cancelled_meeting(page: Page, stage: Stage) -> None:
    meeting = stage.populated("Cancelada que no se mueve")
    stage.cancel(meeting)
    page.goto(f"{meeting}/move")


@scene
def meeting_that_was_moved(page: Page, stage: Stage) -> None:
    old = _moved(page, stage, "Movida")
    page.goto(old)
    expect(page.locator("article")).to_have_attribute("data-state", "cancelled", timeout=15_000)


@scene
def meeting_that_replaces_another_one(page: Page, stage: Stage) -> None:
    _moved(page, stage, "Movida con una persona rechazada")
    expect(page.locator("[data-move=from]")).to_be_visible()


@scene
def batch_of_meetings(page: Page, stage: Stage) -> None:
    _moved(page, stage, "En un grupo")
    page.goto("/batches/1")
    expect(page.locator("#batch-meetings a.name")).to_be_visible()
