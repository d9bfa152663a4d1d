"""Who is to be erased, and what of a text or a JSON document is about them. Pure."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.utils.text import email_key, fold_for_search

ERASED = "…"
MAX_UNPACKED_BYTES = 50_000_000
_NOT_DIGITS = re.compile(r"\D+")
_NOT_EMAIL = re.compile(r"[\s<>()\[\]{},;:\"|]+")
_AROUND_EMAIL = ".'?!“”‘’«»"
_NUMBER = re.compile(r"\d[\d\s().\-/]*\d")


@dataclass(frozen=True)
class Person:
    """A person by their emails (as `email_key` compares them), phones (E.164) and, in one meeting, names.

    `names` are folded, and count only beside no email or phone of another person.
    """

    emails: frozenset[str]
    phones: frozenset[str]
    names: frozenset[str] = frozenset()

    def has_email(self, text: object) -> bool:
        """Whether a text is one of the emails."""
        return isinstance(text, str) and "@" in text and email_key(text) in self.emails

    def has_phone(self, text: object) -> bool:
        """Whether a text is one of the phones, in any spelling with its country code."""
        return isinstance(text, str) and _digits(text) in {_digits(phone) for phone in self.phones}

    def is_named(self, text: object) -> bool:
        """Whether a text is one of the names."""
        return isinstance(text, str) and fold_for_search(text) in self.names

    def is_described(self, values: Iterable[object]) -> bool:
        """Whether the values of one record are about the person."""
        known = [value for value in values if isinstance(value, str)]
        if any(self.has_email(value) or self.has_phone(value) for value in known):
            return True
        return any(self.is_named(value) for value in known) and not any("@" in value for value in known)

    def is_mentioned_in(self, text: str) -> bool:
        """Whether one of the words of a text is one of the emails, or one of its numbers holds one of the phones."""
        if any(self.has_email(word.strip(_AROUND_EMAIL)) for word in _NOT_EMAIL.split(text)):
            return True
        numbers = [_digits(number) for number in _NUMBER.findall(text)]
        return any(_digits(phone) in number for phone in self.phones for number in numbers)

    def may_occur_in(self, text: str) -> bool:
        """Whether a text may hold one of the emails or phones, written in any way: rather yes than no."""
        folded = email_key(text)
        if any(email in folded for email in self.emails):
            return True
        digits = _digits(text)
        return any(_digits(phone) in digits for phone in self.phones)


def redact(document: Any, person: Person) -> Any:
    """A JSON document without the records that are about a person: all texts of such a record go."""
    if isinstance(document, list):
        if person.is_described(document):
            return [ERASED if isinstance(value, str) else value for value in document]
        return [redact(value, person) for value in document]
    if isinstance(document, dict):
        if person.is_described(document.values()):
            return {
                key: ERASED if isinstance(value, str) else redact(value, person)
                for key, value in document.items()
            }
        return {key: redact(value, person) for key, value in document.items()}
    if isinstance(document, str) and person.is_mentioned_in(document):
        return ERASED
    return document


def is_row_about(row: Mapping[str, Any], person: Person) -> bool:
    """Whether a stored row of an import is about a person, or quotes them."""
    texts = [value for value in row.values() if isinstance(value, str)]
    described = person.is_described([row.get(key) for key in ("name", "email", "phone", "phone_typed")])
    return described or any(person.is_mentioned_in(text) for text in texts)


def source_mentions(source: bytes | None, filename: str | None, person: Person) -> bool:
    """Whether a stored file or pasted text, or the file's name, may mention a person."""
    if filename and person.may_occur_in(filename):
        return True
    if not source:
        return False
    if source.startswith(b"PK"):
        return _workbook_mentions(source, person)
    encodings = ("utf-8", "utf-16", "latin-1")
    return any(person.may_occur_in(source.decode(encoding, errors="replace")) for encoding in encodings)


def _workbook_mentions(source: bytes, person: Person) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                return True
            return any(person.may_occur_in(archive.read(entry).decode(errors="replace")) for entry in entries)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        # It cannot be looked into: rather deleted than kept.
        return True


def _digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)
