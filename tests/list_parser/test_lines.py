"""Lines as people paste them, each by itself: who stands on it."""

import pytest

from app.list_parser import LineKind, LineProblem, ParsedLine, ParsedPerson, read_text


def only(text: str) -> ParsedLine:
    (line,) = read_text(text).lines
    return line


def understood(text: str) -> list[tuple[str, str | None]]:
    lines = read_text(text).lines
    assert all(line.kind is LineKind.PERSON for line in lines)
    return [(line.person.name, line.person.email) for line in lines if line.person]


ANA = ("Ana López", "ana@example.org")
ONE = [
    "Ana López <ana@example.org>",
    '"Ana López" <ana@example.org>',
    "'Ana López' <ana@example.org>",
    "“Ana López” <ana@example.org>",
    "«Ana López» ana@example.org",
    "Ana López <ana@example.org>,",
    "Ana López < ana@example.org >;",
    "Ana López <mailto:ana@example.org>",
    "Ana López <ana@example.org><mailto:ana@example.org>",
    "Ana López <mailto:ana@example.org?subject=Hola%20Ana&cc=x>",
    "Ana López [mailto:ana@example.org]",
    "[Ana López](mailto:ana@example.org)",
    "Ana López (ana@example.org)",
    "Ana López [ana@example.org]",
    "Ana López ana@example.org",
    "Ana López mailto:ana@example.org",
    "Ana López - ana@example.org",
    "Ana López – ana@example.org",
    "Ana López: ana@example.org",
    "Ana López, correo: ana@example.org",
    "Nombre: Ana López, e-mail: ana@example.org",
    "Ana López;ana@example.org",
    "Ana López,ana@example.org",
    "Ana López, ana@example.org.",
    "Ana López\tana@example.org",
    "Ana López | ana@example.org",
    "| Ana López | ana@example.org |",
    "ana@example.org,Ana López",
    "ana@example.org;Ana López",
    "ana@example.org\tAna López",
    "ana@example.org Ana López",
    "ana@example.org <ana@example.org> Ana López",
    '"Ana López";"ana@example.org"',
    '"Ana López","ana@example.org"',
    '"Ana López <ana@example.org>"',
    "Ana;López;ana@example.org",
    "Ana,López,ana@example.org",
    "Ana\tLópez\tana@example.org\t",
    "1\tAna López\tana@example.org",
    "Ana López\tAcme\tana@example.org",
    "Ana López;ana@example.org;6612-3456",
    "Ana López <ana@example.org> (Acme)",
    "• Ana López <ana@example.org>",
    "•Ana López <ana@example.org>",
    "- Ana López <ana@example.org>",
    "-Ana López <ana@example.org>",
    "* Ana López <ana@example.org>",
    "– Ana López, ana@example.org",
    "1. Ana López ana@example.org",
    "1.Ana López ana@example.org",
    "1) Ana López ana@example.org",
    "1.- Ana López ana@example.org",
    "12 - Ana López ana@example.org",
    "(3) Ana López ana@example.org",
    "a) Ana López ana@example.org",
    "[ ] Ana López ana@example.org",
    "☐ Ana López ana@example.org",
    "1\ufe0f\u20e3 Ana López ana@example.org",
    "Ana López 6612-3456 ana@example.org",
    "Ana López (+507) 6612 3456, ana@example.org",
    "Ana López, +507 6612-3456 <ana@example.org>",
    "Para: Ana López <ana@example.org>",
    "CC: Ana López <ana@example.org>;",
    "\ufeffAna\u00a0López\u200b <ana@example.org>\u202c",
    "Ana\u202e Lo\u0301pez\x00 <\u2066ana@example.org>",
    "  Ana   López  <ana@example.org>  ",
]


