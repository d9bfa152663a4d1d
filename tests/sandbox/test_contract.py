"""The three calls, and everything that they refuse."""

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.sandbox.api_client import KEY, Sandbox

MEETINGS = "/public/meetings"
GOOD = {"title": "Comité", "datetime": "2026-11-24T15:00:00Z"}
GUEST = {"preset_name": "participant", "name": "Ana"}


def test_a_meeting_is_created_in_the_siblings_envelope(sandbox: Sandbox) -> None:
    answer = sandbox.create("Comité de compras 🎉")
    body = answer.json()
    meeting = body["data"]["meeting"]
    assert answer.status_code == 201
    assert body["success"] is True
    assert body["message"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body["timestamp"])
    assert re.fullmatch(r"[0-9a-f]{12}", meeting["public_meeting_id"])
    assert (meeting["title"], meeting["datetime"]) == ("Comité de compras 🎉", "2026-11-24T15:00:00Z")
    assert meeting["status"] == "SCHEDULED"


def test_a_participant_comes_back_with_a_token_and_only_the_keys_sent(sandbox: Sandbox) -> None:
    meeting = sandbox.meeting()
    host = sandbox.add(meeting, preset_name="host", name="Carlos López", externalId="carlos-001")
    told = host.json()["data"]["participant"]
    assert host.status_code == 201
    assert len(told["token"]) > 40
    assert told["public_participant_id"]
    assert told["externalId"] == "carlos-001"
    assert "email" not in told
    again = sandbox.add(meeting, preset_name="host", name="Carlos López").json()["data"]["participant"]
    assert again["public_participant_id"] != told["public_participant_id"]
    assert again["token"] != told["token"]


def test_each_participant_with_an_email_is_mailed_once_a_call(sandbox: Sandbox) -> None:
    meeting, before = sandbox.meeting(), sandbox.count("invitations")
    sandbox.add(meeting)
    assert sandbox.count("invitations") == before
    sandbox.add(meeting, email="ana@ejemplo.org")
    sandbox.add(meeting, email="ana@ejemplo.org")
    assert sandbox.count("invitations") == before + 2


def test_cancelling_may_be_repeated_and_closes_the_meeting(sandbox: Sandbox) -> None:
    meeting = sandbox.meeting()
    for _ in range(2):
        answer = sandbox.cancel(meeting)
        assert answer.status_code == 200
        assert answer.json()["data"]["meeting"]["status"] == "CANCELLED"
    refused = sandbox.add(meeting)
    assert refused.status_code == 409
    assert refused.json()["error"]["code"] == "ERR_MEETING_CANCELLED"


def test_an_unknown_meeting_is_404(sandbox: Sandbox) -> None:
    for answer in (sandbox.add("abc123def456"), sandbox.cancel("%00%ff"), sandbox.add("ñ" * 300)):
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "ERR_NOT_FOUND"


