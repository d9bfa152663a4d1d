"""What holds for every list whatever: nothing raises, nothing disappears, every line is exactly one thing."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.list_parser import (
    ENCODINGS,
    ColumnKind,
    FileError,
    LineKind,
    LineProblem,
    ListAnswers,
    ParsedLine,
    ParsedPerson,
    UnreadableFile,
    read_file,
    read_text,
)
from app.list_parser.normalization import normalize_line, split_lines
from app.list_parser.text_repair import decode_markup
from app.utils.text import has_control_characters, is_blank, is_valid_email
from tests.list_parser.workbooks import book_of, inline, members, zipped

PIECES = [
    *("Ana", "López", "de la Cruz", "Ñandú", "S.A.", "3M", "ana@example.org", "b@gmial.com", "a@b", "@", "ana @x.co"),
    *(" ", "  ", ", ", ",", ";", "; ", "\t", "|", "\n", "\r\n", "<", ">", '"', '""', "'", "(", ")", "[", "]", ":", "/"),
    *("<ana@example.org>", '"López, Ana"', "mailto:", "mailto:c@d.es?subject=x", "• ", "- ", "1. ", "a) ", "Para: "),
    *("Hola,", "Saludos,", "De: ", "Asunto: ", "Total", "BEGIN:VCARD\n", "END:VCARD\n", "EMAIL:", "FN:", "&iacute;", "=?UTF-8?Q?a?="),
    *("6000-0000", "8-1-23", "10:05", "Sí", "Correo del jefe", "Estado", "Cancelado", "%C3%AD", "＠", "____"),
    *("nombre", "correo", "rol", "Apellidos", "id externo", "host", "invitada", "Anfitriones:", "sep=;", "(host)"),
    *("\u00a0", "\u200b", "\ufeff", "\u202e", "\x00", "\u0301", "n\u0303", "👩‍💻", "\ufffd", "İ", "ﷺ", "=", "#N/A", "·"),
]  # fmt: skip
MESSY = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ANY_TEXT = MESSY | st.text(max_size=300) | st.text(st.characters(categories=None), max_size=100)
FILENAMES = st.sampled_from(
    ["a.csv", "a.tsv", "a.txt", "a.xlsx", "a.XLS", "a", "", "a.pdf", "\x00", "a/b.csv", "a.vcf"]
)
BYTES = st.one_of(
    st.binary(max_size=300),
    MESSY.map(str.encode),
    MESSY.map(lambda text: text.encode("utf-16")),
    MESSY.map(lambda text: text.encode("cp1252", "replace")),
    st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest),
    st.binary(max_size=200).map(lambda rest: b"\xff\xfe" + rest),
)
BOOK = book_of([["Nombre", "Correo"], ["Ana", "a@example.org"]])
QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seen(text: str) -> str:
    """What of a text nobody may lose: all but spaces and what parts cells."""
    return re.sub(r"[\s·,;|]", "", text)


def check(line: ParsedLine, lines: int) -> None:
    assert 1 <= line.number <= lines
    assert "\n" not in line.text
    assert not has_control_characters(line.text)
    assert (line.kind is LineKind.PROBLEM) == (line.problem is not None)
    assert (line.person is not None) == (line.kind in {LineKind.PERSON, LineKind.PROBLEM})
    if line.kind is LineKind.BLANK:
        assert is_blank(re.sub('[,;|"·]', "", line.text))
    if line.kind is LineKind.LEFT_OUT:
        assert line.reason
    if line.suggestion:
        assert is_valid_email(line.suggestion)
        assert line.problem in {
            LineProblem.BAD_EMAIL,
            LineProblem.MISTYPED_DOMAIN,
            LineProblem.DOUBTFUL_EMAIL,
        }
    if line.person:
        check_person(line.person, line.kind)


def check_person(person: ParsedPerson, kind: LineKind) -> None:
    assert person.role in {"host", "participant"}
    assert not has_control_characters(person.name)
    assert person.name == person.name.strip()
    if kind is LineKind.PERSON:
        assert 0 < len(person.name) <= 120
        assert not is_blank(person.name)
        assert person.email is None or is_valid_email(person.email)
        assert person.external_id is None or 0 < len(person.external_id) <= 120


@given(ANY_TEXT)
@settings(QUICK, max_examples=400)
def test_nothing_of_a_text_disappears(text: str) -> None:
    reading = read_text(text)
    lines = split_lines(text)
    for line in reading.lines:
        check(line, len(lines))
    numbers = [line.number for line in reading.lines]
    assert numbers == sorted(numbers)
    if '"' not in text:
        assert set(numbers) == set(range(1, len(lines) + 1))
    shown = "".join(decode_markup(line.text) for line in reading.lines)
    assert seen(shown) == seen("".join(decode_markup(normalize_line(line)) for line in lines))


@given(MESSY)
@QUICK
def test_every_address_stands_on_a_line(text: str) -> None:
    typed = re.findall(r"[a-z]+@[a-z]+\.[a-z]+", "\n".join(map(normalize_line, split_lines(text))))
    shown = "\n".join(line.text for line in read_text(text).lines)
    assert all(email in shown for email in typed)


@given(BYTES, FILENAMES, st.sampled_from([None, *ENCODINGS, "?"]))
@QUICK
def test_no_bytes_raise_anything_but_unreadable(data: bytes, filename: str, encoding: str | None) -> None:
    try:
        reading = read_file(data, filename, encoding=encoding)
    except UnreadableFile as refusal:
        reason: FileError | None = refusal.reason
    else:
        reason = None
        assert reading.encoding in ENCODINGS or filename == "a.xlsx"
        for line in reading.lines:
            check(line, 5_000)
    assert reason in {None, *FileError}


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=8))
@QUICK
def test_no_spoilt_workbook_raises_anything_but_unreadable(changes: list[tuple[int, int]]) -> None:
    data = bytearray(BOOK)
    for place, value in changes:
        data[place] = value
    try:
        read_file(bytes(data), "lista.xlsx")
    except UnreadableFile as refusal:
        reason: FileError | None = refusal.reason
    else:
        reason = None
    assert reason in {None, *FileError}


@given(st.text("<>/ae=\"'1&;! rctvsi", max_size=80))
@QUICK
def test_no_spoilt_sheet_raises_anything_but_unreadable(rows: str) -> None:
    try:
        read_file(zipped(members(["a"], f"<row>{inline('A1', 'Ana')}</row>{rows}")), "lista.xlsx")
    except UnreadableFile as refusal:
        reason: FileError | None = refusal.reason
    else:
        reason = None
    assert reason in {None, FileError.DAMAGED, FileError.TOO_FAR, FileError.TOO_WIDE}


CELLS = st.sampled_from(
    [
        "Ana Paz",
        "Luis Gil",
        "Sí",
        "No",
        "8-1-23",
        "6000-0000",
        "",
        "Cancelado",
        "VIP",
    ]
)
TITLES = [
    "Nombre",
    "Correo",
    "Correo del jefe",
    "Email",
    "Observaciones",
    "Contacto",
    "Rol",
    "Estado",
    "Código",
    "???",
]


@given(
    titles=st.lists(st.sampled_from(TITLES), min_size=2, max_size=6, unique=True),
    data=st.data(),
    separator=st.sampled_from(["\t", ";", ","]),
)
@settings(QUICK, max_examples=150)
def test_no_address_comes_from_a_column_that_is_not_chosen(
    titles: list[str], data: st.DataObject, separator: str
) -> None:
    chosen = data.draw(st.integers(0, len(titles) - 1))
    rows = []
    for number in range(data.draw(st.integers(1, 5))):
        addresses = [f"c{column}r{number}@example.org" for column in range(len(titles))]
        rows.append(
            [data.draw(CELLS | st.just(address) | st.just(f"avisar a {address}")) for address in addresses]
        )
    text = "\n".join(separator.join(cells) for cells in [titles, *rows])
    kinds = dict.fromkeys(range(len(titles)), ColumnKind.IGNORE) | {chosen: ColumnKind.EMAIL}
    parsed = read_text(text, answers=ListAnswers(columns=kinds))
    if parsed.header_number != 1:
        return
    for line in parsed.people:
        assert line.person is not None
        if len(parsed.columns) == len(titles):
            assert (
                line.person.email is None
                or "@" not in line.person.email
                or f"c{chosen}r" in line.person.email
            )
            assert all("@" not in email or f"c{chosen}r" in email for email in line.choices)


@given(
    titles=st.lists(st.sampled_from([*TITLES, "Apellidos", "Jefe", "", "Notas"]), min_size=2, max_size=6),
    rows=st.lists(st.lists(CELLS | st.just("@"), min_size=6, max_size=6), min_size=1, max_size=5),
    separator=st.sampled_from(["\t", ";"]),
)
@settings(QUICK, max_examples=150)
def test_a_ready_row_has_its_address_from_the_column_that_was_chosen(
    titles: list[str], rows: list[list[str]], separator: str
) -> None:
    filled = [
        [cell.replace("@", f"c{place}r{number}@example.org") for place, cell in enumerate(row[: len(titles)])]
        for number, row in enumerate(rows)
    ]
    parsed = read_text("\n".join(separator.join(cells) for cells in [titles, *filled]))
    going = [line.person for line in parsed.people if line.person and line.kind is LineKind.PERSON]
    assert not (going and parsed.columns_in_question)
    if parsed.header_number != 1 or parsed.columns_in_question:
        return
    email = [f"c{column.index}r" for column in parsed.columns if column.kind is ColumnKind.EMAIL]
    assert all(person.email is None or (email and person.email.startswith(email[0])) for person in going)


CARD_LINES = st.sampled_from(
    [
        "BEGIN:VCARD",
        "END:VCARD",
        "VERSION:2.1",
        "VERSION:3.0",
        "FN:Ana",
        "N:Paz;Ana;;;",
        "N:a",
        " b",
        "EMAIL:a@b.co",
        "EMAIL",
        "TEL:6",
        "N;ENCODING=QUOTED-PRINTABLE:=C3",
        "PHOTO;ENCODING=b:AAA",
        "ORG:x;y",
        "BEGIN:VEVENT",
        "item1.EMAIL:x@y.co",
        "",
        "BDAY:x",
        "=",
        ";",
    ]
)


@given(st.lists(CARD_LINES, max_size=25))
@settings(QUICK, max_examples=200)
def test_no_vcard_raises_and_every_line_is_accounted_for(lines: list[str]) -> None:
    text = "\n".join(["BEGIN:VCARD", *lines])
    parsed = read_text(text)
    for line in parsed.lines:
        check(line, len(lines) + 1)
    shown = " ".join(line.text for line in parsed.lines)
    assert all(" ".join(line.split()) in shown for line in lines)


@given(MESSY)
@QUICK
def test_whatever_is_included_no_line_disappears(text: str) -> None:
    parsed = read_text(text)
    again = read_text(text, answers=ListAnswers(include=frozenset(line.number for line in parsed.left_out)))
    assert {line.number for line in again.lines} == {line.number for line in parsed.lines}


@given(MESSY)
@QUICK
def test_a_certain_list_has_nothing_in_doubt(text: str) -> None:
    parsed = read_text(text)
    if parsed.is_certain:
        assert not parsed.left_out
        assert not parsed.columns_in_question
        assert all(line.problem is None and line.is_ticked for line in parsed.people)
