"""What of an answer may be kept: nothing that lets anyone in, nothing that a database refuses, nothing without end.

Pure. `scrubbed` leaves out every key whose name speaks of a secret, and then every text that repeats one of the values left
out; `clean` makes the vendor's words fit for a page and a column.
"""

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import quote

DEEPEST = 20
LONGEST_JSON = 16 * 1024
LONGEST_TEXT = 2_000
SHORTEST_SECRET = 6
"""A dropped value shorter than this is not looked for in other texts: "1" stands in half of them."""

MOST_SECRETS = 100
"""An answer with more dropped values than this is left out whole, rather than searched for each."""

SECRET_WORDS = r"token|secret|authorization|password|jwt|api[\s_.-]*key"  # noqa: S105  (words, no password)
"""What the name of a secret holds, as part of a regular expression; the log (`app.logs`) looks for the same."""

_SECRET_NAME = re.compile(SECRET_WORDS, re.IGNORECASE)
_SECRET_IN_ADDRESS = re.compile(r"(?:token|secret|jwt|api_?key)=", re.IGNORECASE)
_NOT_FOR_A_PAGE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_FOR_A_DATABASE = re.compile("[\x00\ud800-\udfff]")


def clean(text: str, longest: int) -> str:
    """Take out control characters, lone surrogates and direction overrides; make each run of spaces one."""
    spaced = " ".join(_NOT_FOR_A_PAGE.sub("", text[: longest * 4]).split())
    kept = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cs"})
    return kept[:longest].strip()


def scrubbed(document: object, secrets: Iterable[str] = ()) -> object:
    """Copy a JSON document without its secrets, nor the ones given, and without what JSON columns refuse."""
    hidden = {secret for secret in secrets if secret}
    hidden.update(text for text in _dropped_texts(document) if len(text) >= SHORTEST_SECRET)
    if len(hidden) > MOST_SECRETS:
        return {"omitted": "secrets", "count": len(hidden)}
    spellings = hidden | {quote(text, safe="", errors="replace") for text in hidden}
    return _scrub(document, spellings, DEEPEST)


def for_journal(document: object) -> dict[str, object]:
    """Wrap a scrubbed document for the journal's column, or say that it was too long for it."""
    kept = document if isinstance(document, dict) else {"value": document}
    size = len(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())
    return kept if size <= LONGEST_JSON else {"omitted": "json", "bytes": size}


def text_for_journal(text: str, size: int, secrets: Iterable[str] = ()) -> dict[str, object]:
    """Keep the beginning of an answer that is not JSON, unless it might hold a secret anywhere."""
    if _SECRET_NAME.search(text) or any(secret in text for secret in secrets if secret):
        return {"omitted": "text", "bytes": size}
    return {"text": _NOT_FOR_A_DATABASE.sub("", text)[:LONGEST_TEXT]}


def _dropped_texts(document: object) -> Iterator[str]:
    """Every text and number under a key that names a secret, at any depth."""
    waiting: list[tuple[object, bool]] = [(document, False)]
    while waiting:
        value, secret = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((inner, secret or _names_secret(key)) for key, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((inner, secret) for inner in value)
        elif secret and isinstance(value, str | int | float) and not isinstance(value, bool):
            yield str(value)


def _names_secret(key: str) -> bool:
    return _SECRET_NAME.search(key) is not None


def _scrub(value: object, hidden: Collection[str], depth: int) -> object:
    if isinstance(value, dict | list) and depth == 0:
        return "…"
    if isinstance(value, dict):
        return {
            str(_scrub(key, hidden, 0)): _scrub(inner, hidden, depth - 1)
            for key, inner in value.items()
            if not _names_secret(key)
        }
    if isinstance(value, list):
        return [_scrub(inner, hidden, depth - 1) for inner in value]
    return _scrub_leaf(value, hidden)


def _gives_away(text: str, hidden: Collection[str]) -> bool:
    return any(secret in text for secret in hidden) or _SECRET_IN_ADDRESS.search(text) is not None


def _scrub_leaf(value: object, hidden: Collection[str]) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and _gives_away(str(value), hidden)
    ):
        return "…"
    return _NOT_FOR_A_DATABASE.sub("", value) if isinstance(value, str) else value
