"""Exports and sheets of other systems, each read as its owner means it."""

import pytest

from app.list_parser import ColumnKind, FileError, LineKind, UnreadableFile
from tests.list_parser.reading import ASKED, fixture, left_out, only, people, questions, ready, states

ANA, BETO = ("Ana Ríos", "ana@example.com"), ("Beto Cruz", "beto@example.com")


def test_teams_attendance_gives_its_three_people() -> None:
    parsed = fixture("teams-attendance-es.csv")
    assert people(parsed) == [ANA, BETO, ("Carla Paz", None)]
    assert states(parsed) == [None, None, None]
    assert parsed.header_number == 10
    assert set(left_out(parsed)) == {*range(2, 8), 1, 9, *range(15, 21)}
    assert not parsed.is_certain


def test_footer_is_left_out_with_reasons() -> None:
    parsed = fixture("footer.csv")
    assert people(parsed) == [ANA, BETO]
    assert left_out(parsed) == {4: "total", 5: "total", 6: "signature", 7: "note"}


def test_quoted_rows_are_unwrapped() -> None:
    assert people(fixture("whole-row-quoted.csv")) == [ANA, BETO]


def test_vcards_give_their_people() -> None:
    assert people(fixture("list.vcf")) == [ANA, BETO]


def test_surname_columns_are_joined_after_the_first_names() -> None:
    assert people(fixture("1er-apellido.csv")) == [("Ana Ríos Peña", "ana@example.com")]
    assert [name for name, _ in people(fixture("apellido-1-2.csv"))] == [
        "Ana Ríos Peña",
        "José de la Cruz Gil",
    ]


def test_google_contacts_do_not_repeat_a_name_and_ask_for_the_email() -> None:
    parsed = fixture("google-contacts-old.csv")
    assert [name for name, _ in people(parsed)] == ["Ana Ríos", "Beto Cruz"]
    assert questions(parsed) == {"E-mail 1 - Value", "E-mail 2 - Value"}
    answered = fixture("google-contacts-old.csv", columns={6: ColumnKind.EMAIL})
    assert answered.people[0].choices == ("ana@example.com", "ana2@example.com")
    assert answered.people[1].problem is None


def test_a_yes_no_column_is_no_name() -> None:
    parsed = fixture("zoom-usage-unique.csv")
    assert people(parsed) == [("Ana Ríos (ITSE)", "ana@example.com"), ("Beto Cruz", None)]


def test_portuguese_titles_are_known() -> None:
    parsed = fixture("portugues.csv")
    assert people(parsed) == [("Ana Souza", "ana@example.com"), ("João da Silva", "joao@example.com")]
    assert [line.person.role for line in parsed.people if line.person] == ["host", "participant"]
    assert parsed.is_certain


@pytest.mark.parametrize(
    ("name", "asked", "guess"),
    [
        ("tito.csv", "Ticket Email", ["ana@example.com", "luis@example.com"]),
        ("secretaria.csv", "Correo", ["ana@example.com"]),
        ("personal-inst.csv", "Correo personal", ["ana.p@example.com", None]),
    ],
)
def test_several_address_columns_are_asked_about(name: str, asked: str, guess: list[str | None]) -> None:
    parsed = fixture(name)
    assert asked in questions(parsed)
    assert [email for _, email in people(parsed)] == guess
    assert set(states(parsed)) == {ASKED}
    assert not ready(parsed)


def test_tito_names_belong_to_the_ticket() -> None:
    assert [name for name, _ in people(fixture("tito.csv"))] == ["Ana Paz", "Luis Gil"]


def test_moodle_asks_once_per_unknown_role_word() -> None:
    parsed = fixture("moodle.csv")
    words = {word.word: word.count for word in parsed.unknown_roles}
    assert words == {"Profesor": 1, "Profesor sin permiso de edición": 1, "Sin roles": 1}
    roles = {"profesor": "host", "Profesor sin permiso de edición": "participant", "SIN ROLES": "participant"}
    answered = fixture("moodle.csv", roles=roles)
    assert [line.person.role for line in answered.people if line.person] == ["host", *["participant"] * 3]
    assert not answered.unknown_roles
    assert ready(answered) == ["Ana Ríos", "Beto Cruz", "Carla Paz", "Dino Gil"]


def test_ms_dos_letters_are_cured() -> None:
    parsed = fixture("msdos.csv")
    assert (only(parsed).person.name, parsed.encoding) == ("Ana Ríos Ñandú", "ibm850")  # type: ignore[union-attr]


def test_filtered_rows_are_left_out_and_can_be_included() -> None:
    parsed = fixture("hidden-rows-filter.xlsx")
    assert [name for name, _ in people(parsed)] == ["Ana Ríos", "Carla Paz"]
    assert left_out(parsed) == {3: "hidden_by_filter", 5: "hidden_by_filter"}
    included = fixture("hidden-rows-filter.xlsx", include=frozenset({3}))
    assert [name for name, _ in people(included)] == ["Ana Ríos", "Beto Cruz", "Carla Paz"]
    assert states(included) == [None, "status", None]


def test_a_hidden_column_is_not_used_unless_it_is_chosen() -> None:
    parsed = fixture("hidden-column.xlsx")
    assert people(parsed) == [ANA, BETO]
    assert [column.title for column in parsed.columns if column.is_hidden] == ["Correo anterior"]
    chosen = fixture("hidden-column.xlsx", columns={1: ColumnKind.EMAIL})
    assert people(chosen)[0] == ("Ana Ríos", "ana.vieja@example.com")


def test_the_sheet_that_looks_like_a_list_is_read() -> None:
    parsed = fixture("instructions-first.xlsx")
    assert (parsed.sheet, people(parsed)) == ("Datos", [ANA])
    assert [(sheet.name, sheet.is_chosen) for sheet in parsed.sheets] == [
        ("Instrucciones", False),
        ("Datos", True),
    ]
    other = fixture("instructions-first.xlsx", sheet="Instrucciones")
    assert other.sheet == "Instrucciones"
    assert not other.is_certain


def test_who_does_not_come_arrives_unticked() -> None:
    parsed = fixture("status-col.xlsx")
    assert [line.status for line in parsed.people] == [None, "Cancelado", "No asistirá", "Lista de espera"]
    assert ready(parsed) == ["Ana Ríos"]


def test_formulas_without_values_are_refused() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        fixture("formula-no-cache.xlsx")
    assert refusal.value.reason is FileError.NOT_CALCULATED


@pytest.mark.parametrize("name", ["tito.csv", "moodle.csv", "hidden-rows-filter.xlsx", "footer.csv"])
def test_reading_again_gives_the_same(name: str) -> None:
    assert fixture(name) == fixture(name)
    assert all(line.kind is not LineKind.LEFT_OUT or line.reason for line in fixture(name).lines)
