"""Carrying out one call: attempts, the waits between them, and the one outcome of it all."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Generic, Literal, TypeVar

from app.zelta import limits
from app.zelta.answer import Answer
from app.zelta.complaint import complaint
from app.zelta.outcome import (
    DEFAULT_RETRY_AFTER,
    CallError,
    Done,
    Facts,
    NotSent,
    Outcome,
    Reason,
    Refused,
    Ruling,
    Unknown,
    Verdict,
    rule_on_answer,
    rule_on_failure,
)
from app.zelta.transport import Received, Transport

T = TypeVar("T")

REPEATS = 2
"""How often a call is tried again by itself, at most."""

PAUSES = (0.2, 0.6)
"""Seconds before the first and before any later repeat, where the API names no wait."""

LEAST_TIME = 0.5
"""Seconds that a repeat must have left after its wait. One begun in the last instant would turn a certain "not sent" into an
"unknown"."""

_PASSING = {Reason.SERVER_ERROR, Reason.CONNECTION_LOST, Reason.TIMEOUT}
_FAILURES: dict[Verdict, type[Refused | NotSent | Unknown]] = {
    Verdict.REFUSED: Refused,
    Verdict.NOT_SENT: NotSent,
    Verdict.UNKNOWN: Unknown,
}


@dataclass(frozen=True, slots=True)
class Understood(Generic[T]):
    """What an answer with the documented fields says."""

    value: T


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One thing to ask of the vendor. `read` gives `None` for an answer that it does not understand."""

    method: Literal["POST", "PATCH"]
    url: str
    body: Mapping[str, object]
    read: Callable[[Answer], Understood[T] | None]
    deadline: float
    repeats: int

    @property
    def may_be_doubled(self) -> bool:
        """Whether asking twice does no harm."""
        return self.method == "PATCH"


class Caller:
    """Makes calls over a transport. `secrets` never come out of an answer into the facts."""

    def __init__(self, transport: Transport, secrets: tuple[str, ...]) -> None:
        self._transport = transport
        self._secrets = secrets

    def carry_out(self, call: Call[T]) -> Outcome[T]:
        """Make the call; every attempt and wait ends by its deadline."""
        started = time.monotonic()
        outcome = latest = self._attempt(call)
        attempts = 1
        while attempts <= call.repeats:
            wait = _wait_before_repeat(call, latest, attempts)
            if wait is None or time.monotonic() + wait + LEAST_TIME > call.deadline:
                break
            time.sleep(wait)
            latest = self._attempt(call)
            outcome = _weighed(outcome, latest)
            attempts += 1
        pace = latest.facts.limits or outcome.facts.limits
        duration = time.monotonic() - started
        return replace(
            outcome, facts=replace(outcome.facts, attempts=attempts, duration=duration, limits=pace)
        )

    def _attempt(self, call: Call[T]) -> Outcome[T]:
        try:
            received = self._transport.send(call.method, call.url, call.body, call.deadline)
        except CallError as error:
            return _failure(rule_on_failure(error), Facts())
        answer = Answer(received.body, received.headers.get("content-type", ""), self._secrets)
        understood = _understood(call, received, answer)
        ruling = rule_on_answer(received.status, understood=understood is not None, broken=received.broken)
        facts = _facts(received, answer, ruling)
        if understood is not None and ruling.verdict is Verdict.DONE:
            return Done(understood.value, facts)
        return _failure(ruling, facts)


def _understood(call: Call[T], received: Received, answer: Answer) -> Understood[T] | None:
    # The connection may end after the last brace of a body that promised more: all that matters has come. But a body that
    # never came is not an empty one, and half a number is a number.
    if received.broken and not isinstance(answer.document, dict):
        return None
    return call.read(answer)


def _facts(received: Received, answer: Answer, ruling: Ruling) -> Facts:
    now = datetime.now(UTC)
    code, message = (None, None) if ruling.verdict is Verdict.DONE else complaint(answer)
    asked = limits.retry_after(received.headers, now)
    return Facts(
        status=received.status,
        code=code,
        message=message,
        retry_after=(DEFAULT_RETRY_AFTER if asked is None else asked) if received.status == 429 else None,
        retry_told=received.status == 429 and asked is not None,
        answer=answer.redacted(),
        limits=limits.rate_limit(received.headers, now),
        clock_ahead=limits.clock_ahead(received.headers, now),
    )


def _failure(ruling: Ruling, facts: Facts) -> Refused | NotSent | Unknown:
    return _FAILURES[ruling.verdict](replace(facts, reason=ruling.reason))


def _wait_before_repeat(call: Call[T], outcome: Outcome[T], attempts: int) -> float | None:
    """Seconds to wait before the next attempt, or `None` when there must be none."""
    facts = outcome.facts
    if facts.retry_after is not None and facts.reason is Reason.RATE_LIMITED:
        return facts.retry_after
    passing = isinstance(outcome, Unknown) and facts.reason in _PASSING
    if isinstance(outcome, NotSent) or (passing and call.may_be_doubled):
        return PAUSES[min(attempts, len(PAUSES)) - 1]
    return None


def _weighed(before: Outcome[T], after: Outcome[T]) -> Outcome[T]:
    """Say what two attempts of one call amount to: nothing that comes later makes an unknown one certain, but a done."""
    if isinstance(before, Unknown) and isinstance(after, NotSent):
        return before
    if isinstance(before, Unknown) and isinstance(after, Refused):
        # The refusal may well be of a second cancellation.
        return Unknown(replace(after.facts, reason=before.facts.reason))
    if isinstance(after, NotSent) and after.facts.reason is Reason.NOT_STARTED:
        return before
    return after
