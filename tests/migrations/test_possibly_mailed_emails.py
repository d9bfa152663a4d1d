"""Migration 0006 finds in an older journal the emails that may have been mailed, also those that were corrected since."""

from sqlalchemy import create_engine, text

from tests.migrations.conftest import Walk
from tests.migrations.fill_rows import fill
from tests.support.db import rows

LOST_CALL = (
    "UPDATE journal SET action = 'add_participant', ending = 'unknown', submission_id = NULL,"
    " participant_id = (SELECT min(id) FROM participants),"
    """ request = '{"body": {"email": "Antes@EXAMPLE.org"}}' WHERE id = (SELECT min(id) FROM journal)"""
)
CORRECTED = "UPDATE participants SET email = 'despues@example.org', email_key = 'despues@example.org'"
ONE = " WHERE id = (SELECT min(id) FROM participants)"


def test_email_of_a_lost_call_is_recorded_although_it_was_corrected(
    walk: Walk, empty_database_url: str
) -> None:
    walk.up("0005")
    engine = create_engine(empty_database_url)
    with engine.connect().execution_options(writes=True) as connection:
        fill(connection)
        connection.execute(text(LOST_CALL))
        connection.execute(text(CORRECTED + ONE))
        connection.commit()
    engine.dispose()
    walk.up("0006")
    found = {
        row["email_key"] for row in rows(empty_database_url, "SELECT email_key FROM possibly_mailed_emails")
    }
    assert "antes@example.org" in found
