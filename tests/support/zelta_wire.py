"""The wire of the fake Zelta Meet: one connection, the requests on it, and what can be done about each."""

import json
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.zelta_backend import Reply

if TYPE_CHECKING:
    from tests.support.zelta_server import ZeltaServer

REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    302: "Found",
    307: "Temporary Redirect",
    429: "Too Many Requests",
}


class ClosingError(Exception):
    """The server is closing, or the client has gone: the exchange is over."""


@dataclass(frozen=True)
class Call:
    """A request as it was received. `connection` counts connections, from 1."""

    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    connection: int
    at: float = field(default_factory=time.monotonic)

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.raw)

    @property
    def api_key(self) -> str | None:
        """The key that came with it."""
        return self.headers.get("x-api-key")


class Exchange:
    """One request, and what a behaviour can do about it."""

    def __init__(self, server: "ZeltaServer", connection: "Connection", call: Call) -> None:
        self.server = server
        self.call = call
        self._connection = connection

    def process(self) -> Reply:
        """Do what the request asks, as the real one would; the reply is not sent yet."""
        return self.server.backend.handle(self.call.method, self.call.path, self.call.headers, self.call.raw)

    def reply(self, status: int, body: object = b"", headers: dict[str, str] | None = None) -> None:
        """Answer with a well-framed response; anything but bytes is sent as JSON."""
        self.send(framed(status, body, headers))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._connection.send(data)

    def wait(self, seconds: float) -> None:
        """Do nothing for a while; ends early when the server closes."""
        if self.server.closing.wait(seconds):
            raise ClosingError

    def hang(self) -> None:
        """Do nothing until the client goes away or the server closes."""
        self._connection.wait_until_gone()

    def drop(self, *, reset: bool = False) -> None:
        """Close the connection, politely or with an RST."""
        self._connection.close(reset=reset)


Behaviour = Callable[[Exchange], None]


def framed(status: int, body: object = b"", headers: dict[str, str] | None = None) -> bytes:
    """A whole HTTP/1.1 response."""
    is_raw = isinstance(body, bytes)
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"Content-Type": "text/html; charset=utf-8" if is_raw else "application/json"}
    if status >= 200 and status != 204:
        fields["Content-Length"] = str(len(content))
    fields |= headers or {}
    lines = [
        f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}",
        *(f"{name}: {value}" for name, value in fields.items()),
    ]
    return "\r\n".join((*lines, "", "")).encode("latin-1") + content


def as_usual(exchange: Exchange) -> None:
    """What happens when nobody asked for anything else."""
    reply = exchange.process()
    exchange.reply(reply.status, reply.document, reply.headers)


class Connection:
    """One connection, served by one thread until either side has enough."""

    def __init__(self, server: "ZeltaServer", sock: socket.socket, number: int) -> None:
        self.server = server
        self.number = number
        self.thread = threading.Thread(target=self._serve, name=f"zelta-{number}", daemon=True)
        self._sock = sock
        self._buffer = b""

    def send(self, data: bytes) -> None:
        try:
            self._sock.sendall(data)
        except (OSError, ValueError) as error:
            raise ClosingError from error

    def wait_until_gone(self) -> None:
        while not self.server.closing.is_set():
            readable, _, _ = select.select([self._sock], [], [], 0.05)
            if readable and not self._receive():
                raise ClosingError

    def close(self, *, reset: bool = False) -> None:
        if reset:
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()
        raise ClosingError

    def release(self) -> None:
        """Wake the thread, from another one."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        try:
            if self.server.tls:
                self._sock.settimeout(5)
                self._sock = self.server.tls.wrap_socket(self._sock, server_side=True)
                self._sock.settimeout(None)
            while not self.server.closing.is_set():
                call = self._read_call()
                self.server.note(call)(Exchange(self.server, self, call))
        except (ClosingError, OSError, ValueError):
            pass
        finally:
            self._sock.close()

    def _read_call(self) -> Call:
        if not self._buffer:
            self._await_request()
        while b"\r\n\r\n" not in self._buffer:
            self._receive_more()
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        start, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = start.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        while len(self._buffer) < length:
            self._receive_more()
        raw, self._buffer = self._buffer[:length], self._buffer[length:]
        return Call(method, path, headers, raw, self.number)

    def _await_request(self) -> None:
        """Wait for the first byte, and do with the connection what was asked for before anything of it is read."""
        pending = isinstance(self._sock, ssl.SSLSocket) and self._sock.pending()
        if not pending and not select.select([self._sock], [], [], self.server.idle)[0]:
            self.close()
        if (
            self.server.drop_unread
            and self._sock.recv(1, 0 if self.server.tls else socket.MSG_PEEK)
            and self.server.take_unread()
        ):
            self.close()

    def _receive_more(self) -> None:
        if not self._receive():
            raise ClosingError

    def _receive(self) -> bool:
        data = self._sock.recv(65_536)
        self._buffer += data
        return bool(data)
