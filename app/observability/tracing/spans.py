"""What is traced, and what of it leaves: names, times, outcomes; nobody's address, no query string, no value of a statement.

Only `app.observability.tracing` imports this, where the extra is installed.
"""

from collections.abc import Sequence
from typing import Any

from flask import Flask
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.propagate import set_global_textmap
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer, get_current_span, set_tracer_provider
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import Engine, event

from app.database import db
from app.observability import logs
from app.observability.redaction import Redactor, redactor_for

NOT_TRACED = "/healthz,/readyz,/metrics"
# In the words of both conventions that the instrumentation may be told to use.
EXPORTED_ATTRIBUTES = frozenset({
    "http.method", "http.request.method", "http.route", "http.scheme", "url.scheme",
    "http.status_code", "http.response.status_code", "error.type",
    "db.system", "db.system.name", "db.name", "db.namespace", "db.operation.name", "db.statement", "db.query.text",
    "convoca.request_id", "convoca.journal_entry",
})  # fmt: skip


def start(app: Flask) -> None:
    """Begin to trace in this process."""
    provider = TracerProvider(resource=Resource.create().merge(_service()))
    provider.add_span_processor(_ContextSpanProcessor())
    redact = redactor_for(app.extensions["settings"])
    provider.add_span_processor(BatchSpanProcessor(_RedactingExporter(OTLPSpanExporter(), redact)))
    set_tracer_provider(provider)
    set_global_textmap(_OnlyIncoming())
    RequestsInstrumentor().instrument(tracer_provider=provider)
    with app.app_context():
        _trace_statements(db.engine, provider.get_tracer(__name__))
    FlaskInstrumentor.instrument_app(
        app, tracer_provider=provider, excluded_urls=NOT_TRACED, enable_commenter=False
    )
    # First of all, so that requests are traced that the gate turns away.
    first = app.before_request_funcs[None]
    first.insert(0, first.pop())


def _service() -> Resource:
    """Our name, unless `OTEL_SERVICE_NAME` or `OTEL_RESOURCE_ATTRIBUTES` gives another."""
    named = Resource.create().attributes.get("service.name", "")
    return Resource({"service.name": "convoca"} if str(named).startswith("unknown_service") else {})


def _trace_statements(engine: Engine, tracer: Tracer) -> None:
    """A span for each statement of a request, with its text, in which values have no place.

    OpenTelemetry has a package for it, which as yet takes no SQLAlchemy as new as ours.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def begin(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: Any) -> None:
        if (
            get_current_span().is_recording()
        ):  # the keeper and the sender look once a second whether there is anything to do
            about = {"db.system.name": engine.dialect.name, "db.query.text": statement}
            verb = statement.split(maxsplit=1)[0].upper()
            context.span = tracer.start_span(verb, kind=SpanKind.CLIENT, attributes=about)

    @event.listens_for(engine, "after_cursor_execute")
    def end(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: Any) -> None:
        if span := getattr(context, "span", None):
            span.end()

    @event.listens_for(engine, "handle_error")
    def fail(error: Any) -> None:
        if span := getattr(error.execution_context, "span", None):
            span.set_attribute("error.type", type(error.original_exception).__name__)
            span.set_status(Status(StatusCode.ERROR))
            span.end()


class _OnlyIncoming(TraceContextTextMapPropagator):  # type: ignore[misc]
    """Goes on with the trace of a proxy in front; Zelta is told nothing of it."""

    def inject(self, *_: Any, **__: Any) -> None:
        return None


class _ContextSpanProcessor(SpanProcessor):  # type: ignore[misc]
    """Ties spans to lines of the log, by the id of the request and of the journal's entry."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002
        for name, fact in logs.get_context().items():
            span.set_attribute(f"convoca.{name}", fact)


class _RedactingExporter(SpanExporter):  # type: ignore[misc]
    """Lets out what is known to be harmless, and cleans that too, as a line of the log is cleaned."""

    def __init__(self, exporter: SpanExporter, redact: Redactor) -> None:
        self._exporter, self._redact = exporter, redact

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._exporter.export([self._clean(span) for span in spans])

    def shutdown(self) -> None:
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return bool(self._exporter.force_flush(timeout_millis))

    def _clean(self, span: ReadableSpan) -> ReadableSpan:
        kept = {name: value for name, value in (span.attributes or {}).items() if name in EXPORTED_ATTRIBUTES}
        no_route = span.kind is SpanKind.SERVER and "http.route" not in kept  # its name would be the path
        return ReadableSpan(
            name="no such page" if no_route else self._redact(span.name),
            context=span.context,
            parent=span.parent,
            resource=span.resource,
            attributes={name: self._value(value) for name, value in kept.items()},
            events=[_without_words(event) for event in span.events],
            kind=span.kind,
            status=Status(span.status.status_code),
            start_time=span.start_time,
            end_time=span.end_time,
            instrumentation_scope=span.instrumentation_scope,
        )

    def _value(self, value: object) -> Any:
        return self._redact(value) if isinstance(value, str) else value


def _without_words(event: Event) -> Event:
    """An error's kind and time; its message and traceback stand in the log, under the request's id."""
    kind = (event.attributes or {}).get("exception.type")
    return Event(event.name, attributes={"exception.type": kind} if kind else {}, timestamp=event.timestamp)
