"""What stands on the stage before a journey begins: meetings and people, made as a person would make them, over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support import zelta_faults as faults
from tests.support.actions import create
from tests.support.live import LiveClient, LiveServer
from tests.support.pages import Page
from tests.support.zelta_server import ZeltaServer
from tests.support.zelta_wire import Behaviour, Exchange, as_usual

DAY = (datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%d")
REFUSES = faults.refuses(422, "ERR_VALIDATION", "El título contiene palabras que no se admiten")
LOSES = faults.drops()
LIMITS = faults.rate_limits(retry_after="600")


@dataclass(frozen=True)
class Stage:
    """A dashboard, the Zelta Meet that it talks to, and short ways to put something on it."""

    server: LiveServer
    zelta: ZeltaServer
    database_url: str = ""

    def meeting(self, title: str, *behaviours: Behaviour, day: str = DAY) -> str:
        """Create a meeting, which Zelta meets with these behaviours; gives its path."""
        self.zelta.next(*behaviours, method="POST")
        with self.server.client() as client:
            return self._create(client, title, day).path

    def person(
        self, meeting: str, name: str, *behaviours: Behaviour, role: str = "participant", email: str = ""
    ) -> None:
        """Add a person to the meeting at this path."""
        self.zelta.next(*behaviours, method="POST")
        with self.server.client() as client:
            self._add(client, meeting, name, role, email)

    def populated(self, title: str) -> str:
        """A meeting with a host, a guest, and a guest who was mailed."""
        with self.server.client() as client:
            meeting = self._create(client, title, DAY).path
            self._add(client, meeting, "Ana Ruiz Hidalgo", "host", "")
            self._add(client, meeting, "Begoña Peñalver", "participant", "")
            self._add(client, meeting, "Jon Etxeberria", "participant", "jon@etxe.example")
        return meeting

    def cancel(self, meeting: str, always: Behaviour | None = None) -> None:
        """Cancel the meeting at this path, while Zelta always behaves so."""
        if always:
            self.zelta.always(always, method="PATCH")
        with self.server.client() as client:
            client.visit(f"{meeting}/cancel").submit(f"{meeting}/cancel")
        if always:
            self.zelta.behave()

    @contextmanager
    def sending(self, meeting: str, name: str) -> Iterator[threading.Event]:
        """While the block runs, or until the event is set, Zelta takes its time over adding this person."""
        arrived, release = threading.Event(), threading.Event()
        self.zelta.next(_held(arrived, release), method="POST")
        worker = threading.Thread(target=self.person, args=(meeting, name))
        worker.start()
        try:
            assert arrived.wait(5), "the call did not reach Zelta"
            yield release
        finally:
            release.set()
            worker.join(10)

    @staticmethod
    def _create(client: LiveClient, title: str, day: str) -> Page:
        return create(client, title, date=day, time_zone="America/Panama")

    @staticmethod
    def _add(client: LiveClient, meeting: str, name: str, role: str, email: str) -> Page:
        page = client.visit(meeting)
        return page.submit(f"{meeting}/participants", role=role, name=name, email=email)


def _held(arrived: threading.Event, release: threading.Event) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        arrived.set()
        while not release.is_set():
            exchange.wait(0.02)
        as_usual(exchange)

    return behave
