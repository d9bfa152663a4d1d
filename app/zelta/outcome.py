"""The outcome of a call: done, refused, not sent or unknown. The only place that classifies it.

The transport returns a response with a status, or raises one of these. Their branch, not the message,
says whether a byte of the request may have reached the vendor:

    CallError
    ├── RequestNotSentError          certainly not processed: may be sent again
    │   ├── NameResolutionError
    │   ├── ConnectError     refused, no route, a proxy that opens no tunnel
    │   ├── ConnectTimeoutError
    │   ├── TLSError
    │   └── DeadlineExceededError       the deadline passed before the first byte left
    └── ResponseLostError           a byte may have left: never repeat a POST
        ├── ReadTimeoutError
        ├── ReadError   closed, reset, or ended within the answer's head
        └── RemoteProtocolError   what came back is not HTTP
"""

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from app.http_client.errors import CallError, FailureReason, RequestNotSentError
from app.utils.outcome import Outcome
from app.zelta.rate_limit_headers import RateLimit

T = TypeVar("T")

DEFAULT_RETRY_AFTER_SECONDS = 60.0
"""Seconds to wait after a 429 without Retry-After: the sibling API's window is one minute."""


@dataclass(frozen=True, slots=True)
class CallDetails:
    """Details of a call, for any outcome. All texts are redacted (tokens, API key)."""

    status: int | None = None
    code: str | None = None
    """The vendor's own error code."""
    message: str | None = None
    """The vendor's own message."""
    reason: FailureReason | None = None
    retry_after_seconds: float | None = None
    """Seconds until a retry is allowed; only after a 429."""
    retry_after_explicit: bool = False
    """Whether the API named that time."""
    attempts: int = 1
    duration_seconds: float = 0.0
    """Seconds, all attempts and waits together."""
    response: dict[str, object] | None = None
    """The redacted response for the journal."""
    rate_limit: RateLimit | None = None
    clock_skew: float | None = None
    """Seconds by which the API's clock is ahead of ours."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The API confirmed it: `value` holds what it assigned."""

    outcome: ClassVar[Outcome] = Outcome.DONE
    value: T
    details: CallDetails


@dataclass(frozen=True, slots=True)
class Refused:
    """The API understood and said no."""

    outcome: ClassVar[Outcome] = Outcome.REFUSED
    details: CallDetails


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request certainly was not processed."""

    outcome: ClassVar[Outcome] = Outcome.NOT_SENT
    details: CallDetails


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have been processed, and nothing says whether it was."""

    outcome: ClassVar[Outcome] = Outcome.UNKNOWN
    details: CallDetails


CallResult = Done[T] | Refused | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Classification:
    """The outcome of one attempt, with its reason (`None` for done and for a plain refusal)."""

    outcome: Outcome
    reason: FailureReason | None = None


def classify_error(error: CallError) -> Classification:
    """Classify a call without a status by the branch of its exception."""
    outcome = Outcome.NOT_SENT if isinstance(error, RequestNotSentError) else Outcome.UNKNOWN
    return Classification(outcome, error.reason)


def classify_response(status: int, *, is_parsed: bool, read_error: FailureReason | None) -> Classification:
    """Classify a call with a status.

    Args:
        status: as in the status line.
        is_parsed: whether the documented fields are in the answer; matters for 2xx only.
        read_error: why the body could not be read to its end, if so; matters for 2xx only.
    """
    if status == 429:
        return Classification(Outcome.NOT_SENT, FailureReason.RATE_LIMITED)
    if 400 <= status < 500:
        return Classification(
            Outcome.REFUSED, {401: FailureReason.API_KEY, 403: FailureReason.SUSPENDED}.get(status)
        )
    if not 200 <= status < 300:
        return Classification(Outcome.UNKNOWN, _unknown_reason(status))
    if is_parsed:
        return Classification(Outcome.DONE)
    return Classification(Outcome.UNKNOWN, read_error or FailureReason.NOT_UNDERSTOOD)


def _unknown_reason(status: int) -> FailureReason:
    if status >= 500:
        return FailureReason.SERVER_ERROR
    return FailureReason.REDIRECTED if status >= 300 else FailureReason.NOT_UNDERSTOOD
