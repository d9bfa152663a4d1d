"""What a coordinator does in a browser, in Spanish."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.data import DAY


def fill_meeting(page: Page, title: str) -> None:
    """Fill in the form about a meeting."""
    page.get_by_label("Título").fill(title)
    page.get_by_label("Fecha", exact=True).fill(DAY)
    page.get_by_label("Hora", exact=True).fill("10:00")


def create_meeting(page: Page, title: str) -> None:
    """From the list to the page of a new meeting."""
    page.goto("/")
    page.get_by_role("link", name="Nueva reunión").first.click()
    fill_meeting(page, title)
    page.get_by_role("button", name="Crear reunión").click()
    # A test that ran on the same server before may have left a meeting like it.
    heading, again = (
        page.get_by_role("heading", level=1, name=title, exact=True),
        page.get_by_role("button", name="Crear otra"),
    )
    expect(heading.or_(again).first).to_be_visible()
    if again.count():
        again.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article")).to_have_attribute("data-state", "scheduled")


def open_add(page: Page) -> None:
    """Unfold the form that adds people, if it is folded."""
    if page.locator("#add:not([open])").count():
        page.locator("#add > summary").click()


def open_menu(page: Page, name: str) -> None:
    """Open the menu of this name at the page's or the table's head."""
    page.locator(".menu > summary").filter(has_text=name).click()


def open_row_menu(page: Page, name: str) -> None:
    """Open the menu of a person."""
    row(page, name).locator(".menu > summary").click()


def add_person(page: Page, name: str, role: str = "Invitado", email: str = "") -> None:
    """Add a person on the meeting's page."""
    open_add(page)
    page.get_by_label("Rol").select_option(label=role)
    page.get_by_label("Nombre").fill(name)
    page.get_by_label("Correo (opcional)").fill(email)
    page.get_by_role("button", name="Agregar persona").click()
    expect(row(page, name)).to_have_attribute("data-state", "added")


def row(page: Page, name: str) -> Locator:
    """The row of a person on the meeting's page."""
    return page.locator("tr[data-participant]").filter(has=page.get_by_text(name, exact=True))


def link_of(page: Page, name: str) -> str:
    """The address that a person joins at."""
    address = row(page, name).locator("a[data-link]").get_attribute("href")
    assert address is not None
    return address


def status(page: Page) -> Locator:
    """The one line that says what just happened."""
    return page.locator("#toast").get_by_role("status")
