"""Normalize, compare and parse user input. Pure functions; accept any string.

Normalization strips invisible characters at both ends and converts to NFC; it changes nothing else.
"""

import re
import unicodedata
from urllib.parse import unquote

import email_validator
import idna
from email_validator import validate_email

# Only the syntax is checked here, so special-use domains (.test, .local, .invalid) are valid.
# The library has no option for it; its README says to change this list.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

MAX_EMAIL_LENGTH = 254
MAX_ID_LENGTH = 255
# The punctuation that may follow a link in a sentence.
_AFTER_LINK = ".,;:!)]}*`»”’"

# Some spreadsheets treat the full-width forms like the ASCII ones.
_FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_INVISIBLE_CHARS = "\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_CONTROL_CHARS = r"\x00-\x1f\x7f-\x9f"
_FORBIDDEN_CHARS = re.compile(rf"[{_CONTROL_CHARS}{_INVISIBLE_CHARS}\ud800-\udfff]")
_STRIPPED_AT_EDGES = "".join(
    character
    for character in map(
        chr, (*range(0x3001), 0xFEFF)
    )  # Unicode has no space above U+3000; a test checks all code points
    if character.isspace() or re.match(rf"[{_CONTROL_CHARS}{_INVISIBLE_CHARS}]", character)
)
# Invisible characters outside the invisible categories: fillers, variation selectors, joiners.
_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_SEARCH_IGNORED_CATEGORIES = {"Mn", "Cc", "Cf", "Cs"}
# Unicode decomposes no letter of these. Before the decomposition, which makes a space of the acute accent.
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4\u1ffd\uff07", "'")
_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_SEARCH_PUNCTUATION = str.maketrans(_APOSTROPHES | _HYPHENS)
_SEARCH_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_EMAIL_IGNORED_CATEGORIES = _INVISIBLE_CATEGORIES | {"Cs"}


def normalize_text(raw: str) -> str:
    """NFC; strip spaces, control characters, zero-width spaces and bidi overrides at both ends."""
    return unicodedata.normalize("NFC", raw).strip(_STRIPPED_AT_EDGES)


def has_control_characters(text: str) -> bool:
    """Whether the text has a control character, zero-width space, bidi override or lone surrogate."""
    return _FORBIDDEN_CHARS.search(text) is not None


def strip_control_characters(text: str) -> str:
    """Remove what `has_control_characters` finds; replace a line break or tab with a space."""
    return _FORBIDDEN_CHARS.sub(lambda match: " " if match[0].isspace() else "", text)


def escape_csv_formula(text: str) -> str:
    """Prevent CSV injection: prefix a cell that a spreadsheet would run as a formula with an apostrophe."""
    return "'" + text if text.startswith(_FORMULA_PREFIXES) else text


def is_blank(text: str) -> bool:
    """Whether the text has no visible character."""
    rest = _BLANK_LETTERS.sub("", text)
    return all(
        character.isspace() or unicodedata.category(character) in _INVISIBLE_CATEGORIES for character in rest
    )


def _fold_case(text: str) -> str:
    """Unicode's NFKC case folding; one pass does not always reach the fixed point."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKC", folded.casefold())


def _drop_categories(categories: set[str], text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in categories)


def fold_for_search(text: str) -> str:
    """For search: remove case, accents, repeated spaces, NUL and surrogates (which cannot be stored).

    A letter that has no decomposition becomes the ASCII letters that people type for it; apostrophes and
    hyphens become the ASCII ones. A change of this function needs a migration that folds the stored texts.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    text = text.translate(_SEARCH_PUNCTUATION)
    # Fold case first: uppercasing a letter with iota subscript writes the iota out.
    decomposed = unicodedata.normalize("NFKD", _fold_case(" ".join(text.split())))
    folded = _drop_categories(_SEARCH_IGNORED_CATEGORIES, decomposed)
    # Again: the decomposition of a ligature may contain one.
    return " ".join(folded.translate(_SEARCH_PUNCTUATION).translate(_SEARCH_LETTERS).split())


def _decode_punycode_label(label: str) -> str:
    # Longer labels are invalid in DNS, and slow to decode.
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return idna.ulabel(label)
    except UnicodeError:  # IDNAError is one
        return label


def _email_key_pass(email: str) -> str:
    if email.isascii() and email.isprintable() and "xn--" not in (lower := email.lower()):
        return lower.replace(" ", "")
    visible = _BLANK_LETTERS.sub("", _drop_categories(_EMAIL_IGNORED_CATEGORIES, _fold_case(email)))
    local, at, domain = visible.rpartition("@")
    labels = [_decode_punycode_label(label) for label in re.split("[.\u3002]", domain)]
    return local + at + (".".join(labels) if at else domain)


def email_key(email: str) -> str:
    """Normalize an email for comparison: no case, no spaces, one Unicode form, decoded Punycode domain.

    Only for comparison; the email is sent as typed.
    """
    key = _email_key_pass(email)
    while (next_key := _email_key_pass(key)) != key:  # each pass decodes or drops something, so this ends
        key = next_key
    return key


def is_valid_email(text: str) -> bool:
    """Whether `text` is one syntactically valid email, with a dot in its domain; no DNS lookup."""
    if len(text) > MAX_EMAIL_LENGTH or has_control_characters(text):
        return False
    try:
        validate_email(text, check_deliverability=False)
    except ValueError:
        return False
    return True


def _parse_id(text: str) -> str | None:
    is_valid = (
        len(text) <= MAX_ID_LENGTH and text.isprintable() and not re.search(r"""[\s/?#&=<>"'\\]""", text)
    )
    return text if is_valid and any(map(str.isalnum, text)) else None


def _id_from_link(token: str) -> str | None:
    # Take the last match: the frontend's own path may contain /m/. Then the query string.
    for part in (token.partition("?")[0], token):
        ids = re.findall(r"""/m(?=/([^\s/?#&=<>"']+))""", part)
        if ids:
            return str(ids[-1])
    return None


def extract_participant_id(text: str) -> str | None:
    """Extract the participant id of a pasted join link: its query parameter `p`."""
    match = re.search(r"/m/[^\s?]+\?(?:[^\s#]*&)?p=([^\s&#]+)", normalize_text(text))
    try:
        return _parse_id(unquote(match[1].rstrip(_AFTER_LINK), errors="strict")) if match else None
    except UnicodeDecodeError:
        return None


def extract_meeting_id(text: str) -> str | None:
    """Extract a meeting id from pasted text: the id alone, or any text with a link that has `/m/<id>`."""
    pasted = normalize_text(text)
    link = next(filter(None, map(_id_from_link, pasted.split())), None)
    if link is None:
        return _parse_id(pasted)
    try:
        return _parse_id(unquote(link.rstrip(_AFTER_LINK), errors="strict"))
    except UnicodeDecodeError:
        return None
