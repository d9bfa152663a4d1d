"""What a coordinator can do about a row that did not simply succeed: each choice, by clicking it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.actions import row
from tests.browser.data import LIMITS, LOSES, REFUSES, Stage
from tests.support.browser import OpenContext


@pytest.fixture
def page(stage: Stage, open_context: OpenContext) -> Page:
    """A window on the dashboard."""
    return open_context(stage.server).new_page()


def expect_meeting(page: Page, state: str) -> None:
    expect(page.locator("article")).to_have_attribute("data-state", state)


def test_a_meeting_that_may_exist(page: Page, stage: Stage) -> None:
    for button, state in {"Enviar otra vez": "scheduled", "Descartar": "discarded"}.items():
        page.goto(stage.meeting("Quizá creada", LOSES))
        expect_meeting(page, "unknown")
        page.get_by_role("button", name=button).click()
        expect_meeting(page, state)


def test_a_meeting_that_exists_is_told_by_a_link_of_it(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Existe", LOSES))
    field = page.get_by_label("¿Ya aparece en Zelta?")
    field.fill("no sé cuál es")
    page.get_by_role("button", name="Usar esta reunión").click()
    expect(page.locator(".summary")).to_be_focused()
    expect(field).to_have_value("no sé cuál es")
    expect_meeting(page, "unknown")
    field.fill("https://meet.zelta.example/m/mtg_existe?p=prt_1")
    page.get_by_role("button", name="Usar esta reunión").click()
    expect_meeting(page, "scheduled")
    expect(page.locator("#identifier")).to_have_text("mtg_existe")
    expect(page.locator("article")).to_contain_text("Sin verificar")


def test_a_refused_meeting_is_corrected(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Mal título", REFUSES))
    expect(page.locator("article")).to_contain_text("palabras que no se admiten")
    page.get_by_role("link", name="Corregir").click()
    expect(page.get_by_label("Título")).to_have_value("Mal título")
    page.get_by_label("Título").fill("Buen título")
    page.get_by_role("button", name="Corregir y enviar").click()
    expect_meeting(page, "scheduled")
    expect(page.get_by_role("heading", level=1)).to_have_text("Buen título")


def test_a_meeting_that_was_not_sent(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Límite", LIMITS))
    expect_meeting(page, "not_sent")
    page.get_by_role("button", name="Enviar otra vez").click()
    expect_meeting(page, "scheduled")


def test_a_cancellation_that_may_have_arrived(page: Page, stage: Stage) -> None:
    meeting = stage.meeting("Cancelación perdida")
    stage.cancel(meeting, LOSES)
    page.goto(meeting)
    expect(page.locator("article")).to_have_attribute("data-cancellation", "unknown")
    page.get_by_role("button", name="Enviar otra vez la cancelación").click()
    expect_meeting(page, "cancelled")


def test_a_cancellation_that_was_not_sent_can_be_given_up(page: Page, stage: Stage) -> None:
    meeting = stage.meeting("Se queda")
    stage.cancel(meeting, LIMITS)
    page.goto(meeting)
    page.get_by_role("button", name="No cancelar").click()
    expect_meeting(page, "scheduled")
    assert page.locator("article").get_attribute("data-cancellation") is None
    expect(page.get_by_role("button", name="Agregar persona")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "state", "mails", "link"),
    [
        ("Ya tiene la invitación", "received", 0, False),
        ("Agregar sin enviar correo", "added", 0, True),
        ("Enviar otro correo", "added", 1, True),
        ("Descartar", "discarded", 0, False),
    ],
)
def test_a_person_who_may_have_been_mailed(
    button: str, state: str, mails: int, *, link: bool, page: Page, stage: Stage
) -> None:
    meeting = stage.meeting("Quizá invitada")
    email = f"{state}-{mails}@example.org"
    stage.person(meeting, "Inés Incierta", LOSES, email=email)
    page.goto(meeting)
    expect(row(page, "Inés Incierta")).to_have_attribute("data-state", "unknown")
    row(page, "Inés Incierta").get_by_role("button", name=button).click()
    expect(row(page, "Inés Incierta")).to_have_attribute("data-state", state)
    expect(row(page, "Inés Incierta").locator("a[data-link]")).to_have_count(int(link))
    assert sum(mail.email == email for mail in stage.zelta.mails) == mails


@pytest.mark.parametrize(("button", "state"), [("Enviar otra vez", "added"), ("Descartar", "discarded")])
def test_a_person_without_email_who_may_have_been_added(
    button: str, state: str, page: Page, stage: Stage
) -> None:
    meeting = stage.meeting("Quizá agregada")
    stage.person(meeting, "Inés Incierta", LOSES)
    page.goto(meeting)
    row(page, "Inés Incierta").get_by_role("button", name=button).click()
    expect(row(page, "Inés Incierta")).to_have_attribute("data-state", state)


def test_a_refused_person_is_corrected(page: Page, stage: Stage) -> None:
    meeting = stage.meeting("Persona rechazada")
    stage.person(meeting, "Lucia Prado", REFUSES, email="lucia@example.org")
    page.goto(meeting)
    row(page, "Lucia Prado").get_by_role("link", name="Corregir").click()
    expect(page.get_by_label("Correo (opcional)")).to_have_value("lucia@example.org")
    page.get_by_label("Nombre").fill("Lucía Prado")
    page.get_by_role("button", name="Corregir y enviar").click()
    expect(row(page, "Lucía Prado")).to_have_attribute("data-state", "added")
    expect(row(page, "Lucia Prado")).to_have_count(0)
