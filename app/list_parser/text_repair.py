"""Wrongly decoded letters: repaired if that is certain, otherwise detected."""

import contextlib
import html
import re
import unicodedata
from collections.abc import Sequence
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote

TWICE = "utf-8-twice"
"""UTF-8 that was read as Windows-1252 and written as UTF-8 again."""

WIDE_AT = "＠"
"""Typed by some keyboards for «@»; no mail system takes it."""
_ENTITY = re.compile(
    r"&[AEIOUNaeioun](?:acute|tilde|uml|grave|circ);?|&(?:[A-Za-z]{2,8}|#\d{2,4}|#[xX][0-9A-Fa-f]{2,4});"
)
_ENCODED_WORD = re.compile(r"=\?[\w-]{3,20}\?[QqBb]\?[^?\s]*\?=(?:\s+(?==\?))?")
_UTF_8 = "(?:{0}[C-Fc-f][0-9A-Fa-f](?:{0}[89ABab][0-9A-Fa-f])+)"
_PERCENT, _QUOTED_PRINTABLE = (re.compile(f"{_UTF_8.format(sign)}+") for sign in "%=")
_PERCENT_ASCII = re.compile(r"%(?:20|2C|3C|3E|40)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\u(00[c-fC-F][0-9a-fA-F])")
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
_CAPITAL_INSIDE = re.compile(r"[a-zà-öø-ÿ][À-ÖØ-Þ](?![A-ZÀ-Þ])")
# Drawing and mathematics: what the bytes of letters are in the encodings of MS-DOS and of the Macintosh.
_DRAWN = re.compile(r"[^\W\d_][\u02c6-\u02dd\u2190-\u25ff\ue000-\uf8ff]|[\u2190-\u25ff\ue000-\uf8ff][^\W\d_]")
_LOOSE_ACCENT = re.compile(r"(?<![DdOoLl])[aeioun][´`¨](?![\W_])|[´`]ı|[aeiou]´(?=$|\s)")
# What stands where a letter was lost, and what is left of an escaped letter.
_LOST = re.compile(
    r"[^\W\d_](?:\?+|[_#*□])[^\W\d_]|[^\W\d_]\?+(?=$|[\s,.)])|(?:^|[\s(,])\?+[^\W\d_]|[Nn]~[^\W\d_]"
    r"|[%=][C-Fc-f][0-9A-Fa-f]|\\[ux][0-9a-fA-F]{2}|&[A-Za-z]{2,8};?(?=[A-Za-z]*;)|&(?:amp|nbsp)\b|\+[A-Za-z0-9/]{3,8}-"
)
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_CODECS = {"ibm850": "cp850", "mac-roman": "mac_roman", "windows-1252": "cp1252", "windows-1250": "cp1250"}
_CURES = (TWICE, "ibm850", "mac-roman", "windows-1252")
_WRONG = ("cp1252", "mac_roman", "cp850")
"""The encodings in which texts are read wrongly."""
_MAX_TIMES = 3


def decode_markup(text: str) -> str:
    """HTML entities, encoded words of mails and percent-encoded letters as what they stand for."""
    text = text.replace(WIDE_AT, "@")
    if "&" in text:
        # A second time for «&amp;eacute;».
        text = _ENTITY.sub(_decode_entity, _ENTITY.sub(_decode_entity, text))
    if "=?" in text:
        text = _ENCODED_WORD.sub(_decode_encoded_word, text)
    if "%" in text and (_PERCENT.search(text) or "@" not in text):
        text = _PERCENT_ASCII.sub(lambda match: unquote(match[0]), _PERCENT.sub(_decode_percent, text))
    if "=" in text:
        text = _QUOTED_PRINTABLE.sub(_decode_quoted_printable, text)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "\\u" in text else text


def _decode_entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0] if match[0].endswith(";") else f"{match[0]};")
    if character == "\u00a0":
        return " "
    sound = len(character) == 1 and (character.isalpha() or character in "&'<>@\"")
    return character if sound else match[0]


def _decode_encoded_word(match: re.Match[str]) -> str:
    try:
        ((content, charset),) = decode_header(match[0].strip())
        text = content.decode(charset or "ascii") if isinstance(content, bytes) else content
    except (HeaderParseError, LookupError, ValueError):
        return match[0]
    if not text.isprintable():
        return match[0]
    return f'"{text}"' if {",", ";"} & set(text) else text


def _decode_percent(match: re.Match[str]) -> str:
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return text if text.isalpha() else match[0]


def _decode_quoted_printable(match: re.Match[str]) -> str:
    try:
        text = bytes.fromhex(match[0].replace("=", "")).decode()
    except UnicodeDecodeError:
        return match[0]
    return text if text.isalpha() else match[0]


