"""Redact a response for storage: no secrets, no characters that databases reject, bounded size.

Pure. `redact_json` removes every key whose name suggests a secret, and every text that contains one of those
values; `clean_message` makes the vendor's messages safe to display and store.
"""

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import quote

MAX_DEPTH = 20
MAX_JSON_BYTES = 16 * 1024
MAX_TEXT_CHARS = 2_000
MIN_SECRET_CHARS = 6
"""Shorter values are not searched in other texts: "1" occurs in half of them."""

MAX_SECRETS = 100
"""A response with more removed values than this is omitted as a whole."""

SECRET_NAME_PATTERN = r"token|secret|authorization|password|jwt|api[\s_.-]*key"  # noqa: S105  (words, no password)
"""Regular expression for names of secrets; `app.observability.redaction` uses it too."""

_SECRET_NAME_RE = re.compile(SECRET_NAME_PATTERN, re.IGNORECASE)
_SECRET_IN_URL_RE = re.compile(r"(?:token|secret|jwt|api_?key)=", re.IGNORECASE)
_UNDISPLAYABLE_CHARS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_UNSTORABLE_CHARS = re.compile("[\x00\ud800-\udfff]")


def clean_message(text: str, max_length: int) -> str:
    """Remove control characters, lone surrogates and bidi overrides; collapse spaces."""
    spaced = " ".join(_UNDISPLAYABLE_CHARS.sub("", text[: max_length * 4]).split())
    printable = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cs"})
    return printable[:max_length].strip()


def redact_json(document: object, secrets: Iterable[str] = ()) -> object:
    """Copy a JSON document without its secrets, the given ones, and what JSON columns reject."""
    hidden_texts = {secret for secret in secrets if secret}
    hidden_texts.update(text for text in _find_secret_values(document) if len(text) >= MIN_SECRET_CHARS)
    if len(hidden_texts) > MAX_SECRETS:
        return {"omitted": "secrets", "count": len(hidden_texts)}
    spellings = hidden_texts | {quote(text, safe="", errors="replace") for text in hidden_texts}
    return _redact(document, spellings, MAX_DEPTH)


def to_journal_json(document: object) -> dict[str, object]:
    """Wrap a redacted document for the journal column, or replace it if it is too long."""
    payload = document if isinstance(document, dict) else {"value": document}
    size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode())
    return payload if size <= MAX_JSON_BYTES else {"omitted": "json", "bytes": size}


def to_journal_text(text: str, size: int, secrets: Iterable[str] = ()) -> dict[str, object]:
    """Keep the beginning of a response that is not JSON, unless it may contain a secret."""
    if _SECRET_NAME_RE.search(text) or any(secret in text for secret in secrets if secret):
        return {"omitted": "text", "bytes": size}
    return {"text": _UNSTORABLE_CHARS.sub("", text)[:MAX_TEXT_CHARS]}


def _find_secret_values(document: object) -> Iterator[str]:
    """Every text and number under a key that names a secret, at any depth."""
    stack: list[tuple[object, bool]] = [(document, False)]
    while stack:
        value, is_secret = stack.pop()
        if isinstance(value, dict):
            stack.extend((inner, is_secret or _is_secret_name(key)) for key, inner in value.items())
        elif isinstance(value, list):
            stack.extend((inner, is_secret) for inner in value)
        elif is_secret and isinstance(value, str | int | float) and not isinstance(value, bool):
            yield str(value)


def _is_secret_name(key: str) -> bool:
    return _SECRET_NAME_RE.search(key) is not None


def _redact(value: object, hidden_texts: Collection[str], depth: int) -> object:
    if isinstance(value, dict | list) and depth == 0:
        return "…"
    if isinstance(value, dict):
        return {
            str(_redact(key, hidden_texts, 0)): _redact(inner, hidden_texts, depth - 1)
            for key, inner in value.items()
            if not _is_secret_name(key)
        }
    if isinstance(value, list):
        return [_redact(inner, hidden_texts, depth - 1) for inner in value]
    return _redact_leaf(value, hidden_texts)


def _contains_secret(text: str, hidden_texts: Collection[str]) -> bool:
    return any(secret in text for secret in hidden_texts) or _SECRET_IN_URL_RE.search(text) is not None


def _redact_leaf(value: object, hidden_texts: Collection[str]) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and _contains_secret(str(value), hidden_texts)
    ):
        return "…"
    return _UNSTORABLE_CHARS.sub("", value) if isinstance(value, str) else value
