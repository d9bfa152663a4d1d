"""Bringing a list: pasted or dropped, put right, sent, left alone, and found again as links that copy."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.actions import open_add, open_menu
from tests.browser.data import DAY, REFUSES, Stage
from tests.browser.import_actions import (
    DROP,
    MESSY,
    ORDINARY,
    SENT,
    Gate,
    bring,
    mails_of,
    row,
    send,
    states,
    wait_for,
    workbook,
)
from tests.support.browser import (
    PHONE,
    OpenContext,
    clipboard_text,
    examine,
)
from tests.support.databases import fresh_database
from tests.support.environment import app_environment
from tests.support.live import LiveServer
from tests.support.zelta_server import ZeltaServer

CLIPBOARD = ("clipboard-read", "clipboard-write")


@pytest.fixture(scope="module")
def shared_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A dashboard without a pace of its own, so that only the fake Zelta decides how long a list takes."""
    directory = tmp_path_factory.mktemp("lists")
    with ZeltaServer() as zelta, fresh_database("sqlite", directory) as url:
        environment = app_environment(url, zelta, ZELTA_TIMEOUT="30", ZELTA_RATE="0")
        with LiveServer(directory / "live", environment, ("--workers", "1")) as server:
            yield Stage(server, zelta)


@pytest.fixture
def lists(shared_lists: Stage) -> Iterator[Stage]:
    yield shared_lists
    shared_lists.zelta.behave()


@pytest.fixture
def gate(lists: Stage) -> Iterator[Gate]:
    """Nobody gets through before the test says so."""
    gate = Gate()
    lists.zelta.always(gate, path="/participants")
    yield gate
    gate.open()


def test_a_messy_list_becomes_links(lists: Stage, gate: Gate, open_context: OpenContext) -> None:
    page = open_context(lists.server, permissions=CLIPBOARD).new_page()
    bring(page, lists.meeting("Cuarenta líneas"), MESSY)
    meeting = page.url.partition("/people")[0]
    assert [states(page).count(state) for state in ("ready", "problem", "repeated")] == [35, 3, 1]

    page.get_by_role("link", name="fila 7", exact=True).click()
    page.get_by_role("button", name="Usar (fila 7)").click()
    expect(page.get_by_label("Correo, fila 7")).to_have_value("jon@gmail.com")
    page.get_by_label("Correo, fila 8").fill("pau@example.org")
    # A name alone, in a list of addresses.
    page.locator("[name='as-is-5']").check()
    expect(page.locator("#stale")).to_contain_text("Revisar de nuevo")
    page.get_by_role("button", name="Revisar de nuevo").first.click()
    expect(page.locator("#sum")).to_contain_text(
        "Zelta enviará 37 correos. Para 1 persona usted tendrá el enlace"
    )
    assert "problem" not in states(page)

    send(page)
    expect(page.locator("#progress-text")).to_have_text(f"0 de {SENT}")
    expect(page.get_by_text("Puede cerrar esta página")).to_be_visible()
    page.get_by_role("link", name="Todas las reuniones").click()
    expect(page.locator("tr[data-meeting]").filter(has_text="Cuarenta líneas")).to_contain_text(
        "Enviando 0 de 38"
    )
    page.goto("about:blank")
    gate.open()
    wait_for(lambda: len(mails_of(lists, "Cuarenta líneas")) == SENT - 1)

    page.goto(meeting)
    expect(page.locator('tr[data-state="added"]')).to_have_count(SENT)
    assert len(set(mails_of(lists, "Cuarenta líneas"))) == SENT - 1
    link = row(page, "Jon Etxeberria").locator("a[data-link]").get_attribute("href")
    page.get_by_role("button", name="Copiar enlace : Jon Etxeberria", exact=True).click()
    expect(page.locator("#toast").get_by_role("status")).to_contain_text("copiado")
    assert clipboard_text(page, lists.server.url) == link
    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(page.locator("#toast").get_by_role("status")).to_have_text("Copiado")
    assert len(clipboard_text(page, lists.server.url).splitlines()) == SENT


