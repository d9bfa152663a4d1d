"""A client connected to a fake Zelta Meet, without the proxies and CA bundles of the machine that runs the tests."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from app.zelta import retries
from app.zelta.client import ZeltaClient
from app.zelta.payloads import MeetingBody, ParticipantBody, build_meeting_body, build_participant_body
from tests.support.zelta_server import ZeltaServer

KEY = "zlt_k7a9b2c4d6e8"

Connect = Callable[..., ZeltaClient]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "RETRY_DELAYS_SECONDS", (0.02, 0.06))


@pytest.fixture
def zelta() -> Iterator[ZeltaServer]:
    with ZeltaServer() as server:
        yield server


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Make a client for an address; it is closed at the end."""
    with ExitStack() as stack:

        def make(url: str, timeout: float = 5.0) -> ZeltaClient:
            client = ZeltaClient(url, KEY, timeout=timeout)
            stack.callback(client.close)
            return client

        yield make


@pytest.fixture
def client(zelta: ZeltaServer, connect: Connect) -> ZeltaClient:
    return connect(zelta.url)


@pytest.fixture
def meeting() -> MeetingBody:
    return build_meeting_body("Comité", datetime(2026, 11, 24, 15, 0, tzinfo=UTC))


@pytest.fixture
def guest() -> ParticipantBody:
    return build_participant_body("participant", "Ana Martínez", email="ana@example.org")


@pytest.fixture
def host() -> ParticipantBody:
    return build_participant_body("host", "Carlos López", external_id="carlos-001")
