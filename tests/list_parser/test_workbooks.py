"""Workbooks as people save them."""

import time
from datetime import UTC, date, datetime
from datetime import time as clock_time

import openpyxl
import pytest
from openpyxl.styles import Font

from app.list_parser import (
    FileError,
    LineKind,
    LineProblem,
    ParsedList,
    ParsedPerson,
    UnreadableFile,
    read_file,
)
from tests.list_parser.workbooks import (
    ONE_ROW,
    PACKAGE,
    RELATIONSHIPS,
    book_of,
    inline,
    members,
    saved,
    zipped,
)


def read(data: bytes) -> ParsedList:
    return read_file(data, "lista.xlsx")


def people(data: bytes) -> list[ParsedPerson]:
    return [line.person for line in read(data).people if line.person]


def test_a_list_with_a_title_and_empty_columns_before_it() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["C2"] = "Invitados al seminario"
    sheet.merge_cells("C2:G2")
    for column, title in enumerate(["Código", "Nombres", "Apellidos", "Correo", "Rol", "Fecha", "Activo"], 3):
        sheet.cell(4, column, title)
    row = [
        1001.0,
        "Ana\u00a0María",
        "López",
        "a@example.org",
        "Anfitriona",
        date(2026, 1, 2),
        True,
    ]
    for column, value in enumerate(row, 3):
        sheet.cell(5, column, value)
    reading = read(saved(book))
    assert [line.kind.value for line in reading.lines] == ["blank", "header", "blank", "header", "person"]
    line = reading.lines[-1]
    assert line.number == 5
    assert line.text == "1001 · Ana María · López · a@example.org · Anfitriona · 2026-01-02 · TRUE"
    assert line.person == ParsedPerson("Ana María López", "a@example.org", "host", "1001")
    assert (reading.encoding, reading.sheet) == (None, "Sheet")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (1e300, "1e+300"),
        ("007", "007"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC).replace(tzinfo=None), "2026-01-02 03:04:00"),
        (clock_time(3, 4), "03:04:00"),
        (" uno\n\tdos ", "uno dos"),
        ("a_x000D_b", "a b"),
        ("a\u200b\u202eb", "ab"),
    ],
)
def test_cells_of_every_kind(value: object, text: str) -> None:
    (person,) = people(book_of([["Nombre", "Código"], ["Ana", value]]))
    assert person.external_id == text


def test_without_a_header_each_row_is_a_person() -> None:
    rows = [[1, "Ana López", "a@example.org"], [2, "Luis Gil", None], [3, None, "eva.paz@example.org"]]
    assert people(book_of(rows)) == [
        ParsedPerson("Ana López", "a@example.org", "participant"),
        ParsedPerson("Luis Gil", None, "participant"),
        ParsedPerson("Eva Paz", "eva.paz@example.org", "participant"),
    ]


def test_cells_that_hold_what_people_paste() -> None:
    rows = [
        ["López, Ana <a@example.org>; Luis <b@example.org>"],
        ["Eva <c@example.org>"],
        ["d@example.org e@example.org"],
    ]
    assert [person.email for person in people(book_of(rows))] == [
        f"{letter}@example.org" for letter in "abcde"
    ]


def test_the_address_behind_a_link() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Nombre", "Código"], ["Ana López", "E-1"], ["b@example.org", "E-2"], ["Web", "E-3"]):
        sheet.append(row)
    sheet["A2"].hyperlink = "mailto:a@example.org?subject=Hola"
    sheet["A3"].hyperlink = "mailto:otro@example.org"
    sheet["A4"].hyperlink = "https://example.org/"
    assert people(saved(book)) == [
        ParsedPerson("Ana López", "a@example.org", "participant", "E-1"),
        ParsedPerson("B", "b@example.org", "participant", "E-2"),
        ParsedPerson("Web", None, "participant", "E-3"),
    ]


