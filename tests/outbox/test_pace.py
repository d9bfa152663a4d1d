"""What is learnt of the pace from answers that are odd, or that others have caused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app import pace
from app.models import Action, JournalEntry, Pace, utc_now
from app.models.journal import Ending
from app.zelta.limits import MOST_CALLS, RateLimit, rate_limit
from app.zelta.outcome import Facts, Reason, Verdict
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., object]


def told(app: Flask, queue: Queue, verdict: Verdict, facts: Facts) -> Pace:
    """The pace after a call that has just begun, and ended so."""
    with app.app_context(), Session(queue.engine, expire_on_commit=False) as session:
        pace.learn(session, datetime.now(UTC), verdict, facts)
        session.commit()
        return session.get_one(Pace, 1)


def done(app: Flask, queue: Queue, limits: RateLimit | None = None) -> Pace:
    return told(app, queue, Verdict.DONE, Facts(limits=limits))


def held(app: Flask, queue: Queue, seconds: float, limits: RateLimit | None = None) -> Pace:
    """After a 429 that asks for so many seconds."""
    facts = Facts(reason=Reason.RATE_LIMITED, retry_after=seconds, retry_told=True, limits=limits)
    return told(app, queue, Verdict.NOT_SENT, facts)


def test_a_limit_beyond_every_integer_costs_nobody_the_answer(app: Flask, queue: Queue) -> None:
    limits = rate_limit({"RateLimit-Limit": "9" * 20, "RateLimit-Reset": "60"}, datetime.now(UTC))
    assert limits is not None
    assert done(app, queue, limits).call_limit == MOST_CALLS


def test_a_first_429_that_others_have_caused_does_not_make_the_list_crawl(
    queue: Queue, zelta: ZeltaServer, start: Start
) -> None:
    queue.add(30)
    zelta.next(faults.as_usual, faults.rate_limits(retry_after="1"))
    start(concurrency=2)
    queue.wait(20)
    assert queue.states() == {"added": 30}
    with Session(queue.engine) as session:
        assert session.get_one(Pace, 1).call_limit is None


def test_one_wrong_window_is_forgotten_with_the_next_that_begins(app: Flask, queue: Queue) -> None:
    assert done(app, queue, RateLimit(30, 29, 1800.0)).announced_window_seconds == 1800
    assert done(app, queue, RateLimit(30, 12, 1700.0)).announced_window_seconds == 1800, (
        "so much is left of it"
    )
    assert done(app, queue, RateLimit(30, 29, 6.0)).announced_window_seconds == 6


def test_a_window_is_too_long_when_the_api_counts_far_fewer_calls_than_we(app: Flask, queue: Queue) -> None:
    assert done(app, queue, RateLimit(60, 50, 1800.0)).announced_window_seconds == 1800
    with Session(queue.engine) as session:
        for _ in range(40):
            session.add(
                JournalEntry(
                    action=Action.ADD_PARTICIPANT, actor="anonymous", meeting_id=queue.meeting_id, request={},
                    is_call=True, from_outbox=True, lease_expires_at=utc_now(), outcome=Ending.DONE, finished_at=utc_now(-30),
                )
            )  # fmt: skip
        session.commit()
    assert done(app, queue, RateLimit(60, 21, 6.0)).announced_window_seconds == 1800, "39 are about ours"
    assert done(app, queue, RateLimit(60, 50, 6.0)).announced_window_seconds == 6


def test_a_second_that_was_no_rounding_is_learnt_though_the_window_is_full(app: Flask, queue: Queue) -> None:
    assert done(app, queue, RateLimit(10, 9, 10.0)).window_seconds == 9
    assert held(app, queue, 3.0, RateLimit(10, 0, 3.0)).window_seconds == 10


def test_a_wait_of_a_day_is_over_once_a_call_gets_through(app: Flask, queue: Queue) -> None:
    tomorrow = held(app, queue, 86_400.0).blocked_until
    assert tomorrow is not None
    assert tomorrow > datetime.now(UTC) + timedelta(hours=23)
    blocked = done(app, queue).blocked_until
    assert blocked is not None
    assert blocked <= datetime.now(UTC)


def test_a_short_wait_is_waited_out_whatever_gets_through(app: Flask, queue: Queue) -> None:
    before = held(app, queue, 30.0).blocked_until
    assert done(app, queue).blocked_until == before
