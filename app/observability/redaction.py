"""Redaction of every log line: credentials and e-mail addresses.

Known secrets are searched literally; others by pattern: an e-mail, a query string, the value after the name
of a secret, a signed cookie, a password in a URL. Most lines match nothing and cost only a few searches for a
character or word.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable
from urllib.parse import quote

from pydantic import SecretStr
from sqlalchemy import make_url

from app.config import Settings
from app.zelta.redaction import MIN_SECRET_CHARS, SECRET_NAME_PATTERN

REDACTED = "…"
STANDARD_RECORD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

_SECRET_NAMES = rf"{SECRET_NAME_PATTERN}|passwd|cookie|session"
_SECRET_NAME = re.compile(_SECRET_NAMES, re.IGNORECASE)
_SECRET_HINTS = ("token", "secret", "authorization", "passw", "jwt", "key", "cookie", "session")
_EMAIL_LOCAL_CHAR = (
    r"[^\s@\"<>()\[\]{},;:=|\\?&]"  # what an e-mail may hold before its @, as far as it helps to say
)
_DOMAIN = r"[\w-]+(?:\.[\w-]+)+"
_EMAIL = re.compile(rf"(?<!{_EMAIL_LOCAL_CHAR}){_EMAIL_LOCAL_CHAR}++@{_DOMAIN}")
_EMAIL_ENCODED = re.compile(
    rf"(?<!{_EMAIL_LOCAL_CHAR})(?:(?!%40){_EMAIL_LOCAL_CHAR})++%40{_DOMAIN}", re.IGNORECASE
)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")
_LINK_SECRET = re.compile(r"\bp=[\w%.~-]{6,}")
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]*@")
_API_KEY = re.compile(r"zlt_\w[\w-]+")
_SIGNED_TOKEN = re.compile(r"(?:\beyJ|\.eJ)[\w-]{6,}\.[\w-]+\.[\w-]+")  # a session cookie, or a JWT
_ROW_DETAIL = re.compile(r"\bDETAIL: [^\n]*")  # PostgreSQL repeats the rejected row
_NAMED_SECRET = re.compile(
    rf"""((?:{_SECRET_NAMES})[\w.-]{{0,40}}+      # the name, in quotes or not, as in a header, a dict or a tuple
         (?:\\?["']?[ \t]*[:=]>?[ \t]*|["'],[ \t]*(?=b?["'])))
         (?:b?\\?"[^"\n]*"?|b?'[^'\n]*'? # what is in quotes goes whole
         |(?<=ookie:[ ])[^\n]+          # a header of several values too
         |(?:(?:bearer|basic|digest)[ ]+)?[^\s"',;&)\]}}]+)""",
    re.IGNORECASE | re.VERBOSE,
)


class Redactor:
    """Takes out secrets: the ones given, in each spelling that a line may hold, and what looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = [secret for secret in secrets if len(secret) >= MIN_SECRET_CHARS]
        spellings = {spelling for secret in long_enough for spelling in _spellings(secret)}
        self._secrets = tuple(sorted(spellings, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """The text without them."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, REDACTED)
        if "://" in text:
            text = _PASSWORD_IN_URL.sub(rf"\1:{REDACTED}@", text)
        if "?" in text:
            text = _QUERY.sub(f"?{REDACTED}", text)
        if "@" in text:
            text = _EMAIL.sub(REDACTED, text)
        if "%40" in text:
            text = _EMAIL_ENCODED.sub(REDACTED, text)
        lowered = text.lower()
        if any(word in lowered for word in _SECRET_HINTS):
            text = _NAMED_SECRET.sub(rf"\1{REDACTED}", text)
        if "p=" in text:
            text = _LINK_SECRET.sub(f"p={REDACTED}", text)
        if "zlt_" in text:
            text = _API_KEY.sub(REDACTED, text)
        if "eJ" in text or "eyJ" in text:
            text = _SIGNED_TOKEN.sub(REDACTED, text)
        return _ROW_DETAIL.sub(f"DETAIL: {REDACTED}", text) if "DETAIL: " in text else text


def redactor_for(settings: Settings) -> Redactor:
    """A redactor that knows every secret in the settings."""
    url = make_url(settings.database_url)
    secrets = [str(url.password or ""), str(url.query.get("password", ""))]
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        values = value if isinstance(value, tuple) else (value,)
        secrets += [item.get_secret_value() for item in values if isinstance(item, SecretStr)]
    return Redactor(secrets)


class RedactingFilter(logging.Filter):
    """Cleans a record before any handler of its own writes it: message and arguments, extra fields, traceback."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, cleaned."""
        record.msg, record.args = self._redact(_format_message(record).rstrip()), None
        for name in vars(record).keys() - STANDARD_RECORD_FIELDS:
            setattr(record, name, self._redact_field(name, getattr(record, name)))
        if record.exc_info:
            # The standard format: file, line and source, without variable values.
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self._redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redact(record.stack_info)
        return True

    def _redact_field(self, name: str, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return REDACTED if _SECRET_NAME.search(name) else self._redact(str(value))


def _format_message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - arguments that do not fit the format, or a failing __str__
        return f"{record.msg!s} {type(record.args).__name__}"


def _spellings(secret: str) -> set[str]:
    return {secret, quote(secret), quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]}
