"""The pages of repetitions and series, for `page_states.SCENES`."""

from playwright.sync_api import Page, expect

from tests.browser.data import Stage
from tests.browser.page_states import scene


def _see_dates(page: Page, meeting: str, frequency: str = "Cada semana", count: str = "6") -> None:
    page.goto(f"{meeting}/repeat")
    page.get_by_label(frequency).check()
    page.get_by_label("Cuántas fechas").fill(count)
    page.get_by_role("button", name="Ver fechas").click()
    page.wait_for_load_state()


@scene
def repeat_once(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.meeting('Una vez más')}/repeat")
    expect(page.get_by_label("Cuántas fechas")).to_be_hidden()


@scene
def repeat_every_week(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.meeting('Cada semana')}/repeat")
    page.get_by_label("Cada semana").check()
    expect(page.get_by_label("Cuántas fechas")).to_be_visible()
    expect(page.get_by_label("Día del mes", exact=True)).to_be_hidden()


@scene
def repeat_with_errors(page: Page, stage: Stage) -> None:
    _see_dates(page, stage.meeting("Demasiadas"), count="101")
    expect(page.locator(".summary")).to_be_visible()


@scene
def repeat_preview(page: Page, stage: Stage) -> None:
    _see_dates(page, stage.populated("Serie con personas"))
    expect(page.get_by_role("checkbox")).to_have_count(6)


@scene
def repeat_preview_with_questions(page: Page, stage: Stage) -> None:
    page.goto("/meetings/new")
    page.get_by_label("Título").fill("Cambio de hora")
    page.get_by_label("Fecha", exact=True).fill("2028-03-12")
    page.get_by_label("Hora", exact=True).fill("02:30")
    page.get_by_label("Zona horaria").select_option("Europe/Madrid")
    page.get_by_role("button", name="Crear reunión").click()
    page.wait_for_url("**/meetings/*")
    _see_dates(page, page.url.partition("#")[0], count="3")
    page.get_by_role("button", name="Crear reuniones").click()
    expect(page.locator(".summary")).to_be_visible()
    assert stage.server.url in page.url


def _make_series(page: Page, stage: Stage, title: str) -> None:
    _see_dates(page, stage.meeting(title))
    page.get_by_role("button", name="Crear reuniones").click()
    page.wait_for_url("**/batches/*")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.wait_for_url("**/meetings/*")
    page.get_by_role("link", name="de la serie").click()
    expect(page.get_by_role("rowheader")).to_have_count(7)


@scene
def series(page: Page, stage: Stage) -> None:
    _make_series(page, stage, "Una serie")


@scene
def cancel_following(page: Page, stage: Stage) -> None:
    _make_series(page, stage, "Una serie que se cancela")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.wait_for_url("**/meetings/*")
    page.goto(f"{page.url.partition('#')[0]}/cancel-following")
    expect(page.get_by_role("button", name="Sí, cancelar")).to_be_visible()
