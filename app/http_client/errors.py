"""Why an HTTP call brought no response: the failure reasons and the exception tree.

CallError
├── RequestNotSentError: no byte of the request left this machine
└── ResponseLostError: the request may have been processed
"""

from enum import StrEnum
from typing import ClassVar


class FailureReason(StrEnum):
    """Why a call failed; the pages translate the value."""

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


class CallError(Exception):
    """A call without a response. `reason` says why; the branch says whether it may be retried."""

    reason: ClassVar[FailureReason]


class RequestNotSentError(CallError):
    """No byte of the request left this machine."""


class NameResolutionError(RequestNotSentError):
    """The host name has no address, or the DNS lookup timed out."""

    reason = FailureReason.NAME_NOT_RESOLVED


class ConnectError(RequestNotSentError):
    """Connection refused, no route, or a proxy that opens no tunnel."""

    reason = FailureReason.CONNECTION_REFUSED


class ConnectTimeoutError(RequestNotSentError):
    """The connection was not ready in time."""

    reason = FailureReason.CONNECT_TIMEOUT


class TLSError(RequestNotSentError):
    """The certificate is invalid, or TLS negotiation failed."""

    reason = FailureReason.TLS_FAILED


class DeadlineExceededError(RequestNotSentError):
    """The deadline passed before the first byte left."""

    reason = FailureReason.NOT_STARTED


class ResponseLostError(CallError):
    """A byte of the request may have left, and no status came back."""


class ReadTimeoutError(ResponseLostError):
    """The deadline passed while we waited for the answer."""

    reason = FailureReason.TIMEOUT


class ReadError(ResponseLostError):
    """The connection ended before the answer's head was complete."""

    reason = FailureReason.CONNECTION_LOST


class RemoteProtocolError(ResponseLostError):
    """Something came back that is not HTTP."""

    reason = FailureReason.NOT_UNDERSTOOD
