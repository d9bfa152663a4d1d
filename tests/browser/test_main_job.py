"""The whole main job in Spanish, on the sandbox that a new installation begins with: with JavaScript, and without."""

import re

from playwright.sync_api import Page, expect

from tests.browser.actions import add_person, create_meeting, link_of, open_menu, open_row_menu, row
from tests.support.browser import OpenContext, clipboard_text
from tests.support.live import LiveServer

CLIPBOARD = ("clipboard-read", "clipboard-write")


def add_everybody(page: Page) -> None:
    add_person(page, "Ana Ruiz", "Anfitrión")
    add_person(page, "Íñigo Núñez")
    add_person(page, "Begoña Peñalver", email="begona@example.org")
    expect(row(page, "Begoña Peñalver")).to_contain_text("Enviado por Zelta")
    expect(page.locator("tr[data-participant]").first).to_contain_text("Ana Ruiz")


def open_link(page: Page, address: str, name: str, title: str) -> None:
    """The sandbox's own page behind a join link says who would join what."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text(name)


def see_token(page: Page) -> None:
    open_row_menu(page, "Ana Ruiz")
    row(page, "Ana Ruiz").get_by_role("button", name="Ver clave de anfitrión").click()
    token = page.get_by_label("Clave de anfitrión", exact=True).input_value()
    assert len(token) > 20
    page.get_by_role("link", name="Volver a la reunión").click()
    assert token not in page.content()
    expect(page.locator(".activity")).to_contain_text("vio la clave de anfitrión de Ana Ruiz")


def find_again(page: Page, title: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("inigo nunez")
    page.get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("heading", name="1 resultado")).to_be_visible()
    found = page.locator("tr[data-meeting]")
    expect(found).to_have_attribute("data-state", "cancelled")
    found.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def expect_cancelled(page: Page) -> None:
    expect(page.locator("article")).to_have_attribute("data-state", "cancelled")
    expect(page.locator("tr[data-participant]")).to_have_count(3)
    expect(page.get_by_role("button", name="Agregar persona")).to_have_count(0)


def sandbox_origin(live: LiveServer) -> str:
    return f"http://127.0.0.1:{live.port + 1}"


def test_with_javascript(live_sandbox: LiveServer, open_context: OpenContext) -> None:
    context = open_context(live_sandbox, permissions=CLIPBOARD, origins=(sandbox_origin(live_sandbox),))
    page, title = context.new_page(), "Comité de compras"
    create_meeting(page, title)
    add_everybody(page)
    link = link_of(page, "Íñigo Núñez")

    row(page, "Íñigo Núñez").get_by_role("button", name="Copiar enlace").click()
    expect(page.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    copied = clipboard_text(page, live_sandbox.url)
    assert copied == link

    open_row_menu(page, "Íñigo Núñez")
    row(page, "Íñigo Núñez").get_by_role("button", name="Copiar nombre y enlace").click()
    expect(page.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    assert clipboard_text(page, live_sandbox.url) == f"Íñigo Núñez\t{link}"

    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(page.get_by_role("status").filter(has_text="Copiado")).to_be_visible()
    names = ["Ana Ruiz", "Íñigo Núñez", "Begoña Peñalver"]
    lines = [f"{name}\t{link_of(page, name)}" for name in names]
    assert clipboard_text(page, live_sandbox.url) == "\n".join(lines)

    visitor = context.new_page()
    open_link(visitor, copied, "Íñigo Núñez", title)
    visitor.close()
    see_token(page)
    cancel_in_dialog(page)
    expect_cancelled(page)
    find_again(page, title)


def cancel_in_dialog(page: Page) -> None:
    open_menu(page, "Más")
    opener = page.get_by_role("link", name="Cancelar reunión…")
    opener.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="No cancelar")).to_be_focused()
    expect(dialog).to_contain_text("Comité de compras")
    expect(dialog).to_contain_text("3 personas")
    expect(dialog).to_contain_text("10:00 (hora de Panamá)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    opener.click()
    dialog.get_by_role("button", name="No cancelar").click()
    expect(dialog).to_be_hidden()
    opener.click()
    dialog.get_by_role("button", name="Sí, cancelar reunión").click()


def test_without_javascript(live_sandbox: LiveServer, open_context: OpenContext) -> None:
    context = open_context(live_sandbox, javascript=False, origins=(sandbox_origin(live_sandbox),))
    page, title = context.new_page(), "Comité de compras"
    create_meeting(page, title)
    add_everybody(page)
    expect(page.get_by_role("button", name=re.compile("Copiar"))).to_have_count(0)
    # The link is a real one, visible, to be selected or followed.
    page.get_by_role("link", name=link_of(page, "Íñigo Núñez")).click()
    expect(page.get_by_role("main")).to_contain_text("Íñigo Núñez")
    page.go_back()
    see_token(page)
    open_menu(page, "Más")
    page.get_by_role("link", name="Cancelar reunión…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("¿Cancelar")
    expect(page.get_by_role("main")).to_contain_text("3 personas")
    page.get_by_role("link", name="No cancelar").click()
    open_menu(page, "Más")
    page.get_by_role("link", name="Cancelar reunión…").click()
    page.get_by_role("button", name="Sí, cancelar reunión").click()
    expect_cancelled(page)
    find_again(page, title)
