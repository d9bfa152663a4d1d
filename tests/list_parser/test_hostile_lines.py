"""Pasted text that tries to fool the reader: relatives, chats, cards, numbers, doubles, addresses, letters."""

import pytest

from app.list_parser import LineProblem, read_file
from tests.list_parser.reading import left_out, only, outcomes, parse, people, ready, states

TWO = [("Ana Ríos", "ana@example.com", "ready"), ("Beto Cruz", "beto@example.com", "ready")]
LINES = "Ana Ríos <ana@example.com>\nBeto Cruz <beto@example.com>"
ROWS = "Ana Ríos;ana@example.com\nBeto Cruz;beto@example.com"


@pytest.mark.parametrize(
    "line",
    [
        "Ana Paz (mamá: rosa@example.com)",
        "Ana Paz, contactar por rosa@example.com",
        "Ana Paz - correo de la secretaria: rosa@example.com",
        "Ana Paz c/o rosa@example.com",
        "Ana Paz, jefe: rosa@example.com",
        "Ana Paz (guardian) rosa@example.com",
    ],
)
def test_b_an_address_beside_a_relative_is_asked_about(line: str) -> None:
    assert only(parse(line)).problem is LineProblem.OTHERS_EMAIL


def test_b_a_position_beside_an_address_is_no_relative() -> None:
    assert outcomes(parse("Ana Ríos, Secretaria, ana@example.com")) == [TWO[0]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("¡Hola Marta! ¿Cómo estás?\nTe mando los que faltan", "Un abrazo\nRosa"),
        ("El lun, 2 nov 2026, Rosa Gil (<rosa@example.com>) escribió:", "Enviado desde mi iPhone"),
        ("---------- Forwarded message ---------\nDe: Rosa <rosa@example.com>\nTo: Eva <eva@example.com>", "Total de invitados: 2"),
        ("==========", "----------\n* * *"),
        ("Buenas, adjunto listado:", "Quedo atenta a sus comentarios.\nLic. Rosa Gil\nTel. 6000-0000\nrosa@example.com"),
        ("[10:05, 1/11/2026] Rosa Gil: Hola, esta es la lista", "Fecha límite: 3 de noviembre"),
    ],
)  # fmt: skip
def test_d_what_stands_around_a_list_is_nobody(before: str, after: str) -> None:
    parsed = parse(f"{before}\n{LINES}\n{after}")
    numbers = {line.number for line in parsed.lines}
    assert numbers == set(range(1, len(f"{before}\n{LINES}\n{after}".split("\n")) + 1))
    assert [outcome for outcome in outcomes(parsed) if outcome[2] == "ready"] == TWO


@pytest.mark.parametrize(
    "tail",
    [
        "Revisado por: Marta Paz;",
        "Hombres: 1;",
        "-----;-----",
        "Contacto: x@example.com;",
        "Desviación estándar;",
    ],
)
def test_d_no_line_below_a_table_is_ready(tail: str) -> None:
    assert ready(parse(f"Nombre;Correo\n{ROWS}\n{tail}")) == ["Ana Ríos", "Beto Cruz"]


@pytest.mark.parametrize(
    "stamp", ["[10:05, 1/11/2026]", "1/11/2026, 10:05 -", "[1/11/26, 10:05:00]", "10:05"]
)
def test_d_who_wrote_a_chat_is_no_part_of_a_name(stamp: str) -> None:
    parsed = parse(f"{stamp} Rosa Gil: Ana Ríos ana@example.com\n{stamp} Beto Cruz: beto@example.com")
    assert outcomes(parsed) == TWO


@pytest.mark.parametrize(
    "line", ["Rosa Gil: Ana Ríos", "Docente: Luis Gil <l@example.com>", "Mesa 4: Ana Ríos"]
)
def test_d_a_name_after_another_word_and_a_colon_is_asked_about(line: str) -> None:
    assert only(parse(line)).problem is LineProblem.NOT_A_PERSON


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEMAIL:{}\n{}END:VCARD\n"
AGENT = "AGENT:\nBEGIN:VCARD\nFN:Rosa\nEMAIL:rosa@example.com\nEND:VCARD\n"


def test_d_vcards_below_a_greeting_and_beside_text_are_read() -> None:
    cards = [CARD.format(name, email, "") for name, email, _ in TWO]
    parsed = parse(f"Hola, te paso los contactos\n{''.join(cards)}Eva Paz <eva@example.com>")
    assert (outcomes(parsed), set(left_out(parsed))) == (TWO, {1, 12})
    included = parse(f"Hola\n{cards[0]}Eva Paz <eva@example.com>", include=frozenset({7}))
    assert people(included)[1] == ("Eva Paz", "eva@example.com")


def test_d_the_secretary_within_a_vcard_is_not_invited() -> None:
    assert outcomes(parse(CARD.format("Ana Ríos", "ana@example.com", AGENT))) == TWO[:1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dra. Ana Ríos", "Ana Ríos"),
        ("Ana-María Ríos", "Ana María Ríos"),
        ("O’Hara", "O'Hara"),
        ("Ana Ríos (host)", "RIOS ANA"),
        ("Ríos, Ana", "Ing. Ana Ríos"),
    ],
)
def test_e_two_spellings_of_a_name_are_one_person(one: str, other: str) -> None:
    assert states(parse(f"{one}\n{other}")) == [None, "same_name"]


@pytest.mark.parametrize(
    ("email", "suggestion"),
    [
        ("ana@example.c", None),
        (f"{'a' * 65}@example.com", None),
        ("1.ana@example.com", "ana@example.com"),
        ("www.ana@example.com", "ana@example.com"),
        ("ana(at)example.com", "ana@example.com"),
        ("ana[arroba]example[punto]com", "ana@example.com"),
    ],
)
def test_g_odd_addresses_are_asked_about(email: str, suggestion: str | None) -> None:
    line = only(parse(f"Nombre;Correo\nAna Ríos;{email}"))
    assert line.problem
    assert line.suggestion == suggestion


