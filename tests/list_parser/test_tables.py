"""Tables of text: headers, columns in any order, quoted cells; and the preview's promises about lines."""

import pytest

from app.list_parser import (
    FileError,
    LineKind,
    LineProblem,
    ParsedLine,
    ParsedPerson,
    UnreadableFile,
    read_text,
)


def people(text: str) -> list[ParsedPerson]:
    return [line.person for line in read_text(text).people if line.person]


def kinds(text: str) -> list[str]:
    return [line.kind.value for line in read_text(text).lines]


FULL = ParsedPerson("Ana López", "a@example.org", "host", "E-1")


@pytest.mark.parametrize(
    "text",
    [
        "Nombre;Correo;Rol;ID externo\nAna López;a@example.org;Anfitriona;E-1",
        "CORREO ELECTRÓNICO,ROL,NOMBRE COMPLETO,CÓDIGO\na@example.org,host,Ana López,E-1",
        "Apellidos\tNombres\tE-mail\tTipo\tLegajo\nLópez\tAna\ta@example.org\tModeradora\tE-1",
        "first name,last name,email address,role,external_id\nAna,López,a@example.org,Host,E-1",
        "External ID | Full Name | Mail | Role\nE-1 | Ana López | a@example.org | organizer",
        "Nº;Apellido(s);Nombre(s);Dirección de correo electrónico;Empresa;Rol;Matrícula\n7;López;Ana;a@example.org;Acme;host;E-1",
        "Surname;Given name;E-mail (work);Preset name;Employee ID\nLópez;Ana;a@example.org;host;E-1",
        "Rol;Name (Original Name);User Email;Código\nAnfitrión;Ana López;a@example.org;E-1",
        '"Nombre";"Correo";"Rol";"ID externo"\n"Ana López";"a@example.org";"Anfitriona";"E-1"',
        "sep=;\nNombre;Correo;Rol;ID externo\nAna López;a@example.org;Anfitriona;E-1",
        "\nInvitados al seminario\n\nNombre;Correo;Rol;ID externo\nAna López;a@example.org;Anfitriona;E-1",
        "Nombre;Correo;Rol;ID externo\nAna López;Ana <a@example.org>;Anfitriona;E-1",
        "Nombre;Correo;Rol;ID externo\nAna López;mailto:a@example.org;Anfitriona;E-1;;",
    ],
)
def test_columns_in_any_order(text: str) -> None:
    assert people(text) == [FULL]
    assert kinds(text)[-2:] == ["header", "person"]


@pytest.mark.parametrize(
    "text",
    [
        "Correo;Nombre;Rol;ID externo\nAna López;a@example.org;Anfitriona;E-1",
        "Nombre;Correo;Notas;Rol;ID externo\nAna López;;a@example.org;Anfitriona;E-1",
    ],
)
def test_title_and_cells_that_disagree_are_asked_about(text: str) -> None:
    (_, line) = read_text(text).lines
    assert (line.person, line.problem) == (FULL, LineProblem.COLUMN_IN_QUESTION)


def test_parts_of_a_name_are_joined_in_their_order() -> None:
    header = "Apellido materno;Apellido paterno;Segundo nombre;Primer nombre;Correo"
    assert people(f"{header}\nRuiz;de la Cruz;María;Ana;\n;Gil;;Luis;") == [
        ParsedPerson("Ana María de la Cruz Ruiz", None, "participant"),
        ParsedPerson("Luis Gil", None, "participant"),
    ]


def test_an_export_of_contacts() -> None:
    header = "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value"
    assert people(f"{header}\nAna,,López,Acme,Work,a@example.org,") == [
        ParsedPerson("Ana López", "a@example.org", "participant")
    ]


def test_a_header_of_one_column() -> None:
    assert people("Correo\na@example.org\nb@example.org, Luis") == [
        ParsedPerson("A", "a@example.org", "participant"),
        ParsedPerson("Luis", "b@example.org", "participant"),
    ]
    assert people("Nombre\nLópez, Ana") == [ParsedPerson("López, Ana", None, "participant")]


def test_commas_within_names_below_a_header() -> None:
    rows = [
        "López, Ana,a@example.org",
        '"López, Ana",a@example.org',
        "López, Ana <a@example.org>",
    ]
    for row in rows:
        assert people(f"nombre,correo\n{row}") == [ParsedPerson("López, Ana", "a@example.org", "participant")]
        assert people(f"nombre,correo,rol\n{row}") == [
            ParsedPerson("López, Ana", "a@example.org", "participant")
        ]


def test_unknown_columns_stay_in_sight() -> None:
    (_, line) = read_text("Nombre\tEmpresa\tCorreo\nAna\tAcme, S.A.\ta@example.org").lines
    assert line == ParsedLine(
        2,
        "Ana · Acme, S.A. · a@example.org",
        LineKind.PERSON,
        ParsedPerson("Ana", "a@example.org", "participant"),
    )


def test_a_column_of_kinds_may_hold_anything_but_one_of_roles_may_not() -> None:
    assert read_text("Nombre;Tipo;Correo\nAna;VIP;a@example.org").lines[1].problem is None
    line = read_text("Nombre;Rol;Correo\nAna;VIP;a@example.org", default_role="host").lines[1]
    assert (line.problem, line.person) == (
        LineProblem.UNKNOWN_ROLE,
        ParsedPerson("Ana", "a@example.org", "host"),
    )


