"""What became of a call: done, refused, not sent or unknown. The only place that decides which.

The transport either brings an answer with a status, or raises one of these; their branch, not the words of whatever failed
below, says whether a byte of the request may have reached the vendor:

    CallError
    ├── NothingSentError          certainly not processed: may be sent again
    │   ├── NameNotResolvedError
    │   ├── NoConnectionError     refused, no route, a proxy that opens no tunnel
    │   ├── ConnectTimedOutError
    │   ├── TlsFailedError
    │   └── NotStartedError       the deadline passed before the first byte left
    └── AnswerLostError           a byte may have left: never repeat a POST
        ├── TimedOutError
        ├── ConnectionLostError   closed, reset, or ended within the answer's head
        └── UnintelligibleError   what came back is not HTTP
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from app.zelta.limits import RateLimit

T = TypeVar("T")

DEFAULT_RETRY_AFTER = 60.0
"""Seconds to wait after a 429 that names no time: the sibling API's window is a minute."""


class Verdict(StrEnum):
    """The four ways a call can end."""

    DONE = "done"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a call was not done, in one word that the pages translate."""

    NAME_NOT_RESOLVED = "name_not_resolved"
    CONNECTION_REFUSED = "connection_refused"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS_FAILED = "tls_failed"
    RATE_LIMITED = "rate_limited"
    NOT_STARTED = "not_started"
    TIMEOUT = "timeout"
    CONNECTION_LOST = "connection_lost"
    SERVER_ERROR = "server_error"
    REDIRECTED = "redirected"
    NOT_UNDERSTOOD = "not_understood"
    TOO_LARGE = "too_large"
    INTERRUPTED = "interrupted"
    API_KEY = "api_key"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a call, whatever its outcome. Every text in it is clean of tokens and of the API key."""

    status: int | None = None
    code: str | None = None
    """The vendor's own error code."""
    message: str | None = None
    """The vendor's own words."""
    reason: Reason | None = None
    retry_after: float | None = None
    """Seconds until it may be sent again; only when the API said 429."""
    retry_told: bool = False
    """Whether the API itself named that time."""
    attempts: int = 1
    duration: float = 0.0
    """Seconds, all attempts and waits together."""
    answer: dict[str, object] | None = None
    """What came back, fit for the journal."""
    limits: RateLimit | None = None
    clock_ahead: float | None = None
    """Seconds by which the API's clock is ahead of ours."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The API did it and said so: `value` holds what it assigned."""

    verdict: ClassVar[Verdict] = Verdict.DONE
    value: T
    facts: Facts


@dataclass(frozen=True, slots=True)
class Refused:
    """The API understood and said no."""

    verdict: ClassVar[Verdict] = Verdict.REFUSED
    facts: Facts


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request certainly was not processed."""

    verdict: ClassVar[Verdict] = Verdict.NOT_SENT
    facts: Facts


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have been processed, and nothing says whether it was."""

    verdict: ClassVar[Verdict] = Verdict.UNKNOWN
    facts: Facts


Outcome = Done[T] | Refused | NotSent | Unknown


class CallError(Exception):
    """A call that brought no answer. `reason` says why; the branch says what may be done about it."""

    reason: ClassVar[Reason]


class NothingSentError(CallError):
    """No byte of the request left this machine."""


class NameNotResolvedError(NothingSentError):
    """The host's name has no address, or the name server did not say in time."""

    reason = Reason.NAME_NOT_RESOLVED


class NoConnectionError(NothingSentError):
    """Nothing listens there, no route leads there, or a proxy would not open the way."""

    reason = Reason.CONNECTION_REFUSED


class ConnectTimedOutError(NothingSentError):
    """The connection was not ready in time."""

    reason = Reason.CONNECT_TIMEOUT


class TlsFailedError(NothingSentError):
    """The server could not prove who it is, or speaks no TLS that we accept."""

    reason = Reason.TLS_FAILED


class NotStartedError(NothingSentError):
    """The deadline passed before the first byte left."""

    reason = Reason.NOT_STARTED


class AnswerLostError(CallError):
    """A byte of the request may have left, and no status came back."""


class TimedOutError(AnswerLostError):
    """The deadline passed while we waited for the answer."""

    reason = Reason.TIMEOUT


class ConnectionLostError(AnswerLostError):
    """The connection ended before the answer's head was complete."""

    reason = Reason.CONNECTION_LOST


class UnintelligibleError(AnswerLostError):
    """Something came back that is not HTTP."""

    reason = Reason.NOT_UNDERSTOOD


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on one attempt, with its reason (`None` for done and for a plain refusal)."""

    verdict: Verdict
    reason: Reason | None = None


def rule_on_failure(error: CallError) -> Ruling:
    """Judge a call without a status: the exception's branch alone decides."""
    verdict = Verdict.NOT_SENT if isinstance(error, NothingSentError) else Verdict.UNKNOWN
    return Ruling(verdict, error.reason)


def rule_on_answer(status: int, *, understood: bool, broken: Reason | None) -> Ruling:
    """Judge a call with a status.

    Args:
        status: as in the status line.
        understood: whether the documented fields are in the answer; matters for 2xx only.
        broken: why the answer could not be read to its end, if so; matters for 2xx only, as a refusal's status says it all.
    """
    if status == 429:
        return Ruling(Verdict.NOT_SENT, Reason.RATE_LIMITED)
    if 400 <= status < 500:
        return Ruling(Verdict.REFUSED, {401: Reason.API_KEY, 403: Reason.SUSPENDED}.get(status))
    if not 200 <= status < 300:
        return Ruling(Verdict.UNKNOWN, _why_unknown(status))
    if understood:
        return Ruling(Verdict.DONE)
    return Ruling(Verdict.UNKNOWN, broken or Reason.NOT_UNDERSTOOD)


def _why_unknown(status: int) -> Reason:
    if status >= 500:
        return Reason.SERVER_ERROR
    return Reason.REDIRECTED if status >= 300 else Reason.NOT_UNDERSTOOD
