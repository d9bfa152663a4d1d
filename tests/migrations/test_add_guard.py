"""The guard against a second add comes to a database whose journal holds duplicates already."""

from sqlalchemy import create_engine, text

from tests.migrations.conftest import Walk
from tests.migrations.fill_rows import fill
from tests.support.db import rows

DONE_ADD = (
    "UPDATE journal SET action = 'add_participant', ending = 'done', submission_id = NULL,"
    " participant_id = (SELECT min(id) FROM participants)"
)
INDEXED = "SELECT count(*) AS number FROM journal WHERE decision_number IS NOT NULL"


def test_journal_with_duplicates_is_migrated_and_keeps_them(walk: Walk, empty_database_url: str) -> None:
    walk.up("0003")
    engine = create_engine(empty_database_url)
    with engine.connect().execution_options(writes=True) as connection:
        fill(connection)
        connection.execute(text(DONE_ADD))
        connection.commit()
    engine.dispose()
    before = rows(empty_database_url, "SELECT id, participant_id, ending FROM journal ORDER BY id")
    assert len(before) > 1
    walk.up("0005")
    assert rows(empty_database_url, "SELECT id, participant_id, ending FROM journal ORDER BY id") == before
    assert rows(empty_database_url, INDEXED) == [{"number": 0}]
