"""Every page in each state that looks different: what `test_accessible.py` examines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.actions import fill_meeting, open_add, open_menu, open_row_menu, row
from tests.browser.data import LIMITS, LOSES, REFUSES, Stage

Scene = Callable[[Page, Stage], None]
SCENES: dict[str, Scene] = {}


def scene(bring: Scene) -> Scene:
    """A page to examine: the function brings the browser to it."""
    SCENES[bring.__name__] = bring
    return bring


def submit_with_errors(page: Page, button: str, status: int = 422) -> None:
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.get_by_role("button", name=button).click()
    assert answer.value.status == status
    page.wait_for_load_state()


@scene
def list_with_every_state(page: Page, stage: Stage) -> None:
    stage.populated("Comité de compras")
    for name, behaviour in {"Rechazada": REFUSES, "Sin saber": LOSES, "No enviada": LIMITS}.items():
        stage.meeting(name, behaviour)
    troubled = stage.meeting("Con una persona rechazada")
    stage.person(troubled, "Lucía Prado", REFUSES)
    stage.cancel(stage.meeting("Cancelación sin confirmar"), LOSES)
    _adopt(page, "Traída de fuera", "mtg_traida")
    page.goto("/")
    expect(page.locator("tr[data-meeting]").nth(6)).to_be_visible()


@scene
def list_of_trouble(page: Page, stage: Stage) -> None:
    stage.meeting("Sin saber", LOSES)
    page.goto("/?view=attention")
    expect(page.locator("tr[data-meeting]").first).to_be_visible()


@scene
def search_without_result(page: Page, stage: Stage) -> None:  # noqa: ARG001 - every scene takes both
    page.goto("/?q=nadie+se+llama+así")
    expect(page.get_by_role("heading", name="Sin resultados")).to_be_visible()


@scene
def new(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/new")


@scene
def new_with_errors(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/new")
    submit_with_errors(page, "Crear reunión")


@scene
def new_at_a_time_that_does_not_exist(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _clocks_change(page, "2028-03-26")


@scene
def new_at_a_time_that_comes_twice(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _clocks_change(page, "2028-10-29")
    expect(page.get_by_role("radio")).to_have_count(2)


def _clocks_change(page: Page, day: str) -> None:
    page.goto("/meetings/new")
    page.get_by_label("Título").fill("Cambio de hora")
    page.get_by_label("Fecha", exact=True).fill(day)
    page.get_by_label("Hora", exact=True).fill("02:30")
    page.get_by_label("Zona horaria").select_option("Europe/Madrid")
    submit_with_errors(page, "Crear reunión")


@scene
def meeting_without_people(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Reunión sin nadie todavía"))


@scene
def meeting_in_another_zone(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/new")
    fill_meeting(page, "Una reunión en Madrid, y para usted en Panamá")
    page.get_by_label("Zona horaria").select_option("Europe/Madrid")
    page.get_by_role("button", name="Crear reunión").click()
    expect(page.locator("article")).to_contain_text("Madrid")
    expect(page.locator("article")).to_contain_text("Panamá")


@scene
def meeting_unknown(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("No se sabe si se creó", LOSES))
    expect(page.locator("article")).to_have_attribute("data-state", "unknown")


@scene
def meeting_unknown_with_a_wrong_id(page: Page, stage: Stage) -> None:
    meeting_unknown(page, stage)
    page.get_by_label("¿Ya aparece en Zelta?").fill("esto no es")
    submit_with_errors(page, "Usar esta reunión")


@scene
def meeting_refused(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Rechazada por Zelta", REFUSES))
    expect(page.locator("article")).to_have_attribute("data-state", "refused")


@scene
def meeting_not_sent(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Todavía no enviada", LIMITS))
    expect(page.locator("article")).to_have_attribute("data-state", "not_sent")


@scene
def meeting_discarded(page: Page, stage: Stage) -> None:
    page.goto(stage.meeting("Descartada", LOSES))
    page.get_by_role("button", name="Descartar").click()
    expect(page.locator("article")).to_have_attribute("data-state", "discarded")


@scene
def meeting_cancelled(page: Page, stage: Stage) -> None:
    meeting = stage.populated("Cancelada")
    stage.cancel(meeting)
    page.goto(meeting)
    expect(page.locator("article")).to_have_attribute("data-state", "cancelled")


@scene
def cancellation_unknown(page: Page, stage: Stage) -> None:
    meeting = stage.populated("Cancelación sin confirmar")
    stage.cancel(meeting, LOSES)
    page.goto(meeting)
    expect(page.locator("article")).to_have_attribute("data-cancellation", "unknown")


@scene
def cancellation_not_sent(page: Page, stage: Stage) -> None:
    meeting = stage.populated("Cancelación no enviada")
    stage.cancel(meeting, LIMITS)
    page.goto(meeting)
    expect(page.locator("article")).to_have_attribute("data-cancellation", "not_sent")


@scene
def meeting_adopted(page: Page, stage: Stage) -> None:  # noqa: ARG001
    _adopt(page, "Traída de fuera", "mtg_de_fuera")
    expect(page.locator("article")).to_contain_text("Sin verificar")


def _adopt(page: Page, title: str, public_meeting_id: str) -> None:
    page.goto("/meetings/adopt")
    page.get_by_label("ID o enlace de la reunión").fill(
        f"https://meet.zelta.example/m/{public_meeting_id}?p=x"
    )
    fill_meeting(page, title)
    page.get_by_role("button", name="Agregarla").click()
    page.wait_for_load_state()


@scene
def people_in_every_state(page: Page, stage: Stage) -> None:
    meeting = stage.populated("Personas en todos los estados")
    stage.person(meeting, "Rechazada Ramírez", REFUSES)
    stage.person(meeting, "Norma Noenviada", LIMITS, email="norma@example.org")
    stage.person(meeting, "Inés Incierta", LOSES)
    for name, choice in {"Rita Recibió": "received", "Delia Descartada": "discard"}.items():
        stage.person(meeting, name, LOSES, email=f"{choice}@example.org")
        page.goto(meeting)
        row(page, name).locator(f"button[value={choice}]").click()
        page.wait_for_load_state()
    # Last, so that the choices above were not hers to take.
    stage.person(
        meeting, "Ursula Und Ihr-Sehr-Langer-Doppelname-Ohne-Leerzeichen", LOSES, email="u@example.org"
    )
    page.goto(meeting)
    page.locator("#discarded").click()
    states = page.locator("tr[data-participant]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.state)"
    )
    assert set(states) == {"added", "refused", "not_sent", "unknown", "received", "discarded"}


@scene
def meeting_with_an_error_in_its_form(page: Page, stage: Stage) -> None:
    page.goto(stage.populated("Error al agregar"))
    open_add(page)
    page.get_by_label("Correo (opcional)").fill("pau.riera@ejemplo")
    submit_with_errors(page, "Agregar persona")


@scene
def cancel_page(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.populated('Por cancelar')}/cancel")


@scene
def cancel_dialog(page: Page, stage: Stage) -> None:
    page.goto(stage.populated("Por cancelar"))
    open_menu(page, "Más")
    page.get_by_role("link", name="Cancelar reunión…").click()
    expect(page.get_by_role("dialog")).to_be_visible()


@scene
def correct_meeting(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.meeting('Por corregir', REFUSES)}/correct")


@scene
def correct_person(page: Page, stage: Stage) -> None:
    meeting = stage.meeting("Persona por corregir")
    stage.person(meeting, "Lucía Prado", REFUSES)
    page.goto(meeting)
    row(page, "Lucía Prado").get_by_role("link", name="Corregir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lucía Prado")


@scene
def adopt(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/adopt")


@scene
def adopt_with_errors(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/adopt")
    submit_with_errors(page, "Agregarla")


@scene
def token(page: Page, stage: Stage) -> None:
    page.goto(stage.populated("Con token"))
    open_row_menu(page, "Ana Ruiz Hidalgo")
    page.get_by_role("button", name="Ver clave de anfitrión").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Clave de anfitrión de Ana Ruiz Hidalgo")


@scene
def not_found(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/no-such-page")


@scene
def expired_form(page: Page, stage: Stage) -> None:  # noqa: ARG001
    page.goto("/meetings/new")
    fill_meeting(page, "Abierta desde ayer")
    page.context.clear_cookies()
    submit_with_errors(page, "Crear reunión", 400)


@scene
def text_to_copy_by_hand(page: Page, stage: Stage) -> None:
    page.goto(stage.populated("Sin permiso para copiar"))
    page.evaluate("""() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    }""")
    open_menu(page, "Copiar todos")
    page.get_by_role("button", name="Nombres y enlaces").click()
    expect(page.get_by_text("Presione Ctrl+C")).to_be_visible()


@dataclass(frozen=True)
class Sending:
    """A meeting's page while a person is being added."""

    stage: Stage

    @contextmanager
    def open(self, page: Page) -> Iterator[None]:
        """The page stays so while the block runs."""
        meeting = self.stage.populated("Enviando")
        with self.stage.sending(meeting, "Pau Riera"):
            page.goto(meeting)
            expect(row(page, "Pau Riera")).to_have_attribute("data-state", "sending")
            yield