def test_rows_fill_in_beside_half_typed_text(lists: Stage, gate: Gate, open_context: OpenContext) -> None:
    page = open_context(lists.server, permissions=CLIPBOARD).new_page()
    bring(page, lists.meeting("Se llena sola"), "\n".join(ORDINARY[:8]))
    send(page)
    page.evaluate("window.stayed = true")
    open_add(page)
    page.get_by_label("Nombre").press_sequentially("Begoña Pe")
    gate.let(4)
    expect(page.locator('tr[data-state="added"]')).to_have_count(4)
    expect(page.locator("#progress-text")).to_have_text("4 de 8")
    expect(page.locator("#progress-said")).to_have_text("4 de 8")
    assert page.locator("#lists progress").evaluate("(bar) => bar.position") == 0.5

    lists.zelta.next(REFUSES, path="/participants")
    gate.open()
    expect(page.locator("#progress-said")).to_have_text("Listo: ya están los enlaces.")
    expect(page.locator("#progress-text")).to_have_count(0)
    assert page.evaluate("window.stayed") is True
    expect(page.get_by_label("Nombre")).to_have_value("Begoña Pe")
    expect(page.get_by_label("Nombre")).to_be_focused()
    first = page.locator('tr[data-state="added"]').first
    expect(first).to_contain_text("Enviado por Zelta")
    first.get_by_role("button", name="Copiar enlace").click()
    expect(page.locator("#toast").get_by_role("status")).to_contain_text("copiado")
    assert clipboard_text(page, lists.server.url) == first.locator("a[data-link]").get_attribute("href")


def test_a_refusal_in_the_middle(lists: Stage, gate: Gate, open_context: OpenContext) -> None:
    page = open_context(lists.server).new_page()
    lists.zelta.next(REFUSES, path="/participants")
    bring(page, lists.meeting("Con una rechazada"), "\n".join(ORDINARY[:6]))
    send(page)
    expect(page.locator("#progress-text")).to_have_text("1 de 6 · 1 por resolver")
    refused = page.locator('tr[data-state="refused"]')
    expect(refused).to_contain_text("Rechazo de Zelta")
    gate.open()
    expect(page.locator("#progress-said")).to_have_text("Listo: ya están los enlaces.")
    expect(page.get_by_role("button", name="Pausar")).to_be_hidden()
    expect(refused).to_contain_text("El título contiene palabras")
    page.get_by_role("button", name="Enviar otra vez a quien Zelta rechazó (1)").click()
    expect(page.locator('tr[data-state="added"]')).to_have_count(6)


def test_pause_go_on_and_stop(lists: Stage, gate: Gate, open_context: OpenContext) -> None:
    page = open_context(lists.server).new_page()
    bring(page, lists.meeting("En pausa"), "\n".join(ORDINARY[:12]))
    send(page)
    page.get_by_role("button", name="Pausar").click()
    expect(page.get_by_role("heading", name="La lista está en pausa")).to_be_visible()
    page.get_by_role("button", name="Reanudar").click()
    expect(page.get_by_role("heading", name="Agregando personas")).to_be_visible()
    page.get_by_role("button", name="Detener lista").click()
    gate.open()
    expect(page.locator("tr[data-participant]:visible")).not_to_have_count(12)
    expect(page.get_by_text("personas que ya no se agregan")).to_be_visible()


def test_a_workbook_is_dropped(lists: Stage, open_context: OpenContext) -> None:
    page = open_context(lists.server).new_page()
    page.goto(f"{lists.meeting('Libro soltado')}/people/import")
    page.locator("form[data-drop]").evaluate(DROP, base64.b64encode(workbook()).decode())
    assert page.get_by_label("O un archivo").evaluate("(field) => field.files[0].name") == "invitados.xlsx"
    page.get_by_role("button", name="Revisar lista").click()
    expect(page.get_by_label("Nombre, fila 1")).to_have_value("Íñigo Núñez")
    expect(page.get_by_label("Rol, fila 1")).to_have_value("host")
    expect(page.get_by_label("Correo, fila 2")).to_have_value("lucia@example.org")
    send(page)
    expect(page.locator('tr[data-state="added"]')).to_have_count(2)


