"""Connections that enforce their attempt's deadline and report when a byte is sent.

urllib3 runs the HTTP. Its connection classes are extended in four places: connecting (with a deadline for the
DNS lookup too), sending (marks the request as possibly sent), reading the response head (an end of file is
not the end of the headers), and reuse (not after a pause, nor after trailing bytes). A context variable
carries the attempt through urllib3, since each attempt stays in one thread.
"""

import http.client
import queue
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_match_hostname import CertificateError

from app.http_client.attempt import Attempt, current_attempt
from app.http_client.errors import NameResolutionError

MAX_IDLE_SECONDS = 1.5
"""Seconds. A connection idle for longer is not reused: the server may close it while our POST is in transit,
and then the outcome of the POST would be unknown."""


class _LastLineReader:
    """Remembers the last line read: the headers are complete only if it was the empty line."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.last_line = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last_line = self.file.readline(limit)
        return self.last_line

    def close(self) -> None:
        self.file.close()


class _Response(http.client.HTTPResponse):
    """Records the status once known, and whether the headers are complete; skips 1xx responses."""

    has_trailing_data = False
    """Whether bytes followed the announced end of the response: the connection is out of sync."""

    def begin(self) -> None:
        lines = _LastLineReader(self.fp)
        self.fp = lines  # type: ignore[assignment]
        try:
            super().begin()
            while _is_interim(self.status):
                self.headers = self.msg = None  # type: ignore[assignment]
                super().begin()
        finally:
            if self.fp is not None:
                self.fp = lines.file
            self._record_head(is_complete=lines.last_line in (b"\r\n", b"\n"))

    def _close_conn(self) -> None:
        # Trailing bytes may already be in the BufferedReader, invisible to select().
        self.has_trailing_data = _has_buffered_data(self.fp)
        super()._close_conn()  # type: ignore[misc]  # the library's own, without types

    def _record_head(self, *, is_complete: bool) -> None:
        attempt = current_attempt()
        if isinstance(self.status, int) and not _is_interim(self.status):
            attempt.status, attempt.headers = self.status, self.headers
            attempt.headers_complete = is_complete and self.headers is not None


def _is_interim(status: int) -> bool:
    """Whether another response follows (1xx, such as Early Hints); 101 is final."""
    return 100 <= status < 200 and status != http.client.SWITCHING_PROTOCOLS


def _has_buffered_data(reader: Any) -> bool:
    """Whether bytes are available after a response's end; never blocks."""
    # It may be closed; TLS raises if there is no data.
    with suppress(AttributeError, OSError, ValueError):
        sock = reader.raw._sock
        timeout = sock.gettimeout()
        sock.settimeout(0)
        try:
            return bool(reader.peek(1))
        finally:
            sock.settimeout(timeout)
    return False


class _DeadlineConnection(HTTPConnection):
    """The common base of both connection classes."""

    response_class = _Response
    _is_connecting = False
    _idle_since = 0.0
    _last_response: Any = None

    def connect(self) -> None:
        """Connect, including tunnel and TLS handshake. Errors here mean that nothing was sent."""
        attempt = current_attempt()
        self._is_connecting = True
        try:
            super().connect()
        except (OSError, CertificateError, http.client.HTTPException) as error:
            raise attempt.classify_error(error) from error
        finally:
            self._is_connecting = False

    def send(self, data: Any) -> None:
        """Send a part of the request, after `mark_sending`. A proxy's CONNECT is not part of the request."""
        if self._is_connecting:
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        attempt = current_attempt()
        attempt.arm_deadline(self.sock.fileno())
        self.sock.settimeout(attempt.remaining_seconds)
        attempt.mark_sending()
        super().send(data)

    def getresponse(self) -> Any:
        """Read the answer's head."""
        response = super().getresponse()
        self._idle_since = time.monotonic()
        self._last_response = response._original_response
        return response

    @property
    def is_connected(self) -> bool:
        """Whether the pool may hand this connection out again."""
        idle_seconds = time.monotonic() - self._idle_since
        return (
            super().is_connected
            and idle_seconds < MAX_IDLE_SECONDS
            and not (self._last_response and self._last_response.has_trailing_data)
        )

    def _new_conn(self) -> socket.socket:
        attempt = current_attempt()
        addresses = _resolve_host(self._dns_host, self.port, attempt)
        sock = _connect_any(addresses, attempt, self.socket_options)
        attempt.arm_deadline(sock.fileno())
        sock.settimeout(max(attempt.connect_deadline - time.monotonic(), 0.001))  # for tunnel and handshake
        return sock


class _PlainConnection(_DeadlineConnection):
    """http://."""


class _TlsConnection(_DeadlineConnection, HTTPSConnection):
    """https://."""


class PlainPool(HTTPConnectionPool):
    """A pool of deadline connections to an http:// URL."""

    ConnectionCls = _PlainConnection


class TlsPool(HTTPSConnectionPool):
    """A pool of deadline connections to an https:// URL."""

    ConnectionCls = _TlsConnection


POOLS = {"http": PlainPool, "https": TlsPool}


SocketAddress = tuple[int, int, int, str, Any]


def _resolve_host(host: str, port: int, attempt: Attempt) -> list[SocketAddress]:
    """Resolve the host in a separate thread, since getaddrinfo cannot be interrupted."""
    results: queue.SimpleQueue[list[SocketAddress] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            results.put(list(socket.getaddrinfo(host.strip("[]"), port, 0, socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            results.put(error)

    threading.Thread(target=look_up, name="name-server", daemon=True).start()
    try:
        result = results.get(timeout=max(attempt.connect_deadline - time.monotonic(), 0.001))
    except queue.Empty:
        raise NameResolutionError from None
    if isinstance(result, Exception) or not result:
        raise NameResolutionError
    return result


def _connect_any(addresses: list[SocketAddress], attempt: Attempt, options: Any) -> socket.socket:
    """Try each address; each gets its share of the time, so that one that hangs leaves time for the next."""
    error: OSError = OSError("no address")
    for index, (family, kind, protocol, _, address) in enumerate(addresses):
        timeout = (attempt.connect_deadline - time.monotonic()) / (len(addresses) - index)
        try:
            return _open_socket((family, kind, protocol), address, max(timeout, 0.001), options)
        except OSError as failure:
            error = failure
    raise error


def _open_socket(kind: tuple[int, int, int], address: Any, timeout: float, options: Any) -> socket.socket:
    sock = socket.socket(*kind)
    try:
        for option in options or ():
            sock.setsockopt(*option)
        sock.settimeout(timeout)
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock
