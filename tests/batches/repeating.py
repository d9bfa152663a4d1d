"""What a coordinator does to repeat a meeting, in one line each."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask

from tests.outbox.conftest import sending
from tests.support.actions import day, meeting_path
from tests.support.db import rows, table
from tests.support.pages import Page, PageClient

WEEKLY = {"frequency": "weekly", "end": "count"}


def weekday(text: str) -> str:
    return str(datetime.fromisoformat(text).weekday())


def repeat_path(page: Page) -> str:
    return f"{meeting_path(page)}/repeat"


def see(client: PageClient, page: Page, **fields: Any) -> Page:
    """The answer to the form of a repetition."""
    path = repeat_path(page)
    return client.visit(path).submit(path, "preview", **fields)


def weekly(client: PageClient, page: Page, count: int = 4, **fields: Any) -> Page:
    """The preview of a weekly series from the meeting's own date on."""
    values = WEEKLY | {"date": day(), "weekdays": [weekday(day())], "count": str(count)}
    return see(client, page, **values | fields)


def make(preview: Page, **fields: Any) -> Page:
    path = preview.path
    return preview.submit(path, "create", **fields)


def kept(preview: Page) -> list[str]:
    return [box["value"] for box in preview.find_all('input[name="keep"]') if box.get("checked") is not None]


def meetings(url: str) -> list[dict[str, Any]]:
    return table(url, "meetings")


def wait(until: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def run_outbox(app: Flask, url: str) -> None:
    """Send everything that waits."""
    query = "SELECT id FROM meetings WHERE state IN ('queued', 'claimed', 'sending')"
    with sending(app, 4, 0):
        wait(lambda: not rows(url, query))