@pytest.mark.parametrize("text", ONE)
def test_one_person(text: str) -> None:
    assert understood(text) == [ANA]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"López, Ana" <a@example.org>', "López, Ana"),
        ("López, Ana <a@example.org>", "López, Ana"),
        ("López, Ana, a@example.org", "López, Ana"),
        ("DE LA CRUZ Y ÑANDÚ, ana maría <a@example.org>", "DE LA CRUZ Y ÑANDÚ, ana maría"),
        ("María José de los Ángeles Núñez-Peña;a@example.org", "María José de los Ángeles Núñez-Peña"),
        ("Mª Ángeles O'Farrill i Güell <a@example.org>", "Mª Ángeles O'Farrill i Güell"),
        ("McDONALD von der Leyen, a@example.org", "McDONALD von der Leyen"),
        ("3M Panamá <a@example.org>", "3M Panamá"),
        ("2Pac <a@example.org>", "2Pac"),
        ("Promoción 2026 <a@example.org>", "Promoción 2026"),
        ("Radio 88.9, a@example.org", "Radio 88.9"),
        ("24-7 Seguros <a@example.org>", "24-7 Seguros"),
        ("A. García <a@example.org>", "A. García"),
        ("Pérez & Asociados, S.A. <a@example.org>", "Pérez & Asociados, S.A."),
        ("Pérez & Asociados, S.A.; a@example.org", "Pérez & Asociados, S.A."),
        ("Acme, Inc., a@example.org", "Acme, Inc."),
        ("Ana López | Acme <a@example.org>", "Ana López | Acme"),
        ("Ana López (Acme) <a@example.org>", "Ana López (Acme)"),
        ('Luis "el Flaco" Gil <a@example.org>', 'Luis "el Flaco" Gil'),
        ('"Luis" Gil "el Flaco" <a@example.org>', '"Luis" Gil "el Flaco"'),
        ('"Luis ""el Flaco"" Gil" <a@example.org>', 'Luis "el Flaco" Gil'),
        ('"Luis ""el Flaco"", Gil";a@example.org', 'Luis "el Flaco", Gil'),
        ("👩‍💻 Ana 🇵🇦 <a@example.org>", "👩‍💻 Ana 🇵🇦"),
        ("山田　太郎 <a@example.org>", "山田 太郎"),
        ("محمد علی <a@example.org>", "محمد علی"),
        ("Ana <sin apellido> a@example.org", "Ana <sin apellido>"),
        ("Jose\u0301 <a@example.org>", "José"),
    ],
)
def test_names_stay_as_typed(text: str, name: str) -> None:
    assert understood(text) == [(name, "a@example.org")]


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ana.maria_lopez@example.org", "Ana Maria Lopez"),
        ("<ana-lopez85@example.org>", "Ana Lopez"),
        ("mailto:ANA.LOPEZ@example.org", "ANA.LOPEZ@example.org"),
        ("ana+curso@example.org", "Ana"),
        ("ana@example.org <ana@example.org>", "Ana"),
        ("'ana@example.org' <ana@example.org>", "Ana"),
        ("12345@example.org", "12345"),
        ("ñandú@example.org", "Ñandú"),
    ],
)
def test_a_name_is_proposed(email: str, name: str) -> None:
    person = only(email).person
    assert person
    assert person.name == ("Ana Lopez" if "@" in name else name)


@pytest.mark.parametrize("text", ["Ana López", "3. Ana López", "• «Ana López»", "Ana López;", "Ana\tLópez"])
def test_a_name_alone_is_a_guest_without_an_address(text: str) -> None:
    assert only(text).person == ParsedPerson("Ana López", None, "participant", None)


A, B, C = ("Ana Gil", "a@example.org"), ("Gil, Luis", "b@example.org"), ("C", "c@example.org")
MANY = [
    ("Ana Gil <a@example.org>; Gil, Luis <b@example.org>", [A, B]),
    ("Ana Gil <a@example.org>; Gil, Luis <b@example.org>; c@example.org;", [A, B, C]),
    ("Ana Gil <a@example.org>, Gil, Luis <b@example.org>, c@example.org", [A, B, C]),
    ("c@example.org, Ana Gil <a@example.org>, Gil, Luis <b@example.org>", [C, A, B]),
    ('Ana Gil <a@example.org> "Gil, Luis" <b@example.org>', [A, B]),
    ("Ana Gil <a@example.org> (Acme), Gil, Luis <b@example.org>", [A, B]),
    ("Para: Ana Gil <a@example.org>; c@example.org", [A, C]),
    ("Ana Gil, a@example.org; c@example.org", [A, C]),
    ("Ana Gil; a@example.org; Luis; b@example.org", [A, ("Luis", "b@example.org")]),
    ("a@example.org; Ana Gil; b@example.org; Luis", [A, ("Luis", "b@example.org")]),
    ("Ana Gil a@example.org Luis b@example.org", [A, ("Luis", "b@example.org")]),
    ("a@example.org Ana Gil b@example.org Luis", [A, ("Luis", "b@example.org")]),
    ("Ana Gil,a@example.org,Luis,b@example.org", [A, ("Luis", "b@example.org")]),
    ("a@example.org b@example.org  c@example.org", [("A", A[1]), ("B", B[1]), C]),
    ("a@example.org,b@example.org;c@example.org", [("A", A[1]), ("B", B[1]), C]),
    ("a@example.org\tb@example.org", [("A", A[1]), ("B", B[1])]),
    ("<a@example.org>,<b@example.org>", [("A", A[1]), ("B", B[1])]),
    ("Ana Gil <a@example.org>; Luis Gil; Gil, Luis <b@example.org>", [A, ("Luis Gil", None), B]),
    ("Ana Gil <a@example.org>, Luis Gil", [A, ("Luis Gil", None)]),
    ("Ana Gil; Luis Gil; Eva", [("Ana Gil", None), ("Luis Gil", None), ("Eva", None)]),
    ("Ana Gil, Luis Gil, Eva Paz", [("Ana Gil", None), ("Luis Gil", None), ("Eva Paz", None)]),
    ("a@example.org, a@example.org", [("A", A[1])]),
]


