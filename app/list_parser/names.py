"""Names: taken out of what stands around them, put together from cells, or proposed from an address.

Only a proposal is given capitals; what was typed is never recased.
"""

import re
from collections.abc import Sequence

from app.list_parser.cells import is_name
from app.list_parser.column_titles import read_title
from app.list_parser.vocabulary import find_label, role_from_word
from app.utils.text import fold_for_search, normalize_text

_NUMBER = r"(?:#|[Nn][º°]\.?) ?\d{1,4}\s+|\(?\d{1,4}(?:\s*\.-|[.)\]º°]|\s*[-–—](?=\s))\s*(?=[^\W\d_]|[\"'“«¿¡<]|\s)|\(?[a-zA-Z]\)\s+"
_BULLET = re.compile(
    rf"\s*(?:\d\ufe0f?\u20e3\s*|[•·▪▫◦‣⁃●○■□➢➤►▶✓✔☐☑☒→]\s*|[-–—*+>]\s+|-(?=[^\W\d_][^-]*$)|\[[ xX]?\]\s*|{_NUMBER})"
)
_LABEL_BEFORE_EMAIL = re.compile(r"(?i)[\s,;(-]*\b(?:e-?mail|correo(?: electr[oó]nico)?|mail)\s*:\s*$")
_LABEL_BEFORE_NAME = re.compile(r"(?i)^\s*(?:nombre(?: completo)?|name)\s*:\s*")
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "„": "“", "«": "»", "‘": "’", "’": "’", "`": "`", "[": "]"}
_TIME = r"\d{1,2}(?::\d{2}(?::\d{2})?|h\d{2})(?:\s*[ap]\.?\s?m\.?)?"
_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_ID = r"(?:\d{1,2}|PE|E|N)-\d{1,5}-\d{1,7}"
_GAP = r"[\s().\u2010-\u2013-]"
_NUMBER_WITH_DIGITS = rf"\(?\+?\(?\d(?:{_GAP}{{0,2}}\d){{6,14}}\)?"
_PHONE_LABEL = (
    r"(?:(?:tel(?:[eé]fono)?|cel(?:ular)?|m[oó]vil|whats ?app|phone|wa|ph)\b\.?\s*:?|[☎📞📱📲]\ufe0f?)"
)
_ID_LABEL = r"(?:c[eé]dula|c\.?\s?[ic]\.?(?:p\.?)?|id|dni|rut|curp|rfc|pasaporte)"
_CODE = rf"{_ID_LABEL}\.?\s*:?\s*(?=\S*\d)[\w.-]{{5,20}}|[A-Z]{{1,5}}-\d[\d-]{{4,14}}"
_STAMP = rf"{_DATE},?\s+{_TIME}|{_TIME},?\s+{_DATE}|{_TIME}(?:\s*[-–]\s*{_TIME})?(?:\s?hr?s?\b)?|{_DATE}"
_LEADING = re.compile(
    rf"\s*[\[(]?(?P<junk>(?P<stamp>{_STAMP})|{_ID}|(?:{_PHONE_LABEL}\s*)?{_NUMBER_WITH_DIGITS}|{_CODE})"
    r"[\])]?\s*[-–—:·~,;|\t]?\s*(?=[^\W\d_]|~)~?\s*",
    re.IGNORECASE,
)
_SENDER = re.compile(r"([^:@<>;,|\t\d]{2,60}):\s+(?=[^\W\d_])(?![^\s@]*@)(?=[^\n]*@)")
"""Who wrote a line of a chat, before a person with an address."""
_ID_AT_THE_END = re.compile(
    rf"[\s,;:(-]+(?:(?:{_ID_LABEL}\.?\s*:?\s*)?{_ID}|{_ID_LABEL}\.?\s*:?\s*\d[\d.-]{{4,14}})\)?\s*$",
    re.IGNORECASE,
)
_LABELLED_PHONE = re.compile(
    rf"[\s,;:(-]+{_PHONE_LABEL}"
    rf"\s*\+?(?:{_GAP}*\d){{7,15}}[\s)]*$|\s*\(\+?(?:{_GAP}*\d){{7,15}}\s*\)\s*$",
    re.IGNORECASE,
)
_PHONE_AT_THE_END = re.compile(rf"(?<=[^\W\d_.])[\s,;:(·~|–—-]+\+?(?:{_GAP}*\d){{7,15}}\s*$")
_ROLE_AT_THE_END = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]$")
_NUMBER_BESIDE = re.compile(
    rf"(?:^|(?<=[\s,;:|·(~<\[☎📞📱📲\ufe0f-]))({_ID}|{_NUMBER_WITH_DIGITS})(?![\w@.]*@)(?=$|[\s,;|·)>\]–—:</-])"
)
_ROW_NUMBER = re.compile(rf"\s*(?:{_NUMBER})(?=[^\W\d_])|\s*\d{{1,3}}\s+[-–—]\s+(?=[^\W\d_])")
_LONG_NUMBER = re.compile(rf"\d(?:{_GAP}{{0,2}}\d){{5}}")
_BEFORE, _AFTER = " ,;:|)]}>~", " ,;:|-–—([{<·~"