@pytest.mark.parametrize(
    ("row", "problem", "person"),
    [
        ("Ana;ana;;", LineProblem.BAD_EMAIL, ParsedPerson("Ana", "ana", "participant")),
        ("Ana;a@example.org b@example.org;;", LineProblem.SEVERAL_EMAILS, ParsedPerson("Ana", "a@example.org", "participant")),
        (";;;E-1", LineProblem.NO_NAME, ParsedPerson("", None, "participant", "E-1")),
        (f"Ana;;;{'1' * 121}", LineProblem.EXTERNAL_ID_TOO_LONG, ParsedPerson("Ana", None, "participant", "1" * 121)),
        (f"{'a' * 121};;;", LineProblem.NAME_TOO_LONG, ParsedPerson("a" * 121, None, "participant")),
        ("Ana;ana@gmial.com;;", LineProblem.MISTYPED_DOMAIN, ParsedPerson("Ana", "ana@gmial.com", "participant")),
    ],
)  # fmt: skip
def test_problems_of_rows(row: str, problem: LineProblem, person: ParsedPerson) -> None:
    line = read_text(f"Nombre;Correo;Rol;Código\n{row}").lines[1]
    assert (line.kind, line.problem, line.person) == (LineKind.PROBLEM, problem, person)


def test_quoted_cells_may_hold_separators_breaks_and_quotes() -> None:
    text = 'Nombre;Notas;Correo\n"López; ""Ana""\nMaría";"uno\n\ndos";a@example.org\nLuis;"";b@example.org\n'
    lines = read_text(text).lines
    assert [(line.number, line.person and line.person.name) for line in lines] == [
        (1, None),
        (2, 'López; "Ana" María'),
        (6, "Luis"),
    ]


def test_a_quotation_mark_that_nobody_closes_swallows_nothing() -> None:
    text = 'Nombre;Correo\n"Ana;a@example.org\nLuis;b@example.org\n"Eva";"c@example.org"\n'
    assert [person.email for person in people(text)] == ["a@example.org", "b@example.org", "c@example.org"]
    assert [person.email for person in people('"Ana a@example.org\nLuis "el Flaco" b@example.org')] == [
        "a@example.org",
        "b@example.org",
    ]


def test_a_second_header_holds_from_there_on() -> None:
    assert people("Nombre;Correo\nAna;a@example.org\nCorreo;Nombre\nb@example.org;Luis") == [
        ParsedPerson("Ana", "a@example.org", "participant"),
        ParsedPerson("Luis", "b@example.org", "participant"),
    ]


def test_rows_of_one_shape_are_one_person_each() -> None:
    text = "Ana López;Acme;a@example.org\nLuis Gil;Beta;\nEva Paz;Acme;c@example.org\n"
    assert [person.name for person in people(text)] == ["Ana López", "Luis Gil", "Eva Paz"]


def test_no_word_of_a_person_is_taken_for_a_header() -> None:
    assert kinds("Ana López, invitada\nNombre Apellido García") == ["person", "person"]
    assert kinds("Ana\nNombre\nMail") == ["person", "person", "person"]


def test_blank_lines_and_empty_rows() -> None:
    assert kinds("\n \t\n;;;\n\u200b\u00a0\nAna\n\n") == [
        "blank",
        "blank",
        "blank",
        "blank",
        "person",
        "blank",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\v", "\u2028"])
def test_every_kind_of_line_end(ending: str) -> None:
    assert [line.number for line in read_text(ending.join(["Ana", "", "Luis", ""])).lines] == [1, 2, 3]


def test_as_many_as_a_list_may_hold() -> None:
    assert len(read_text("Ana\n" * 1_000).people) == 1_000
    assert len(read_text("Ana\n" * 1_000 + "\n" * 9_000).people) == 1_000
    for text in ("Ana\n" * 1_001, "Ana <a@b.co>; " * 600 + "\n" + "- -\n" * 401, "a@b.co b@b.co " * 501):
        with pytest.raises(UnreadableFile) as refusal:
            read_text(text)
        assert refusal.value.reason is FileError.TOO_MANY_PEOPLE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n" * 5_000 + "Ana", FileError.TOO_FAR),
        ("a" * (1024 * 1024 + 1), FileError.TOO_LARGE),
        ("ñ" * (512 * 1024 + 1), FileError.TOO_LARGE),
    ],
)
def test_what_is_too_much(text: str, reason: FileError) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_text(text)
    assert refusal.value.reason is reason


@pytest.mark.parametrize("title", ["Anfitrión", "¿Es anfitrión?", "Host", "is_host"])
@pytest.mark.parametrize(("yes", "no"), [("sí", "no"), ("X", ""), ("TRUE", "FALSE"), ("1", "0")])
def test_a_column_may_say_of_each_whether_they_are_a_host(title: str, yes: str, no: str) -> None:
    reading = read_text(f"Nombre\tCorreo\t{title}\nAna\ta@example.org\t{yes}\nLuis\tl@example.org\t{no}\n")
    people = [line.person for line in reading.people]
    assert [(one.name, one.role) for one in people if one] == [("Ana", "host"), ("Luis", "participant")]
