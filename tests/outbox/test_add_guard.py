"""The journal refuses to add a participant a second time unless a decision asked for it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import journal
from app.journal import Intent, Submission
from app.meetings.imports import service
from app.meetings.participants import service as people
from app.models import Action, JournalEntry, Participant, ParticipantState, utc_now
from app.models.duplicate_guard import DuplicateCall
from app.outbox import queue as outbox_queue
from app.utils.outcome import Outcome
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

BY = Submission("anonymous", None)
Start = Callable[..., object]


def intent(queue: Queue, participant_id: int) -> Intent:
    body = {"preset_name": "participant", "name": "Ana", "email": "ana@example.org"}
    request = {"public_meeting_id": "mtg", "body": body}
    return Intent(Action.ADD_PARTICIPANT, BY, queue.meeting_id, participant_id, request)


def claimed(queue: Queue) -> int:
    queue.add(1)
    (participant_id,) = outbox_queue.claim("sender", 1)
    return participant_id


def end(queue: Queue, ending: Outcome) -> None:
    with Session(queue.engine) as session:
        session.execute(update(JournalEntry).values(outcome=ending, finished_at=utc_now()))
        session.commit()


def adds(queue: Queue) -> list[JournalEntry]:
    with Session(queue.engine) as session:
        return list(
            session.scalars(select(JournalEntry).where(JournalEntry.action == Action.ADD_PARTICIPANT))
        )


def begin(queue: Queue, participant_id: int, *, from_outbox: bool = True) -> None:
    with Session(queue.engine) as session:
        session.connection(execution_options={"writes": True})
        journal.record_call(session, intent(queue, participant_id), from_outbox=from_outbox)
        session.commit()


@pytest.mark.parametrize("ending", [None, Outcome.DONE, Outcome.UNKNOWN, Outcome.REFUSED])
def test_journal_refuses_a_second_add_that_no_decision_asked_for(
    ending: Outcome | None, queue: Queue, app: Flask
) -> None:
    with app.app_context():
        one = claimed(queue)
        begin(queue, one)
        if ending is not None:
            end(queue, ending)
        with pytest.raises(DuplicateCall):
            begin(queue, one)
    assert len(adds(queue)) == 1


def test_journal_refuses_a_second_add_after_one_of_an_earlier_release(queue: Queue, app: Flask) -> None:
    with app.app_context():
        one = claimed(queue)
        begin(queue, one)
        with Session(queue.engine) as session:
            session.execute(update(JournalEntry).values(decision_number=None, outcome=Outcome.DONE))
            session.commit()
        with pytest.raises(DuplicateCall):
            begin(queue, one)


@pytest.mark.parametrize("ending", [None, Outcome.DONE, Outcome.UNKNOWN])
def test_database_refuses_a_second_add_of_one_decision(
    ending: Outcome | None, queue: Queue, app: Flask
) -> None:
    def entry() -> JournalEntry:
        return JournalEntry(
            action=Action.ADD_PARTICIPANT, actor="anonymous", meeting_id=queue.meeting_id, participant_id=one,
            request={}, is_call=True, from_outbox=True, lease_expires_at=utc_now(), outcome=ending, decision_number=0,
        )  # fmt: skip

    with app.app_context():
        one = claimed(queue)
    with Session(queue.engine) as session:
        session.add(entry())
        session.commit()
        session.add(entry())
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_was_certainly_not_sent_is_repeated_without_a_decision(queue: Queue, app: Flask) -> None:
    with app.app_context():
        one = claimed(queue)
        for _ in range(3):
            begin(queue, one)
            end(queue, Outcome.NOT_SENT)
    assert [entry.decision_number for entry in adds(queue)] == [0, 0, 0]


def test_form_that_sends_again_is_a_decision_and_the_outbox_after_it_is_not(queue: Queue, app: Flask) -> None:
    with app.app_context():
        one = claimed(queue)
        begin(queue, one)
        end(queue, Outcome.UNKNOWN)
        begin(queue, one, from_outbox=False)
        end(queue, Outcome.DONE)
        with pytest.raises(DuplicateCall):
            begin(queue, one)
    assert [entry.decision_number for entry in adds(queue)] == [0, 1]


def test_refused_ones_sent_again_are_added_by_that_decision(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    queue.add(3)
    zelta.next(faults.refuses(422), faults.refuses(422))
    start(concurrency=1)
    queue.wait(10)
    with app.app_context():
        assert service.resend_refused(queue.meeting_id, BY) == 2
    queue.wait(10)
    assert queue.states() == {"added": 3}
    assert sorted(entry.decision_number or 0 for entry in adds(queue)) == [0, 0, 0, 1, 1]


def test_queued_person_whose_add_is_done_is_left_to_a_coordinator(
    queue: Queue, zelta: ZeltaServer, app: Flask, start: Start
) -> None:
    queue.add(2)
    start(concurrency=1)
    queue.wait(10)
    with Session(queue.engine) as session:
        session.execute(update(Participant).values(state=ParticipantState.QUEUED))
        session.commit()
    queue.wait(10)
    assert queue.states() == {"unknown": 2}
    assert len(zelta.backend.mails) == 2
    with app.app_context():
        assert people.may_be_mailed_twice(people.get_participant(1))
