"""Sheets with hidden, struck-through and uncalculated parts."""

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from app.list_parser import FileError, ListAnswers, ParsedList, UnreadableFile, read_file
from tests.list_parser.reading import left_out, people, states
from tests.list_parser.workbooks import book_of, inline, members, saved, zipped

ROWS = [
    ["Nombre", "Correo"],
    *([name, f"{name.lower()}@example.com"] for name in ("Ana", "Beto", "Carla", "Dino")),
]


def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in ROWS:
        made.worksheets[0].append(row)
    return made


def read(data: bytes, **answers: object) -> ParsedList:
    return read_file(data, "lista.xlsx", answers=ListAnswers(**answers))  # type: ignore[arg-type]


def test_each_way_of_hiding_a_row_has_its_reason() -> None:
    made = book()
    sheet = made.worksheets[0]
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions.group(4, 4, hidden=True)
    parsed = read(saved(made))
    assert left_out(parsed) == {3: "hidden_by_hand", 4: "hidden_by_group"}
    sheet.auto_filter.ref = "A1:B5"
    assert set(left_out(read(saved(made))).values()) == {"hidden_by_filter"}


def test_hidden_blank_rows_and_unhidden_ones_are_no_matter() -> None:
    made = book()
    made.worksheets[0].row_dimensions[9].hidden = True
    made.worksheets[0].row_dimensions[3].hidden = False
    assert left_out(read(saved(made))) == {}


def test_several_hidden_columns_side_by_side_are_not_used() -> None:
    cols = '<cols><col min="2" max="3" hidden="1"/></cols>'
    cells = "".join(
        inline(f"{c}1", t) for c, t in zip("ABCD", ("Nombre", "Correo", "Email", "Mail"), strict=True)
    )
    data = "".join(
        inline(f"{c}2", t) for c, t in zip("ABCD", ("Ana", "b@x.com", "c@x.com", "d@x.com"), strict=True)
    )
    content = members(rows=f"<row r='1'>{cells}</row><row r='2'>{data}</row>")
    sheet = str(content["xl/worksheets/sheet1.xml"]).replace("<sheetData>", f"{cols}<sheetData>")
    assert people(read(zipped(content | {"xl/worksheets/sheet1.xml": sheet}))) == [("Ana", "d@x.com")]


def test_struck_through_rows_arrive_unticked() -> None:
    made = book()
    for cell in made.worksheets[0][3]:
        cell.font = Font(strike=True)
    assert states(read(saved(made))) == [None, "struck_through", None, None]


def test_the_sheet_that_was_open_last_is_read_and_hidden_ones_are_offered() -> None:
    made = book()
    for name, state in (("Segunda", "visible"), ("Oculta", "hidden")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for row in (["Nombre", "Correo"], [name, "s@example.com"]):
            sheet.append(row)
    made.active = 1
    parsed = read(saved(made))
    assert (parsed.sheet, parsed.other_sheets) == ("Segunda", ("Sheet",))
    assert [(sheet.name, sheet.is_hidden) for sheet in parsed.sheets] == [
        ("Sheet", False),
        ("Segunda", False),
        ("Oculta", True),
    ]
    assert read(saved(made), sheet="Oculta").sheet == "Oculta"
    assert read(saved(made), sheet="No hay").sheet == "Segunda"


@pytest.mark.parametrize("formula", ["<f>LOWER(A2)</f><v/>", "<f>LOWER(A2)</f>", "<f>LOWER(A2)</f><v></v>"])
def test_a_formula_without_value_in_a_used_column_is_refused(formula: str) -> None:
    header = inline("A1", "Nombre") + inline("B1", "Correo")
    rows = f"<row r='1'>{header}</row><row r='2'>{inline('A2', 'Ana')}<c r='B2'>{formula}</c></row>"
    with pytest.raises(UnreadableFile) as refusal:
        read(zipped(members(rows=rows)))
    assert refusal.value.reason is FileError.NOT_CALCULATED


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Cargo", "<c r='B2'><f>1+1</f><v/></c>"),
        ("Correo", "<c r='B2' t='str'><f>\"\"</f><v></v></c>"),
        ("Correo", "<c r='B2' t='str'><f>A2</f><v>a@x.com</v></c>"),
    ],
)
def test_other_formulas_are_no_matter(title: str, cell: str) -> None:
    header = inline("A1", "Nombre") + inline("B1", title)
    rows = f"<row r='1'>{header}</row><row r='2'>{inline('A2', 'Ana')}{cell}</row>"
    assert people(read(zipped(members(rows=rows))))[0][0] == "Ana"


def test_a_report_above_the_table_of_a_sheet_is_left_out() -> None:
    rows = [["Reporte de inscritos"], ["Fecha", "1/11/2026"], [], *ROWS, [], ["Total", 4]]
    parsed = read(book_of(rows))
    assert [name for name, _ in people(parsed)] == ["Ana", "Beto", "Carla", "Dino"]
    assert set(left_out(parsed)) == {1, 2, 10}


def test_a_row_without_height_and_a_column_without_width_are_hidden() -> None:
    cols = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'
    titles = inline("A1", "Nombre") + inline("B1", "Correo anterior") + inline("C1", "Correo")
    rows = "".join(
        f"<row r='{n}'{size}>{inline(f'A{n}', name)}{inline(f'B{n}', 'v@x.com')}{inline(f'C{n}', f'{name}@x.com')}</row>"
        for n, name, size in ((2, "Ana", ""), (3, "Beto", " ht='0' customHeight='1'"))
    )
    content = members(rows=f"<row r='1'>{titles}</row>{rows}")
    sheet = str(content["xl/worksheets/sheet1.xml"]).replace("<sheetData>", f"{cols}<sheetData>")
    parsed = read(zipped(content | {"xl/worksheets/sheet1.xml": sheet}))
    assert (people(parsed), left_out(parsed)) == ([("Ana", "Ana@x.com")], {3: "hidden_by_hand"})


def test_rows_hidden_by_the_filter_of_a_table_say_so() -> None:
    made = book()
    sheet = made.worksheets[0]
    sheet.add_table(Table(displayName="Lista", ref="A1:B5"))
    sheet.row_dimensions[3].hidden = True
    assert left_out(read(saved(made))) == {3: "hidden_by_filter"}
