"""Which column is which: by title, by cells, and asked where they disagree."""

import pytest

from app.list_parser import ColumnKind, LineProblem
from tests.list_parser.reading import ASKED, kinds, only, parse, people, questions, ready, states

ANA = ("Ana Ríos Peña", "ana@example.com")


@pytest.mark.parametrize(
    "header",
    [
        "1. Escriba su nombre completo;2. Correo de contacto",
        "Nombre y apellidos;Correo electrónico institucional",
        "¿Cuál es su nombre?;Dirección de correo electrónico",
        "Alumno;Correo",
        "Nome completo;E-mail do aluno",
        "Nombre del estudiante;Correo del estudiante",
        "Please enter your full name;Your e-mail address",
        "Participante;Username",
        "Nombres y Apellidos (como aparece en su cédula);Email",
        "Display Name;UserEmail",
    ],
)
def test_titles_with_the_words_of_forms(header: str) -> None:
    parsed = parse(f"{header}\nAna Ríos Peña;ana@example.com")
    assert (people(parsed), parsed.is_certain) == ([ANA], True)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Nombre;Apellido 1;Apellido 2", "Ana;Ríos;Peña"),
        ("2do Apellido;1er Apellido;Nombres", "Peña;Ríos;Ana"),
        ("Ap. Paterno;Ap. Materno;Nombres", "Ríos;Peña;Ana"),
        ("Paterno;Materno;Nombre(s)", "Ríos;Peña;Ana"),
        ("Apellidos;Nombre", "Ríos Peña;Ana"),
        ("Nombre;Apellidos", "Ana Ríos Peña;Ríos Peña"),
        ("name;first_name;last_name", "Ana Ríos Peña;Ana;Ríos Peña"),
        ("Nombre completo;Nombres;Apellidos", "arios;Ana;Ríos Peña"),
        ("Sobrenome;Nome", "Ríos Peña;Ana"),
        ("Family Name;Given Name;Additional Name", "Peña;Ana;Ríos"),
        ("Nombre;Primer apellido;Segundo apellido;Nombre completo", "Ana;Ríos;Peña;Ana Ríos Peña"),
    ],
)
def test_parts_of_a_name_in_any_number_and_order(header: str, cells: str) -> None:
    assert people(parse(f"{header};Correo\n{cells};ana@example.com")) == [ANA]


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ("Ana;Gómez;Gómez", "Ana Gómez Gómez"),
        ("José;de la Cruz;Cruz", "José de la Cruz Cruz"),
        ("Ana;Ríos;", "Ana Ríos"),
        ("Ana;;Peña", "Ana Peña"),
    ],
)
def test_equal_surnames_are_two(cells: str, name: str) -> None:
    assert people(parse(f"Nombre;Apellido 1;Apellido 2;Correo\n{cells};a@example.com")) == [
        (name, "a@example.com")
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Nombre;Correo del jefe;Correo\nAna;j@example.com;ana@example.com", {"Correo del jefe", "Correo"}),
        ("Nombre;Correo;Email\nAna;a@example.com;b@example.com", {"Correo", "Email"}),
        ("Estudiante;Correo del acudiente\nAna Paz;rosa@example.com", {"Correo del acudiente"}),
        ("Name;Parent Email\nAna Paz;rosa@example.com", {"Parent Email"}),
        ("Nombre;E-mail do responsável\nAna;rosa@example.com", {"E-mail do responsável"}),
        ("Nombre;Correo;Contacto\nAna;;jefa@example.com", {"Correo", "Contacto"}),
        (
            "Order Email;Attendee Email;Attendee Name\nb@example.com;a@example.com;Ana",
            {"Order Email", "Attendee Email"},
        ),
        ("Correo;Nombre\nAna Paz;ana@example.com", {"Correo", "Nombre"}),
    ],
)
def test_another_persons_address_is_asked_about(text: str, asked: set[str]) -> None:
    parsed = parse(text)
    assert questions(parsed) == asked
    assert states(parsed) == [ASKED]
    assert not ready(parsed)


@pytest.mark.parametrize(
    "row",
    [
        "Ana;;avisar a jefa@example.com",
        "Ana;;jefa@example.com y secre@example.com",
        "Ana;-;c/c jefa@example.com",
    ],
)
def test_an_address_in_a_remark_is_not_used(row: str) -> None:
    line = only(parse(f"Nombre;Correo;Observaciones\n{row}"))
    assert line.person is not None
    assert (line.person.email, line.problem) == (None, LineProblem.EMAIL_ELSEWHERE)


