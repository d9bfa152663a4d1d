"""Addresses that are probably not what was meant, and what was probably meant."""

import re

from app.utils.text import is_valid_email

_PROVIDERS = {
    "gmail": "gmail.com",
    "hotmail": "hotmail.com",
    "outlook": "outlook.com",
    "yahoo": "yahoo.com",
    "icloud": "icloud.com",
}
# Domains of their own, however near they are to one of those above.
_KNOWN_LABELS = frozenset(("mail", "email", "ymail", "gmx", "cloud", "outlooks", "yahoos"))
# No such top-level domains exist.
_TLD_TYPOS = {
    **dict.fromkeys(
        ("con", "cmo", "ocm", "comm", "coom", "ccom", "cim", "vom", "xom", "cpm", "cok", "comn", "xn"), "com"
    ),
    **dict.fromkeys(("ogr", "rog", "orgg", "orh"), "org"),
    **dict.fromkeys(("nte", "ent", "nett"), "net"),
}
# Where the two big ones have no addresses; Yahoo, Hotmail and Outlook have them in many countries.
_ALMOST_COM = frozenset(("co", "cm", "om", "c", "cc", "ne", "net", "org", "es", "mx", "pa", "com.com"))
_AT = re.compile(r"(?i)\s*[(\[{]\s*(?:at|arroba|a)\s*[)\]}]\s*|\s+arroba\s+|\s*@\s*")
_DOT = re.compile(r"(?i)\s*[(\[{]\s*(?:dot|punto|\.)\s*[)\]}]\s*|\s+(?:dot|punto)\s+")
_BARE_DOMAIN = re.compile(
    r"(?i)^([\w.+-]+)[.#]?((?:gmail|hotmail|outlook|yahoo|icloud)\.(?:com?|es)(?:\.[a-z]{2})?)$"
)


def suggest_domain(domain: str) -> str | None:
    """The well-known domain that was probably meant, or None for one that may be right."""
    name, dot, rest = domain.lower().rpartition(".")
    if dot and rest in _TLD_TYPOS:
        fixed = f"{name}.{_TLD_TYPOS[rest]}"
        return suggest_domain(fixed) or fixed
    label, dot, rest = domain.lower().partition(".")
    if label in _PROVIDERS:
        return _PROVIDERS[label] if _is_wrong_tld(label, rest) else None
    if (
        not dot
        or rest not in {"com", "con", "co", "es", "com.mx", "com.ar", "com.co"}
        or label in _KNOWN_LABELS
    ):
        return None
    near = next((known for known in _PROVIDERS if _is_one_typo(label, known)), None)
    if near is None:
        return None
    return f"{near}.{rest}" if near in {"hotmail", "yahoo", "outlook"} and rest != "co" else _PROVIDERS[near]


def _is_wrong_tld(label: str, rest: str) -> bool:
    if label in {"gmail", "icloud"}:
        return rest != "com" and ("." not in rest or rest.startswith(("com.", "co.", "con.")))
    return rest in _ALMOST_COM - {"es", "mx", "pa"} or not rest


def _is_one_typo(typed: str, meant: str) -> bool:
    """Whether one letter too many, too few, wrong or changed with its neighbour makes `typed` of `meant`."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    typed_rest, meant_rest = typed[same:], meant[same:]
    if len(typed) == len(meant):
        swapped = typed_rest[:2] == meant_rest[1::-1] and typed_rest[2:] == meant_rest[2:]
        # Another first letter is more often another company: jmail, bmail.
        return swapped or (same > 0 and typed_rest[1:] == meant_rest[1:])
    longer, shorter = (
        (typed_rest, meant_rest) if len(typed_rest) > len(meant_rest) else (meant_rest, typed_rest)
    )
    return same > 0 and longer[1:] == shorter


def suggest_email(email: str) -> str | None:
    """A valid address near to `email`, if one is obvious."""
    if len(email) > 320:
        return None
    local, at, domain = email.rpartition("@")
    local = local.strip(" .@").replace("..", ".")
    domain = re.sub(r"[.,]+", ".", re.sub(r"\s+", "", domain)).strip(".-@")
    if domain.lower() in _PROVIDERS:
        domain = _PROVIDERS[domain.lower()]
    fixed = f"{local}{at}{suggest_domain(domain) or domain}"
    return fixed if fixed != email and is_valid_email(fixed) else None


def find_obfuscated_email(text: str) -> tuple[str, str | None] | None:
    """An address that does not show its @ («ana arroba gmail.com», «ana.gmail.com») and how it is probably written."""
    if len(text) > 320:
        return None
    typed = _DOT.sub(".", _AT.sub("@", text, count=1))
    if "@" in typed:
        email = typed if is_valid_email(typed) else suggest_email(typed)
        return (text, email) if email or "@" in text else None
    if bare := _BARE_DOMAIN.match(text):
        return text, suggest_email(f"{bare[1].rstrip('.')}@{bare[2]}") or f"{bare[1].rstrip('.')}@{bare[2]}"
    return None
