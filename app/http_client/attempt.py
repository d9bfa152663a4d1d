"""One attempt of a call: its hard deadline, and the flag that says whether a byte may have been sent.

urllib3 and requests nest errors. The progress of the attempt says more than the error type, so the
attempt classifies it.
"""

import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from urllib3.util.ssl_match_hostname import CertificateError

from app.http_client.errors import (
    CallError,
    ConnectError,
    ConnectTimeoutError,
    DeadlineExceededError,
    ReadError,
    ReadTimeoutError,
    RemoteProtocolError,
    RequestNotSentError,
    ResponseLostError,
    TLSError,
)

CONNECT_TIMEOUT_SECONDS = 3.0
"""Seconds, including the DNS lookup."""


class Attempt:
    """One attempt: its deadline, whether a byte may have been sent, and the response head so far."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.connect_deadline = min(deadline, time.monotonic() + CONNECT_TIMEOUT_SECONDS)
        self.may_have_been_sent = False
        """Whether a byte of the request may have been sent: the difference between not sent and unknown."""
        self.status: int | None = None
        self.headers: http.client.HTTPMessage | None = None
        self.headers_complete = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer: threading.Timer | None = None
        self.deadline_fired = False
        """Whether we closed the connection at the deadline."""

    @property
    def remaining_seconds(self) -> float:
        """Seconds until the deadline, at least 0.001: zero would make a socket non-blocking."""
        return max(self.deadline - time.monotonic(), 0.001)

    @property
    def is_expired(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline_fired or time.monotonic() >= self.deadline

    def arm_deadline(self, descriptor: int) -> None:
        """Close the connection at the deadline: socket timeouts restart with each byte."""
        with self._lock:
            if self._socket is not None:
                return
            # A duplicate descriptor: the original may be closed and its number reused before the timer fires.
            self._socket = socket.socket(fileno=os.dup(descriptor))
        self._timer = threading.Timer(self.remaining_seconds, self._on_deadline)
        self._timer.daemon = True
        self._timer.start()

    def check_deadline(self) -> None:
        """Raise DeadlineExceededError if there is no time left to begin."""
        if self.is_expired:
            raise DeadlineExceededError

    def mark_sending(self) -> None:
        """Mark the request as possibly sent. After this the vendor may have it.

        Raises:
            DeadlineExceededError: the deadline passed (for example after a suspend) and nothing was sent.
        """
        if not self.may_have_been_sent:
            self.check_deadline()
            self.may_have_been_sent = True

    def close(self) -> None:
        """Cancel the deadline timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        with self._lock:
            if self._socket is not None:
                self._socket.close()

    def _on_deadline(self) -> None:
        self.deadline_fired = True
        with self._lock, suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def classify_error(self, error: BaseException) -> CallError:
        """Classify a transport error for this attempt."""
        causes = list(_exception_chain(error))
        not_sent = next((cause for cause in causes if isinstance(cause, RequestNotSentError)), None)
        if not_sent is not None and not self.may_have_been_sent:
            return not_sent
        timed_out = self.is_expired or any(isinstance(cause, TimeoutError) for cause in causes)
        classify = _classify_lost if self.may_have_been_sent else _classify_unsent
        return classify(causes, timed_out=timed_out)


def _exception_chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _classify_unsent(causes: list[BaseException], *, timed_out: bool) -> RequestNotSentError:
    if timed_out:
        return ConnectTimeoutError()
    is_tls = any(isinstance(cause, ssl.SSLError | CertificateError) for cause in causes)
    return TLSError() if is_tls else ConnectError()


def _classify_lost(causes: list[BaseException], *, timed_out: bool) -> ResponseLostError:
    if timed_out:
        return ReadTimeoutError()
    # RemoteDisconnected is both an HTTPException and a ConnectionError: a closed connection, not bad HTTP.
    protocol_errors = [cause for cause in causes if isinstance(cause, http.client.HTTPException)]
    is_disconnect = any(
        isinstance(cause, ConnectionError | http.client.IncompleteRead) for cause in protocol_errors
    )
    return RemoteProtocolError() if protocol_errors and not is_disconnect else ReadError()


_current_attempt: ContextVar[Attempt] = ContextVar("attempt")


@contextmanager
def attempt_with_deadline(deadline: float) -> Iterator[Attempt]:
    """Run one attempt in this thread; connections used inside get it from a context variable."""
    attempt = Attempt(deadline)
    token = _current_attempt.set(attempt)
    try:
        yield attempt
    finally:
        _current_attempt.reset(token)
        attempt.close()


def current_attempt() -> Attempt:
    """The attempt that runs in this thread."""
    return _current_attempt.get()