def test_the_first_visible_sheet_with_something_in_it() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Vacía"
    for name, state in (("Oculta", "hidden"), ("Lista", "visible"), ("Notas", "visible"), ("Más", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append([f"Ana {name}"])
        sheet.sheet_state = state
    book.create_sheet("Vacía 2")
    book.create_chartsheet("Gráfico")
    reading = read(saved(book))
    assert (reading.sheet, reading.other_sheets) == ("Lista", ("Notas",))
    assert [line.text for line in reading.lines] == ["Ana Lista"]


def test_formulas_give_what_was_last_calculated() -> None:
    cells = '<c r="A1" t="str"><f>B1&amp;C1</f><v>Ana López</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="e"><v>#N/A</v></c>'
    (line,) = read(zipped(members(rows=f"<row>{cells}</row>"))).lines
    assert line.person == ParsedPerson("Ana López", None, "participant")
    (line,) = read(zipped(members(rows='<row><c t="e"><v>#REF!</v></c></row>'))).lines
    assert line.problem is LineProblem.NOT_A_PERSON


def test_shared_strings_and_cells_without_places() -> None:
    rows = '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>'
    assert people(zipped(members(["a@example.org", "Ana &amp; Luis"], rows))) == [
        ParsedPerson("Ana & Luis", "a@example.org", "participant")
    ]


def test_the_strict_form_of_the_format() -> None:
    strict = {
        name: str(content)
        .replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replace(RELATIONSHIPS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in members(["Ana"], '<row><c t="s"><v>0</v></c></row>').items()
    }
    assert people(zipped(strict)) == [ParsedPerson("Ana", None, "participant")]


def test_styles_that_openpyxl_cannot_read_do_not_matter() -> None:
    broken = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf a="b"/></cellXfs></styleSheet>'
    assert people(zipped(members(rows=ONE_ROW) | {"xl/styles.xml": broken}))
    many = broken.replace('<xf a="b"/>', "<xf/>" * 30_000)
    assert people(zipped(members(rows=ONE_ROW) | {"xl/styles.xml": many}))


def test_formatting_far_below_and_merged_columns_are_no_matter() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Ana"])
    for row in range(1, 6_000):
        sheet.cell(row, 60).font = Font(bold=True)
    assert [line.kind for line in read(saved(book)).lines] == [LineKind.PERSON]
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert len(read(zipped(members(rows=ONE_ROW, after=merged))).lines) == 1


def test_what_openpyxl_warns_of_is_no_matter() -> None:
    unknown = '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"/></extLst>'
    assert people(zipped(members(rows=ONE_ROW, after=unknown)))


def test_the_name_of_the_file_does_not_matter() -> None:
    data = book_of([["Ana"]])
    for filename in ("lista.csv", "lista", "lista.xls", "lista.pdf", "../../x"):
        assert len(read_file(data, filename).people) == 1


def test_too_many_and_empty() -> None:
    for rows, reason in (
        ([["Ana"]] * 1_001, FileError.TOO_MANY_PEOPLE),
        ([], FileError.EMPTY),
        ([["", " "]], FileError.EMPTY),
    ):
        with pytest.raises(UnreadableFile) as refusal:
            read(book_of(rows))
        assert refusal.value.reason is reason


def test_a_thousand_people_are_read_at_once() -> None:
    rows = [
        (f"María {number}", "de la Cruz Ñandú", f"m{number}@example.org", "host") for number in range(1_000)
    ]
    data = book_of([("Nombre", "Apellidos", "Correo", "Rol"), *rows])
    text = "\n".join(";".join(row) for row in rows).encode()
    for source, limit in ((data, 2.0), (text, 1.0)):
        start = time.process_time()
        assert len(read_file(source, "lista.csv").people) == 1_000
        assert time.process_time() - start < limit


def test_a_link_to_a_place_outside_is_not_followed() -> None:
    relations = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONSHIPS}/hyperlink" Target="mailto:a@example.org" TargetMode="External"/></Relationships>'
    )
    links = f'<hyperlinks xmlns:r="{RELATIONSHIPS}"><hyperlink ref="A1:B2" r:id="r1"/><hyperlink ref="A9" r:id="r9"/></hyperlinks>'
    content = members(rows=f"<row>{inline('A1', 'Ana')}</row>", after=links)
    assert people(zipped(content | {"xl/worksheets/_rels/sheet1.xml.rels": relations})) == [
        ParsedPerson("Ana", "a@example.org", "participant")
    ]
    assert people(zipped(content)) == [ParsedPerson("Ana", None, "participant")]


def test_pictures_and_other_members_are_not_inflated() -> None:
    others = {
        "xl/media/foto.bmp": bytes(30_000_000),
        "docProps/core.xml": "<broken",
        "xl/theme/theme1.xml": "<broken",
        "xl/chartsheets/sheet1.xml": "<broken",
    }
    assert len(people(zipped(members(rows=ONE_ROW) | others))) == 1
