"""Fixtures: batches queued by the service, as the pages queue them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from app import journal
from app.batches.service import BatchMeeting, queue_batch
from app.journal import Submission
from app.meetings.participants.queue import ParticipantInput
from app.meetings.service import MeetingInput
from app.models import BatchKind, Role

Queue = Callable[..., int]


def people(number: int, meeting: int = 0, hosts: int = 1) -> list[ParticipantInput]:
    """So many people, each with an email of their own; the last of them are hosts."""
    return [
        ParticipantInput(
            Role.HOST if n >= number - hosts else Role.PARTICIPANT,
            f"Persona {meeting}-{n}",
            f"p{n}.m{meeting}@example.org",
            None,
        )
        for n in range(number)
    ]


def batch_of(meetings: int, each: int = 0, hosts: int = 1, first_day: int = 7) -> list[BatchMeeting]:
    """So many meetings on following days, with so many people each."""
    start = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0)
    return [
        BatchMeeting(
            MeetingInput(f"Entrevista {n}", start + timedelta(days=first_day + n), "UTC"),
            people(each, n, min(hosts, each)),
            n + 1,
        )
        for n in range(meetings)
    ]


@pytest.fixture
def queue_meetings(app: Flask) -> Queue:
    """Queue a batch; gives its id."""

    def queued(
        meetings: Sequence[BatchMeeting],
        kind: BatchKind = BatchKind.SERIES,
        submission: Submission | None = None,
    ) -> int:
        submission = submission or Submission("anonymous", uuid4().hex)
        with app.app_context(), journal.submission_transaction(submission) as session:
            return queue_batch(session, kind, meetings, submission).id

    return queued
