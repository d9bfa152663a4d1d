"""A database that was made by an earlier text of migration 0001, before `participants.maybe_mailed`."""

import re
import shutil
from pathlib import Path

import pytest

from app.operations.doctor import run_checks
from tests.migrations.test_concurrent_upgrade import upgrade
from tests.support.application import AppFactory
from tests.support.db import change, rows
from tests.support.pages import PageClient
from tests.support.test_run import ROOT

EARLIER = Path(__file__).parent / "landed" / "0001_before_maybe_mailed.txt"


@pytest.fixture
def earlier(empty_database_url: str, tmp_path: Path) -> str:
    """The address of a database at 0003 whose 0001 was the earlier text."""
    migrations = Path(shutil.copytree(ROOT / "migrations", tmp_path / "migrations"))
    versions = migrations / "versions"
    for later in sorted(versions.glob("*.py"))[3:]:
        later.unlink()
    shutil.copyfile(EARLIER, versions / "0001_meetings_participants_journal.py")
    upgrade(empty_database_url, migrations)
    return empty_database_url


MEETING = """
INSERT INTO meetings (title, title_folded, starts_at, time_zone, state, created_at, created_by)
VALUES ('Antes', 'antes', '2030-01-01 12:00:00.000000', 'UTC', 'scheduled', '2026-01-01 12:00:00.000000', 'ana')
"""

PARTICIPANT = """
INSERT INTO participants
    (id, meeting_id, role, name, email, email_key, mailed, folded, state, created_at, created_by, changed_at)
SELECT :id, id, 'participant', 'Ana', :email, :email, true, 'ana', :state, created_at, 'ana', created_at FROM meetings
"""


ENTRY = """
INSERT INTO journal (meeting_id, participant_id, action, actor, from_outbox, request, begun_at, ended_at, ending)
SELECT id, :id, 'add_participant', 'ana', false, '{"body": {}}', created_at, created_at, :ending FROM meetings
"""


def add(url: str, number: int, email: str, state: str, *endings: str) -> None:
    """A participant, and the journal entries of the calls that were made for it."""
    change(url, PARTICIPANT, id=number, email=email, state=state)
    for ending in endings:
        change(url, ENTRY, id=number, ending=ending)


def test_0004_adds_what_is_missing_and_remembers_who_may_have_been_mailed(earlier: str) -> None:
    change(earlier, MEETING)
    add(earlier, 1, "refused@example.org", "refused", "unknown", "refused")
    add(earlier, 2, "again@example.org", "refused", "unknown", "refused")
    add(earlier, 3, "again@example.org", "added", "done")
    add(earlier, 4, "twice@example.org", "refused", "unknown", "refused")
    add(earlier, 5, "twice@example.org", "refused", "unknown", "refused")
    add(earlier, 6, "unknown@example.org", "unknown", "unknown")
    add(earlier, 7, "never@example.org", "refused", "refused")
    upgrade(earlier, ROOT / "migrations")
    found = rows(earlier, "SELECT id FROM participants WHERE possibly_mailed ORDER BY id")
    assert [row["id"] for row in found] == [1, 5, 6]
    # The index reserves the address of a refused row that may have been mailed, and of no other.
    with pytest.raises(Exception, match=r"(?i)unique"):
        change(earlier, "UPDATE participants SET email_key = 'refused@example.org' WHERE id = 3")
    change(earlier, "UPDATE participants SET email_key = 'never@example.org' WHERE id = 3")


def test_what_is_missing_is_said(
    earlier: str, make_app: AppFactory, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_app(DATABASE_URL=earlier, LANGUAGE="en")
    change(earlier, MEETING)
    with app.app_context():
        (tables,) = [check for check in run_checks(call_api=False) if check.key == "tables"]
    assert tables.state == "problem"
    assert re.search("no such|does not exist", tables.words)
    client = PageClient(app)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_data(as_text=True)) == (503, "the database is not up to date\n")
    assert re.search("no such|does not exist", caplog.text)
    caplog.clear()
    upgrade(earlier, ROOT / "migrations")
    assert client.get("/readyz").status_code == 200
    assert client.get("/meetings/1").status_code == 200


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_log_says_what_the_driver_said(
    earlier: str, make_app: AppFactory, caplog: pytest.LogCaptureFixture
) -> None:
    change(earlier, MEETING)
    assert PageClient(make_app(DATABASE_URL=earlier)).get("/meetings/1").status_code == 503
    assert "no such column: meetings.title_search" in caplog.text
    assert "does not answer" not in caplog.text
