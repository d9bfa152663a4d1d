"""Tables of people: accents, separators, and that no cell runs as a formula."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.delivery.tables import write_csv, write_xlsx

HEADER = ["Nombre", "Correo", "Enlace"]
ROWS = [
    ["Ana Ñandú; Díaz", "ana@example.org", "https://meet.zelta.example/m/1?p=2"],
    ["Luis, Pérez", "", ""],
    ['Rita "La" Paz\nsegunda', "", "x"],
]
FORMULAS = ["=1+1", "+50766123344", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x";"y")', "＝1+1"]


def read_csv(data: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(("language", "delimiter"), [("es", ";"), ("en", ",")])
def test_csv_has_the_separator_of_its_language(language: str, delimiter: str) -> None:
    data = write_csv(HEADER, ROWS, language)
    assert data.startswith(b"\xef\xbb\xbfNombre" + delimiter.encode())
    assert read_csv(data, delimiter) == [HEADER, *ROWS]


@pytest.mark.parametrize("formula", FORMULAS)
def test_csv_cell_does_not_begin_as_a_formula(formula: str) -> None:
    data = write_csv(HEADER, [[formula, "", ""]], "es")
    assert read_csv(data, ";")[1][0] == "'" + formula


def test_csv_of_nobody_has_its_header() -> None:
    assert read_csv(write_csv(HEADER, [], "en"), ",") == [HEADER]


@pytest.mark.parametrize("formula", FORMULAS)
def test_xlsx_cell_is_text(formula: str) -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(HEADER, [[formula, "", ""]], "Personas"))).worksheets[0]
    cell = sheet["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.strip() == formula.strip()


def test_xlsx_has_all_cells() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(HEADER, ROWS, "Personas"))).worksheets[0]
    assert sheet.title == "Personas"
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [HEADER, *ROWS]


@pytest.mark.parametrize("name", ["", "a/b:c*d?[e]", "x" * 80, "'Turnos'", "\x00"])
def test_any_title_names_a_sheet(name: str) -> None:
    title = load_workbook(io.BytesIO(write_xlsx(HEADER, [], name))).worksheets[0].title
    assert 1 <= len(title) <= 31


@settings(deadline=None)
@given(st.lists(st.lists(st.text(st.characters(categories=None)), min_size=3, max_size=3), max_size=3))
def test_any_text_makes_both_files(rows: list[list[str]]) -> None:
    write_csv(HEADER, rows, "es")
    sheet = load_workbook(io.BytesIO(write_xlsx(HEADER, rows, "x"))).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