@pytest.mark.parametrize(("text", "people"), MANY)
def test_many_on_one_line(text: str, people: list[tuple[str, str | None]]) -> None:
    assert understood(text) == people
    assert {line.number for line in read_text(text).lines} == {1}


def test_each_of_many_has_its_part_of_the_line() -> None:
    lines = read_text("\nGil, Ana <a@example.org>; Luis <b@example.org>\n").lines
    assert [(line.number, line.text) for line in lines] == [
        (1, ""),
        (2, "Gil, Ana <a@example.org>;"),
        (2, "Luis <b@example.org>"),
    ]


def test_a_single_comma_without_an_address_is_of_the_name() -> None:
    assert understood("López, Ana") == [("López, Ana", None)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ana;a@example.org;Anfitriona", "host"),
        ("Ana;a@example.org;HOST", "host"),
        ("Ana, a@example.org, moderador(a)", "host"),
        ("Ana\tOrganizador\ta@example.org", "host"),
        ("Ana <a@example.org>, host", "host"),
        ("Ana <a@example.org>; Presentadora", "host"),
        ("Ana (anfitriona) <a@example.org>", "host"),
        ("Ana <a@example.org> (host)", "host"),
        ("Anfitrión: Ana <a@example.org>", "host"),
        ("Ana, a@example.org, invitada", "participant"),
        ("Ana, a@example.org, Ponente", "participant"),
        ("Ana;a@example.org;", "participant"),
    ],
)
def test_roles_in_words(text: str, role: str) -> None:
    line = only(text)
    assert line.person == ParsedPerson("Ana", "a@example.org", role)
    other = "host" if role == "participant" and text.endswith(";") else role
    assert read_text(text, default_role=other).lines[0].person == ParsedPerson("Ana", "a@example.org", other)


def test_a_label_alone_holds_for_what_stands_below() -> None:
    lines = read_text("Anfitriones:\nAna Gil\n\nINVITADOS\nLuis\nMaría\n").lines
    assert [line.kind.value for line in lines] == ["header", "person", "blank", "header", "person", "person"]
    assert [line.person.role for line in lines if line.person] == ["host", "participant", "participant"]


PROBLEMS = [
    ("ana@gmail", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("Ana <ana@gmail,com>", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("Ana <ana.example.com>", LineProblem.BAD_EMAIL, None),
    ("Ana <ana>", LineProblem.BAD_EMAIL, None),
    ("Ana, ana@gmail,com", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("ana@@example.org", LineProblem.BAD_EMAIL, "ana@example.org"),
    ("ana@example..org", LineProblem.BAD_EMAIL, "ana@example.org"),
    ("Ana López ana @gmail.com", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("ana @ gmail.com", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("ana arroba gmail punto com", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("ana(at)example.org", LineProblem.BAD_EMAIL, "ana@example.org"),
    ("ana.gmail.com", LineProblem.BAD_EMAIL, "ana@gmail.com"),
    ("@ana", LineProblem.BAD_EMAIL, None),
    ("Ana <ana@>", LineProblem.BAD_EMAIL, None),
    (f"Ana <{'a' * 250}@example.org>", LineProblem.BAD_EMAIL, None),
    ("Ana López, a@example.org, b@example.org", LineProblem.SEVERAL_EMAILS, None),
    ("Ana López\ta@example.org\tb@example.org", LineProblem.SEVERAL_EMAILS, None),
    ("-----", LineProblem.NOT_A_PERSON, None),
    ("12345", LineProblem.NOT_A_PERSON, None),
    ("https://example.org/m/1", LineProblem.NOT_A_PERSON, None),
    ("#N/A", LineProblem.NOT_A_PERSON, None),
    ("Mar\ufffda <m@example.org>", LineProblem.ODD_CHARACTERS, None),
    ("MarÃ­a LÃ³pez <m@example.org>", LineProblem.ODD_CHARACTERS, None),
    (f"{'Ana ' * 31}<m@example.org>", LineProblem.NAME_TOO_LONG, None),
    ("Ana <ana@gmial.com>", LineProblem.MISTYPED_DOMAIN, "ana@gmail.com"),
]


@pytest.mark.parametrize(("text", "problem", "suggestion"), PROBLEMS)
def test_problems(text: str, problem: LineProblem, suggestion: str | None) -> None:
    line = only(text)
    assert (line.kind, line.problem, line.suggestion) == (LineKind.PROBLEM, problem, suggestion)
    assert line.person


def test_a_problem_keeps_what_was_understood() -> None:
    assert only("Ana López;ana@gmail,com;host").person == ParsedPerson("Ana López", "ana@gmail,com", "host")
    assert only("Ana López, a@example.org, b@example.org").person == ParsedPerson(
        "Ana López", "a@example.org", "participant"
    )
    assert only("ana arroba gmail.com").person == ParsedPerson("Ana", "ana arroba gmail.com", "participant")
    assert not read_text("").lines
