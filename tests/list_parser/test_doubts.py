"""Addresses, letters, statuses, roles, phones and repeated people: what is asked, cured, or arrives unticked."""

import pytest

from app.list_parser import LineProblem, find_doubts, read_file
from tests.list_parser.reading import only, parse, people, ready, states


@pytest.mark.parametrize(
    ("email", "suggestion"),
    [
        ("maría@example.com", "maria@example.com"),
        ("ñandu@example.com", "nandu@example.com"),
        ("Ríos-ana@example.com", "ana@example.com"),
        ("Rios-ana@example.com", "ana@example.com"),
        ("-ana@example.com", "ana@example.com"),
        ("--ana@example.com", "ana@example.com"),
        ("аna@example.com", None),
        ("ana!rios@example.com", None),
        ("ana@exаmple.com", None),
        ("ana@hotmial.com", "ana@hotmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana＠example.com", "ana@example.com"),
        ("ana@example", None),
        ("ana@@example.com", "ana@example.com"),
    ],
)
def test_every_road_asks_the_same_about_an_address(email: str, suggestion: str | None) -> None:
    (doubt,) = find_doubts("Ana Ríos", email)
    line = only(parse(f"Nombre;Correo\nAna Ríos;{email}"))
    assert (line.problem, line.suggestion) == (doubt.problem, doubt.suggestion)
    assert doubt.suggestion == suggestion


@pytest.mark.parametrize(
    "email", ["ana@example.com", "ana-maria@example.com", "a.b+c@example.com", "o'hara@example.com", None]
)
def test_sound_people_raise_no_doubt(email: str | None) -> None:
    assert find_doubts("Ana Ríos", email) == ()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", LineProblem.NO_NAME),
        ("Jos? P?rez", LineProblem.ODD_CHARACTERS),
        ("MarÃ­a", LineProblem.ODD_CHARACTERS),
        ("R¡os", LineProblem.ODD_CHARACTERS),
        ("ana arroba gmail.com", LineProblem.BAD_EMAIL),
        ("https://example.com", LineProblem.NOT_A_PERSON),
        ("a" * 121, LineProblem.NAME_TOO_LONG),
    ],
)
def test_doubts_about_a_name(name: str, problem: LineProblem) -> None:
    assert find_doubts(name, None)[0].problem is problem


@pytest.mark.parametrize(
    "name",
    [
        "O’Farrill",
        "D’Angelo",
        "Mª Ángeles",
        "Gal·la",
        "Núñez-Peña",
        "¿?",
        "Ana «Pepa» Gil",
        "Łukasz",
        "Žarko",
    ],
)
def test_letters_that_names_have(name: str) -> None:
    assert LineProblem.ODD_CHARACTERS not in [doubt.problem for doubt in find_doubts(name, "a@example.com")]


NAMES = ["Ana Ríos", "María Núñez", "José Güell", "Íñigo Peña", "Ángela Öz"]


@pytest.mark.parametrize(
    ("codec", "encoding"), [("cp850", "ibm850"), ("mac_roman", "mac-roman"), ("cp1252", "windows-1252")]
)
@pytest.mark.parametrize("name", NAMES)
def test_encodings_are_cured_where_certain(codec: str, encoding: str, name: str) -> None:
    data = f"Nombre;Correo\n{name};ana@example.com\nJosé Peñón;j@example.com".encode(codec)
    parsed = read_file(data, "lista.csv")
    assert (people(parsed)[0][0], parsed.encoding) == (name, encoding)


def test_utf_8_encoded_twice_is_cured() -> None:
    data = "Nombre;Correo\nMaría Núñez;m@example.com".encode().decode("cp1252", "replace").encode()
    parsed = read_file(data, "lista.csv")
    assert (people(parsed)[0][0], parsed.encoding) == ("María Núñez", "utf-8-twice")


@pytest.mark.parametrize(
    ("typed", "name", "cure"),
    [
        ("MarÃ­a LÃ³pez", "María López", "utf-8-twice"),
        ("R¡os ¥and£", "Ríos Ñandú", "ibm850"),
        ("Jos? P?rez", None, None),
    ],
)
def test_pasted_letters_are_asked_about_with_their_cure(
    typed: str, name: str | None, cure: str | None
) -> None:
    parsed = parse(f"{typed};a@example.com")
    line = only(parsed)
    assert (line.problem, line.name_suggestion, parsed.encoding_cure) == (
        LineProblem.ODD_CHARACTERS,
        name,
        cure,
    )
    if cure:
        assert people(parse(f"{typed};a@example.com", encoding=cure)) == [(name, "a@example.com")]


