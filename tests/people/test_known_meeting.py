"""A created meeting whose id another row has already: its list must not mail by itself."""

from flask import Flask

from app import journal
from app.database import transaction
from app.outbox import claims
from app.zelta.client import NewMeeting
from app.zelta.outcome import Done, Facts
from tests.support import zelta_faults as faults
from tests.support.pages import PageClient
from tests.support.peek import last_call, table
from tests.support.steps import add, adopt, create, state
from tests.support.zelta_server import ZeltaServer


def test_late_creation_of_an_adopted_meeting_holds_its_list(
    app: Flask, client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    zelta.next(faults.drop_after_processing())
    page = create(client, guests="Ana <ana@example.org>")
    assert state(page) == "unknown"
    entry = last_call(database_url)
    (public_id,) = zelta.meetings
    added = add(adopt(client, public_id), email="ana@example.org")
    assert (state(added, "Ana"), len(zelta.mails)) == ("added", 1)
    with app.app_context():
        with transaction() as session:
            journal.complete(session, entry["id"], Done(NewMeeting(public_id), Facts(status=201)))
        assert claims.claim("sender", 5) == []
    (held,) = table(database_url, "participant_imports")
    assert (held["state"], held["pause_reason"]) == ("paused", "known_meeting")
