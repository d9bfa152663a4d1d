"""Names: taken out of what stands around them, put together from cells, or proposed from an address.

Only a proposal is given capitals; what was typed is never recased.
"""

import re
from collections.abc import Sequence

from app.list_parser.vocabulary import find_label, role_from_word
from app.utils.text import fold_for_search, normalize_text

_NUMBER = r"\(?\d{1,4}(?:\s*\.-|[.)\]º°]|\s*[-–—](?=\s))\s*(?=[^\W\d_]|[\"'“«¿¡<]|\s)|\(?[a-zA-Z]\)\s+"
_BULLET = re.compile(
    rf"\s*(?:\d\ufe0f?\u20e3\s*|[•·▪▫◦‣⁃●○■□➢➤►▶✓✔☐☑☒→]\s*|[-–—*+>]\s+|-(?=[^\W\d_][^-]*$)|\[[ xX]?\]\s*|{_NUMBER})"
)
_LABEL_BEFORE_EMAIL = re.compile(r"(?i)[\s,;(-]*\b(?:e-?mail|correo(?: electr[oó]nico)?|mail)\s*:\s*$")
_LABEL_BEFORE_NAME = re.compile(r"(?i)^\s*(?:nombre(?: completo)?|name)\s*:\s*")
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "„": "“", "«": "»", "‘": "’", "’": "’", "`": "`", "[": "]"}
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?\s?m\.?)?"
_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
_ID = r"(?:\d{1,2}|PE|E|N)-\d{1,5}-\d{1,7}"
_NUMBER_WITH_DIGITS = r"\(?\+?\(?\d(?:[\s().-]{0,2}\d){6,14}\)?"
_LEADING = re.compile(
    rf"\s*[\[(]?(?P<junk>{_DATE},?\s+{_TIME}|{_TIME}(?:\s*[-–]\s*{_TIME})?(?:\s?hr?s?\b)?|{_DATE}|{_ID}|{_NUMBER_WITH_DIGITS})"
    r"[\])]?\s*[-–—:·~,;|\t]?\s*(?=[^\W\d_]|~)~?\s*",
    re.IGNORECASE,
)
_ID_AT_THE_END = re.compile(
    rf"[\s,;:(-]+(?:(?:c[eé]dula|c\.?i\.?p?\.?|id|dni)\s*:?\s*)?{_ID}\)?\s*$", re.IGNORECASE
)
_LABELLED_PHONE = re.compile(
    r"[\s,;:(-]+(?:tel(?:[eé]fono)?|cel(?:ular)?|m[oó]vil|whats ?app|phone|wa|ph)\.?\s*:?"
    r"\s*\+?(?:[\s().-]*\d){7,15}[\s)]*$|\s*\(\+?(?:[\s().-]*\d){7,15}\s*\)\s*$",
    re.IGNORECASE,
)
_PHONE_AT_THE_END = re.compile(r"(?<=[^\W\d_.])[\s,;:(·~|–—-]+\+?(?:[\s().-]*\d){7,15}\s*$")
_ROLE_AT_THE_END = re.compile(r"\s*[(\[]([^()\[\]]{1,40})[)\]]$")
_NUMBER_BESIDE = re.compile(
    rf"(?:^|(?<=[\s,;:|·(~<\[-]))({_ID}|{_NUMBER_WITH_DIGITS})(?![\w@.]*@)(?=$|[\s,;|·)>\]–—:<-])"
)
_BEFORE, _AFTER = " ,;:|)]}>", " ,;:|-–—([{<·~"


def has_letter(text: str) -> bool:
    """Whether anything in it can be read aloud as a name."""
    return any(map(str.isalpha, text))


def find_name_start(line: str) -> tuple[int, str | None]:
    """Where a line begins after bullets, numbering and a label such as «Para:»; and the label's role, if it names one."""
    start, role = 0, None
    for _ in range(3):
        if junk := _LEADING.match(line[start : start + 80]):
            start += junk.end()
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
    return _ID_AT_THE_END.sub("", _PHONE_AT_THE_END.sub("", _LABELLED_PHONE.sub("", end)))


def strip_leading(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the phone, id, date or hour before it; and what was taken away."""
    match = _LEADING.match(name[:80])
    return (name[match.end() :], (match["junk"].strip(),)) if match else (name, ())


def find_number(text: str) -> str | None:
    """A phone's or an id's number that stands before or after the name of a text that holds one person."""
    if not any(map(str.isdigit, text)):
        return None
    match = _NUMBER_BESIDE.search(text[:400])
    return match[1].strip() if match else None


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
    if rest or (" " not in named[0] and not foreign):
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
