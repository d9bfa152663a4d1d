"""Each view has its own index and reads no more of it than a page; what a view needs to know of people, the database counts."""

import itertools
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.meetings import queries
from app.meetings.cursor import Cursor
from app.meetings.list_query import ListQuery, MeetingFilter, limited
from app.models import Meeting, MeetingState, ParticipantState
from tests.support.db import change, connected, rows
from tests.support.rows import a_person, meeting, store

NOW = datetime.now(UTC)
TROUBLE = {ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN}
INDEX = {
    None: "kept",
    MeetingFilter.UPCOMING: "listed",
    MeetingFilter.PAST: "listed",
    MeetingFilter.CANCELLED: "cancelled",
    MeetingFilter.ATTENTION: "needs_attention",
}


def plan(url: str, scope: ListQuery) -> str:
    """How the database would read a page of a scope, if it had rows enough to mind."""
    with connected(url) as connection:
        query = limited(
            scope.shape.apply_order(select(Meeting.id, Meeting.title).where(*scope.shape.conditions())), 26
        )
        statement = query.params(scope.parameters).compile(connection, compile_kwargs={"literal_binds": True})
        if connection.dialect.name == "sqlite":
            explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        else:
            for other_way in ("seqscan", "bitmapscan", "sort"):
                connection.exec_driver_sql(f"SET enable_{other_way} = off")
            explained = connection.exec_driver_sql(f"EXPLAIN {statement}")
        return "\n".join(str(line[-1]) for line in explained)


def test_a_page_is_read_from_the_index_of_its_view(database_url: str) -> None:
    for view, mine, ascending in itertools.product([None, *MeetingFilter], [None, "ana"], [True, False]):
        whole = ListQuery.for_filter(view, mine, NOW, ascending=ascending)
        index = f"ix_meetings_{INDEX[view]}{'_mine' if mine else ''}"
        for scope in (whole, whole.after(Cursor(NOW, 5)), whole.until(Cursor(NOW, 5))):
            explained = plan(database_url, scope)
            assert re.search(rf"\b{index}\b", explained), (scope, explained)
            # The index of the meetings that need attention has cancelled ones, which are filtered out.
            read = explained.replace("Filter: (state <> 'cancelled'::text)", "")
            assert not re.search("sort|b-tree|filter", read, re.IGNORECASE), (scope, explained)


def test_both_bounds_of_a_view_are_in_its_index(app: Flask, database_url: str) -> None:
    """A place beyond what parts upcoming from past changes nothing of what the view shows."""
    made = store(database_url, [meeting("Pasada", -9), meeting("Cercana", 1), meeting("Lejana", 9)])
    with app.app_context():
        for view, far, wanted in [
            (MeetingFilter.UPCOMING, Cursor(NOW.replace(year=1970), 1), made[1:]),
            (MeetingFilter.PAST, Cursor(NOW.replace(year=2100), 1), made[:1]),
        ]:
            page = queries.get_page(view, "", NOW, after=far)
            assert [row.id for row in page.rows] == wanted


def test_the_meeting_counts_who_is_in_trouble(database_url: str) -> None:
    one, other = store(database_url, [meeting(), meeting()])
    ids = store(database_url, [a_person(one, state.value, state=state) for state in ParticipantState])

    def counted() -> bool:
        kept = rows(database_url, "SELECT id, problem_count FROM meetings ORDER BY id")
        people = rows(database_url, "SELECT meeting_id, state FROM participants")
        really = [sum(p["meeting_id"] == m["id"] and p["state"] in TROUBLE for p in people) for m in kept]
        return [m["problem_count"] for m in kept] == really

    assert counted()
    for state, person in itertools.product(ParticipantState, ids):
        change(
            database_url,
            "UPDATE participants SET state = :state WHERE id = :id",
            state=state.value,
            id=person,
        )
    assert counted()
    change(database_url, "UPDATE participants SET state = 'unknown' WHERE meeting_id = :id", id=one)
    assert counted()
    change(database_url, "UPDATE participants SET state = 'queued' WHERE id > :id", id=ids[3])
    assert counted()
    change(database_url, "DELETE FROM participants WHERE id = :id", id=ids[0])
    assert counted()
    assert rows(database_url, "SELECT problem_count FROM meetings WHERE id = :id", id=one) == [
        {"problem_count": 3}
    ]
    assert rows(database_url, "SELECT problem_count FROM meetings WHERE id = :id", id=other) == [
        {"problem_count": 0}
    ]


def test_mine_in_each_view_with_its_counts(app: Flask, database_url: str) -> None:
    meetings = [
        meeting("Próxima", 9), meeting("Pasada", -9), meeting("Cancelada", 9, MeetingState.CANCELLED),
        meeting("Rechazada", 9, MeetingState.REFUSED), meeting("Con problema", 10),
    ]  # fmt: skip
    theirs = [meeting(f"{one.title} de otra", 9, one.state) for one in meetings]
    for one in meetings:
        one.created_by = "ana"
    made = store(database_url, meetings + theirs)
    store(database_url, [a_person(made[4], "Eva", state=ParticipantState.UNKNOWN)])
    with app.app_context():
        shown = {
            view: [row.title for row in queries.get_page(view, "", NOW, created_by="ana").rows]
            for view in MeetingFilter
        }
        assert shown == {
            MeetingFilter.UPCOMING: ["Próxima", "Rechazada", "Con problema"],
            MeetingFilter.ATTENTION: ["Con problema", "Rechazada"],
            MeetingFilter.PAST: ["Pasada"],
            MeetingFilter.CANCELLED: ["Cancelada"],
        }
        assert queries.count_meetings(NOW, "ana") == {view: len(titles) for view, titles in shown.items()}
        assert sum(queries.count_meetings(NOW).values()) > sum(queries.count_meetings(NOW, "ana").values())
        assert not queries.get_page(MeetingFilter.UPCOMING, "", NOW, created_by="an").rows
        assert {row.created_by for row in queries.get_page(None, "", NOW).rows} == {"ana", "anonymous"}


def test_counting_reads_no_more_than_it_says(
    app: Flask, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(database_url, [meeting(hours=9 + number) for number in range(8)])
    monkeypatch.setattr(queries, "COUNT_CAP", 5)
    queries._filter_counts_query.cache_clear()
    with app.app_context():
        assert queries.count_meetings(NOW)[MeetingFilter.UPCOMING] == 5
    queries._filter_counts_query.cache_clear()
