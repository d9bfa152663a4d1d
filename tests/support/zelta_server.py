"""A Zelta Meet over real HTTP, in threads of this process, that does as it is told and remembers what it was asked.

    with ZeltaServer() as zelta:
        zelta.next(faults.drop_after_processing())   # what happens to the next request; then it is itself again
        …                                            # something calls zelta.url
        assert len(zelta.calls) == 1
        assert zelta.mails == [...]

By itself it behaves as the contract says, in the sibling API's envelope. Its faults are in `zelta_faults`; each is a function
of an `Exchange`, so that a test can write its own.
"""

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.support.zelta_backend import WINDOW, Announce, Backend, Mail, Meeting, Participant
from tests.support.zelta_wire import Behaviour, Call, Connection, as_usual


@dataclass
class _Rule:
    behaviour: Behaviour
    method: str | None
    path: str | None
    lasting: bool

    def fits(self, call: Call) -> bool:
        return self.method in (None, call.method) and (self.path is None or self.path in call.path)


class ZeltaServer:
    """The server. `url` is its backend base URL; `prefix` puts it under a path.

    Args:
        api_key: the only key that it accepts; by default any.
        limit: requests in any `window` seconds before it answers 429; by default none.
        announce: how it makes that limit known.
        idle: seconds after which it closes a connection at rest; by default never.
        tls: a server-side context, to speak https.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        limit: int | None = None,
        window: float = WINDOW,
        announce: Announce = "headers",
        idle: float | None = None,
        tls: ssl.SSLContext | None = None,
        prefix: str = "",
        host: str = "127.0.0.1",
    ) -> None:
        self.backend = Backend(api_key=api_key, limit=limit, window=window, announce=announce)
        self.closing = threading.Event()
        self.idle = idle
        self.tls = tls
        self.drop_unread = 0
        """How many of the coming requests lose their connection before they are read."""
        self._calls: list[Call] = []
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._connections: list[Connection] = []
        self._accepted = 0
        self._listener = socket.create_server((host, 0), backlog=128)
        self._listener.settimeout(None)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://{host}:{self._listener.getsockname()[1]}{prefix}"
        self._acceptor = threading.Thread(target=self._accept, name="zelta-accept", daemon=True)
        self._acceptor.start()

    @property
    def calls(self) -> list[Call]:
        """Every request that was read, in order of arrival."""
        with self._lock:
            return list(self._calls)

    @property
    def connections(self) -> int:
        """How many connections were accepted so far."""
        return self._accepted

    @property
    def meetings(self) -> dict[str, Meeting]:
        """The meetings that it made, by id."""
        return self.backend.meetings

    @property
    def participants(self) -> list[Participant]:
        """Everyone who was added, in order."""
        return self.backend.participants

    @property
    def mails(self) -> list[Mail]:
        """The invitations that it sent, in order."""
        return self.backend.mails

    def next(self, *behaviours: Behaviour, method: str | None = None, path: str | None = None) -> None:
        """Queue behaviours, each for one coming request that fits (`path`: a part of it)."""
        with self._lock:
            self._rules += [_Rule(behaviour, method, path, lasting=False) for behaviour in behaviours]

    def always(self, behaviour: Behaviour, *, method: str | None = None, path: str | None = None) -> None:
        """Behave so from now on, where nothing queued fits; the latest wins."""
        with self._lock:
            self._rules.append(_Rule(behaviour, method, path, lasting=True))

    def behave(self) -> None:
        """Forget all instructions."""
        with self._lock:
            self._rules.clear()

    def close(self) -> None:
        """Stop at once; whatever hangs is released."""
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join(5)
        self._listener.close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            connection.release()
        for connection in connections:
            connection.thread.join(5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def note(self, call: Call) -> Behaviour:
        """Remember a request, and say how to behave towards it."""
        with self._lock:
            self._calls.append(call)
            queued = next((rule for rule in self._rules if not rule.lasting and rule.fits(call)), None)
            if queued is not None:
                self._rules.remove(queued)
                return queued.behaviour
            lasting = [rule for rule in self._rules if rule.lasting and rule.fits(call)]
            return lasting[-1].behaviour if lasting else as_usual

    def take_unread(self) -> bool:
        """Whether the request that is arriving is to be dropped unread."""
        with self._lock:
            self.drop_unread -= 1 if (drops := self.drop_unread > 0) else 0
            return drops

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._accepted += 1
                connection = Connection(self, sock, self._accepted)
                self._connections = [known for known in self._connections if known.thread.is_alive()]
                self._connections.append(connection)
                connection.thread.start()
