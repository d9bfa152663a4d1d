"""Lines that are in no table, each read by itself: pasted names and addresses, mails, chats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.list_parser.cells import is_name
from app.list_parser.headers import TableShape, matches_shape
from app.list_parser.layout import Layout, is_blank_row
from app.list_parser.line_reasons import (
    RECIPIENT_FIELDS,
    SENDER_FIELDS,
    find_left_out_reason,
    is_quote_header,
    names_another_person,
    parse_mail_field,
)
from app.list_parser.names import clean_name, find_name_start, find_number, strip_leading
from app.list_parser.people import PersonMatch, extract_people
from app.list_parser.phones import parse_phone_beside
from app.list_parser.rows import Row, split_cells
from app.list_parser.statuses import find_status_beside, is_declined_text
from app.list_parser.types import (
    MAX_PEOPLE,
    FileError,
    LeftOutReason,
    LineProblem,
    ParsedLine,
    ParsedPerson,
    UnreadableFile,
    UntickedReason,
)
from app.list_parser.validation import Finding, validate_person
from app.list_parser.vocabulary import find_label

_STRUCK = re.compile(r"~{1,2}[^~\n]*[^\W\d_][^~\n]*~")
"""Struck through, as chats and Markdown write it."""


@dataclass(slots=True)
class LineReader:
    """Reads rows that hold text and no cells with titles."""

    shape: TableShape | None
    country: str | None

    def read(self, row: Row, role: str) -> list[ParsedLine]:
        """The people of a row; a row without a person becomes a line with a problem.

        Raises:
            UnreadableFile: there are more people on it than a list may have.
        """
        if _STRUCK.search(row.text):
            plain = row._replace(text=row.text.replace("~", ""), source=row.source or row.text)
            return [replace(line, unticked=UntickedReason.STRUCK_THROUGH) for line in self.read(plain, role)]
        matches = extract_people(row.text, row=matches_shape(row, self.shape))
        if len(matches) > MAX_PEOPLE:
            raise UnreadableFile(FileError.TOO_MANY_PEOPLE)
        if len(matches) < 2:
            match = matches[0] if matches else PersonMatch(0, row.text)
            line = self._line(row.number, row.text, row.shown, match, role)
            return [mark_status(line, self._status(row.text) or find_status_beside(row.text))]
        ends = [match.start for match in matches[1:]] + [len(row.text)]
        lines, start = [], 0
        for match, end in zip(matches, ends, strict=True):
            segment = row.text[start:end]
            line = self._line(row.number, segment, segment, match, role)
            lines.append(mark_status(line, find_status_beside(segment)))
            start = end
        return lines

    def _status(self, text: str) -> str | None:
        """The cell of a table without titles that says that the person does not come."""
        if self.shape is None or self.shape.separator not in text:
            return None
        cells = (cell.strip() for cell in split_cells(text, self.shape.separator)[1:])
        return next((cell for cell in cells if "@" not in cell and is_declined_text(cell)), None)

    def _line(self, number: int, segment: str, shown: str, match: PersonMatch, role: str) -> ParsedLine:
        digits = find_number(segment)
        name, leading = strip_leading(match.name)
        # The phone may have been a part of the name between commas.
        name = clean_name(name) if digits or leading else match.name
        person = ParsedPerson(name, None, match.role or role)
        removed = tuple(dict.fromkeys((*strip_leading(segment)[1], *leading)))
        phone = parse_phone_beside(digits, self.country) if digits else None
        if digits and phone:
            person = replace(person, phone=phone.e164, phone_typed=phone.typed)
            removed = tuple(junk for junk in removed if digits not in junk)
        elif digits and digits not in name and not any(digits in junk for junk in removed):
            removed = (*removed, digits)
        is_others = len(match.emails) == 1 and names_another_person(segment)
        problem = LineProblem.OTHERS_EMAIL if is_others else None
        line = validate_person(number, shown, person, Finding(match.emails, first_problem=problem))
        return replace(line, removed=removed) if removed else line


def mark_status(line: ParsedLine, status: str | None) -> ParsedLine:
    """The line, unticked if a status says that the person does not come."""
    return replace(line, unticked=UntickedReason.STATUS, status=status) if status and line.person else line


def mark_left_out_lines(rows: Sequence[Row], layout: Layout, include: frozenset[int]) -> None:
    """Mark lines of a text without a table that are no person: greetings, remarks, mail headers."""
    filled = [i for i, row in enumerate(rows) if i not in layout.reasons and not is_blank_row(row.text)]
    if len(filled) < 2:
        return
    reasons: dict[int, LeftOutReason] = {}
    fields = {index: field for index in filled if (field := _find_mail_field(rows[index].text))}
    for index in filled:
        if (
            index not in fields
            and not find_label(rows[index].text)
            and (reason := _find_reason(rows[index].text))
        ):
            reasons[index] = reason
        elif is_quote_header(rows[index].text):
            reasons[index] = LeftOutReason.MAIL_HEADER
    body = [index for index in filled if index not in fields and index not in reasons]
    reasons |= dict.fromkeys(_find_mail_header_lines(rows, fields, body), LeftOutReason.MAIL_HEADER)
    for index, reason in reasons.items():
        if rows[index].number not in include:
            layout.reasons[index] = reason


def _find_reason(text: str) -> LeftOutReason | None:
    """Why a line is left out: by its whole text, or by what someone wrote in a chat."""
    written = text.rpartition(": ")[2] if find_name_start(text)[0] and ": " in text else ""
    return find_left_out_reason(text) or (find_left_out_reason(written) if "@" not in text else None)


def _find_mail_field(text: str) -> str | None:
    """The mail field of a line that has a value; «Para:» alone is a label of what stands below."""
    field = parse_mail_field(text)
    return field if field and text.partition(":")[2].strip(" *") else None


def _find_mail_header_lines(rows: Sequence[Row], fields: dict[int, str], body: Sequence[int]) -> list[int]:
    """The lines of a mail's header that name no guest: all of them where the people stand in the mail itself."""
    others = [index for index, field in fields.items() if field not in RECIPIENT_FIELDS]
    if not others:
        return []
    in_body = any("@" in rows[index].text or is_name(_without_prefix(rows[index].text)) for index in body)
    recipients = [index for index in fields if index not in others]
    if in_body:
        return [*others, *recipients]
    # Only the sender is named: a single such line may be the guest.
    senders_only = not recipients and all(fields[index] in SENDER_FIELDS for index in others)
    return [] if senders_only else others


def _without_prefix(text: str) -> str:
    return text[find_name_start(text)[0] :]
