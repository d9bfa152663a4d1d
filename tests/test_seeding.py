"""Made-up meetings: what the application would have written, found by it, in a database that is as it was."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.meetings import queries, search
from app.meetings.list_query import MeetingFilter
from app.models.participant import derived_columns
from app.utils.text import fold_for_search
from tests.support.db import connected, table
from tests.support.environment import app_environment, process_environment
from tests.support.rows import meeting, store
from tests.support.test_run import ROOT
from tools.seed.load import DatabaseNotEmpty, load_rows
from tools.seed.rows import IN_TROUBLE, SeedPlan, generate_rows

PLAN = SeedPlan(meetings=900, people=4)
NOW = datetime.now(UTC)


def parts(url: str) -> set[tuple[str, str]]:
    """The indexes and triggers that the database has."""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            return {tuple(row) for row in connection.execute(text("SELECT type, name FROM sqlite_master"))}
        triggers = connection.scalars(
            text("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal")
        )
        tables = inspect(connection).get_table_names()
        indexes = [index["name"] for name in tables for index in inspect(connection).get_indexes(name)]
        return {*(("trigger", name) for name in triggers), *(("index", str(name)) for name in indexes)}


def test_it_is_what_the_application_would_have_written(app: Flask, database_url: str) -> None:
    before = parts(database_url)
    people = load_rows(database_url, PLAN)
    assert parts(database_url) == before
    meetings, participants = table(database_url, "meetings"), table(database_url, "participants")
    assert (len(meetings), len(participants)) == (900, people)
    assert 3.5 < people / 900 < 4.5
    for one in participants:
        assert {"search_text": one["search_text"], "email_key": one["email_key"]} == derived_columns(
            one["name"], one["email"]
        )
    troubled = Counter(one["meeting_id"] for one in participants if one["state"] in IN_TROUBLE)
    for one in meetings:
        assert one["title_search"] == fold_for_search(one["title"])
        assert one["problem_count"] == troubled[one["id"]]
    with app.app_context():
        shown = [queries.get_page(view, "", NOW).rows for view in MeetingFilter]
        assert [len(rows) > 0 for rows in shown] == [True, True, True, True]
        q = meetings[7]["title"]
        assert meetings[7]["title"] in {row.title for row in queries.get_page(None, q, NOW).rows}
        assert search.reindex_pending() == 0
    (after,) = store(database_url, [meeting()])
    assert after == 901


def test_nothing_is_mixed_with_what_is_there_unless_asked(database_url: str) -> None:
    load_rows(database_url, SeedPlan(5, 2))
    with pytest.raises(DatabaseNotEmpty):
        load_rows(database_url, SeedPlan(5, 2))
    assert len(table(database_url, "meetings")) == 5
    load_rows(database_url, SeedPlan(5, 2, number=2), add=True)
    assert [row["id"] for row in table(database_url, "meetings")] == [*range(1, 11)]
    assert len(table(database_url, "search_texts")) == 10


def test_the_same_number_gives_the_same_meetings() -> None:
    def made(plan: SeedPlan) -> list[Any]:
        return list(generate_rows(plan, NOW))

    assert made(PLAN) == made(PLAN)
    assert made(PLAN) != made(SeedPlan(900, 4, number=2))
    assert {len({person[5] for person in people if person[5]}) for _, people in made(PLAN)} >= {2, 3, 4}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_command(database_url: str) -> None:
    environment = app_environment(database_url)

    def seed() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tools.seed", "--meetings", "20", "--people", "3"]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=process_environment(environment),
            capture_output=True,
            text=True,
            check=False,
        )

    assert "20 meetings with" in seed().stdout
    again = seed()
    assert again.returncode == 1
    assert again.stderr.startswith("There are meetings in this database.")
