"""Tables that try to fool the reader: other people's addresses, spoilt names, statuses, roles, sheets."""

from io import BytesIO

import openpyxl
import pytest

from app.list_parser import ColumnKind, ParsedList, read_file
from tests.list_parser.reading import ASKED, left_out, outcomes, parse, people, questions, ready, states

ANA, LUIS = "ana@example.com", "luis@example.com"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Nombre;Email líder\nAna Paz;l@example.com", "Email líder"),
        ("Estudiante;Correo familia\nAna Paz;f@example.com", "Correo familia"),
        ("Estudiante;Correo del docente\nAna Paz;d@example.com", "Correo del docente"),
        ("Nombre;Sponsor mail\nAna Paz;s@example.com", "Sponsor mail"),
        ("Nombre;Vendedor\nAna Paz;v@example.com", "Vendedor"),
        ("Registrado por;Nombre\nx@example.com;Ana Paz", "Registrado por"),
        ("Guest Name;Host Email\nAna Paz;h@example.com", "Host Email"),
        (
            "Nombre;Contacto de emergencia;Correo de contacto\nAna Paz;Rosa;r@example.com",
            "Correo de contacto",
        ),
        ("Nombre;Correo\nAna Paz;x@example.com\nLuis Gil;x@example.com\nEva Paz;x@example.com", "Correo"),
        ("Nombre;Correo;Cc\nAna Paz;ana@example.com;jefa@example.com", "Cc"),
    ],
)
def test_b_an_address_that_may_be_another_persons_is_asked_about(text: str, asked: str) -> None:
    parsed = parse(text)
    assert asked in questions(parsed)
    assert set(states(parsed)) == {ASKED}


@pytest.mark.parametrize(
    "title",
    [
        "Correo institucional",
        "Work email",
        "Correo de contacto",
        "E-mail do aluno",
        "Email 1",
        "Correo personal",
    ],
)
def test_b_a_persons_own_address_is_not_asked_about(title: str) -> None:
    assert parse(f"Nombre;{title}\nAna Paz;{ANA}").is_certain


def test_b_the_same_person_twice_is_no_shared_address() -> None:
    assert states(parse(f"Nombre;Correo\nAna Paz;{ANA}\nAna Paz;{ANA}")) == [None, "same_email"]


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("Nombre1;Nombre2;Apellido1;Apellido2", "Ana;María;Ríos;Peña", "Ana María Ríos Peña"),
        ("Nombre;Apellido", "Ana;Ana Ríos", "Ana Ríos"),
        ("first;middle;last", "Ana;María;Ríos", "Ana María Ríos"),
        ("Nome;Nome do meio;Último nome", "Ana;Maria;Souza", "Ana Maria Souza"),
        ("Vorname;Nachname", "Ana;Ríos", "Ana Ríos"),
        ("Último pago;Nombre", "1/2/2026;Ana Paz", "Ana Paz"),
        ("Nombre", "8-123-456 Ana Paz", "Ana Paz"),
        ("Nombre", "12 - Ana Paz", "Ana Paz"),
        ("Nombre", "Ana Paz 6000-0000", "Ana Paz"),
    ],
)  # fmt: skip
def test_c_the_name_is_whole(header: str, cells: str, name: str) -> None:
    assert outcomes(parse(f"{header};Correo\n{cells};{ANA}")) == [(name, ANA, "ready")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Usuario;Correo\nariosp;ana@example.com", {"Usuario"}),
        ("Nombre;Correo\n12345;ana@example.com\n12346;b@example.com", {"Nombre"}),
        ("Nombre;Correo\nSí;ana@example.com", {"Nombre"}),
        ("Ape1;Ape2;Nom;Correo\nRíos;Peña;Ana;a@example.com", {"Ape1", "Ape2", "Nom"}),
        ("prénom;nom;courriel\nAna;Ríos;a@example.com", {"prénom", "nom"}),
    ],
)
def test_c_a_title_whose_cells_disagree_or_lack_a_part_is_asked_about(text: str, asked: set[str]) -> None:
    parsed = parse(text)
    assert (questions(parsed), ready(parsed)) == (asked, [])


def test_c_parts_of_names_without_titles_are_asked_about_and_answered() -> None:
    text = f"Ríos Peña;Ana;{ANA}\nCruz Gil;Luis;{LUIS}\n\nSaludos,\nRosa"
    assert set(states(parse(text))) == {ASKED}
    kinds = {0: ColumnKind.SURNAMES, 1: ColumnKind.FIRST_NAMES, 2: ColumnKind.EMAIL}
    parsed = parse(text, columns=kinds)
    assert people(parsed) == [("Ana Ríos Peña", ANA), ("Luis Cruz Gil", LUIS)]
    assert left_out(parsed) == {4: "signature", 5: "signature"}


