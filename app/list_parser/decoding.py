"""Bytes → text. Guesses only unambiguous encodings; the coordinator can choose another one in the preview."""

import codecs
from functools import partial

from app.list_parser.text_repair import TWICE, count_faults, repair_double_encoding, repair_with
from app.list_parser.types import FileError, UnreadableFile

_CODECS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "mac-roman": "mac_roman",
    # «CSV (MS-DOS)» of Excel.
    "ibm850": "cp850",
    TWICE: "utf-8-sig",
}
ENCODINGS = tuple(_CODECS)
"""The encodings that a coordinator can choose; a reading names the one that was used."""

_MAX_SAMPLE_CHARS = 100_000
_BINARY_SIGNATURES = (
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
    *(b"\x7fELF", b"MZ\x90", b"SQLite format 3"),
)
_MARKUP_PREFIXES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def decode(data: bytes, encoding: str | None) -> tuple[str, str, str | None]:
    """The text, the name of the encoding used, and that of one that may read better.

    What cannot be read becomes U+FFFD; nothing is raised for it.

    Raises:
        UnreadableFile: it is no text at all.
    """
    if data.startswith(_BINARY_SIGNATURES) or data[:512].lstrip().lower().startswith(_MARKUP_PREFIXES):
        raise UnreadableFile(FileError.NOT_A_LIST)
    used, cure = (encoding, None) if encoding in _CODECS and encoding else _detect_encoding(data)
    codec = _get_utf16_codec(data) if used == "utf-16" else _CODECS[used]
    is_guess = used == "windows-1252" and encoding != used
    text = _decode_lines(data) if is_guess else data.decode(codec, errors="replace")
    text = text.removeprefix("\ufeff")
    if used == TWICE:
        text = repair_text(text, TWICE)
    if _looks_binary(text):
        raise UnreadableFile(FileError.NOT_A_LIST)
    return text, used, cure


def _decode_lines(data: bytes) -> str:
    """Windows-1252, with the lines that are UTF-8 (of another file) as such."""
    lines = []
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "".join(lines)


def repair_text(text: str, encoding: str) -> str:
    """A text that was decoded wrongly before it came here, line by line; a line that this does not cure stays."""
    if encoding not in _CODECS:
        return text
    repair = repair_double_encoding if encoding == TWICE else partial(repair_with, encoding=encoding)
    return "".join(
        line if line.isascii() else repair(line) or line for line in text.splitlines(keepends=True)
    )


def _detect_encoding(data: bytes) -> tuple[str, str | None]:
    """The encoding, and one that may read better where that is not certain."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _detect_utf16_without_bom(data):
        return "utf-16", None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # A mark says that it is UTF-8, whatever is broken in it.
        return ("utf-8", None) if data.startswith(codecs.BOM_UTF8) else _detect_8_bit_encoding(data)
    if text.isascii() or not count_faults(_non_ascii_lines(text)):
        return "utf-8", None
    repaired = repair_text(text, TWICE)
    return (
        (TWICE, None)
        if repaired != text and not count_faults(_non_ascii_lines(repaired))
        else ("utf-8", None)
    )


def _detect_8_bit_encoding(data: bytes) -> tuple[str, str | None]:
    faults = {
        encoding: count_faults(_non_ascii_lines(data.decode(_CODECS[encoding], errors="replace")))
        for encoding in ("windows-1252", "ibm850", "mac-roman")
    }
    best = min(faults, key=lambda encoding: faults[encoding])
    if best == "windows-1252" or not faults[best]:
        return best, None
    return "windows-1252", best


def _non_ascii_lines(text: str) -> str:
    """The lines of a text that show how it was encoded, up to a limit."""
    return "\n".join(line for line in text.splitlines() if not line.isascii())[:_MAX_SAMPLE_CHARS]


def _detect_utf16_without_bom(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, where it is plain: letters here, a zero beside most of them there."""
    if len(data) < 4 or len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    half = len(data) // 2
    if odd > half * 0.6 and even <= half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd <= half * 0.05:
        return "utf-16-be"
    return None


def _get_utf16_codec(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    return _detect_utf16_without_bom(data) or "utf-16-le"


def _looks_binary(text: str) -> bool:
    """Whether control characters are too many for a text that was typed."""
    controls = sum(map(text.count, (*map(chr, range(9)), *map(chr, range(14, 32)))))
    return controls * 20 > len(text)
