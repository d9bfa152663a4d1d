"""A meeting with a thousand people: how long its page and its progress take, and what they weigh."""

import gzip
import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import create_app
from app.config import load_settings
from app.models import AccountRole, Action, JournalEntry, Participant, ParticipantState
from app.utils.outcome import Outcome
from tests.outbox.queue import Queue
from tests.support.accounts import account, let_in
from tests.support.environment import app_environment
from tools.bench.report import BenchmarkLine, Samples

PEOPLE = 1000
PROBLEM_COUNT = 300
REQUESTS = 30
KILOBYTE = 1024


def measure_large_meeting(kind: str, url: str, directory: Path) -> list[BenchmarkLine]:
    """The page and the poll of a meeting with 1,000 people: 300 have a problem, some are waiting.

    Args:
        kind: the database's name, for the report.
        url: a migrated database without accounts.
        directory: where the dashboard may keep what it keeps.
    """
    queue = Queue(url, "mtg7f3a91c2")
    queue.add(PEOPLE)
    _record_outcomes(url)
    app = create_app(load_settings(app_environment(url, AUTH="password"), directory))
    app.testing = True
    client = let_in(FlaskClient(app), account(app, "olga", AccountRole.COORDINATOR))
    path = f"/meetings/{queue.meeting_id}"
    pages, body = _measure_requests(client, path)
    since = re.search(rb'data-since="([^"]+)"', body)
    polls, _ = _measure_requests(client, f"{path}/progress?since={since[1].decode() if since else ''}")
    queue.close()
    weight = len(gzip.compress(body, 6)) / KILOBYTE
    people = f"{PEOPLE:,} people, {PROBLEM_COUNT} in trouble, {kind}"
    return [
        BenchmarkLine(
            f"page of {people}", (Samples("server time", pages, "ms"),), median(pages), 60, at_most=True
        ),
        BenchmarkLine(
            f"weight of that page, {kind}", (Samples("gzip", [weight], "KB"),), weight, 10, at_most=True
        ),
        BenchmarkLine(
            f"poll of {people}", (Samples("server time", polls, "ms"),), median(polls), 5, at_most=True
        ),
    ]


def _record_outcomes(url: str) -> None:
    """As after most of a run: the first 300 unknown, then most added, the last ten waiting."""
    engine = create_engine(url)
    with Session(engine) as session:
        people = session.query(Participant).order_by(Participant.id).all()
        started = datetime.now(UTC) - timedelta(seconds=PEOPLE)
        for number, person in enumerate(people[:-10]):
            person.updated_at = started + timedelta(seconds=number)
            if number < PROBLEM_COUNT:
                person.state = ParticipantState.UNKNOWN
                person.possibly_mailed = True
                session.add(_unknown_entry(person))
            else:
                person.state = ParticipantState.ADDED
                person.public_participant_id = f"prt{secrets.token_hex(8)}"
        session.commit()
    engine.dispose()


def _unknown_entry(person: Participant) -> JournalEntry:
    now = datetime.now(UTC)
    return JournalEntry(
        action=Action.ADD_PARTICIPANT, actor="olga", meeting_id=person.meeting_id, participant_id=person.id,
        is_call=True, from_outbox=True, request={"body": {"name": person.name}}, started_at=now, lease_expires_at=now,
        outcome=Outcome.UNKNOWN, finished_at=now, reason="timeout",
    )  # fmt: skip


def _measure_requests(client: FlaskClient, path: str) -> tuple[list[float], bytes]:
    """Milliseconds of each request, and what the last one brought."""
    times, body = [], b""
    for _ in range(REQUESTS):
        started = time.perf_counter()
        response = client.get(path)
        times.append((time.perf_counter() - started) * 1000)
        assert response.status_code == 200
        body = response.get_data()
    return times, body