@pytest.mark.parametrize("key", [None, "", "zlt_wrong", "zlt_té".encode(), KEY + " x"])
def test_a_missing_or_wrong_key_is_401(sandbox: Sandbox, key: str | bytes | None) -> None:
    answer = sandbox.call("POST", MEETINGS, json=GOOD, headers={"x-api-key": key})
    assert answer.status_code == 401
    assert answer.json()["success"] is False
    assert "RateLimit-Remaining" in answer.headers


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_can_be_read_or_listed(sandbox: Sandbox, method: str) -> None:
    meeting = sandbox.meeting()
    for path in (MEETINGS, f"{MEETINGS}/{meeting}", f"{MEETINGS}/{meeting}/participants"):
        answer = sandbox.call(method, path)
        assert answer.status_code == 405
        assert answer.json()["error"]["code"] == "ERR_METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": None}, "title"),
        ({"title": 7}, "title"),
        ({"title": ["x"]}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"datetime": "2026-11-24T15:00:00"}, "datetime"),
        ({"datetime": "2026-11-24T15:00:00.000Z"}, "datetime"),
        ({"datetime": "2026-11-24T15:00:00+00:00"}, "datetime"),
        ({"datetime": "2026-11-24 15:00:00Z"}, "datetime"),
        ({"datetime": "2026-02-30T15:00:00Z"}, "datetime"),
        ({"datetime": "2026-11-24T15:00:60Z"}, "datetime"),
        ({"datetime": "0001-01-01T00:00:00Z"}, "datetime"),
        ({"datetime": "9999-12-31T23:59:59Z"}, "datetime"),
        ({"datetime": "٢٠٢٦-11-24T15:00:00Z"}, "datetime"),
        ({"datetime": 10**400}, "datetime"),
        ({"time_zone": "America/Panama"}, "time_zone"),
        ({"\ud800": 1}, "?"),
    ],
)
def test_a_wrong_meeting_is_400_and_names_the_key(
    sandbox: Sandbox, change: dict[str, object], named: str
) -> None:
    answer = sandbox.call("POST", MEETINGS, json=GOOD | change)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "ERR_INVALID_DATA"
    assert [detail["field"] for detail in answer.json()["error"]["details"]] == [named]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"preset_name": "guest"}, "preset_name"),
        ({"preset_name": ["host"]}, "preset_name"),
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
        ({"email": None}, "email"),
        ({"email": "ana"}, "email"),
        ({"email": "ana@local"}, "email"),
        ({"email": "ana @ejemplo.org"}, "email"),
        ({"email": {"x": 1}}, "email"),
        ({"email": "a@" + "b" * 260 + ".org"}, "email"),
        ({"externalId": ""}, "externalId"),
        ({"externalId": None}, "externalId"),
        ({"externalId": 5}, "externalId"),
    ],
)
def test_a_wrong_participant_is_400_and_mails_nobody(
    sandbox: Sandbox, change: dict[str, object], named: str
) -> None:
    meeting, before = sandbox.meeting(), sandbox.count("participants")
    answer = sandbox.add(meeting, **change)
    assert answer.status_code == 400
    assert [detail["field"] for detail in answer.json()["error"]["details"]] == [named]
    assert sandbox.count("participants") == before


def test_a_missing_key_is_named(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", MEETINGS, json={})
    assert [detail["field"] for detail in answer.json()["error"]["details"]] == ["title", "datetime"]


@pytest.mark.parametrize("status", ["cancelled", "", None, "SCHEDULED", 1])
def test_a_meeting_takes_no_other_status(sandbox: Sandbox, status: object) -> None:
    path = f"{MEETINGS}/{sandbox.meeting()}"
    assert sandbox.call("PATCH", path, json={"status": status}).status_code == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"NaN",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"title":' + b"9" * 9000 + b"}",
    ],
)
def test_a_body_that_is_no_json_object_is_400(sandbox: Sandbox, raw: bytes) -> None:
    answer = sandbox.call("POST", MEETINGS, data=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_another_content_type_is_400(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", MEETINGS, data=GOOD)
    assert answer.json()["error"]["code"] == "ERR_CONTENT_TYPE"


@pytest.mark.parametrize("pieces", [b"x" * 2_000_000, [b"x" * 100_000] * 20])
def test_a_body_that_is_too_large_is_413(sandbox: Sandbox, pieces: bytes | list[bytes]) -> None:
    data = pieces if isinstance(pieces, bytes) else iter(pieces)
    answer = sandbox.call("POST", MEETINGS, data=data, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "ERR_TOO_LARGE"


def test_a_broken_chunk_is_400(sandbox: Sandbox) -> None:
    address = urlsplit(sandbox.url)
    head = f"POST {MEETINGS} HTTP/1.1\r\nHost: x\r\nx-api-key: {KEY}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((str(address.hostname), int(address.port or 0)), 5) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 400 ")


def test_an_unknown_path_of_the_api_is_404_as_json(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", "/public/webinars", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "ERR_NOT_FOUND")
