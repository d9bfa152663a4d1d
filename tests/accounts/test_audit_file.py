"""The audit as a file: whole, for a spreadsheet, harmless there, and never whole in our memory."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from app.admin import audit_export, audit_queries
from tests.accounts.steps import audited_often, deeds, member
from tests.support.actions import add, create
from tests.support.db import change, table
from tests.support.pages import PageClient

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def taken_along(browser: PageClient, query: str = "") -> list[dict[str, str]]:
    """The rows of the file, by their columns."""
    answer = browser.get(f"/admin/audit.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="convoca-audit-\d{4}-\d\d-\d\d.csv"', answer.headers["Content-Disposition"]
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"\xef\xbb\xbf"), "so that Excel reads its accents"
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))


def test_the_same_as_a_file(history: PageClient, database_url: str) -> None:
    found = taken_along(history, "?since=2026-03-10&until=2026-03-11")
    assert [row["Acción"] for row in found][::-1] == ["copied_links", "copied_links", "role_changed", "copied_links", "sign_in_failed"]  # fmt: skip
    assert found[1] == {
        "Hora (UTC)": "2026-03-11T05:00:00Z", "Hora": "2026-03-11 00:00:00", "Quién": "Ana Ruiz", "Usuario": "ana",
        "Dirección": "", "Qué": "copió nombres y enlaces", "Acción": "copied_links", "A quién": "", "Resultado": "",
        "Número de la reunión": str(table(database_url, "meetings")[1]["id"]), "Reunión": "Junta <b>directiva</b>",
    }  # fmt: skip
    assert deeds(database_url)[-1] == ("exported", "boss", None)
    everything = taken_along(history)
    assert len(everything) == len(table(database_url, "audit_events"))
    assert [row["Resultado"] for row in everything if row["Acción"] == "create_meeting"] == ["Listo", "Listo"]
    assert everything[0]["Qué"] == "exportó la auditoría"


@SQLITE
def test_nothing_in_the_file_is_a_formula(guarded: Flask, boss: PageClient, database_url: str) -> None:
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")']
    for number, words in enumerate(dangerous):
        member(guarded, f"{words.strip()} {number}", password=None, called=words)
        page = create(boss, words.strip())
        add(page, words.strip())
    change(database_url, "INSERT INTO audit_events (created_at, action, actor, ip_address, target_username) VALUES ('2026-01-01 00:00:00.000000', 'copied_links', '=1+1 0', '@evil', '-1')")  # fmt: skip
    answer = boss.get("/admin/audit.csv")
    cells = [
        cell for row in csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")) for cell in row
    ]
    assert sum(cell.startswith("'") for cell in cells) > 10
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


@SQLITE
def test_the_file_is_written_as_it_is_read(
    boss: PageClient, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    audited_often(database_url, 2000)
    held = []
    real = audit_queries.get_page

    def page(*args: Any, **options: Any) -> Any:
        part = real(*args, **options)
        held.append(len(part.rows))
        return part

    monkeypatch.setattr(audit_queries, "get_page", page)
    answer = boss.get("/admin/audit.csv", buffered=False)
    pieces = iter(answer.response)
    first = next(pieces)
    assert len(held) == 1, "nothing is read before it is wanted"
    pieces_left = list(pieces)
    text = b"".join(
        part if isinstance(part, bytes) else part.encode() for part in [first, *pieces_left]
    ).decode()
    assert text.count("\r\n") == 1 + len(table(database_url, "audit_events"))
    assert max(held) == audit_queries.EXPORT_BATCH_SIZE
    assert max(map(len, pieces_left)) < 400 * audit_export.ROWS_PER_CHUNK


@SQLITE
def test_anyone_only_asks_about_the_file_took_nothing(boss: PageClient, database_url: str) -> None:
    before = table(database_url, "audit_events")
    answer = boss.head("/admin/audit.csv")
    assert (answer.status_code, answer.data) == (200, b"")
    assert table(database_url, "audit_events") == before
