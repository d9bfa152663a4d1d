"""Paper, forced colours, and the language: what a stylesheet or a cookie decides."""

from playwright.sync_api import expect

from tests.browser.actions import row
from tests.browser.data import LOSES, Stage
from tests.support.browser import OpenContext, assert_no_overflow


def test_on_paper_only_what_is_worth_reading(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.populated("En papel")
    stage.person(meeting, "Inés Incierta", LOSES, email="ines@example.org")
    page = open_context(stage.server, dark=True).new_page()
    page.goto(meeting)
    page.emulate_media(media="print")
    for selector in ("nav", "form", "button", ".button", "#add", ".back", "#toast"):
        for element in page.locator(selector).all():
            expect(element).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(row(page, "Begoña Peñalver").locator("a[data-link]")).to_be_visible()
    # Light whatever the screen prefers, and still a table although A4 is as narrow as a tablet.
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).display") == "table-row"
    assert page.evaluate("getComputedStyle(document.querySelector('.badge')).borderTopWidth") == "1px"


def test_printed_names_break_between_words(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.populated("Nombres en papel")
    page = open_context(stage.server, size=(680, 1000)).new_page()  # an A4 sheet within its margins
    page.emulate_media(media="print")
    for path in (meeting, f"{meeting}/sheet"):
        page.goto(path)
        for cell in page.get_by_role("rowheader").all():
            words, lines = cell.evaluate("""(cell) => {
              const name = cell.querySelector(".name") ?? cell;
              const range = new Range();
              range.selectNodeContents(name);
              return [name.textContent, new Set([...range.getClientRects()].map((box) => box.top)).size];
            }""")
            assert lines <= len(words.split()) - 1, f"{words} takes {lines} lines"
        assert_no_overflow(page)


def test_forced_colours_keep_the_borders(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server).new_page()
    page.emulate_media(forced_colors="active")
    page.goto(stage.populated("Colores forzados"))
    for selector in (".badge", ".button", "input[name=name]", ".card"):
        width = page.locator(selector).first.evaluate("(element) => getComputedStyle(element).borderTopWidth")
        assert width != "0px", f"{selector} has no edge"
    page.goto("/")
    current = page.locator("nav.tabs [aria-current]")
    other = page.locator("nav.tabs a:not([aria-current])").first
    edges = [
        tab.evaluate("(element) => getComputedStyle(element).borderBottomColor") for tab in (current, other)
    ]
    assert edges[0] != edges[1]


def test_the_language_chosen_lasts(stage: Stage, open_context: OpenContext) -> None:
    meeting = stage.populated("Idiomas")
    context = open_context(stage.server)
    page = context.new_page()
    page.goto("/?view=past")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{stage.server.url}/?view=past")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(meeting)
    expect(page.get_by_text("Copy all")).to_be_visible()
    cookie = next(cookie for cookie in context.cookies() if cookie["name"] == "language")
    assert cookie["expires"] - page.evaluate("Date.now() / 1000") > 300 * 24 * 3600
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_text("Copiar todos")).to_be_visible()


def test_the_language_can_change_on_a_page_that_answers_a_form(
    stage: Stage, open_context: OpenContext
) -> None:
    page = open_context(stage.server).new_page()
    page.goto(stage.populated("Error e idioma"))
    page.locator("#add > summary").click()
    page.get_by_label("Correo (opcional)").fill("no es un correo")
    page.get_by_role("button", name="Agregar persona").click()
    expect(page.locator(".summary")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Add person")).to_be_visible()
