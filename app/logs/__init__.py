"""The log: one line for each thing that happened, as calm text or as one JSON object, on standard error.

    configure(settings)             # once in a process, before anything is written
    with about(journal_entry=12):   # each line of this thread in the block says so
        …

Everything goes through the one handler of the root logger: ours, gunicorn's and any library's, warnings, and errors that
nobody caught. `app.logs.redaction` takes secrets out of each line there.
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

from app.logs.redaction import OF_EVERY_RECORD, RedactingFilter, of_settings
from app.settings import Settings, SettingsError

log = logging.getLogger(__name__)

NEVER_BELOW = {
    "sqlalchemy.engine": logging.INFO,  # below, whole rows, and a join link's secret looks like any other word
    "urllib3.connection": logging.ERROR,  # below, headers of an answer that it could not read
}

_NOTHING: Mapping[str, object] = MappingProxyType({})
_about: ContextVar[Mapping[str, object]] = ContextVar("about", default=_NOTHING)
_WARNING = logging.WARNING


@contextmanager
def about(**facts: object) -> Iterator[None]:
    """Write so much more into every line of this thread, as long as the block lasts."""
    before = _about.set({**_about.get(), **facts})
    try:
        yield
    finally:
        _about.reset(before)


def begin(**facts: object) -> None:
    """Write these facts, and none from before, into the lines that this thread writes until `end` or the next `begin`."""
    _about.set(facts)


def end() -> None:
    """The thread goes on to something else."""
    _about.set(_NOTHING)


def configure(settings: Settings) -> None:
    """Write everything as the settings say; what is called a second time in a process does nothing."""
    root = logging.getLogger()
    if any(isinstance(handler, _Handler) for handler in root.handlers):
        return
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonLine() if settings.log_format == "json" else TextLine())
    handler.addFilter(RedactingFilter(of_settings(settings)))
    root.handlers = [handler]
    set_level(_WARNING)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # it would print the values of a line that cannot be written
    sys.excepthook = _uncaught
    threading.excepthook = lambda what: _uncaught(what.exc_type, what.exc_value, what.exc_traceback)
    sys.unraisablehook = lambda what: _uncaught(what.exc_type, what.exc_value, what.exc_traceback)


def set_level(level: int) -> None:
    """Leave out what matters less than this; of ourselves also what is for information is written."""
    logging.getLogger().setLevel(level)
    logging.getLogger("app").setLevel(min(level, logging.INFO))
    for name, least in NEVER_BELOW.items():
        logging.getLogger(name).setLevel(max(level, least))


def refuse_to_start(error: SettingsError) -> NoReturn:
    """End the process with the one line that says why, in the format that was asked for."""
    words = f"Convoca cannot start: {error}"
    if os.environ.get("LOG_FORMAT", "").strip() == "json":
        record = logging.makeLogRecord({"name": "app", "levelname": "CRITICAL", "msg": words})
        sys.exit(JsonLine().format(record))
    sys.exit(words)


class _Handler(logging.StreamHandler[Any]):
    """Ours, to be told from another's."""


class TextLine(logging.Formatter):
    """`2026-11-22T18:44:43.123Z WARNING app.keeper: the message [request_id=4f0c…]`; where all is well, without level and logger."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it the traceback where there is one."""
        whose = f"{record.levelname} {record.name}: " if record.levelno >= _WARNING else ""
        known = " ".join(f"{name}={fact}" for name, fact in _about.get().items())
        tail = f" [{known}]" if known else ""
        line = f"{_time(record)} {whose}{_on_one_line(record.getMessage())}{tail}"
        return "\n".join(part for part in (line, record.exc_text, record.stack_info) if part)


class JsonLine(logging.Formatter):
    """One JSON object: time, level, logger, message, what the line is about, its own fields, a traceback in `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, on one line."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
            **_about.get(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in OF_EVERY_RECORD}
        if record.exc_text:
            line["exception"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False, default=str)


def _time(record: logging.LogRecord) -> str:
    return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03d}Z"


def _on_one_line(text: str) -> str:
    """Spell out what would begin another line, or do something to the terminal: a path can hold it."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, SystemExit):
        return
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    log.critical("uncaught", exc_info=(kind, error or kind(), trace))
