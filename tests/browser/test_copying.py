"""Copying: on a secure origin, on an intranet's plain http, and where the browser does not let us."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.actions import link_of, open_menu, open_row_menu, row, status
from tests.browser.data import Stage
from tests.support.browser import Launch, OpenContext, clipboard_text

INTRANET = "reuniones.intranet"
CLIPBOARD = ("clipboard-read", "clipboard-write")
FORBIDDEN = """
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.execCommand = () => false;
"""
NAME = "Begoña Peñalver"


@pytest.fixture
def intranet(launch: Launch) -> Browser:
    """A browser for which the dashboard has another name, as on an intranet."""
    return launch(f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1")


@pytest.fixture(params=["secure", "plain http"])
def context(
    request: pytest.FixtureRequest, stage: Stage, open_context: OpenContext
) -> Iterator[BrowserContext]:
    """A window on the dashboard, at an address that may use the clipboard or at one that may not."""
    if request.param == "secure":
        yield open_context(stage.server, permissions=CLIPBOARD)
        return
    browser = request.getfixturevalue("intranet")
    url = f"http://{INTRANET}:{stage.server.port}"
    yield open_context(stage.server, url=url, using=browser, permissions=CLIPBOARD)


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        (f"Copiar enlace : {NAME}", "{link}"),
        ("Copiar nombre y enlace", NAME + "\t{link}"),
        ("Nombres y enlaces", "Ana Ruiz Hidalgo\t{host}\n" + NAME + "\t{link}\nJon Etxeberria\t{mailed}"),
        ("Copiar ID", "{id}"),
    ],
)  # fmt: skip
def test_what_is_copied(stage: Stage, context: BrowserContext, button: str, expected: str) -> None:
    page = context.new_page()
    page.goto(stage.populated("Copias"))
    {
        "Copiar nombre y enlace": lambda: open_row_menu(page, NAME),
        "Nombres y enlaces": lambda: open_menu(page, "Copiar todos"),
        "Copiar ID": lambda: open_menu(page, "Más"),
    }.get(button, lambda: None)()
    page.get_by_role("button", name=button, exact=True).locator("visible=true").click()
    expect(status(page)).to_have_text(f"Enlace de {NAME} copiado" if expected == "{link}" else "Copiado")
    text = expected.format(
        link=link_of(page, NAME), host=link_of(page, "Ana Ruiz Hidalgo"), mailed=link_of(page, "Jon Etxeberria"),
        id=page.locator("#identifier").text_content(),
    )  # fmt: skip
    assert clipboard_text(page, stage.server.url) == text


def test_the_address_is_as_insecure_as_meant(
    stage: Stage, intranet: Browser, open_context: OpenContext
) -> None:
    url = f"http://{INTRANET}:{stage.server.port}"
    page = open_context(stage.server, url=url, using=intranet).new_page()
    page.goto("/")
    assert page.evaluate("[location.hostname, isSecureContext, navigator.clipboard ?? null]") == [
        INTRANET, False, None,
    ]  # fmt: skip


def test_copied_is_said_for_a_moment_only(stage: Stage, open_context: OpenContext) -> None:
    page = open_context(stage.server, permissions=CLIPBOARD).new_page()
    page.goto(stage.populated("Copias"))
    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(status(page)).to_have_text("Copiado")
    page.wait_for_timeout(1800)
    expect(status(page)).to_have_text("Copiado")
    expect(status(page)).to_have_text("", timeout=2500)


def test_a_name_that_begins_like_a_formula_does_nothing_in_a_spreadsheet(
    stage: Stage, open_context: OpenContext
) -> None:
    name = "-Ana"
    meeting = stage.meeting("Fórmulas")
    stage.person(meeting, name)
    page = open_context(stage.server, permissions=CLIPBOARD).new_page()
    page.goto(meeting)
    open_row_menu(page, name)
    row(page, name).get_by_role("button", name="Copiar nombre y enlace").click()
    expect(status(page)).to_have_text("Copiado")
    assert clipboard_text(page, stage.server.url).startswith(f"'{name}\t")


def selected(page: Page) -> str:
    text: str = page.evaluate("""() => {
      const active = document.activeElement;
      return active.selectionEnd ? active.value.slice(active.selectionStart, active.selectionEnd) : `${getSelection()}`;
    }""")
    return text


def test_where_copying_fails_the_text_is_selected(stage: Stage, open_context: OpenContext) -> None:
    context = open_context(stage.server)
    context.add_init_script(FORBIDDEN)
    page = context.new_page()
    page.goto(stage.populated("Sin permiso"))

    link = row(page, NAME).get_by_role("button", name="Copiar enlace")
    link.click()
    expect(status(page)).to_have_text("Presione Ctrl+C")
    assert selected(page).strip() == link_of(page, NAME)

    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(status(page)).to_have_text("Presione Ctrl+C")
    assert selected(page).splitlines()[1] == f"{NAME}\t{link_of(page, NAME)}"
    page.wait_for_timeout(3300)
    expect(status(page)).to_have_text("Presione Ctrl+C")
    page.get_by_role("button", name="Cerrar").click()
    expect(status(page)).to_have_text("")
    expect(page.get_by_role("button", name="Nombres y enlaces")).to_be_focused()


def test_copy_link_marks_the_person(stage: Stage, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(stage.populated("Marcas"))
    person = row(page, NAME)
    expect(person).to_have_attribute("data-delivery", "pending")
    person.get_by_role("button", name=f"Copiar enlace : {NAME}", exact=True).click()
    expect(person).to_have_attribute("data-delivery", "handed_over")
    page.reload()
    expect(row(page, NAME)).to_have_attribute("data-delivery", "handed_over")
