"""The dashboard in this process, asked by somebody who is signed in, and how long its answers take."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from flask.testing import FlaskClient

from app import create_app
from app.models import StaffRole
from app.settings import load_settings
from tests.support.accounts import account, let_in
from tests.support.environment import app_environment

WARM_UP = 30
REQUESTS = 200
Asked = tuple[FlaskClient, str]


def client_of(url: str, directory: Path, username: str) -> FlaskClient:
    """Somebody in front of the dashboard on this database."""
    app = create_app(load_settings(app_environment(url, AUTH="password"), directory))
    app.testing = True  # no keeper: its rounds are not the list's
    return let_in(FlaskClient(app), account(app, username, StaffRole.COORDINATOR))


def in_turns(asked: Sequence[Asked], requests: int = REQUESTS) -> list[list[float]]:
    """Milliseconds of each warm request to each of these, in turns, so that whatever else the machine does slows all of them."""
    times: list[list[float]] = [[] for _ in asked]
    for number in range(-WARM_UP, requests):
        for (client, path), own in zip(asked, times, strict=True):
            begun = time.perf_counter()
            response = client.get(path)
            took = (time.perf_counter() - begun) * 1000
            assert response.status_code == 200, (path, response.status_code)
            response.close()
            if number >= 0:
                own.append(took)
    return times


def typical(times: Sequence[float], parts: int = 5) -> list[float]:
    """The medians of some parts of these times, which say how much they differ."""
    length = len(times) // parts
    return [median(times[part * length : (part + 1) * length]) for part in range(parts)]


def cookies_of(client: FlaskClient) -> str:
    """What the browser of this client would send, once it has seen a page: its session, with the key of its forms."""
    client.get("/")
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in client._cookies.values())