@pytest.mark.parametrize("codec", ["cp850", "mac_roman", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_h_utf_8_that_was_read_otherwise_is_cured(codec: str, times: int) -> None:
    text = "Nombre;Correo\nMaría Núñez;m@example.com\nJosé Peña;j@example.com"
    for _ in range(times):
        text = text.encode().decode(codec)
    parsed = read_file(text.encode(), "lista.csv")
    assert ([name for name, _ in people(parsed)], parsed.encoding) == (
        ["María Núñez", "José Peña"],
        "utf-8-twice",
    )


def test_h_lines_of_two_encodings_are_read_each_in_its_own() -> None:
    data = "Nombre;Correo\nMaría;m@example.com\n".encode() + "José;j@example.com".encode("cp1252")
    assert [name for name, _ in people(read_file(data, "lista.csv"))] == ["María", "José"]


@pytest.mark.parametrize(
    ("typed", "name", "cure"),
    [
        ("MarÌa N˙Òez", "María Núñez", "windows-1252"),
        ("MarÝa N·±ez", "María Núñez", "windows-1252"),
        ("Mar├¡a N├║├▒ez", "María Núñez", "utf-8-twice"),
        ("Mar√≠a", "María", "utf-8-twice"),
        ("MarÃ\xada Peña", "María Peña", "utf-8-twice"),
        ("JosŽ", "José", "mac-roman"),
        ("Mari´a", "María", None),
        ("Pen~a", "Peña", None),
        *((typed, None, None) for typed in ("Jos?", "?ngela Paz", "I??iguez", "Mar_a", "Pe#a", "Mar□a", "Mar%EDa")),
        *((typed, None, None) for typed in ("Jos=E9", "Mar+AO0-a", "MarÃa", "Ìàðèÿ")),
    ],
)  # fmt: skip
def test_h_damaged_letters_are_asked_about_with_their_cure(
    typed: str, name: str | None, cure: str | None
) -> None:
    parsed = parse(f"{typed};a@example.com")
    line = only(parsed)
    assert line.problem is LineProblem.ODD_CHARACTERS
    assert (line.name_suggestion, parsed.encoding_cure) == (name, cure)
    if cure:
        assert people(parse(f"{typed};a@example.com", encoding=cure)) == [(name, "a@example.com")]


def test_h_the_cure_of_some_is_offered_beside_what_is_lost() -> None:
    parsed = parse(
        "Nombre;Correo\nMarÃ­a N??ez;m@example.com\nJosÃ© PeÃ±a;j@example.com\nEva Ñandú;e@example.com"
    )
    assert parsed.encoding_cure == "utf-8-twice"
    assert states(parsed) == ["odd_characters", "odd_characters", None]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mar&amp;iacute;a &lt;a@example.com&gt;", "María"),
        ("&quot;Jos&eacute&quot; &lt;a@example.com&gt;", "José"),
        ("Pe&ntildea;a@example.com", "Peña"),
        ("Mar%C3%ADa%20Paz <a@example.com>", "María Paz"),
        ("Mar=C3=ADa;a@example.com", "María"),
        ("Mar\\u00eda;a@example.com", "María"),
        ("=?UTF-8?Q?Pe=C3=B1a;_Ana?= <a@example.com>", "Peña; Ana"),
        ("Ana;a&#64;example.com", "Ana"),
        ("Ana;a%40example.com", "Ana"),
    ],
)
def test_h_escaped_letters_are_decoded(typed: str, name: str) -> None:
    assert outcomes(parse(typed)) == [(name, "a@example.com", "ready")]


@pytest.mark.parametrize(
    "line",
    [
        "Luis <l@example.com> (cancelado)",
        "Luis <l@example.com> - NO VIENE",
        "Luis - no asistirá - l@example.com",
        "CANCELADO: Luis <l@example.com>",
        "~~Luis~~ <l@example.com>",
        "Ana <a@example.com>; Luis <l@example.com> (canceló)",
    ],
)
def test_i_who_does_not_come_by_the_line_is_not_ready(line: str) -> None:
    assert "Luis" not in ready(parse(line))


@pytest.mark.parametrize(
    ("line", "phone", "removed"),
    [
        ("WhatsApp +507 6000 0000 Ana Ríos", "+50760000000", ()),
        ("☎ 6000-0000 Ana Ríos", "+50760000000", ()),
        ("+507 6000‑0000 Ana Ríos", "+50760000000", ()),
        ("Ana Ríos (8-123-456)", None, ("8-123-456",)),
        ("20261101 Ana Ríos", None, ("20261101",)),
        ("V-12345678 Ana Ríos", None, ("V-12345678",)),
        ("DNI 12345678 Ana Ríos", None, ("DNI 12345678",)),
        ("9h30 Ana Ríos", None, ("9h30",)),
        ("#12 Ana Ríos", None, ("#12",)),
    ],
)  # fmt: skip
def test_n_numbers_are_no_part_of_a_name(line: str, phone: str | None, removed: tuple[str, ...]) -> None:
    found = only(parse(line))
    assert found.person is not None
    assert (found.person.name, found.person.phone, found.removed) == ("Ana Ríos", phone, removed)


@pytest.mark.parametrize(
    "line", ["Ana Tel: 6000-0000 / 6000-0001", "Ana 6000-0000 (casa)", "Ana 6000-0000 Beto 6000-0001"]
)
def test_n_a_number_that_stays_in_a_name_is_asked_about(line: str) -> None:
    assert only(parse(line)).problem is LineProblem.NOT_A_PERSON
