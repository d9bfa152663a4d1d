"""What is taken out of every line of the log: what lets somebody in, and whose address it is.

Secrets that we know are looked for as they are; the others by how they look: an e-mail, a query string, whatever stands
behind the name of a secret, a signed cookie, a password in an address. A line without anything of the kind, which is nearly
every one, costs a few searches for a single character or word.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterable
from urllib.parse import quote

from pydantic import SecretStr
from sqlalchemy import make_url

from app.settings import Settings
from app.zelta.redaction import SECRET_WORDS, SHORTEST_SECRET

GONE = "…"
OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}

_NAMES = rf"{SECRET_WORDS}|passwd|cookie|session"
_SECRET_NAME = re.compile(_NAMES, re.IGNORECASE)
_WORDS = ("token", "secret", "authorization", "passw", "jwt", "key", "cookie", "session")
_INNER = r"[^\s@\"<>()\[\]{},;:=|\\?&]"  # what an e-mail may hold before its @, as far as it helps to say
_DOMAIN = r"[\w-]+(?:\.[\w-]+)+"
_EMAIL = re.compile(rf"(?<!{_INNER}){_INNER}++@{_DOMAIN}")
_EMAIL_ENCODED = re.compile(rf"(?<!{_INNER})(?:(?!%40){_INNER})++%40{_DOMAIN}", re.IGNORECASE)
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")
_LINK_SECRET = re.compile(r"\bp=[\w%.~-]{6,}")
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]*@")
_KEY = re.compile(r"zlt_\w[\w-]+")
_SIGNED = re.compile(r"(?:\beyJ|\.eJ)[\w-]{6,}\.[\w-]+\.[\w-]+")  # a session cookie, or a JWT
_ROW = re.compile(r"\bDETAIL: [^\n]*")  # PostgreSQL repeats the row that it refuses
_NAMED = re.compile(
    rf"""((?:{_NAMES})[\w.-]{{0,40}}+      # the name, in quotes or not, as in a header, a dict or a tuple
         (?:\\?["']?[ \t]*[:=]>?[ \t]*|["'],[ \t]*(?=b?["'])))
         (?:b?\\?"[^"\n]*"?|b?'[^'\n]*'? # what is in quotes goes whole
         |(?<=ookie:[ ])[^\n]+          # a header of several values too
         |(?:(?:bearer|basic|digest)[ ]+)?[^\s"',;&)\]}}]+)""",
    re.IGNORECASE | re.VERBOSE,
)


class Redactor:
    """Takes out secrets: the ones given, in each spelling that a line may hold, and what looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]
        spellings = {spelling for secret in long_enough for spelling in _spellings(secret)}
        self._known = tuple(sorted(spellings, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """The text without them."""
        for secret in self._known:
            if secret in text:
                text = text.replace(secret, GONE)
        if "://" in text:
            text = _PASSWORD_IN_ADDRESS.sub(rf"\1:{GONE}@", text)
        if "?" in text:
            text = _QUERY.sub(f"?{GONE}", text)
        if "@" in text:
            text = _EMAIL.sub(GONE, text)
        if "%40" in text:
            text = _EMAIL_ENCODED.sub(GONE, text)
        lowered = text.lower()
        if any(word in lowered for word in _WORDS):
            text = _NAMED.sub(rf"\1{GONE}", text)
        if "p=" in text:
            text = _LINK_SECRET.sub(f"p={GONE}", text)
        if "zlt_" in text:
            text = _KEY.sub(GONE, text)
        if "eJ" in text or "eyJ" in text:
            text = _SIGNED.sub(GONE, text)
        return _ROW.sub(f"DETAIL: {GONE}", text) if "DETAIL: " in text else text


def of_settings(settings: Settings) -> Redactor:
    """Knows every secret that the environment named."""
    url = make_url(settings.database_url)
    secrets = [str(url.password or ""), str(url.query.get("password", ""))]
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        several = value if isinstance(value, tuple) else (value,)
        secrets += [one.get_secret_value() for one in several if isinstance(one, SecretStr)]
    return Redactor(secrets)


class RedactingFilter(logging.Filter):
    """Cleans a record before any handler of its own writes it: message and arguments, extra fields, traceback."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, cleaned."""
        record.msg, record.args = self._redact(_message(record).rstrip()), None
        for name in vars(record).keys() - OF_EVERY_RECORD:
            setattr(record, name, self._field(name, getattr(record, name)))
        if record.exc_info:
            # Of the standard library's own making: file, line and source, never the values of variables.
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self._redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redact(record.stack_info)
        return True

    def _field(self, name: str, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return GONE if _SECRET_NAME.search(name) else self._redact(str(value))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - whatever its own `str` does, a line is better than none
        return f"{record.msg!s} {type(record.args).__name__}"


def _spellings(secret: str) -> set[str]:
    return {secret, quote(secret), quote(secret, safe=""), repr(secret)[1:-1], json.dumps(secret)[1:-1]}
