"""Files of text: their encodings, and what is no text."""

import codecs

import pytest

from app.list_parser import ENCODINGS, FileError, LineProblem, ParsedPerson, UnreadableFile, read_file

TEXT = "Nombre;Correo;Rol\r\nMaría Ñandú;m@example.org;anfitrión\r\nJosé Güell – «Pepe»;j@example.org;\r\n"
PEOPLE = [
    ParsedPerson("María Ñandú", "m@example.org", "host"),
    ParsedPerson("José Güell – «Pepe»", "j@example.org", "participant"),
]


def people(
    data: bytes, filename: str = "lista.csv", encoding: str | None = None
) -> tuple[str | None, list[ParsedPerson]]:
    reading = read_file(data, filename, encoding=encoding)
    return reading.encoding, [line.person for line in reading.people if line.person]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.replace(";", "\t").encode("utf-16"), "utf-16"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
@pytest.mark.parametrize("filename", ["lista.csv", "LISTA.TXT", "lista.tsv", "lista", "lista.xls"])
def test_found_out(data: bytes, encoding: str, filename: str) -> None:
    assert people(data, filename) == (encoding, PEOPLE)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
        ("mac_roman", "mac-roman"),
    ],
)
def test_chosen(codec: str, encoding: str) -> None:
    assert people(TEXT.encode(codec), encoding=encoding) == (encoding, PEOPLE)


def test_chosen_for_the_old_and_the_east() -> None:
    assert people("María;m@example.org".encode("cp850"), encoding="ibm850")[1][0].name == "María"
    assert people("Łukasz;l@example.org".encode("cp1250"), encoding="windows-1250")[1][0].name == "Łukasz"


def test_a_wrong_choice_is_seen_and_nothing_is_raised() -> None:
    (line,) = read_file("María;m@example.org".encode(), "a.csv", encoding="windows-1252").lines
    assert line.problem is LineProblem.ODD_CHARACTERS
    (line,) = read_file("María;m@example.org".encode("cp1252"), "a.csv", encoding="utf-8").lines
    assert line.problem is LineProblem.ODD_CHARACTERS
    for encoding in (*ENCODINGS, "klingon", ""):
        assert read_file("María;m@example.org".encode(), "a.csv", encoding=encoding).encoding in ENCODINGS


def test_a_mark_says_utf_8_even_if_something_in_it_is_broken() -> None:
    encoding, (ana, _) = people(codecs.BOM_UTF8 + b"Ana;a@example.org\nMar\xeda;m@example.org")
    assert (encoding, ana.name) == ("utf-8", "Ana")


@pytest.mark.parametrize(
    ("data", "filename", "reason"),
    [
        (b"", "a.csv", FileError.EMPTY),
        (b"\n;;;\n \n", "a.csv", FileError.EMPTY),
        (codecs.BOM_UTF8, "a.txt", FileError.EMPTY),
        (b"%PDF-1.7\nAna", "a.csv", FileError.NOT_A_LIST),
        (b"\x89PNG\r\n\x1a\n", "a.txt", FileError.NOT_A_LIST),
        (bytes(range(32)) * 40, "a.txt", FileError.NOT_A_LIST),
        (b"Ana;a@example.org", "a.docx", FileError.NOT_A_LIST),
        (b"Ana;a@example.org", "a.json", FileError.NOT_A_LIST),
        (b"<html><table><tr><td>Ana", "a.xls", FileError.NOT_A_LIST),
        (b"{\\rtf1 Ana}", "a.txt", FileError.NOT_A_LIST),
        (b"a" * (1024 * 1024 + 1), "a.csv", FileError.TOO_LARGE),
    ],
)
def test_refused(data: bytes, filename: str, reason: FileError) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_file(data, filename)
    assert refusal.value.reason is reason


def test_a_stray_control_character_is_taken_out() -> None:
    (ana,) = people(b"A\x00na Mar\x1bia de la Cruz;ana.maria@example.org")[1]
    assert ana == ParsedPerson("Ana Maria de la Cruz", "ana.maria@example.org", "participant")
