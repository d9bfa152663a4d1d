"""What is learnt of the pace from answers that are odd, or that others have caused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from app import rate_limit
from app.http_client.errors import FailureReason
from app.models import Action, JournalEntry, RateLimitState, utc_now
from app.utils.outcome import Outcome
from app.zelta.outcome import CallDetails
from app.zelta.rate_limit_headers import MAX_LIMIT_CALLS, RateLimit, parse_rate_limit
from tests.outbox.queue import Queue
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

Start = Callable[..., object]


def told(app: Flask, queue: Queue, verdict: Outcome, facts: CallDetails) -> RateLimitState:
    """The pace after a call that has just begun, and ended so."""
    with app.app_context(), Session(queue.engine, expire_on_commit=False) as session:
        rate_limit.observe_response(session, datetime.now(UTC), verdict, facts)
        session.commit()
        return session.get_one(RateLimitState, 1)


def done(app: Flask, queue: Queue, limits: RateLimit | None = None) -> RateLimitState:
    return told(app, queue, Outcome.DONE, CallDetails(rate_limit=limits))


def held(app: Flask, queue: Queue, seconds: float, limits: RateLimit | None = None) -> RateLimitState:
    """After a 429 that asks for so many seconds."""
    facts = CallDetails(
        reason=FailureReason.RATE_LIMITED,
        retry_after_seconds=seconds,
        retry_after_explicit=True,
        rate_limit=limits,
    )
    return told(app, queue, Outcome.NOT_SENT, facts)


def test_a_limit_beyond_every_integer_costs_nobody_the_answer(app: Flask, queue: Queue) -> None:
    limits = parse_rate_limit({"RateLimit-Limit": "9" * 20, "RateLimit-Reset": "60"}, datetime.now(UTC))
    assert limits is not None
    assert done(app, queue, limits).call_limit == MAX_LIMIT_CALLS


def test_a_first_429_that_others_have_caused_does_not_make_the_list_crawl(
    queue: Queue, zelta: ZeltaServer, start: Start
) -> None:
    queue.add(30)
    zelta.next(faults.as_usual, faults.rate_limits(retry_after="1"))
    start(concurrency=2)
    queue.wait(20)
    assert queue.states() == {"added": 30}
    with Session(queue.engine) as session:
        assert session.get_one(RateLimitState, 1).call_limit is None


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
                    is_call=True, from_outbox=True, lease_expires_at=utc_now(), outcome=Outcome.DONE, finished_at=utc_now(-30),
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
