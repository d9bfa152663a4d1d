"""Each way to fail, as a caller sees it, and what the sandbox did meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.sandbox.api_client import Sandbox


@pytest.fixture(autouse=True)
def _normal_after(sandbox: Sandbox) -> None:
    sandbox.fault("none")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("refuse", 400), ("wrong_key", 401), ("suspended", 403), ("too_many", 429), ("server_error", 500)],
)
def test_an_error_is_told_and_nothing_done(sandbox: Sandbox, kind: str, status: int) -> None:
    before = sandbox.count("meetings")
    sandbox.fault(kind)
    answer = sandbox.create()
    assert answer.status_code == status
    assert answer.json()["success"] is False
    assert answer.json()["error"]["code"].startswith("ERR_")
    assert sandbox.count("meetings") == before
    assert sandbox.create().status_code == 201


def test_the_chosen_429_asks_for_twenty_seconds(sandbox: Sandbox) -> None:
    sandbox.fault("too_many")
    answer = sandbox.create()
    assert answer.headers["Retry-After"] == "20"
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert 15 <= int(answer.headers["RateLimit-Reset"]) - time.time() <= 21


@pytest.mark.parametrize(("kind", "done"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection_loses_the_answer(sandbox: Sandbox, kind: str, done: int) -> None:
    meeting, before = sandbox.meeting(), sandbox.count("invitations")
    sandbox.fault(kind, "add")
    with pytest.raises(requests.ConnectionError):
        sandbox.add(meeting, email="ana@ejemplo.org")
    assert sandbox.count("invitations") == before + done


@pytest.mark.parametrize(("kind", "done"), [("hang_before", 0), ("hang_after", 1)])
def test_a_hanging_call_never_answers(sandbox: Sandbox, kind: str, done: int) -> None:
    before = sandbox.count("meetings")
    sandbox.fault(kind)
    with pytest.raises(requests.ReadTimeout):
        requests.post(
            sandbox.url + "/public/meetings",
            json={"title": "Comité", "datetime": "2026-11-24T15:00:00Z"},
            headers={"x-api-key": "zlt_test_key"},
            timeout=0.4,
        )
    assert sandbox.count("meetings") == before + done


def test_callers_who_hang_up_leave_room_for_others(sandbox: Sandbox) -> None:
    sandbox.fault("hang_before", times="always")

    def give_up(_number: int) -> None:
        with pytest.raises(requests.ReadTimeout):
            requests.patch(
                sandbox.url + "/public/meetings/x",
                json={"status": "CANCELLED"},
                headers={"x-api-key": "zlt_test_key"},
                timeout=1,
            )

    with ThreadPoolExecutor(24) as pool:
        list(pool.map(give_up, range(24)))
    sandbox.fault("none")
    assert sandbox.create().elapsed.total_seconds() < 3


def test_nonsense_is_200_html_after_the_deed(sandbox: Sandbox) -> None:
    before = sandbox.count("meetings")
    sandbox.fault("nonsense")
    answer = sandbox.create()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert sandbox.count("meetings") == before + 1


def test_without_ids_is_200_json_after_the_deed(sandbox: Sandbox) -> None:
    before = sandbox.count("meetings")
    sandbox.fault("without_ids")
    answer = sandbox.create()
    assert answer.status_code == 200
    assert answer.json()["data"] == {}
    assert sandbox.count("meetings") == before + 1


def test_a_wrong_call_is_still_refused_under_a_fault_that_processes(sandbox: Sandbox) -> None:
    sandbox.fault("without_ids")
    assert sandbox.create(title="").status_code == 400


def test_a_fault_is_for_the_chosen_call_only(sandbox: Sandbox) -> None:
    sandbox.fault("server_error", "cancel")
    meeting = sandbox.meeting()
    assert sandbox.add(meeting).status_code == 201
    assert sandbox.cancel(meeting).status_code == 500
    assert sandbox.cancel(meeting).status_code == 200


def test_a_fault_lasts_for_five_calls_even_when_ten_come_at_once(sandbox: Sandbox) -> None:
    sandbox.fault("server_error", times="5")

    def create(_number: int) -> int:
        headers = {"x-api-key": "zlt_test_key"}
        body = {"title": "Comité", "datetime": "2026-11-24T15:00:00Z"}
        return requests.post(
            sandbox.url + "/public/meetings", json=body, headers=headers, timeout=5
        ).status_code

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(create, range(10))) == [201] * 5 + [500] * 5


def test_a_fault_until_changed_lasts_until_all_is_normal(sandbox: Sandbox) -> None:
    sandbox.fault("refuse", times="always")
    assert {sandbox.create().status_code for _ in range(7)} == {400}
    assert 'data-fault="refuse"' in sandbox.page("/faults").text
    back = sandbox.fault("none")
    assert back.history[0].status_code == 303
    assert 'data-fault="none"' in back.text
    assert sandbox.create().status_code == 201


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "x", "call": "all", "times": "1"},
        {"kind": "refuse", "call": "all", "times": "2"},
        {"kind": "refuse"},
    ],
)
def test_an_unknown_choice_is_422_and_changes_nothing(sandbox: Sandbox, form: dict[str, str]) -> None:
    answer = sandbox.session.post(sandbox.url + "/faults", data=form, timeout=5)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'data-fault="none"' in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://otra.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_is_403(sandbox: Sandbox, headers: dict[str, str]) -> None:
    form = {"kind": "refuse", "call": "all", "times": "1"}
    assert (
        sandbox.session.post(sandbox.url + "/faults", data=form, headers=headers, timeout=5).status_code
        == 403
    )
    assert 'data-fault="none"' in sandbox.page("/faults").text


def test_a_form_of_our_own_is_taken(sandbox: Sandbox) -> None:
    headers = {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}
    form = {"kind": "refuse", "call": "all", "times": "1"}
    answer = sandbox.session.post(sandbox.url + "/faults?lang=en", data=form, headers=headers, timeout=5)
    assert 'data-fault="refuse"' in answer.text
    assert 'lang="en"' in answer.text