@pytest.mark.parametrize(
    "column",
    [
        "Asistente\nAna Paz;a@example.com;Sí\nEva Gil;e@example.com;No",
        "Invitado\nAna Paz;a@example.com;1\nEva Gil;e@example.com;2",
        "Usuario\nAna Paz;a@example.com;apaz\nEva Gil;e@example.com;egil01",
        "Guest\nAna Paz;a@example.com;Yes\nEva Gil;e@example.com;No",
        "Participantes\nAna Paz;a@example.com;2026-11-01\nEva Gil;e@example.com;2026-11-02",
        "Contacto\nAna Paz;a@example.com;6000-0000\nEva Gil;e@example.com;6000-0001",
    ],
)
def test_cells_that_are_no_names_are_no_names(column: str) -> None:
    parsed = parse(f"Nombre;Correo;{column}")
    assert people(parsed) == [("Ana Paz", "a@example.com"), ("Eva Gil", "e@example.com")]
    assert "name" in kinds(parsed).values()


def test_unknown_titles_over_names_are_asked_about() -> None:
    parsed = parse("Inscripto 2026;Correo\nAna Paz;a@example.com\nEva Gil;e@example.com")
    assert (questions(parsed), people(parsed)[0]) == ({"Inscripto 2026"}, ("Ana Paz", "a@example.com"))
    assert set(states(parsed)) == {ASKED}


def test_a_name_made_of_an_address_beside_other_text_is_asked_about() -> None:
    parsed = parse("Login;Correo\napaz;ana.paz@example.com\negil;eva.gil@example.com")
    assert states(parsed) == ["name_from_email"] * 2


def test_answers_close_the_questions() -> None:
    text = "Nombre;Correo personal;Correo institucional\nAna Paz;a@example.com;ana@example.org\nLuis Gil;;luis@example.org"
    parsed = parse(text, columns={0: ColumnKind.NAME, 2: ColumnKind.EMAIL})
    assert people(parsed) == [("Ana Paz", "ana@example.org"), ("Luis Gil", "luis@example.org")]
    assert (questions(parsed), states(parsed)) == (set(), [None, None])
    both = parse(text, columns={1: ColumnKind.EMAIL, 2: ColumnKind.EMAIL})
    assert both.people[0].choices == ("a@example.com", "ana@example.org")
    assert people(both)[1] == ("Luis Gil", "luis@example.org")


def test_unused_columns_are_named() -> None:
    parsed = parse("Nombre;Cargo;Celda 7;Correo\nAna Paz;Rectora;x;ana@example.com")
    assert parsed.unused_titles == ("Cargo", "Celda 7")
    assert parsed.columns[1].samples == ("Rectora",)


def test_the_same_titles_have_the_same_key() -> None:
    one, other = parse("Nombre;Correo\nAna;a@example.com"), parse("NOMBRE;Correo\nEva;e@example.com")
    assert one.title_key == other.title_key != ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nombre;Correo;Nombre;Correo\nAna Paz;a@example.com;Rosa Gil;r@example.com", "Ana Paz"),
        ("Nombres;Apellidos;Nombres;Apellidos;Correo\nAna;Paz;Rosa;Gil;a@example.com", "Ana Paz"),
        ("Nombre completo;Nombre para mostrar;Correo\nAna Paz;Profe Ana;a@example.com", "Ana Paz"),
        ("Participante 1;Participante 2;Correo\nAna Paz;Luis Gil;a@example.com", "Ana Paz"),
        ("Nombre del alumno;Nombre de la madre;Correo\nAna Paz;Rosa Gil;a@example.com", "Ana Paz"),
        ("Aluno;Responsável;E-mail\nAna Paz;Rosa Gil;a@example.com", "Ana Paz"),
    ],
)
def test_two_people_in_one_row_are_not_made_into_one_name(text: str, name: str) -> None:
    parsed = parse(text)
    assert (people(parsed), states(parsed)) == ([(name, "a@example.com")], [ASKED])


def test_a_whole_name_beside_its_first_part_is_not_doubled() -> None:
    assert people(parse("Nombre;Nombre completo;Correo\nAna;Ana Paz;a@example.com")) == [
        ("Ana Paz", "a@example.com")
    ]


@pytest.mark.parametrize("header", ["email,first,last", "Correo,Nombres,Apellidos", "E-mail,Nome,Sobrenome"])
def test_short_titles_of_the_parts_of_a_name(header: str) -> None:
    assert people(parse(f"{header}\na@example.com,Ana,Paz")) == [("Ana Paz", "a@example.com")]


def test_a_role_in_the_event_is_a_role() -> None:
    parsed = parse("Nombre,Correo,Rol en el evento\nAna Paz,a@example.com,Moderadora")
    assert [line.person.role for line in parsed.people if line.person] == ["host"]
