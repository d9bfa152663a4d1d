"""What a coordinator does with lists in a browser, in Spanish, and the lists that they bring."""

import io
import threading
from collections.abc import Callable

from openpyxl import Workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.actions import open_add
from tests.browser.data import Stage
from tests.support.zelta_wire import Exchange, as_usual

ORDINARY = [f"Persona {number} <persona{number}@example.org>" for number in range(1, 29)]
MESSY = "\n".join(
    [
        "Nuria Castillo <nuria@example.org>",
        '"Ruiz Hidalgo, Ana" <ana@example.org>',
        "Peñalver Gómez, Begoña <begona@example.org>",
        "mailto:marta.soler@example.org",
        "* Lucía Prado",
        "2) Íñigo Núñez <inigo@example.org>",
        "Jon Etxeberria <jon@gmial.com>",
        "Pau Riera <pau@ejemplo>",
        "NURIA@example.org",
        "",
        "Raúl Ríos <raul@example.org>; Irene Campos <irene@example.org>",
        *ORDINARY,
    ]
)
SENT = 38  # of the 40 lines one is blank, one says two people, and one repeats the first


class Gate:
    """Zelta's behaviour while a test decides how many people it lets through."""

    def __init__(self) -> None:
        self._permits = threading.Semaphore(0)
        self._open = threading.Event()

    def __call__(self, exchange: Exchange) -> None:
        while not (self._open.is_set() or self._permits.acquire(blocking=False)):
            exchange.wait(0.02)
        as_usual(exchange)

    def let(self, number: int) -> None:
        self._permits.release(number)

    def open(self) -> None:
        self._open.set()


def bring(page: Page, meeting: str, text: str) -> None:
    """From the meeting's page to the preview of what was pasted."""
    page.goto(meeting)
    open_add(page)
    page.get_by_role("link", name="Agregar lista…").click()
    page.get_by_label("Personas, una por línea").fill(text)
    page.get_by_role("button", name="Revisar lista").click()
    expect(page.locator("tr[data-row]").first).to_be_visible()


def send(page: Page) -> None:
    """From the preview to the meeting's page."""
    page.get_by_role("button", name="Enviar lista").first.click()
    expect(page.locator("article[data-meeting]")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element that matches."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate_all("(found) => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"the Tab key does not come to {selector}")


def row(page: Page, name: str) -> Locator:
    return page.locator("tr[data-participant]").filter(has=page.get_by_text(name, exact=True))


def states(page: Page) -> list[str]:
    found: list[str] = page.locator("tr[data-row]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.state)"
    )
    return found


def mails_of(lists: Stage, title: str) -> list[str]:
    """Whom Zelta mailed an invitation to the meeting with this title, which only one has."""
    meeting = next(one for one in lists.zelta.meetings.values() if one.title == title)
    return [mail.email for mail in lists.zelta.mails if mail.public_meeting_id == meeting.public_meeting_id]


def wait_for(condition: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(400):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError("it did not come to pass in 20 s")


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ("Apellidos", "Nombres", "Correo", "Rol"),
        ("Núñez", "Íñigo", "inigo@example.org", "anfitrión"),
        ("Prado", "Lucía", "lucia@example.org", ""),
    ):
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


DROP = """(form, content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "invitados.xlsx"));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}"""
