"""The limit of calls in a rolling minute."""

import time
from email.utils import parsedate_to_datetime

import pytest

from app.sandbox.limit import RateLimitWindow
from tests.sandbox.api_client import Sandbox


@pytest.fixture(scope="module")
def rate() -> int:
    return 3


def test_each_answer_tells_the_limit_and_the_fourth_call_is_429(sandbox: Sandbox) -> None:
    left = []
    for _ in range(3):
        answer = sandbox.create()
        left.append(answer.headers["RateLimit-Remaining"])
        assert answer.status_code == 201
        assert answer.headers["RateLimit-Limit"] == "3"
    assert left == ["2", "1", "0"]
    refused = sandbox.create()
    now = parsedate_to_datetime(refused.headers["Date"]).timestamp()
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "ERR_TOO_MANY_REQUESTS"
    assert 55 <= int(refused.headers["Retry-After"]) <= 60
    assert 55 <= int(refused.headers["RateLimit-Reset"]) - now <= 61
    assert sandbox.count("meetings") == 3


def test_a_wrong_key_uses_up_nothing(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", "/public/meetings", json={}, headers={"x-api-key": "zlt_other"})
    assert (answer.status_code, answer.headers["RateLimit-Limit"]) == (401, "3")


def test_the_window_rolls() -> None:
    now = time.time()
    window = RateLimitWindow(2, clock=lambda: now)
    start = now
    assert window.try_acquire().remaining == 1
    now = start + 30
    assert window.try_acquire().remaining == 0
    assert not window.try_acquire().allowed
    now = start + 60
    standing = window.try_acquire()
    assert standing.allowed
    assert standing.remaining == 0
    assert start + 90 <= standing.reset <= start + 91
    now = start + 60.5
    refused = window.try_acquire()
    assert not refused.allowed
    assert refused.retry_after == 30