@pytest.mark.parametrize(("one", "other", "state"), [("Sí", "No", "status"), ("arp", "lg", "ready")])
def test_c_yes_no_and_logins_without_titles_are_no_names(one: str, other: str, state: str) -> None:
    parsed = parse(f"{one};Ana Ríos;{ANA}\n{other};Luis Gil;{LUIS}")
    assert outcomes(parsed) == [("Ana Ríos", ANA, "ready"), ("Luis Gil", LUIS, state)]


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("¿Podrá asistir?", "No podré asistir"),
        ("¿Podrá asistir?", "Lamentablemente no"),
        ("Going", "not_going"),
        ("Email Opt Out", "1"),
        ("Do not contact", "X"),
        ("No contactar", "Sí"),
        ("Fecha de cancelación", "2026-11-01"),
        ("cancelled_at", "2026-11-01T10:00:00Z"),
        ("Activo", "No"),
        ("Suscrito", "No"),
        ("Estatus", "No admitido"),
        ("Notas", "Cancelado por enfermedad"),
        ("Comentarios", "No puede asistir"),
        ("Estado de la invitación", "Rebotada"),
        ("Estado del alumno", "Trasladado"),
    ],
)
def test_i_who_does_not_come_arrives_unticked(title: str, word: str) -> None:
    parsed = parse(f"Nombre;Correo;{title}\nAna Paz;{ANA};\nLuis Gil;{LUIS};{word}")
    assert [line.status for line in parsed.people] == [None, word]
    assert ready(parsed) == ["Ana Paz"]


@pytest.mark.parametrize(
    ("title", "word"),
    [("Vegetariano", "No"), ("Guest", "No"), ("Notas", "Viene; canceló el taxi"), ("Último acceso", "nunca")],
)
def test_i_other_answers_untick_nobody(title: str, word: str) -> None:
    assert ready(parse(f"Nombre\tCorreo\t{title}\nAna Paz\t{ANA}\t{word}")) == ["Ana Paz"]


@pytest.mark.parametrize(
    "section", ["No asistirán", "Lista de espera", "Cancelados", "Declined:", "No vienen"]
)
def test_i_a_section_of_those_who_do_not_come_holds_for_its_rows(section: str) -> None:
    table = parse(f"Nombre;Correo\nAna Paz;{ANA}\n{section};\nLuis Gil;{LUIS}")
    lines = parse(f"Ana Paz <{ANA}>\n{section}\nLuis Gil <{LUIS}>\nConfirmados:\nEva Paz <e@example.com>")
    assert states(table) == [None, "status"]
    assert states(lines) == [None, "status", None]


@pytest.mark.parametrize("word", ["-", "N/A", "ninguno", "--", "n/a"])
def test_j_a_blank_role_is_not_asked_about(word: str) -> None:
    assert not parse(f"Nombre;Correo;Rol\nAna;{ANA};Invitada\nLuis;{LUIS};{word}").unknown_roles


def test_j_a_label_of_others_ends_that_of_the_hosts() -> None:
    parsed = parse(f"Anfitriones:\nAna Paz <{ANA}>\nPersonal de apoyo:\nLuis Gil <{LUIS}>")
    assert [line.person.role for line in parsed.people if line.person] == ["host", "participant"]


ROWS = [["Nombre", "Correo"], ["Ana Paz", ANA], ["Luis Gil", LUIS]]


def book(sheets: dict[str, list[list[str]]], **attributes: tuple[str, object]) -> ParsedList:
    """A workbook of these sheets; `attributes`: of a row or a column of the first one."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, (attribute, value) in attributes.items():
        first = made.worksheets[0]
        part = first.row_dimensions[int(place[1:])] if place[0] == "r" else first.column_dimensions[place[1:]]
        setattr(part, attribute, value)
    made.active = 0
    content = BytesIO()
    made.save(content)
    return read_file(content.getvalue(), "lista.xlsx", country="PA")


def test_a_rows_too_low_to_be_seen_are_hidden() -> None:
    assert left_out(book({"A": ROWS}, r3=("height", 0.75))) == {3: "hidden_by_hand"}


def test_a_hidden_titles_and_hidden_rows_without_titles_are_left_out() -> None:
    assert left_out(book({"A": ROWS}, r1=("hidden", True))) == {1: "hidden_by_hand"}
    assert left_out(book({"A": ROWS[1:]}, r2=("hidden", True))) == {2: "hidden_by_hand"}


def test_a_hidden_address_is_not_used() -> None:
    parsed = book({"A": ROWS}, cB=("hidden", True))
    assert [(email, state) for _, email, state in outcomes(parsed)] == [(None, "email_elsewhere")] * 2


def test_a_hidden_address_without_titles_is_not_used() -> None:
    rows = [["Ana Paz", "vieja@example.com", ANA], ["", "otra@example.com"]]
    parsed = book({"A": rows}, cB=("hidden", True))
    assert (people(parsed), left_out(parsed)) == ([("Ana Paz", ANA)], {2: "hidden_by_hand"})


@pytest.mark.parametrize(
    "first",
    [
        [["Soporte"], ["ayuda@example.com"]],
        [["Nombre", "Total"], ["Ventas", "3"]],
        [["Rol"], ["Anfitrión"], ["Invitado"]],
        [["Lea esto"], ["Llene la lista"]],
        [],
    ],
)
def test_k_the_sheet_with_names_and_addresses_is_read(first: list[list[str]]) -> None:
    parsed = book({"Portada": first, "Lista": ROWS})
    assert (parsed.sheet, ready(parsed)) == ("Lista", ["Ana Paz", "Luis Gil"])


def test_k_of_two_lists_the_open_one_is_read() -> None:
    assert book({"5A": ROWS, "5B": ROWS[:2]}).sheet == "5A"
