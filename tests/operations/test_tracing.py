"""Traces: when they are asked for, and what is said where they cannot be had. The rest needs the extra, which CI has not."""

import pytest

from app.observability import tracing


@pytest.mark.parametrize(
    ("environ", "asked_for"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x:4318"}, True),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_TRACES_EXPORTER": " "}, False),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318"}, False),
        ({"OTEL_SDK_DISABLED": "True", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318"}, False),
        ({"OTEL_SDK_DISABLED": "false", "OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_SERVICE_NAME": "convoca"}, False),
    ],
)
def test_traces_are_asked_for_by_the_usual_variables(environ: dict[str, str], asked_for: bool) -> None:
    assert tracing.is_enabled(environ) == asked_for


@pytest.mark.parametrize(
    ("exporter", "installed", "said"),
    [("otlp", False, "make install-otel"), ("zipkin", True, "zipkin"), ("otlp", True, None)],
)
def test_what_cannot_be_had_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    exporter: str,
    installed: bool,
    said: str | None,
) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", exporter)
    monkeypatch.setattr(tracing, "_installed", lambda: installed)
    tracing.warn_if_not_installed()
    assert [record.levelname for record in caplog.records] == (["WARNING"] if said else [])
    assert said is None or said in caplog.text
