"""Entry points: pasted text and uploaded files → a parsed list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from app.list_parser.decoding import decode, repair_text
from app.list_parser.duplicates import mark_duplicates
from app.list_parser.line_reader import LineReader
from app.list_parser.phones import parse_phone
from app.list_parser.reader import ListReader
from app.list_parser.rows import Row, parse_rows
from app.list_parser.text_repair import find_repair_encoding
from app.list_parser.types import (
    MAX_BYTES,
    MAX_PEOPLE,
    PARTICIPANT,
    FileError,
    LeftOutReason,
    LineKind,
    LineProblem,
    ListAnswers,
    ParsedLine,
    ParsedList,
    ParsedPerson,
    UnreadableFile,
)
from app.list_parser.validation import Finding, validate_person
from app.list_parser.vcards import Card, has_vcards, read_cards
from app.list_parser.xlsx import is_workbook, read_workbook

_TEXT_FILES = frozenset(("", ".csv", ".tsv", ".tab", ".txt", ".text", ".vcf", ".vcard", ".xlsx", ".xls"))
"""The last two because programs save tables as text under these names too."""
_MAX_CARD_FILE_LINES = 25_000
"""A card takes many lines, those of a picture most of all."""
NO_ANSWERS = ListAnswers()


@dataclass(frozen=True, slots=True)
class _Options:
    default_role: str
    answers: ListAnswers
    country: str | None


def read_text(
    text: str,
    *,
    default_role: str = PARTICIPANT,
    answers: ListAnswers = NO_ANSWERS,
    country: str | None = None,
) -> ParsedList:
    """Read a pasted text.

    Args:
        text: as pasted.
        default_role: of people whom the list gives none.
        answers: what has been answered about this list.
        country: ISO 3166-1 alpha-2, for phones without a country code.

    Raises:
        UnreadableFile: it is larger than 1 MiB, or holds more than 1,000 people or 5,000 lines.
    """
    if len(text) > MAX_BYTES or len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise UnreadableFile(FileError.TOO_LARGE)
    if answers.encoding:
        text = repair_text(text, answers.encoding)
    return _add_encoding_cure(_read_rows_or_cards(text, _Options(default_role, answers, country)))


def read_file(
    data: bytes,
    filename: str,
    *,
    default_role: str = PARTICIPANT,
    encoding: str | None = None,
    answers: ListAnswers = NO_ANSWERS,
    country: str | None = None,
) -> ParsedList:
    """Read an uploaded file, by what is in it and by its name.

    `encoding`, or that of the answers, is one of ENCODINGS, for a text; anything else means that it is to be
    found out.

    Raises:
        UnreadableFile: it cannot be read as a list, for the reason given.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(FileError.TOO_LARGE)
    options = _Options(default_role, answers, country)
    if is_workbook(data):
        return _read_workbook(data, options)
    if PurePath(filename).suffix.lower() not in _TEXT_FILES:
        raise UnreadableFile(FileError.NOT_A_LIST)
    text, used, cure = decode(data, encoding or answers.encoding)
    parsed = _check_filled(replace(_read_rows_or_cards(text, options), encoding=used))
    in_doubt = any(line.problem is LineProblem.ODD_CHARACTERS for line in parsed.lines)
    return replace(parsed, encoding_cure=cure) if cure and in_doubt else _add_encoding_cure(parsed)


def _read_workbook(data: bytes, options: _Options) -> ParsedList:
    book = read_workbook(data, options.answers.sheet)
    parsed = _read_rows(book.rows, options, book.hidden_columns)
    others = (sheet.name for sheet in book.sheets if not sheet.is_chosen and not sheet.is_hidden)
    return _check_filled(replace(parsed, sheet=book.name, other_sheets=tuple(others), sheets=book.sheets))


def _check_filled(parsed: ParsedList) -> ParsedList:
    if all(line.kind is LineKind.BLANK for line in parsed.lines):
        raise UnreadableFile(FileError.EMPTY)
    return parsed


def _read_rows_or_cards(text: str, options: _Options) -> ParsedList:
    if has_vcards(text):
        return _read_cards(text, options)
    return _read_rows(parse_rows(text), options, frozenset())


def _read_rows(rows: Sequence[Row], options: _Options, hidden_columns: frozenset[int]) -> ParsedList:
    reader = ListReader(rows, options.default_role, options.answers, options.country, hidden_columns)
    lines = mark_duplicates(reader.read_lines())
    return ParsedList(
        tuple(lines),
        header_number=reader.header_number,
        columns=reader.columns,
        unknown_roles=reader.unknown_role_words,
    )


def _add_encoding_cure(parsed: ParsedList) -> ParsedList:
    """With the encoding that would restore the names in doubt, where one restores all of them."""
    names = [
        line.person.name
        for line in parsed.lines
        if line.person and line.problem is LineProblem.ODD_CHARACTERS
    ]
    return replace(parsed, encoding_cure=find_repair_encoding(names)) if names else parsed


def _read_cards(text: str, options: _Options) -> ParsedList:
    if text.count("\n") > _MAX_CARD_FILE_LINES:
        raise UnreadableFile(FileError.TOO_FAR)
    cards = read_cards(text)
    if sum(bool(card.name or card.emails) for card in cards) > MAX_PEOPLE:
        raise UnreadableFile(FileError.TOO_MANY_PEOPLE)
    lines = [line for card in cards for line in _parse_card(card, options)]
    return ParsedList(tuple(mark_duplicates(lines)))


def _parse_card(card: Card, options: _Options) -> list[ParsedLine]:
    (row,) = parse_rows(card.text.replace("\n", " ")) or [Row(card.number, "")]
    if not row.text.strip():
        return [ParsedLine(card.number, "", LineKind.BLANK)]
    if not card.name and not card.emails:
        if card.number in options.answers.include:
            reader = LineReader(None, options.country)
            return reader.read(row._replace(number=card.number), options.default_role)
        return [ParsedLine(card.number, row.shown, LineKind.LEFT_OUT, reason=LeftOutReason.NOTE)]
    phone = parse_phone(card.phone, options.country)
    person = ParsedPerson(
        card.name,
        None,
        options.default_role,
        phone=phone.e164 if phone else None,
        phone_typed=phone.typed if phone else None,
    )
    return [validate_person(card.number, row.shown, person, Finding(card.emails))]
