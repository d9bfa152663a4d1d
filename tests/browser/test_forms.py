"""Forms in a browser: double clicks, the Back button, errors that lead to their field, and the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.actions import create_meeting, fill_meeting, row
from tests.browser.data import DAY, Stage
from tests.support.browser import OpenContext
from tests.support.zelta_faults import late


def created(stage: Stage, title: str) -> int:
    """How many meetings with this title Zelta was asked to make."""
    return sum(
        call.json.get("title") == title for call in stage.zelta.calls if call.path.endswith("/meetings")
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_makes_one_meeting(javascript: bool, stage: Stage, open_context: OpenContext) -> None:
    title = f"Doble clic, JavaScript {javascript}"
    page = open_context(stage.server, javascript=javascript).new_page()
    page.goto("/meetings/new")
    fill_meeting(page, title)
    stage.zelta.next(late(0.5), method="POST")
    page.get_by_role("button", name="Crear reunión").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto(f"/?q={title}")
    expect(page.locator("tr[data-meeting]")).to_have_count(1)
    assert created(stage, title) == 1


def test_a_double_click_adds_one_person(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.goto(stage.meeting("Doble clic en persona"))
    page.get_by_label("Nombre").fill("Una Sola Vez")
    stage.zelta.next(late(0.5), method="POST")
    page.get_by_role("button", name="Agregar persona").dblclick()
    expect(row(page, "Una Sola Vez")).to_have_count(1)
    assert sum(one.name == "Una Sola Vez" for one in stage.zelta.participants) == 1


def test_going_back_and_sending_other_words_asks_first(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    create_meeting(page, "Antes de volver atrás")
    page.go_back()
    fill_meeting(page, "Después de volver atrás")
    page.get_by_role("button", name="Crear reunión").click()
    notice = page.get_by_text("Este formulario ya creó")
    expect(notice).to_be_visible()
    expect(notice.get_by_role("link", name="Antes de volver atrás")).to_be_visible()
    expect(page.get_by_label("Título")).to_have_value("Después de volver atrás")
    assert created(stage, "Después de volver atrás") == 0
    page.get_by_role("button", name="Crear reunión").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Después de volver atrás")
    assert created(stage, "Después de volver atrás") == 1


def test_going_back_and_sending_the_same_again_leads_to_the_same_meeting(
    stage: Stage, open_context: OpenContext
) -> None:
    page = open_context(stage.server).new_page()
    create_meeting(page, "Dos veces lo mismo")
    address = page.url
    page.go_back()
    fill_meeting(page, "Dos veces lo mismo")
    page.get_by_role("button", name="Crear reunión").click()
    page.wait_for_url(address)
    assert created(stage, "Dos veces lo mismo") == 1


def test_going_back_without_javascript_and_sending_again_makes_one_meeting(
    stage: Stage, open_context: OpenContext
) -> None:
    title = "Volver sin JavaScript"
    page = open_context(stage.server, javascript=False).new_page()
    create_meeting(page, title)
    page.go_back()
    expect(page.get_by_label("Título")).to_have_value(title)
    page.get_by_role("button", name="Crear reunión").click()
    # The browser may have kept the form's submission, which leads to its meeting, or not: then it is asked about.
    expect(page.get_by_role("link", name=title).or_(page.locator("h1", has_text=title))).to_be_visible()
    assert created(stage, title) == 1


def test_errors_are_summed_up_and_lead_to_their_fields(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.goto("/meetings/new")
    page.get_by_label("Fecha", exact=True).fill(DAY)
    page.get_by_role("button", name="Crear reunión").click()
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Nueva reunión · Convoca")
    expect(page.get_by_label("Fecha", exact=True)).to_have_value(DAY)
    for words, label in {"Escriba un título": "Título", "hora": "Hora"}.items():
        summary.get_by_role("link", name=words).click()
        field = page.get_by_label(label, exact=True)
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        described = " ".join(
            page.locator(f"#{part}").inner_text()
            for part in (field.get_attribute("aria-describedby") or "").split()
        )
        assert words in described


def test_the_main_job_with_the_keyboard_alone(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Nueva reunión")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nueva reunión")
    tab_to(page, "title")
    page.keyboard.type("Solo con el teclado")
    page.keyboard.press("Tab")
    year, month, day = DAY.split("-")
    page.keyboard.type(
        f"{month}{day}{year}"
    )  # the order of this browser's own language, which is not the page's
    tab_to(page, "time")
    page.keyboard.type("1000AM")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Solo con el teclado")
    tab_to(page, "name")
    page.keyboard.type("Pau Riera")
    page.keyboard.press("Enter")
    expect(row(page, "Pau Riera")).to_have_attribute("data-state", "added")
    tab_to(page, "Más")
    page.keyboard.press("Enter")
    tab_to(page, "Cancelar reunión…")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="No cancelar")).to_be_focused()
    tab_to(page, "Sí, cancelar reunión")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_attribute("data-state", "cancelled")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on the control with this text, id or name; each stop must be visible."""
    for _ in range(40):
        page.keyboard.press("Tab")
        found, visible = page.evaluate("""(wanted) => {
          const element = document.activeElement;
          const box = element.getBoundingClientRect();
          const shown = box.bottom > 0 && box.top < innerHeight && getComputedStyle(element).outlineStyle !== "none";
          return [[element.textContent.trim(), element.id, element.name].includes(wanted), shown];
        }""", wanted)  # fmt: skip
        if found:
            assert visible, f"{wanted} has the focus, but it does not show"
            return
    raise AssertionError(f"Tab did not reach {wanted}")