def test_without_javascript(lists: Stage, gate: Gate, open_context: OpenContext, tmp_path: Path) -> None:
    page = open_context(lists.server, javascript=False, size=PHONE).new_page()
    meeting = lists.meeting("Sin JavaScript")
    page.goto(f"{meeting}/people/import")
    file = tmp_path / "lista.csv"
    file.write_bytes(
        "nombre;correo\nÍñigo Núñez;inigo@example.org\nAna Ruiz;ana@gmial.com\n".encode("cp1252")
    )
    page.get_by_label("O un archivo").set_input_files(file)
    page.get_by_role("button", name="Revisar lista").click()
    expect(page.get_by_label("Nombre, fila 1")).to_have_value("Íñigo Núñez")
    expect(page.get_by_text("se leyó como Windows-1252")).to_be_visible()
    expect(page.get_by_text("¿Quiso decir ana@gmail.com?")).to_be_visible()
    expect(page.get_by_role("button", name="Usar (fila")).to_have_count(0)
    page.get_by_label("Está bien así").check()
    page.get_by_label("Invitación, fila 2").select_option("link")
    page.get_by_role("button", name="Revisar de nuevo").first.click()
    expect(page.locator("#sum")).to_contain_text(
        "Zelta enviará 1 correo. Para 1 persona usted tendrá el enlace"
    )
    expect(page.get_by_label("Está bien así")).to_be_checked()
    send(page)
    expect(page.locator("#progress-text")).to_have_text("0 de 2")
    gate.open()
    for _ in range(40):
        if page.locator('tr[data-state="added"]').count() == 2:
            break
        # The link is gone once all is done, which the page may show before the rows have been counted.
        page.reload()
        page.wait_for_timeout(100)
    expect(page.locator('tr[data-state="added"] a[data-link]')).to_have_count(2)


def test_the_whole_meeting_in_one_form(lists: Stage, open_context: OpenContext) -> None:
    page = open_context(lists.server).new_page()
    page.goto("/meetings/new")
    page.get_by_label("Título").fill("Todo de una vez")
    page.get_by_label("Fecha", exact=True).fill(DAY)
    page.get_by_label("Hora", exact=True).fill("10:00")
    page.get_by_label("Anfitriones").fill("Ana Ruiz <ana@example.org>")
    page.get_by_label("Invitados").fill("Jon <jon@gmail.com>\nLucía Prado")
    page.get_by_role("button", name="Crear reunión").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Todo de una vez")
    expect(page.locator('tr[data-state="added"]')).to_have_count(3)
    expect(row(page, "Ana Ruiz")).to_contain_text("Anfitrión")


def test_pages_are_accessible(lists: Stage, gate: Gate, open_context: OpenContext) -> None:
    page = open_context(lists.server).new_page()
    meeting = lists.meeting("Se mira todo")
    page.goto(f"{meeting}/people/import")
    examine(page)
    page.get_by_role("button", name="Revisar lista").click()
    expect(page.locator(".summary")).to_be_visible()
    examine(page)
    bring(page, meeting, MESSY)
    examine(page)
    send(page)
    expect(page.locator("#progress-text")).to_have_text("0 de 35")
    examine(page)
    gate.let(10)
    expect(page.locator('tr[data-state="added"]')).to_have_count(10)
    examine(page)
    page.get_by_role("button", name="Pausar").click()
    expect(page.get_by_role("button", name="Reanudar")).to_be_visible()
    examine(page)
    page.get_by_role("link", name="3 filas por corregir").click()
    page.get_by_role("button", name="Enviar lista").first.click()
    expect(page.locator(".summary")).to_contain_text("ninguna fila está lista")
    examine(page)
