"""Pages of groups, of the proposals of people, and of erasure, for `test_accessible.py`."""

from playwright.sync_api import Page, expect

from tests.browser.actions import open_add
from tests.browser.data import Stage
from tests.browser.page_states import scene, submit_with_errors


@scene
def groups(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _create_group(page)
    page.goto("/groups")
    expect(page.locator("[data-group]").first).to_be_visible()


@scene
def one_group(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _create_group(page)
    expect(page.locator("[data-member]")).to_have_count(2)


@scene
def group_with_errors(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/groups/new")
    submit_with_errors(page, "Guardar el grupo")


@scene
def group_to_delete(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _create_group(page)
    page.get_by_role("link", name="Eliminar el grupo").click()


def _create_group(page: Page) -> None:
    page.goto("/groups/new")
    page.get_by_label("Nombre", exact=True).fill("Junta directiva")
    page.get_by_label("Anfitriones").fill("Ana Ríos <ana@example.org>")
    page.get_by_label("Invitados").fill("Luis Paz +507 6612-3344")
    page.get_by_role("button", name="Guardar el grupo").click()
    page.wait_for_url("**/groups/*")


@scene
def erasure(page: Page, stage: Stage) -> None:
    path = stage.meeting("Con alguien que pide que se eliminen sus datos")
    stage.person(path, "Olvido Prado", email="olvido@example.org")
    page.goto("/admin/erasure")
    page.get_by_label("Correo", exact=True).fill("olvido@example.org")
    page.get_by_role("button", name="Buscar a la persona").click()
    expect(page.locator("[data-found='1']")).to_be_visible()


@scene
def proposals(page: Page, stage: Stage) -> None:
    path = stage.meeting("Con personas de antes")
    stage.person(path, "Quiteria Zárate")
    page.goto(path)
    open_add(page)
    page.get_by_label("Nombre", exact=True).press_sequentially("quite")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