def is_damaged(name: str) -> bool:
    """Whether a name has a letter that no name has, or a `?` inside a word."""
    if "\ufffd" in name or _INSIDE.search(name) or _LOST.search(name):
        return True
    if name.isascii():
        return False
    foreign = sum("\xc0" <= letter <= "\xff" for letter in name)
    if foreign > 3 and foreign * 2 > len(name):
        return True
    patterns = (_EDGE, _CASE, _CAPITAL_INSIDE, _DRAWN, _LOOSE_ACCENT)
    return any(pattern.search(name) for pattern in patterns) or is_encoded_twice(name)


def is_encoded_twice(text: str) -> bool:
    """Whether UTF-8 was once read as Windows-1252: «MarÃ­a»."""
    return _PAIR.search(text) is not None and repair_double_encoding(text) not in {None, text}


def repair_double_encoding(text: str) -> str | None:
    """The text before its UTF-8 was read in another encoding, once or more often; None where it was not."""
    repaired = text
    for _ in range(_MAX_TIMES):
        better = _decode_utf_8_again(repaired)
        if better is None or better == repaired:
            break
        repaired = better
    return repaired if repaired.isascii() or repaired != text else None


def _decode_utf_8_again(text: str) -> str | None:
    for wrong in _WRONG:
        with contextlib.suppress(UnicodeError):
            return _encode(text, wrong).decode("utf-8")
    # Sound letters beside damaged ones: «MarÃ­a Peña».
    if not _PAIR.search(text):
        return None
    return _PAIR.sub(_decode_pair, text)


def _decode_pair(match: re.Match[str]) -> str:
    try:
        return _encode(match[0], "cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]


def _encode(text: str, codec: str) -> bytes:
    if codec != "cp1252":
        return text.encode(codec)
    # The five codes that Windows-1252 does not define pass through as they are.
    return b"".join(
        character.encode("latin-1") if "\x80" <= character <= "\x9f" else character.encode("cp1252")
        for character in text
    )


def repair_with(text: str, encoding: str) -> str | None:
    """What `text`, wrongly decoded in another encoding, says in this one; None where that is no better."""
    codec = _CODECS.get(encoding, "")
    for wrong in _WRONG if codec else ():
        if wrong == codec:
            continue
        with contextlib.suppress(UnicodeError):
            repaired = _encode(text, wrong).decode(codec)
            symbols = [letter for letter in repaired if letter > "\x7f" and not letter.isalpha()]
            if repaired != text and not symbols and not is_damaged(repaired) and not count_faults(repaired):
                return repaired
    return None


def _repair(text: str, encoding: str) -> str | None:
    """What a text says in an encoding, if it was damaged and is sound then."""
    if encoding != TWICE:
        return repair_with(text, encoding)
    repaired = repair_double_encoding(text)
    return None if repaired in {None, text} or is_damaged(repaired or "") else repaired


def restore_name(name: str) -> str | None:
    """The name with its letters restored, if a way of restoring them gives a sound name."""
    if "\ufffd" in name or "?" in name:
        return None
    if _LOOSE_ACCENT.search(name) or "n~" in name:
        return _join_accents(name)
    repairs = [repaired for encoding in _CURES if (repaired := _repair(name, encoding))]
    spanish = (repaired for repaired in repairs if _is_spanish(repaired))
    return next(spanish, next(filter(str.isprintable, repairs), None))


def _is_spanish(text: str) -> bool:
    return text.isprintable() and {letter for letter in text if letter > "\x7f"} <= _SPANISH


def _join_accents(name: str) -> str | None:
    """«Mari´a», «Mar´ıa» and «Pen~a» with the accents on their letters."""
    joined = re.sub(r"[´`]([ıi])", "i\u0301", name)
    joined = re.sub(r"([AEIOUaeiou])´", "\\1\u0301", joined)
    joined = unicodedata.normalize("NFC", re.sub(r"([Nn])~", "\\1\u0303", joined))
    return None if is_damaged(joined) else joined


def count_faults(text: str) -> int:
    """How many letters of a decoded text are out of place; 0 for a text that reads well."""
    if text.isascii():
        return 0
    strange = sum(1 for character in text if character > "\x7f" and character not in _GOOD)
    wrong = sum(len(pattern.findall(text)) for pattern in (_INSIDE, _EDGE, _CASE, _CAPITAL_INSIDE))
    return strange + wrong + 2 * len(_TWICE.findall(text))


def find_repair_encoding(names: Sequence[str]) -> str | None:
    """The encoding that restores most of some names, the most natural ones first; None if none does."""
    names = [name for name in names if not _LOOSE_ACCENT.search(name)]
    cured = {
        encoding: [repaired for name in names if (repaired := _repair(name, encoding))] for encoding in _CURES
    }
    best = max(_CURES, key=lambda encoding: (sum(map(_is_spanish, cured[encoding])), len(cured[encoding])))
    return best if cured[best] else None
