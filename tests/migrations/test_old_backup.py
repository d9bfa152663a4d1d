"""A backup that an installation of 3c8e808 made, with the table and column names of its time, is restored and upgraded."""

import os
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from app.operations.backup import back_up, restore
from tests.support.application import AppFactory
from tests.support.db import rows, table
from tests.support.postgres import client_programs
from tests.support.test_run import ROOT


def test_old_backup_is_restored_over_an_old_and_over_a_new_schema(
    installation: str, make_app: AppFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")
    file, count = tmp_path / "backup", "SELECT count(*) AS n FROM journal_entries"
    with make_app(DATABASE_URL=installation).app_context():
        back_up(file)
        restored = restore(file, replace=True)
        assert rows(installation, "SELECT version_num FROM alembic_version") == [{"version_num": newest}]
        # Calls that were under way or may have been made, and the draft.
        held = [row for row in table(installation, "journal_entries") if row["reason"] == "restored"]
        assert (len(held), restored.stopped_imports) == (restored.lost_calls, 1)
        assert {(row["outcome"], row["is_call"]) for row in held} == {("unknown", True)}
        people = table(installation, "participants")
        assert not {"queued", "claimed", "sending"} & {row["state"] for row in people}
        unknown = [row for row in people if row["state"] == "unknown" and row["send_invitation"]]
        assert len(unknown) > 20
        assert all(row["possibly_mailed"] for row in unknown)
        states = [row["state"] for row in table(installation, "participant_imports")]
        assert states == ["stopped", "running", "paused", "stopped"]
        assert table(installation, "sessions") == table(installation, "saved_forms") == []
        before = rows(installation, count)
        assert restore(file, replace=True).lost_calls == restored.lost_calls
        assert rows(installation, count) == before
