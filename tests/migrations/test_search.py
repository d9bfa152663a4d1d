"""What the migration of search makes of meetings that were there before it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from app.database import db
from app.meetings import queries, search
from app.meetings.list_query import MeetingFilter
from app.utils.text import fold_for_search
from tests.migrations.conftest import Walk
from tests.support.db import connected, rows

MEETING = (
    "INSERT INTO meetings (id, title, title_folded, starts_at, time_zone, state, created_at, created_by)"
    " VALUES (:id, :title, :folded, :at, 'UTC', 'scheduled', :at, 'ana')"
)
PERSON = (
    "INSERT INTO participants (meeting_id, role, name, folded, mailed, maybe_mailed, state, created_at, created_by,"
    " changed_at) VALUES (:meeting, 'host', :name, :folded, :no, :no, :state, :at, 'ana', :at)"
)


@pytest.fixture
def before(walk: Walk, empty_database_url: str) -> Callable[[], Any]:
    """The schema before search, with meetings and people in it."""
    walk.up("0001")
    now = datetime.now(UTC)
    with connected(empty_database_url) as connection:
        at = now if connection.dialect.name == "postgresql" else now.strftime("%Y-%m-%d %H:%M:%S.%f")
        for number, title in enumerate(("Comité", "Asamblea W", "Taller"), 1):
            connection.execute(
                text(MEETING), {"id": number, "title": title, "folded": fold_for_search(title), "at": at}
            )
        for name, state in (("ana", "added"), ("eva", "discarded"), ("zoe", "unknown"), ("leo", "refused")):
            person = {
                "meeting": 1,
                "name": name,
                "folded": f"{name} q4",
                "state": state,
                "no": False,
                "at": at,
            }
            connection.execute(text(PERSON), person)
        connection.commit()
    return lambda q: [row.id for row in queries.get_page(None, q, now).rows]


def test_what_was_there_before_is_found_and_counted(
    walk: Walk, before: Callable[[str], list[int]], empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        walk.up()
        assert rows(empty_database_url, "SELECT problem_count FROM meetings ORDER BY id") == [
            {"problem_count": 2},
            {"problem_count": 0},
            {"problem_count": 0},
        ]
        assert rows(empty_database_url, "SELECT * FROM search_reindex_queue") == []
        monkeypatch.setattr(search, "SCAN_ROWS", 1)
        assert before("q4 ana") == before("comite leo") == before("q4") == [1]
        assert before("asamb") == before("w") == [2]
        assert not before("eva")
        assert [row.id for row in queries.get_page(MeetingFilter.ATTENTION, "", datetime.now(UTC)).rows] == [
            1
        ]
        db.session.remove()
        walk.down("0001")
        assert "people_in_trouble" not in rows(empty_database_url, "SELECT * FROM meetings")[0]


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_migration_that_was_broken_off_begins_anew(
    walk: Walk, before: Callable[[str], list[int]], empty_database_url: str
) -> None:
    with connected(empty_database_url) as connection:
        # As a run leaves it that was killed after its first steps.
        connection.execute(text("CREATE TABLE search_texts (half bigint)"))
        connection.execute(text("ALTER TABLE meetings ADD people_in_trouble integer NOT NULL DEFAULT 7"))
        connection.execute(text("CREATE INDEX ix_meetings_kept ON meetings (id)"))
        connection.commit()
    walk.up()
    assert before("zoe") == [1]
    assert rows(empty_database_url, "SELECT sum(problem_count) AS n FROM meetings") == [{"n": 2}]