@pytest.mark.parametrize(
    "typed",
    [
        "Mar&iacute;a R&#237;os",
        "=?UTF-8?Q?Mar=C3=ADa_R=C3=ADos?=",
        "=?utf-8?B?TWFyw61hIFLDrW9z?=",
        "Mar%C3%ADa R%C3%ADos",
    ],
)
def test_markup_is_decoded_and_the_source_is_shown(typed: str) -> None:
    line = only(parse(f"{typed} <m@example.com>"))
    assert line.person is not None
    assert (line.person.name, line.text) == ("María Ríos", f"{typed} <m@example.com>")


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Estado", "Cancelado"),
        ("Approval Status", "declined"),
        ("Approval Status", "pending approval"),
        ("approval_status", "waitlist"),
        ("OptOut", "true"),
        ("Asistirá", "No"),
        ("¿Confirma su asistencia?", "No puedo asistir"),
        ("Respuesta", "Rechazado"),
        ("RSVP", "not going"),
        ("Situação", "Cancelada"),
        ("Cualquier título", "Lista de espera"),
        ("Baja", "Sí"),
    ],
)
def test_statuses_that_say_no(title: str, word: str) -> None:
    parsed = parse(f"Nombre;Correo;{title}\nAna Paz;a@example.com;\nEva Gil;e@example.com;{word}")
    assert states(parsed) == [None, "status"]
    assert parsed.people[1].status == word


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Estado", "Confirmado"),
        ("Asistirá", "Sí"),
        ("OptOut", "false"),
        ("approval_status", "approved"),
        ("Ciudad", "Panamá"),
        ("Estado", "Pagado"),
    ],
)
def test_statuses_that_say_yes(title: str, word: str) -> None:
    assert states(parse(f"Nombre;Correo;{title}\nAna Paz;a@example.com;{word}")) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ríos\nAna Ríos\nana rios", [None, "same_name", "same_name"]),
        ("Ana Ríos\nRíos, Ana", [None, "same_name"]),
        ("Ana <a@example.com>\nAna <b@example.com>", [None, None]),
        ("Ana <a@example.com>\nEva <A@example.com>", [None, "same_email"]),
        ("Ana Ríos <a@example.com>\nana rios", [None, "same_name"]),
        ("Nombre;Código\nAna Ríos;1\nEva Paz;1", [None, "same_external_id"]),
        ("Nombre;Código\nAna Ríos;1\nAna Ríos;2", [None, None]),
        ("Nombre;Código;Correo\nAna;1;a@example.com\nEva;1;e@example.com", [None, None]),
    ],
)
def test_the_same_person_twice(text: str, expected: list[str | None]) -> None:
    parsed = parse(text)
    assert states(parsed) == expected
    assert all((line.same_as is not None) == bool(line.unticked) for line in parsed.people)


@pytest.mark.parametrize(
    ("text", "name", "phone"),
    [
        ("+507 6000-0001 - Beto Cruz", "Beto Cruz", "+50760000001"),
        ("6000-0001 Beto Cruz", "Beto Cruz", "+50760000001"),
        ("Beto Cruz 6000-0001", "Beto Cruz", "+50760000001"),
        ("Beto Cruz · 6000-0001", "Beto Cruz", "+50760000001"),
        ("Beto Cruz, cel. 6000-0001", "Beto Cruz", "+50760000001"),
        ("Beto Cruz (+34 600 000 001)", "Beto Cruz", "+34600000001"),
        ("1. Beto Cruz +507 6000 0001", "Beto Cruz", "+50760000001"),
        ("8-123-456 Ana Ríos", "Ana Ríos", None),
        ("10:05 Ana Ríos", "Ana Ríos", None),
        ("1/11/2026 Ana Ríos", "Ana Ríos", None),
        ("3M Panamá", "3M Panamá", None),
    ],
)
def test_numbers_beside_a_name(text: str, name: str, phone: str | None) -> None:
    line = only(parse(text))
    assert line.person is not None
    assert (line.person.name, line.person.phone, line.problem) == (name, phone, None)
    if phone is None and name.startswith("Ana"):
        assert line.removed == (text.removesuffix(f" {name}"),)


def test_a_phone_column_is_the_persons_phone() -> None:
    line = only(parse("Nombre;Teléfono;Correo\nAna;6000-0000;a@example.com"))
    assert line.person is not None
    assert (line.person.phone, line.person.phone_typed) == ("+50760000000", "6000-0000")


def test_unknown_role_words_are_counted_once_each() -> None:
    parsed = parse(
        "Nombre;Rol;Correo\nAna;Docente;a@example.com\nEva;docente;e@example.com\nLuis;VIP;l@example.com\nIvo;Host;i@example.com"
    )
    assert [(word.word, word.count) for word in parsed.unknown_roles] == [("Docente", 2), ("VIP", 1)]
    assert ready(parsed) == ["Ivo"]
