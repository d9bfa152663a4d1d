"""Connections that keep to their attempt's deadline and tell it when a byte leaves.

urllib3 runs the HTTP; its connection classes are extended here at the four places that matter: connecting (with a limit on the
name server too), sending (the fence), reading the answer's head (an end of file must not pass for the end of the headers), and
reuse (not after a pause, nor after an answer that went on beyond its end). The attempt finds its way through urllib3 in a context variable, as each attempt stays in one thread.
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

from app.zelta.attempt import Attempt, current
from app.zelta.outcome import NameNotResolvedError

LONGEST_PAUSE = 1.5
"""Seconds. A connection that rested longer is not used again: a server may be closing it while our POST is on its way, and
then nobody can tell whether the POST was processed."""


class _LastLine:
    """Reads lines through, and remembers the last: the headers ended well only if it was the empty one."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.line = b""

    def readline(self, limit: int = -1) -> bytes:
        self.line = self.file.readline(limit)
        return self.line

    def close(self) -> None:
        self.file.close()


class _Response(http.client.HTTPResponse):
    """Notes the status as soon as it is known, and whether the headers are whole; skips interim answers."""

    went_on = False
    """Whether more came than the answer announced: whoever sent that has another idea of where an answer ends."""

    def begin(self) -> None:
        lines = _LastLine(self.fp)
        self.fp = lines  # type: ignore[assignment]
        try:
            super().begin()
            while _is_interim(self.status):
                self.headers = self.msg = None  # type: ignore[assignment]
                super().begin()
        finally:
            if self.fp is not None:
                self.fp = lines.file
            self._note(ended_well=lines.line in (b"\r\n", b"\n"))

    def _close_conn(self) -> None:
        # The surplus may sit in the reader's buffer, where nobody who watches the socket sees it.
        self.went_on = _has_more(self.fp)
        super()._close_conn()  # type: ignore[misc]  # the library's own, without types

    def _note(self, *, ended_well: bool) -> None:
        attempt = current()
        if isinstance(self.status, int) and not _is_interim(self.status):
            attempt.status, attempt.headers = self.status, self.headers
            attempt.head_is_whole = ended_well and self.headers is not None


def _is_interim(status: int) -> bool:
    """Whether another answer follows this one: Early Hints and the like; 101 is the last thing said in HTTP."""
    return 100 <= status < 200 and status != http.client.SWITCHING_PROTOCOLS


def _has_more(reader: Any) -> bool:
    """Whether bytes lie ready behind an answer's end; never waits for them."""
    # It may be closed, or TLS, which raises where there is nothing.
    with suppress(AttributeError, OSError, ValueError):
        sock = reader.raw._sock
        timeout = sock.gettimeout()
        sock.settimeout(0)
        try:
            return bool(reader.peek(1))
        finally:
            sock.settimeout(timeout)
    return False


class _Careful(HTTPConnection):
    """What both kinds of connection share."""

    response_class = _Response
    _connecting = False
    _rested_since = 0.0
    _last: Any = None

    def connect(self) -> None:
        """Connect, through tunnel and handshake. What goes wrong here is told as such, and nothing has left."""
        attempt = current()
        self._connecting = True
        try:
            super().connect()
        except (OSError, CertificateError, http.client.HTTPException) as error:
            raise attempt.explain(error) from error
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        """Send a part of the request, past the fence. What is said to a proxy to open a tunnel is no part of it."""
        if self._connecting:
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        attempt = current()
        attempt.watch(self.sock.fileno())
        self.sock.settimeout(attempt.remaining)
        attempt.pass_fence()
        super().send(data)

    def getresponse(self) -> Any:
        """Read the answer's head."""
        response = super().getresponse()
        self._rested_since = time.monotonic()
        self._last = response._original_response
        return response

    @property
    def is_connected(self) -> bool:
        """Whether the pool may hand this connection out again."""
        rested = time.monotonic() - self._rested_since
        return super().is_connected and rested < LONGEST_PAUSE and not (self._last and self._last.went_on)

    def _new_conn(self) -> socket.socket:
        attempt = current()
        addresses = _resolve(self._dns_host, self.port, attempt)
        sock = _connect_to_one(addresses, attempt, self.socket_options)
        attempt.watch(sock.fileno())
        sock.settimeout(max(attempt.connect_by - time.monotonic(), 0.001))  # for tunnel and handshake
        return sock


class _PlainConnection(_Careful):
    """http://."""


class _TlsConnection(_Careful, HTTPSConnection):
    """https://."""


class PlainPool(HTTPConnectionPool):
    """A pool of careful connections to an http:// address."""

    ConnectionCls = _PlainConnection


class TlsPool(HTTPSConnectionPool):
    """A pool of careful connections to an https:// address."""

    ConnectionCls = _TlsConnection


POOLS = {"http": PlainPool, "https": TlsPool}


Address = tuple[int, int, int, str, Any]


def _resolve(host: str, port: int, attempt: Attempt) -> list[Address]:
    """Ask the name server in a thread of its own, since nothing can interrupt that call."""
    answers: queue.SimpleQueue[list[Address] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host.strip("[]"), port, 0, socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="name-server", daemon=True).start()
    try:
        found = answers.get(timeout=max(attempt.connect_by - time.monotonic(), 0.001))
    except queue.Empty:
        raise NameNotResolvedError from None
    if isinstance(found, Exception) or not found:
        raise NameNotResolvedError
    return found


def _connect_to_one(addresses: list[Address], attempt: Attempt, options: Any) -> socket.socket:
    """Try each address in turn; each gets its share of the time, so that a silent one leaves some to the next."""
    error: OSError = OSError("no address")
    for place, (family, kind, protocol, _, address) in enumerate(addresses):
        share = (attempt.connect_by - time.monotonic()) / (len(addresses) - place)
        try:
            return _connected((family, kind, protocol), address, max(share, 0.001), options)
        except OSError as failure:
            error = failure
    raise error


def _connected(kind: tuple[int, int, int], address: Any, timeout: float, options: Any) -> socket.socket:
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
