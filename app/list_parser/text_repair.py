"""Wrongly decoded letters: repaired if that is certain, otherwise detected."""

import html
import re
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote

TWICE = "utf-8-twice"
"""UTF-8 that was read as Windows-1252 and written as UTF-8 again."""

WIDE_AT = "＠"
"""Typed by some keyboards for «@»; no mail system takes it."""
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,4}|#[xX][0-9A-Fa-f]{2,4});")
_ENCODED_WORD = re.compile(r"=\?[\w-]{3,20}\?[QqBb]\?[^?\s]*\?=(?:\s+(?==\?))?")
_PERCENT = re.compile(r"(?:%[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f])+)+")
_TWICE = re.compile(r"[ÂÃÄÅÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.")
# What two bytes of UTF-8 look like in Windows-1252.
_PAIR = re.compile(r"[\u00c2-\u00f4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_GOOD = frozenset("áéíóúüñÁÉÍÓÚÜÑçÇãõâêôàèìòùäëïöÀÈÌÒÙÃÕÂÊÔÄËÏÖøåæØÅÆßªº¿¡«»“”‘’–—…´·°•\u00a0€")
# Symbols that no name has inside a word: what remains of an accented letter that was decoded wrongly.
_INSIDE = re.compile(r"[^\W\d_][¡¢£¤¥¦§¨©«¬®¯°±²³¶¸¹»¼½¾¿×÷†‡‰™€‚„…›‹•?][^\W\d_]")
_EDGE = re.compile(r"(?:^|[\s(])[¥¤£¢§¨©¬®±µ¶÷×‡†‰][^\W\d_]|[^\W\d_][¢£¤¥¦§¨©¬®±¶¸÷×†‡‰‚„ƒ](?=$|[\s,.)])")
_CASE = re.compile(
    r"[a-zà-öø-ÿ][ŽŒŠŸÐÝÞ](?![A-Z])|[^\W\d_]ƒ|[a-z]{2}’[a-z]+\b(?<!’s)(?<!’t)|[a-z]—[a-z]|[a-z]–[a-z]{2}"
)
_CODECS = {"ibm850": "cp850", "mac-roman": "mac_roman", "windows-1252": "cp1252", "windows-1250": "cp1250"}


def decode_markup(text: str) -> str:
    """HTML entities, encoded words of mails and percent-encoded letters as what they stand for."""
    text = text.replace(WIDE_AT, "@")
    if "&" in text:
        text = _ENTITY.sub(_decode_entity, text)
    if "=?" in text:
        text = _ENCODED_WORD.sub(_decode_encoded_word, text)
    if "%" in text:
        text = _PERCENT.sub(_decode_percent, text)
    return text


def _decode_entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    sound = len(character) == 1 and (character.isalpha() or character in "&'")
    return character if sound else match[0]


def _decode_encoded_word(match: re.Match[str]) -> str:
    try:
        ((content, charset),) = decode_header(match[0].strip())
        text = content.decode(charset or "ascii") if isinstance(content, bytes) else content
    except (HeaderParseError, LookupError, ValueError):
        return match[0]
    return text if text.isprintable() else match[0]


def _decode_percent(match: re.Match[str]) -> str:
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return text if text.isalpha() else match[0]


def is_damaged(name: str) -> bool:
    """Whether a name has a letter that no name has, or a `?` inside a word."""
    if "\ufffd" in name or _INSIDE.search(name):
        return True
    return not name.isascii() and bool(_EDGE.search(name) or _CASE.search(name) or is_encoded_twice(name))


def is_encoded_twice(text: str) -> bool:
    """Whether UTF-8 was once read as Windows-1252: «MarÃ­a»."""
    return _PAIR.search(text) is not None and repair_double_encoding(text) is not None


def repair_double_encoding(text: str) -> str | None:
    """The text before it was decoded wrongly, or None where it was not."""
    try:
        return _encode_windows_1252(text).decode("utf-8")
    except UnicodeError:
        return None


def _encode_windows_1252(text: str) -> bytes:
    # The five codes that Windows-1252 does not define pass through as they are.
    return b"".join(
        character.encode("latin-1") if "\x80" <= character <= "\x9f" else character.encode("cp1252")
        for character in text
    )


def repair_with(text: str, encoding: str) -> str | None:
    """What `text`, wrongly decoded as Windows-1252, says in another encoding; None where that is no better."""
    try:
        repaired = _encode_windows_1252(text).decode(_CODECS[encoding])
    except (UnicodeError, KeyError):
        return None
    return repaired if repaired != text and not is_damaged(repaired) else None


def restore_name(name: str) -> str | None:
    """The name with its letters restored, if one way of restoring them gives a sound name."""
    if "\ufffd" in name or "?" in name:
        return None
    twice = repair_double_encoding(name)
    if twice is not None and twice != name:
        return twice if twice.isprintable() else None
    return next(filter(None, (repair_with(name, encoding) for encoding in ("ibm850", "mac-roman"))), None)


def count_faults(text: str) -> int:
    """How many letters of a decoded text are out of place; 0 for a text that reads well."""
    if text.isascii():
        return 0
    strange = sum(1 for character in text if character > "\x7f" and character not in _GOOD)
    wrong = sum(len(pattern.findall(text)) for pattern in (_INSIDE, _EDGE, _CASE))
    return (
        strange
        + wrong
        + 2 * len(_TWICE.findall(text))
        + len(re.findall(r"[a-zà-ÿ][À-ÖØ-Þ](?![A-ZÀ-Þ])", text))
    )


def find_repair_encoding(names: Sequence[str]) -> str | None:
    """The encoding that restores all of some names, or None."""
    if any("\ufffd" in name or "?" in name for name in names):
        return None
    if all(repair_double_encoding(name) not in {None, name} for name in names):
        return TWICE
    return next(
        (code for code in ("ibm850", "mac-roman") if all(repair_with(name, code) for name in names)), None
    )
