"""Workbooks that are broken, or made to do harm: refused for a reason, in a short time."""

import io
import struct
import time
import zipfile

import pytest

from app.list_parser import FileError, UnreadableFile, read_file
from tests.list_parser.workbooks import MAIN, ONE_ROW, book_of, inline, members, zipped

SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> FileError:
    start = time.process_time()
    with pytest.raises(UnreadableFile) as refusal:
        read_file(data, "lista.xlsx")
    assert time.process_time() - start < 6
    return refusal.value.reason


def with_sheet(xml: str) -> bytes:
    return zipped(members() | {SHEET: xml})


def with_rows(rows: str, after: str = "") -> bytes:
    return zipped(members(rows=rows, after=after))


def test_far_cells() -> None:
    assert (
        refused(with_rows(f"{ONE_ROW}<row r='1048576'>{inline('XFD1048576', 'x')}</row>"))
        is FileError.TOO_FAR
    )
    assert refused(with_rows(f"{ONE_ROW}<row r='5001'>{inline('A5001', 'x')}</row>")) is FileError.TOO_FAR
    assert refused(with_rows(f"{ONE_ROW}<row r='-7'>{inline('A1', 'x')}</row>")) is FileError.TOO_FAR
    assert (
        refused(with_rows(f"{ONE_ROW}<row r='{'9' * 4000}'>{inline('A1', 'x')}</row>")) is FileError.TOO_FAR
    )
    assert refused(with_rows(f"<row r='1'>{inline('XFD1', 'x')}</row>")) is FileError.TOO_WIDE
    assert (
        refused(with_rows(f"<row r='1'>{inline('AZ1', 'x')}{inline('A1', 'Ana')}</row>"))
        is FileError.TOO_WIDE
    )


def test_a_far_cell_with_nothing_in_it_and_a_dimension_that_lies() -> None:
    rows = f"{ONE_ROW}<row r='1048576'><c r='XFD1048576'/></row>"
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    assert len(read_file(with_sheet(sheet), "a.xlsx").lines) == 1
    assert len(read_file(with_sheet(sheet.replace("A1:XFD1048576", "A1:A1")), "a.xlsx").lines) == 1
    assert refused(with_sheet(sheet.replace("A1:XFD1048576", "nonsense"))) is FileError.DAMAGED


def test_bombs_of_bytes() -> None:
    assert refused(with_rows(" " * 25_000_000)) is FileError.INFLATES
    parts = {f"xl/worksheets/sheet{number}.xml": " " * 3_000_000 for number in range(2, 10)}
    assert refused(zipped(members(rows=ONE_ROW) | parts)) is FileError.INFLATES
    assert (
        refused(zipped(members(rows=ONE_ROW) | {f"xl/{number}.xml": "" for number in range(1_001)}))
        is FileError.INFLATES
    )


def test_a_bomb_whose_size_is_told_small() -> None:
    data = bytearray(with_rows(" " * 25_000_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = struct.pack("<I", archive.getinfo(SHEET).file_size)
    assert data.count(size) >= 2
    assert refused(bytes(data.replace(size, struct.pack("<I", 100)))) is FileError.DAMAGED


@pytest.mark.parametrize(
    "rows",
    ["<row>" + "<c/>" * 1_000_000 + "</row>", "<row/>" * 500_000, "<a " + "b='' " * 500_000 + "/>"],
)
def test_bombs_of_elements(rows: str) -> None:
    assert refused(with_rows(rows)) is FileError.INFLATES


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets>{"<sheet/>" * 50_000}</sheets></workbook>'),
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"<si/>" * 450_000}</sst>'),
    ],
)
def test_bombs_in_other_members(name: str, xml: str) -> None:
    assert refused(zipped(members(rows=ONE_ROW) | {name: xml})) is FileError.INFLATES


