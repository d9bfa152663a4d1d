"""The retry loop: attempts, the delays between them, and the combined outcome."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Generic, Literal, TypeVar

from app.http_client.errors import CallError, FailureReason
from app.utils.outcome import Outcome
from app.zelta import rate_limit_headers
from app.zelta.error_response import parse_error
from app.zelta.outcome import (
    DEFAULT_RETRY_AFTER_SECONDS,
    CallDetails,
    CallResult,
    Classification,
    Done,
    NotSent,
    Refused,
    Unknown,
    classify_error,
    classify_response,
)
from app.zelta.response import ResponseBody
from app.zelta.transport import RawResponse, Transport

T = TypeVar("T")

MAX_RETRIES = 2
"""Maximum automatic retries of a call."""

RETRY_DELAYS_SECONDS = (0.2, 0.6)
"""Seconds before the first and any later retry, if the API names no wait."""

MIN_RETRY_SECONDS = 0.5
"""Seconds that must remain for a retry: one started just before the deadline would turn "not sent" into
"unknown"."""

_TRANSIENT = {FailureReason.SERVER_ERROR, FailureReason.CONNECTION_LOST, FailureReason.TIMEOUT}
_FAILURE_CLASSES: dict[Outcome, type[Refused | NotSent | Unknown]] = {
    Outcome.REFUSED: Refused,
    Outcome.NOT_SENT: NotSent,
    Outcome.UNKNOWN: Unknown,
}


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The parsed fields of a response that has the documented fields."""

    value: T


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One API call. `parse` returns `None` for a response that is not understood."""

    method: Literal["POST", "PATCH"]
    url: str
    body: Mapping[str, object]
    parse: Callable[[ResponseBody], Parsed[T] | None]
    deadline: float
    max_retries: int

    @property
    def is_idempotent(self) -> bool:
        """Whether the method is idempotent (RFC 9110), as this PATCH is in effect."""
        return self.method == "PATCH"


class RetryingClient:
    """Sends calls with retries. `secrets` are redacted from all details."""

    def __init__(self, transport: Transport, secrets: tuple[str, ...]) -> None:
        self._transport = transport
        self._secrets = secrets

    def send_with_retries(self, call: Call[T]) -> CallResult[T]:
        """Send the call with retries; every attempt and delay ends by its deadline."""
        started = time.monotonic()
        outcome = latest = self._send_once(call)
        attempts = 1
        while attempts <= call.max_retries:
            delay = _retry_delay(call, latest, attempts)
            if delay is None or time.monotonic() + delay + MIN_RETRY_SECONDS > call.deadline:
                break
            time.sleep(delay)
            latest = self._send_once(call)
            outcome = _combine(outcome, latest)
            attempts += 1
        rate_limit = latest.details.rate_limit or outcome.details.rate_limit
        duration = time.monotonic() - started
        return replace(
            outcome,
            details=replace(
                outcome.details, attempts=attempts, duration_seconds=duration, rate_limit=rate_limit
            ),
        )

    def _send_once(self, call: Call[T]) -> CallResult[T]:
        try:
            response = self._transport.send(call.method, call.url, call.body, call.deadline)
        except CallError as error:
            return _build_failure(classify_error(error), CallDetails())
        body = ResponseBody(response.body, response.headers.get("content-type", ""), self._secrets)
        parsed = _parse_body(call, response, body)
        classification = classify_response(
            response.status, is_parsed=parsed is not None, read_error=response.read_error
        )
        details = _call_details(response, body, classification)
        if parsed is not None and classification.outcome is Outcome.DONE:
            return Done(parsed.value, details)
        return _build_failure(classification, details)


def _parse_body(call: Call[T], response: RawResponse, body: ResponseBody) -> Parsed[T] | None:
    # Accept a truncated body only if it is a complete JSON object. An empty body may have been
    # lost, and a truncated number is still a valid number.
    if response.read_error and not isinstance(body.document, dict):
        return None
    return call.parse(body)


def _call_details(response: RawResponse, body: ResponseBody, classification: Classification) -> CallDetails:
    now = datetime.now(UTC)
    code, message = (None, None) if classification.outcome is Outcome.DONE else parse_error(body)
    requested_seconds = rate_limit_headers.parse_retry_after(response.headers, now)
    return CallDetails(
        status=response.status,
        code=code,
        message=message,
        retry_after_seconds=(DEFAULT_RETRY_AFTER_SECONDS if requested_seconds is None else requested_seconds)
        if response.status == 429
        else None,
        retry_after_explicit=response.status == 429 and requested_seconds is not None,
        response=body.to_journal(),
        rate_limit=rate_limit_headers.parse_rate_limit(response.headers, now),
        clock_skew=rate_limit_headers.clock_skew(response.headers, now),
    )


def _build_failure(classification: Classification, details: CallDetails) -> Refused | NotSent | Unknown:
    return _FAILURE_CLASSES[classification.outcome](replace(details, reason=classification.reason))


def _retry_delay(call: Call[T], outcome: CallResult[T], attempts: int) -> float | None:
    """Seconds to wait before the next attempt, or `None` if there must be none."""
    details = outcome.details
    if details.retry_after_seconds is not None and details.reason is FailureReason.RATE_LIMITED:
        return details.retry_after_seconds
    is_transient = isinstance(outcome, Unknown) and details.reason in _TRANSIENT
    if isinstance(outcome, NotSent) or (is_transient and call.is_idempotent):
        return RETRY_DELAYS_SECONDS[min(attempts, len(RETRY_DELAYS_SECONDS)) - 1]
    return None


def _combine(before: CallResult[T], after: CallResult[T]) -> CallResult[T]:
    """Combine two attempts of one call: only a later `done` resolves an earlier unknown."""
    if isinstance(before, Unknown) and isinstance(after, NotSent):
        return before
    if isinstance(before, Unknown) and isinstance(after, Refused):
        # The API may have refused a second cancellation, because the first one succeeded.
        return Unknown(replace(after.details, reason=before.details.reason))
    if isinstance(after, NotSent) and after.details.reason is FailureReason.NOT_STARTED:
        return before
    return after
