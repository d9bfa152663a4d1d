"""Logging: one line per event on standard error, as text or as a JSON object.

    configure(settings)             # once in a process, before anything is written
    with about(journal_entry=12):   # each line of this thread in the block says so
        …

Everything goes through the one handler of the root logger: our lines, gunicorn's, any library's, warnings and
uncaught exceptions. `app.observability.redaction` removes secrets from each line there.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any, NoReturn

from app.config import Settings
from app.observability.redaction import STANDARD_RECORD_FIELDS, RedactingFilter, redactor_for

log = logging.getLogger(__name__)

MINIMUM_LEVELS = {
    "sqlalchemy.engine": logging.INFO,  # DEBUG logs rows with secrets that redaction misses
    "urllib3.connection": logging.ERROR,  # WARNING logs raw headers of an unparsable response
}

_EMPTY_CONTEXT: Mapping[str, object] = MappingProxyType({})
_context: ContextVar[Mapping[str, object]] = ContextVar("about", default=_EMPTY_CONTEXT)
_WARNING = logging.WARNING


@contextmanager
def log_context(**fields: object) -> Iterator[None]:
    """Add these fields to every log line of this thread within the block."""
    token = _context.set({**_context.get(), **fields})
    try:
        yield
    finally:
        _context.reset(token)


def bind_context(**fields: object) -> None:
    """Write these facts, and none from before, into the lines that this thread writes until `end` or the next `begin`."""
    _context.set(fields)


def clear_context() -> None:
    """Clear the fields of this thread."""
    _context.set(_EMPTY_CONTEXT)


def configure(settings: Settings) -> None:
    """Write everything as the settings say; what is called a second time in a process does nothing."""
    root = logging.getLogger()
    if any(isinstance(handler, _Handler) for handler in root.handlers):
        return
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else TextFormatter())
    handler.addFilter(RedactingFilter(redactor_for(settings)))
    root.handlers = [handler]
    set_level(_WARNING)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # it would print the values of a line that cannot be written
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda what: _log_uncaught(what.exc_type, what.exc_value, what.exc_traceback)
    sys.unraisablehook = lambda what: _log_uncaught(what.exc_type, what.exc_value, what.exc_traceback)


def set_level(level: int) -> None:
    """Set the root level; our own loggers log at INFO or below."""
    logging.getLogger().setLevel(level)
    logging.getLogger("app").setLevel(min(level, logging.INFO))
    for name, minimum in MINIMUM_LEVELS.items():
        logging.getLogger(name).setLevel(max(level, minimum))


def exit_with_start_error(error: Exception | str) -> NoReturn:
    """End the process with the one line that says why, in the format that was asked for."""
    message = f"Convoca cannot start: {error}"
    if os.environ.get("LOG_FORMAT", "").strip() == "json":
        record = logging.makeLogRecord({"name": "app", "levelname": "CRITICAL", "msg": message})
        sys.exit(JsonFormatter().format(record))
    sys.exit(message)


class _Handler(logging.StreamHandler[Any]):
    """Marker class, to recognize our handler."""


class TextFormatter(logging.Formatter):
    """`2026-11-22T18:44:43.123Z WARNING app.outbox.background: the message [request_id=4f0c…]`.

    INFO lines have no level and logger.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the traceback where there is one."""
        prefix = f"{record.levelname} {record.name}: " if record.levelno >= _WARNING else ""
        context = " ".join(f"{name}={fact}" for name, fact in _context.get().items())
        suffix = f" [{context}]" if context else ""
        line = f"{_time(record)} {prefix}{_escape_unprintable(record.getMessage())}{suffix}"
        return "\n".join(part for part in (line, record.exc_text, record.stack_info) if part)


class JsonFormatter(logging.Formatter):
    """One JSON object: time, level, logger, message, context and extra fields, traceback in `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, on one line."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
            **_context.get(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD_RECORD_FIELDS}
        if record.exc_text:
            line["exception"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False, default=str)


def _time(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03d}Z"


def _escape_unprintable(text: str) -> str:
    """Escape line breaks and control characters (log injection), which a path can contain."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if issubclass(kind, SystemExit):
        return
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    log.critical("uncaught", exc_info=(kind, error or kind(), trace))
