"""What people type: cleaned, compared, and read for what it holds. Pure; takes any string whatever.

Cleaning takes off the edges only what nobody means to type. What is kept is kept as typed, in NFC.
"""

import re
import unicodedata
from urllib.parse import unquote

import email_validator
import idna
from email_validator import validate_email

# Syntax alone is asked here: whether an address of .test, .local or .invalid can be reached is not for us to say.
# The library offers no other switch for it (its own README tells to change this list).
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

LONGEST_EMAIL = 254
LONGEST_ID = 255

# The full-width forms count as the plain ones in some spreadsheets.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_INVISIBLE = "\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069"
_CONTROLS = r"\x00-\x1f\x7f-\x9f"
_FORBIDDEN = re.compile(rf"[{_CONTROLS}{_INVISIBLE}\ud800-\udfff]")
_STRIPPED_AT_EDGES = "".join(
    character
    for character in map(
        chr, (*range(0x3001), 0xFEFF)
    )  # beyond U+3000 Unicode has no space; a test goes through all
    if character.isspace() or re.match(rf"[{_CONTROLS}{_INVISIBLE}]", character)
)
# Not of the categories that show nothing, and show nothing all the same (fillers, variation selectors, joiners).
_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_SHOWING_NOTHING = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_IGNORED_IN_SEARCH = {"Mn", "Cc", "Cf", "Cs"}
_IGNORED_IN_EMAIL = _SHOWING_NOTHING | {"Cs"}


def clean(raw: str) -> str:
    """NFC, without spaces, controls, zero-width spaces and bidirectional overrides at both ends."""
    return unicodedata.normalize("NFC", raw).strip(_STRIPPED_AT_EDGES)


def has_forbidden(text: str) -> bool:
    """Whether a control, a zero-width space, a bidirectional override or half a surrogate pair is in it."""
    return _FORBIDDEN.search(text) is not None


def without_forbidden(text: str) -> str:
    """`text` with what `has_forbidden` finds taken out; a line break or tab between words leaves a space."""
    return _FORBIDDEN.sub(lambda found: " " if found[0].isspace() else "", text)


def neutral_cell(text: str) -> str:
    """`text` as a CSV file may hold it: a spreadsheet that would take it for a formula finds an apostrophe first."""
    return "'" + text if text.startswith(_BEGINS_A_FORMULA) else text


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing at all."""
    rest = _BLANK_LETTERS.sub("", text)
    return all(
        character.isspace() or unicodedata.category(character) in _SHOWING_NOTHING for character in rest
    )


def _caseless(text: str) -> str:
    """Unicode's own compatibility caseless form, of which one pass is not always the last."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKC", folded.casefold())


def _without(categories: set[str], text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in categories)


def fold(text: str) -> str:
    """For search: no case, no accents, single spaces; also without NUL and surrogates, so that it can be stored."""
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    # Case goes first: the capital of a letter with a subscript iota spells the iota out.
    plain = unicodedata.normalize("NFKD", _caseless(" ".join(text.split())))
    # The dotless i is the one letter whose capital is another letter's.
    return " ".join(_without(_IGNORED_IN_SEARCH, plain).replace("ı", "i").split())


def _unicode_label(label: str) -> str:
    # Longer labels are no names of the DNS, and slow to decode.
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return idna.ulabel(label)
    except UnicodeError:  # IDNAError is one
        return label


def _email_key_once(email: str) -> str:
    if email.isascii() and email.isprintable() and "xn--" not in (lower := email.lower()):
        return lower.replace(" ", "")
    visible = _BLANK_LETTERS.sub("", _without(_IGNORED_IN_EMAIL, _caseless(email)))
    local, at, domain = visible.rpartition("@")
    labels = [_unicode_label(label) for label in re.split("[.\u3002]", domain)]
    return local + at + (".".join(labels) if at else domain)


def email_key(email: str) -> str:
    """What two spellings of one address have in common: no case, no spaces, one Unicode form, one form of the domain.

    For comparing only; what is sent is what was typed.
    """
    key = _email_key_once(email)
    while (again := _email_key_once(key)) != key:  # each pass decodes or drops something, so this ends
        key = again
    return key


def valid_email(text: str) -> bool:
    """Whether `text` is one address by its syntax, with a dot in its domain; nothing is looked up."""
    if len(text) > LONGEST_EMAIL or has_forbidden(text):
        return False
    try:
        validate_email(text, check_deliverability=False)
    except ValueError:
        return False
    return True


def _as_id(text: str) -> str | None:
    sound = len(text) <= LONGEST_ID and text.isprintable() and not re.search(r"""[\s/?#&=<>"'\\]""", text)
    return text if sound and any(map(str.isalnum, text)) else None


def _linked(word: str) -> str | None:
    # The last of them: a frontend may itself live under /m/. What stands in the query counts only without another.
    for part in (word.partition("?")[0], word):
        found = re.findall(r"""/m(?=/([^\s/?#&=<>"']+))""", part)
        if found:
            return str(found[-1])
    return None


def meeting_id_in(text: str) -> str | None:
    """The meeting's id in what somebody pasted: the id alone, or any text with a link that holds `/m/<id>`."""
    pasted = clean(text)
    link = next(filter(None, map(_linked, pasted.split())), None)
    if link is None:
        return _as_id(pasted)
    try:
        # The punctuation that a sentence puts after a link is not of it.
        return _as_id(unquote(link.rstrip(".,;:!)]}*`»”’"), errors="strict"))
    except UnicodeDecodeError:
        return None