def outcome(data: bytes) -> FileError | None:
    try:
        read_file(data, "lista.xlsx")
    except UnreadableFile as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(
    ("rows", "after"),
    [
        ("<row>" + "<c r='A1'/>" * 30_000 + "</row>" + ONE_ROW, ""),
        (ONE_ROW, "<hyperlinks>" + "<hyperlink ref='A1'/>" * 30_000 + "</hyperlinks>"),
        (ONE_ROW, "<conditionalFormatting sqref='A1'/>" * 195_000),
        (ONE_ROW + "<a>" * 30_000 + "</a>" * 30_000, ""),
        (ONE_ROW + "<row><c t='inlineStr'><is>" + "<r>" * 30_000 + "</r>" * 30_000 + "</is></c></row>", ""),
    ],
    ids=["cells", "links", "formats", "depth", "depth in a cell"],
)
def test_what_is_slow_ends_all_the_same(rows: str, after: str) -> None:
    start = time.process_time()
    assert outcome(with_rows(rows, after)) in {None, FileError.INFLATES, FileError.DAMAGED}
    assert time.process_time() - start < 6


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE a [<!ENTITY l0 "ja">{LAUGHS}<!ENTITY x "&l9;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY % y SYSTEM "http://127.0.0.1:9/y"> %y; <!ENTITY x "x">]>',
        '<!DOCTYPE a [<!ENTITY x "x">]>',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_are_refused(name: str, declared: str, codec: str) -> None:
    content = members(
        ["&x;"] if name == "xl/sharedStrings.xml" else ["Ana"], f"<row>{inline('A1', '&x;')}</row>"
    )
    if name != SHEET:
        content[SHEET] = str(content[SHEET]).replace("&x;", "Ana")
    xml = f"<?xml version='1.0' encoding='{codec}'?>{declared}{content[name]!s}"
    assert refused(zipped(content | {name: xml.encode(codec)})) is FileError.DAMAGED


def test_files_cut_short_or_spoilt() -> None:
    data = book_of([["Nombre", "Correo"], *([f"Ana {n}", f"a{n}@example.org"] for n in range(50))])
    for length in range(4, len(data), 97):
        assert refused(data[:length]) is FileError.DAMAGED
    for place in range(4, len(data), 61):
        spoilt = bytearray(data)
        spoilt[place] ^= 0xFF
        reasons = {
            None,
            FileError.DAMAGED,
            FileError.NOT_A_LIST,
            FileError.PROTECTED,
            FileError.EMPTY,
            FileError.OLD_EXCEL,
        }
        assert outcome(bytes(spoilt)) in reasons


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (members() | {"xl/workbook.xml": "<broken"}, FileError.DAMAGED),
        (members() | {SHEET: "<broken"}, FileError.DAMAGED),
        (members(rows="<row><c t='s'><v>99</v></c></row>"), FileError.DAMAGED),
        (members(rows="<row><c><v>uno</v></c></row>"), FileError.DAMAGED),
        (members(rows=ONE_ROW) | {"xl/_rels/workbook.xml.rels": "<a/>"}, FileError.DAMAGED),
        ({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}, FileError.NOT_A_LIST),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            FileError.NOT_A_LIST,
        ),
        ({"foto.jpg": b"\xff\xd8"}, FileError.NOT_A_LIST),
        ({"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"\x00"}, FileError.OLD_EXCEL),
    ],
)
def test_no_workbook_or_a_broken_one(content: dict[str, str | bytes], reason: FileError) -> None:
    assert refused(zipped(content)) is reason


def test_other_containers() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_000)
    assert refused(ole + "Workbook".encode("utf-16-le")) is FileError.OLD_EXCEL
    assert refused(ole + "EncryptedPackage".encode("utf-16-le")) is FileError.PROTECTED
    assert refused(b"PK\x05\x06" + bytes(18)) is FileError.NOT_A_LIST
    assert refused(b"PK\x03\x04" + bytes(2_000_000)) is FileError.TOO_LARGE
    locked = bytearray(book_of([["Ana"]]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + offset] |= 1
            place = locked.find(mark, place + 1)
    assert refused(bytes(locked)) is FileError.PROTECTED
