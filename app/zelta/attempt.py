"""One attempt at a call: the deadline that nothing outlasts, and the mark that says a byte may have left.

urllib3 and requests wrap errors in errors; what an attempt had come to when one arrived says more than its type, so it is the
attempt that explains it.
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

from app.zelta.outcome import (
    AnswerLostError,
    CallError,
    ConnectionLostError,
    ConnectTimedOutError,
    NoConnectionError,
    NothingSentError,
    NotStartedError,
    TimedOutError,
    TlsFailedError,
    UnintelligibleError,
)

CONNECT_TIMEOUT = 3.0
"""Seconds, the name server included."""


class Attempt:
    """One attempt: when it must end, whether a byte of it may have left, and what came back of the answer's head."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.connect_by = min(deadline, time.monotonic() + CONNECT_TIMEOUT)
        self.left = False
        """Whether a byte of the request may have left. This, not the kind of an error, tells "not sent" from "unknown"."""
        self.status: int | None = None
        self.headers: http.client.HTTPMessage | None = None
        self.head_is_whole = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._alarm: threading.Timer | None = None
        self.was_cut = False
        """Whether the connection ended because we ended it, at the deadline."""

    @property
    def remaining(self) -> float:
        """Seconds until the deadline, and a little more than none after it: zero would mean "do not wait" to a socket."""
        return max(self.deadline - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed."""
        return self.was_cut or time.monotonic() >= self.deadline

    def watch(self, descriptor: int) -> None:
        """Cut the connection at the deadline, whatever it is doing then; timeouts of a socket begin anew with each byte."""
        with self._lock:
            if self._socket is not None:
                return
            # A descriptor of our own: the connection's may be closed, and its number given to another, when the alarm goes.
            self._socket = socket.socket(fileno=os.dup(descriptor))
        self._alarm = threading.Timer(self.remaining, self._cut)
        self._alarm.daemon = True
        self._alarm.start()

    def check_time(self) -> None:
        """Raise NotStartedError if there is no time left to begin."""
        if self.is_over:
            raise NotStartedError

    def pass_fence(self) -> None:
        """Ask for leave to send. After this the vendor may have the request.

        Raises:
            NotStartedError: the deadline passed (the process may have been frozen) and nothing has left.
        """
        if not self.left:
            self.check_time()
            self.left = True

    def end(self) -> None:
        """Stop watching."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm.join()
        with self._lock:
            if self._socket is not None:
                self._socket.close()

    def _cut(self) -> None:
        self.was_cut = True
        with self._lock, suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def explain(self, error: BaseException) -> CallError:
        """Say what an error from below means for this attempt."""
        causes = list(_causes(error))
        told = next((cause for cause in causes if isinstance(cause, NothingSentError)), None)
        if told is not None and not self.left:
            return told
        timed_out = self.is_over or any(isinstance(cause, TimeoutError) for cause in causes)
        explain = _explain_lost if self.left else _explain_unsent
        return explain(causes, timed_out=timed_out)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _explain_unsent(causes: list[BaseException], *, timed_out: bool) -> NothingSentError:
    if timed_out:
        return ConnectTimedOutError()
    is_tls = any(isinstance(cause, ssl.SSLError | CertificateError) for cause in causes)
    return TlsFailedError() if is_tls else NoConnectionError()


def _explain_lost(causes: list[BaseException], *, timed_out: bool) -> AnswerLostError:
    if timed_out:
        return TimedOutError()
    # http.client complains of ended connections too; RemoteDisconnected is both of its kind and the system's.
    spoke = [cause for cause in causes if isinstance(cause, http.client.HTTPException)]
    ended = any(isinstance(cause, ConnectionError | http.client.IncompleteRead) for cause in spoke)
    return UnintelligibleError() if spoke and not ended else ConnectionLostError()


_attempt: ContextVar[Attempt] = ContextVar("attempt")


@contextmanager
def attempt_until(deadline: float) -> Iterator[Attempt]:
    """Run one attempt in this thread; every connection used inside belongs to it."""
    attempt = Attempt(deadline)
    token = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(token)
        attempt.end()


def current() -> Attempt:
    """The attempt that runs in this thread."""
    return _attempt.get()
