"""Bytes → text. Only what is plain_words is guessed; the coordinator sees the accents and can choose another encoding."""

import codecs

from app.list_parser.types import FileError, UnreadableFile

_CODECS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "mac-roman": "mac_roman",
    "ibm850": "cp850",  # «CSV (MS-DOS)» of Excel
}
ENCODINGS = tuple(_CODECS)
"""The encodings that a coordinator can choose; a reading names the one that was used."""

_BINARY = (
    *(
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"Rar!\x1a",
        b"7z\xbc\xaf",
        b"{\\rtf",
        b"RIFF",
    ),
    *(b"\x7fELF", b"MZ\x90", b"SQLite format 3", b"BEGIN:VC"),
)
_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the name of the encoding used. TokenType cannot be read becomes U+FFFD; nothing is raised for it.

    Raises:
        UnreadableFile: it is no text at all.
    """
    if data.startswith(_BINARY) or data[:512].lstrip().lower().startswith(_PAGES):
        raise UnreadableFile(FileError.NOT_A_LIST)
    used = encoding if encoding in _CODECS else _guess(data)
    codec = _utf16(data) if used == "utf-16" else _CODECS[used]
    text = data.decode(codec, errors="replace").removeprefix("\ufeff")
    if _looks_binary(text):
        raise UnreadableFile(FileError.NOT_A_LIST)
    return text, used


def _guess(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _plain_utf16(data):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # A mark says that it is UTF-8, whatever is broken in it.
        return "utf-8" if data.startswith(codecs.BOM_UTF8) else "windows-1252"
    return "utf-8"


def _plain_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, where it is plain_words: letters here, a zero beside most of them there."""
    if len(data) < 4 or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if odd > half * 0.6 and even <= half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd <= half * 0.05:
        return "utf-16-be"
    return None


def _utf16(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    return _plain_utf16(data) or "utf-16-le"


def _looks_binary(text: str) -> bool:
    """Whether control characters are too many for a text that was typed."""
    controls = sum(map(text.count, (*map(chr, range(9)), *map(chr, range(14, 32)))))
    return controls * 20 > len(text)
