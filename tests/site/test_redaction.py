"""What is taken out of each line of the log."""

import json
import logging
import sys
import time
from pathlib import Path

import pytest

from app.config import load_settings
from app.observability.redaction import RedactingFilter, Redactor, redactor_for
from tests.support.environment import app_environment

KNOWN = 'a secret: "ñ\\'


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        ("x-api-key: abc", "x-api-key: …"),
        ("{'Authorization': 'Bearer a.b', 'n': 1}", "{'Authorization': …, 'n': 1}"),
        ("Authorization: Basic YTpi", "Authorization: …"),
        ("Cookie: a=b; convoca=x.y", "Cookie: …"),
        ("[('Set-Cookie', 'convoca=x; Path=/'), ('A', 'b')]", "[('Set-Cookie', …), ('A', 'b')]"),
        ("[(b'x-api-key', b'abc')]", "[(b'x-api-key', …)]"),
        ('{"token": "zmt-1", "hostToken":"zmt-2", "n": 1}', '{"token": …, "hostToken":…, "n": 1}'),
        (r'"{\"token\": \"zmt-1\"}"', r'"{\"token\": …}"'),
        ("client_secret=abc&code=1", "client_secret=…&code=1"),
        ("kept in zlt_k7a9b2c", "kept in …"),
        ("convoca was eyJjc3JmIjoieCJ9.Zz1a2b.c-d_e", "convoca was …"),
        ("convoca was .eJwVjMEKgzAQ.Zz1a2b.c-d_e", "convoca was …"),
        ("mail to <Ana.O'Connor+x@correo.example>!", "mail to <…>!"),
        ("mañana@ñandú.example and b@c.example", "… and …"),
        ("GET /ana%40correo.example/x", "GET …/x"),
        ("Key (meeting_id, email_key)=(1, ana@x.example) already", "Key (meeting_id, email_key)=(1, …) already"),
        ("GET /meetings/1?q=ana+maria&p=abc HTTP/1.1", "GET /meetings/1?… HTTP/1.1"),
        ("the link's p=prt0123", "the link's p=…"),
        ("postgresql+psycopg://convoca:hunter2@db/x", "postgresql+psycopg://convoca:…@db/x"),
        ("host=db password=hunter2", "host=db password=…"),
        ("DETAIL:  Failing row contains (1, Ana, x).", "DETAIL: …"),
        (f"known: {KNOWN}", "known: …"),
        (f"known: {KNOWN!r}", "known: '…'"),
        (json.dumps({"known": KNOWN}), '{"known": "…"}'),
        ("known: a%20secret%3A%20%22%C3%B1%5C", "known: …"),
        ("127.0.0.1 GET /meetings/12 200 5120 B 12.3 ms", None),
        ("with Session(db.engine) as session:\n    x = 1", None),
        ("INSERT INTO t (a) VALUES (?, ?) LIMIT ? OFFSET ?", None),
        ("Convoca: http://127.0.0.1:8000 — connected to PostgreSQL at db/convoca", None),
        ("is it so? yes, at 10:00", None),
    ],
)  # fmt: skip
def test_what_is_taken_out_of_a_line(line: str, cleaned: str | None) -> None:
    assert Redactor([KNOWN, "short"])(line) == (line if cleaned is None else cleaned)


@pytest.mark.parametrize(
    "piece",
    ["a", "@", "a@", "a.", "%40", "?a", "://", ":a", "token", "cookie ", "api ", "p=", "eyJ.", "zlt_", "'"],
)
def test_no_text_takes_long_to_clean(piece: str) -> None:
    began = time.perf_counter()
    Redactor([KNOWN])(piece * 30_000)
    assert time.perf_counter() - began < 2


def test_every_secret_of_the_settings_is_known(tmp_path: Path) -> None:
    variables = app_environment(
        "postgresql://convoca:pass-word@db/convoca?password=pass-query", ZELTA_API_KEY="some-api-key",
        SECRET_KEY="the-secret-key", METRICS_TOKEN="the-metrics-one", ENCRYPTION_KEYS=f"{'A' * 43}=,{'B' * 43}=",
        AUTH="oidc", OIDC_ISSUER="https://x.example", OIDC_CLIENT_ID="id", OIDC_CLIENT_SECRET="the-client-one",
    )  # fmt: skip
    redact = redactor_for(load_settings(variables, tmp_path))
    secrets = ["pass-word", "pass-query", "some-api-key", "the-secret-key", "the-metrics-one", "A" * 43 + "=",
               "B" * 43 + "=", "the-client-one"]  # fmt: skip
    assert redact(" ".join(secrets)) == " ".join("…" for _ in secrets)


def test_a_record_is_cleaned_for_every_handler() -> None:
    record = logging.makeLogRecord(
        {"msg": "for %s", "args": ("ana@x.example",), "who": {"email": "b@x.example"}}
    )
    try:
        raise ValueError("c@x.example")  # noqa: TRY301
    except ValueError:
        record.exc_info = sys.exc_info()
    RedactingFilter(Redactor()).filter(record)
    assert (record.getMessage(), record.exc_info) == ("for …", None)
    assert "x.example" not in f"{record.who} {record.exc_text}"  # type: ignore[attr-defined]
