"""Traces for OpenTelemetry, where the usual `OTEL_*` variables ask for them and the extra is installed.

The exporter's thread would not survive a fork, so a process starts its own traces: a worker of gunicorn once it is there
(see `gunicorn.conf.py`), the `sender` command at once.
"""

import logging
import os
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from flask import Flask

log = logging.getLogger(__name__)

ASKING = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")
NEEDED = (
    "opentelemetry.sdk",
    "opentelemetry.exporter.otlp.proto.http",
    "opentelemetry.instrumentation.flask",
)


def is_enabled(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the environment wants traces."""
    off = environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    none = environ.get("OTEL_TRACES_EXPORTER", "").strip() == "none"
    return not off and not none and any(environ.get(name, "").strip() for name in ASKING)


def warn_if_not_installed() -> None:
    """Say that what was asked for cannot be had; once, by the process that starts the others."""
    if not is_enabled():
        return
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").strip() or "otlp"
    if not _installed():
        log.warning("OTEL_* is set, and what traces need is not installed: run make install-otel")
    elif exporter != "otlp":
        log.warning("OTEL_TRACES_EXPORTER is %s: traces go out by otlp over http only", exporter[:60])


def start(app: Flask) -> None:
    """Trace requests, calls to Zelta and the database's statements in this process, if that is asked for."""
    if not (is_enabled() and _installed()):
        return
    try:
        import_module("app.observability.tracing.spans").start(app)
    except Exception:
        log.exception("there will be no traces")  # which is no reason to serve nobody


def _installed() -> bool:
    try:
        return all(find_spec(name) for name in NEEDED)
    except ModuleNotFoundError:
        return False
