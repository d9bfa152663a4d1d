"""An in-process client with a signed-in user, and request timing."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from app import create_app
from app.config import load_settings
from app.models import AccountRole
from tests.support.accounts import account, let_in
from tests.support.environment import app_environment

WARM_UP = 30
REQUESTS = 200
RequestTarget = tuple[FlaskClient, str]


def create_client(url: str, directory: Path, username: str) -> FlaskClient:
    """A signed-in test client of the dashboard on this database."""
    app = create_app(load_settings(app_environment(url, AUTH="password"), directory))
    app.testing = True  # no background threads, which would disturb the timing
    return let_in(FlaskClient(app), account(app, username, AccountRole.COORDINATOR))


def interleave(targets: Sequence[RequestTarget], requests: int = REQUESTS) -> list[list[float]]:
    """Milliseconds of warm requests, interleaved, so that other load on the machine affects all alike."""
    times: list[list[float]] = [[] for _ in targets]
    for number in range(-WARM_UP, requests):
        for (client, path), own_times in zip(targets, times, strict=True):
            started = time.perf_counter()
            response = client.get(path)
            milliseconds = (time.perf_counter() - started) * 1000
            assert response.status_code == 200, (path, response.status_code)
            response.close()
            if number >= 0:
                own_times.append(milliseconds)
    return times


def medians_of_parts(times: Sequence[float], parts: int = 5) -> list[float]:
    """Medians of equal parts of the samples, to show their spread."""
    length = len(times) // parts
    return [median(times[part * length : (part + 1) * length]) for part in range(parts)]


def get_cookies(client: FlaskClient) -> str:
    """The cookies that the browser of this client would send: its session with the CSRF secret."""
    client.get("/")
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in client._cookies.values())
