"""One meeting of Zelta's in two rows: its lists must not mail by themselves, and a second mail is asked about."""

import threading
import time

from flask import Flask

from app import journal
from app.database import write_transaction
from app.models.transitions import requeue_refused
from app.outbox import queue
from app.zelta.client import CreatedMeeting
from app.zelta.outcome import CallDetails, Done
from tests.support import zelta_faults as faults
from tests.support.actions import add, adopt, create, meeting_path, state
from tests.support.db import change, last_call, table
from tests.support.pages import PageClient
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
        with write_transaction() as session:
            journal.complete_entry(
                session, entry["id"], Done(CreatedMeeting(public_id), CallDetails(status=201))
            )
        assert queue.claim("sender", 5) == []
    (held,) = table(database_url, "participant_imports")
    assert (held["state"], held["pause_reason"]) == ("paused", "known_meeting")


def test_two_creations_with_one_id_start_one_list(
    app: Flask, client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    entry_ids = []
    for _ in range(2):
        zelta.next(faults.drop_after_processing())
        create(client, guests="Ana <ana@example.org>")
        entry_ids.append(last_call(database_url)["id"])

    def complete(entry_id: int, hold_seconds: float) -> None:
        with app.app_context(), write_transaction() as session:
            created = Done(CreatedMeeting("mtg-twice"), CallDetails(status=201))
            journal.complete_entry(session, entry_id, created)
            time.sleep(hold_seconds)

    threads = [threading.Thread(target=complete, args=(entry_ids[0], 1.0))]
    threads[0].start()
    time.sleep(0.3)
    threads.append(threading.Thread(target=complete, args=(entry_ids[1], 0.0)))
    threads[1].start()
    for thread in threads:
        thread.join()
    states = [row["state"] for row in table(database_url, "participant_imports")]
    assert sorted(states) == ["paused", "running"]


def test_email_of_the_other_row_of_the_meeting_is_asked_about(
    client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    first = add(create(client), email="ana@example.org")
    assert (state(first, "Ana"), len(zelta.mails)) == ("added", 1)
    second = create(client)
    (public_id, _) = zelta.meetings
    change(database_url, "UPDATE meetings SET public_meeting_id = :id", id=public_id)
    asked = add(client.visit(meeting_path(second)), email="ana@example.org")
    assert "Quizá ya tiene la invitación" in asked.text
    assert (asked.status, len(zelta.mails)) == (422, 1)


def test_refused_emails_of_the_other_row_are_not_sent_again_together(
    app: Flask, client: PageClient, zelta: ZeltaServer, database_url: str
) -> None:
    add(create(client), email="ana@example.org")
    create(client, guests="Ana <ana@example.org>")
    (public_id, _) = zelta.meetings
    change(database_url, "UPDATE meetings SET public_meeting_id = :id", id=public_id)
    change(database_url, "UPDATE participants SET state = 'refused' WHERE import_id IS NOT NULL")
    second = table(database_url, "meetings")[-1]["id"]
    with app.app_context(), write_transaction() as session:
        assert requeue_refused(session, second) == 0
