"""Everything about all meetings, in files that other programs read: whole, without tokens, and in little memory."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert

from app.models import Meeting, Participant, ParticipantState, Role
from app.models.participant import derived_columns
from tests.operations.conftest import Run
from tests.support.db import table
from tests.support.environment import app_environment, process_environment
from tests.support.rows import a_person, meeting, store
from tests.support.test_run import ROOT

SECRET = b"sealed-zmt-secret"
SPILLING = ("=1+1", "+507 6000", "-x", "@SUM(A1)", "\tx")


@pytest.fixture
def filled(database_url: str) -> str:
    """A meeting with people, one that nobody is in, and one that is all formulas."""
    one, alone, odd = meeting("Comité de ética, «núm. 1»\n"), meeting("Sola"), meeting("=cmd|' /C calc'!A0")
    one.public_meeting_id, odd.public_meeting_id = "mtg/1", None
    ids = store(database_url, [one, alone, odd])
    host = a_person(ids[0], "José Núñez", "jose@example.org")
    host.role, host.public_participant_id, host.token_encrypted, host.external_id = (
        Role.HOST,
        "p 1",
        SECRET,
        "E-1",
    )
    store(database_url, [host, *(a_person(ids[2], name) for name in SPILLING)])
    return database_url


def test_json_lines(run: Run, filled: str) -> None:
    lines = [json.loads(line) for line in run("export", "meetings", "--format", "jsonl").splitlines()]
    assert [(line["title"], len(line["people"])) for line in lines] == [
        ("Comité de ética, «núm. 1»\n", 1), ("Sola", 0), ("=cmd|' /C calc'!A0", 5),
    ]  # fmt: skip
    (person,) = lines[0]["people"]
    assert person["link"] == "https://meet.zelta.example/m/mtg%2F1?p=p%201"
    assert (person["name"], person["role"], person["email"]) == ("José Núñez", "host", "jose@example.org")
    assert datetime.fromisoformat(lines[0]["starts_at"]).tzinfo is not None
    assert lines[2]["people"][0]["link"] is None
    assert "token" not in str(lines)
    assert table(filled, "audit_events")[-1]["detail"] == {"what": "meetings", "format": "jsonl"}


def test_csv(run: Run, filled: str, tmp_path: Path) -> None:
    file = tmp_path / "meetings.csv"
    assert "(meetings: 3)" in run("export", "meetings", "--format", "csv", "--output", file)
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel asks for it"
    assert b"secret" not in content
    assert content.count(b"\r\n") == 1 + 1 + 1 + 5
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["person_name"] for row in rows] == ["José Núñez", "", *(f"'{name}" for name in SPILLING)]
    assert rows[-1]["meeting_title"] == "'=cmd|' /C calc'!A0"
    assert rows[0]["person_link"] == "https://meet.zelta.example/m/mtg%2F1?p=p%201"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists" in run("export", "meetings", "--format", "csv", "--output", file, code=1)
    assert table(filled, "participants")[0]["token_encrypted"] == SECRET


PEAK = r"""
import re, runpy, sys
sys.argv = ["flask", "--app", "wsgi", "export", "meetings", "--format", sys.argv[1], "--output", sys.argv[2]]
try:
    runpy.run_module("flask", run_name="__main__")
finally:
    print(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])  # getrusage counts what our parent had
"""


def peak(url: str, form: str, file: Path) -> int:
    """Kilobytes of memory at the most, in a process that exports."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, form, str(file)], cwd=ROOT, env=process_environment(app_environment(url)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert file.exists(), done.stderr
    return int(done.stdout.splitlines()[-1])


def load(url: str, meetings: int, people: int) -> None:
    now = datetime.now(UTC)
    common = {"created_by": "ana", "created_at": now}
    engine = create_engine(url)
    with engine.connect().execution_options(writes=True) as connection:
        rows = [
            {"title": "Comité " * 5, "title_search": "comite", "starts_at": now + timedelta(n), "time_zone": "UTC",
             "state": "scheduled", "public_meeting_id": f"m{n}", **common}
            for n in range(meetings)
        ]  # fmt: skip
        ids = list(connection.scalars(insert(Meeting).returning(Meeting.id), rows))
        connection.execute(
            insert(Participant),
            [
                {"meeting_id": at, "role": Role.PARTICIPANT, "name": "José Núñez " * 3, "email": None, "send_invitation": False,
                 "state": ParticipantState.ADDED, "public_participant_id": f"p{n}", "updated_at": now,
                 **derived_columns("José", None), **common}
                for at in ids for n in range(people)
            ],
        )  # fmt: skip
        connection.commit()
    engine.dispose()


def test_the_memory_does_not_grow_with_the_meetings(database_url: str, tmp_path: Path) -> None:
    load(database_url, 100, 10)
    few = peak(database_url, "csv", tmp_path / "few")
    load(database_url, 2000, 10)
    assert peak(database_url, "csv", tmp_path / "many") < few + 8_000