def has_letter(text: str) -> bool:
    """Whether anything in it can be read aloud as a name."""
    return any(map(str.isalpha, text))


def find_name_start(line: str) -> tuple[int, str | None]:
    """Where a line begins after bullets, numbering and a label such as «Para:»; and the label's role, if it names one."""
    start, role = 0, None
    for _ in range(3):
        if junk := _LEADING.match(line[start : start + 80]):
            start += junk.end()
            if junk["stamp"] and (sender := _SENDER.match(line[start : start + 400])):
                start += sender.end()
        elif bullet := _BULLET.match(line, start):
            start = bullet.end()
        elif label := find_label(line[start : start + 80]):
            role = role_from_word(label[0]) or role
            start += label[1]
        else:
            break
    return start, role


def clean_name(raw: str) -> str:
    """The name alone: without the quotation marks around it and the punctuation that parted it from something else."""
    name = _LABEL_BEFORE_NAME.sub("", " ".join(raw.split()))
    # At its end only: looked for everywhere, it takes the square of the time.
    name = name[:-60] + _strip_number(_LABEL_BEFORE_EMAIL.sub("", name[-60:]))
    before = None
    while name != before:
        before = name
        name = normalize_text(name).lstrip(_BEFORE).rstrip(_AFTER)
        if len(name) > 1 and _QUOTES.get(name[0]) == name[-1]:
            name = _unquote(name)
        elif name.startswith('"') and name.count('"') == 1:
            name = name[1:]
    return name


def _strip_number(end: str) -> str:
    return _PHONE_AT_THE_END.sub("", _ID_AT_THE_END.sub("", _LABELLED_PHONE.sub("", end)))


def strip_leading(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the phone, id, date, hour or number before it; and what was taken away."""
    if match := _LEADING.match(name[:80]):
        return name[match.end() :], (match["junk"].strip(),)
    match = _ROW_NUMBER.match(name[:80])
    return (name[match.end() :], (match[0].strip(),)) if match else (name, ())


def has_number_inside(name: str) -> bool:
    """Whether a phone or an id is left in a name."""
    return has_letter(name) and _LONG_NUMBER.search(name) is not None


def find_number(text: str) -> str | None:
    """A phone's or an id's number that stands before or after the name of a text that holds one person."""
    if not any(map(str.isdigit, text)):
        return None
    stamped = _LEADING.match(text[:80])
    start = stamped.end() if stamped and stamped["stamp"] else 0
    match = _NUMBER_BESIDE.search(text[start : start + 400])
    return match[1].strip(" ()") if match else None


def _unquote(name: str) -> str:
    inside = name[1:-1]
    # Of «"Ana" y "Luis"» the first mark and the last one are no pair.
    if name[0] == '"':
        pairs = inside.replace('""', "")
        return name if '"' in pairs else inside.replace('""', '"').replace('\\"', '"')
    return name if name[0] in inside or name[-1] in inside else inside


def split_role(name: str) -> tuple[str, str | None]:
    """The name without a role in brackets at its end, and the role."""
    if (found := _ROLE_AT_THE_END.search(name[-60:])) and (role := role_from_word(found[1])):
        return clean_name(name[: len(name) - len(found[0])]), role
    return name, None


def join_name(parts: Sequence[str], email: str, comma: bool) -> str:
    """The name that stands in the cells before an address: the first one, and a second that goes on with it.

    A second cell is the rest of the name («Ana», «López») when the first is one word, or when the address has
    it too; otherwise it is a company, a city, a remark. `comma` tells that the cells are parted as in «López,
    Ana».
    """
    # Beside an address, what holds no letter is the number of the row.
    named = [part for part in parts if has_letter(part)] or ([] if email else list(parts))
    if len(named) < 2:
        return named[0] if named else ""
    local, _, domain = fold_for_search(email).partition("@")
    words = [word for word in fold_for_search(named[1]).split() if len(word) > 2]
    rest = any(word in local for word in words)
    foreign = any(word in domain for word in words) or any(map(str.isdigit, named[1]))
    # «Gil Paz, Eva, eva@…»: a surname of two words.
    inverted = comma and is_name(named[1]) and " " not in named[1] and not read_title(named[1])
    if rest or ((" " not in named[0] or inverted) and not foreign):
        return (", " if comma else " ").join(named[:2])
    return named[0]


def name_from_email(email: str) -> str:
    """A name made of the part before the @: "ana.maria_lopez85@…" → "Ana Maria Lopez"."""
    local = email.partition("@")[0].partition("+")[0] or email.partition("@")[0]
    words = [word.rstrip("0123456789") for word in re.split(r"[\W_]+", local)]
    name = " ".join(_capitalize(word) for word in words if word)
    return name or normalize_text(local)


def _capitalize(word: str) -> str:
    return word[:1].upper() + (word[1:].lower() if word.isupper() else word[1:])
