"""What migration 0011 makes of meetings, imports and people that were there before it."""

from datetime import UTC, datetime

from sqlalchemy import text

from app.meetings import queries, search
from app.meetings.list_query import MeetingFilter
from tests.migrations.conftest import Walk
from tests.support.db import connected, rows

MEETING = (
    "INSERT INTO meetings (id, title, title_search, starts_at, time_zone, state, created_at, created_by)"
    " VALUES (:id, :title, :folded, :at, 'UTC', 'scheduled', :at, 'ana')"
)
PERSON = (
    "INSERT INTO participants (meeting_id, role, name, search_text, send_invitation, possibly_mailed, state,"
    " created_at, created_by, updated_at)"
    " VALUES (3, 'host', :name, :folded, :no, :no, 'added', :at, 'ana', :at)"
)
IMPORT = (
    "INSERT INTO participant_imports (meeting_id, state, rows, created_at, created_by)"
    " VALUES (1, :state, :rows, :at, 'ana')"
)
CALL = (
    "INSERT INTO journal_entries (action, actor, meeting_id, from_outbox, request, started_at, outcome)"
    " VALUES (:action, 'ana', 2, :no, '{}', :at, :outcome)"
)
KEPT = '[{"n": 1}, {"n": 2, "keep": true}, {"n": 3, "keep": false}]'


def test_earlier_rows_are_counted_and_earlier_texts_are_found(walk: Walk, empty_database_url: str) -> None:
    walk.up("0010")
    now = datetime.now(UTC)
    with connected(empty_database_url) as connection:
        at = now if connection.dialect.name == "postgresql" else now.strftime("%Y-%m-%d %H:%M:%S.%f")
        values = {"at": at, "no": False}
        for number, title in enumerate(("Con listas", "Por cancelar", "Curso – turnos"), 1):
            connection.execute(
                text(MEETING), values | {"id": number, "title": title, "folded": title.lower()}
            )
        for name in ("Łukasz", "Séan O’Donnell", "Ana"):
            connection.execute(text(PERSON), values | {"name": name, "folded": name.lower()})
        for state in ("draft", "running", "stopped"):
            connection.execute(text(IMPORT), values | {"state": state, "rows": KEPT})
        for action, outcome in (("cancel_meeting", "refused"), ("pause_list", "done")):
            connection.execute(text(CALL), values | {"action": action, "outcome": outcome})
        connection.commit()
    walk.up()
    counts = "SELECT draft_row_count AS draft, kept_row_count AS kept, cancellation_refused AS refused FROM meetings"
    assert [tuple(row.values()) for row in rows(empty_database_url, f"{counts} ORDER BY id")] == [
        (3, 2, False),
        (0, 0, True),
        (0, 0, False),
    ]
    search.reindex_pending()
    for q in ("lukasz", "o'donnell sean", "curso - turnos", "ana"):
        assert [row.id for row in queries.get_page(None, q, now).rows] == [3], q
    page = queries.get_page(MeetingFilter.ATTENTION, "", now)
    assert sorted(row.id for row in page.rows) == [1, 2]
