"""The documented fields are found wherever they stand, and never where they do not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.zelta.error_response import parse_error
from app.zelta.response import (
    ParticipantFields,
    ResponseBody,
    confirms_cancellation,
    find_meeting_id,
    find_participant,
)

KEYS = st.one_of(
    st.text(max_size=6), st.sampled_from(["data", "meeting", "participant", "token", "error", "message"])
)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
IDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40)


def answer(document: Any, **kwargs: Any) -> ResponseBody:
    return ResponseBody(json.dumps(document).encode(), "application/json", **kwargs)


@pytest.mark.parametrize(
    "document",
    [
        {"public_meeting_id": "m1"},
        {"data": {"public_meeting_id": "m1"}},
        {"success": True, "data": {"meeting": {"public_meeting_id": "m1"}}},
        {"meeting": {"public_meeting_id": "m1"}},
        {"data": [{"public_meeting_id": "m1"}]},
        [{"public_meeting_id": "m1"}],
        {"data": {"meetings": [{"public_meeting_id": "m1"}, {"public_meeting_id": "m1"}]}},
        {"public_meeting_id": None, "data": {"public_meeting_id": "m1"}},
        {"data": {"public_meeting_id": "m1"}, "other": {"public_meeting_id": "m2"}},
        {"public_meeting_id": "m1", "data": {"public_meeting_id": "m2"}},
        {"data": {"meeting": {"public_meeting_id": "m1"}}, "parent": {"public_meeting_id": "m2"}},
        {"a": {"public_meeting_id": "m1"}, "b": {"c": {"public_meeting_id": "m2"}}},
    ],
)
def test_meeting_id_is_found(document: object) -> None:
    assert find_meeting_id(answer(document)) == "m1"


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        "public_meeting_id",
        {"public_meeting_id": ""},
        {"public_meeting_id": True},
        {"public_meeting_id": 1.5},
        {"public_meeting_id": ["m1"]},
        {"public_meeting_id": {"id": "m1"}},
        {"public_meeting_id": "m 1"},
        {"public_meeting_id": "m\n"},
        {"public_meeting_id": "m\u0000"},
        {"public_meeting_id": "m\u202e1"},
        {"public_meeting_id": "m\ud800"},
        {"public_meeting_id": ".."},
        {"public_meeting_id": "m" * 256},
        {"Public_Meeting_Id": "m1"},
        {"success": False, "public_meeting_id": "m1"},
        [{"public_meeting_id": "m1"}, {"public_meeting_id": "m2"}],
        [{"public_meeting_id": "m1"}, {"public_meeting_id": 1}],
        {"a": {"public_meeting_id": 1}, "b": {"public_meeting_id": True}},
    ],
)
def test_meeting_id_is_not_understood(document: object) -> None:
    assert find_meeting_id(answer(document)) is None


def test_number_is_an_id() -> None:
    assert find_meeting_id(answer({"public_meeting_id": 12345678901234567890})) == "12345678901234567890"
    assert find_meeting_id(ResponseBody(b'{"public_meeting_id": ' + b"7" * 5000 + b"}")) is None


def test_same_key_twice() -> None:
    assert find_meeting_id(ResponseBody(b'{"public_meeting_id": "a", "public_meeting_id": "a"}')) == "a"
    assert find_meeting_id(ResponseBody(b'{"public_meeting_id": "a", "public_meeting_id": "b"}')) is None


@pytest.mark.parametrize(
    "body",
    [
        '{"public_meeting_id": "m1", "title": "Reunión"}'.encode(charset)
        for charset in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1")
    ],
)
def test_charsets(body: bytes) -> None:
    assert find_meeting_id(ResponseBody(body, "application/json; charset=idna")) == "m1"


@pytest.mark.parametrize(
    ("document", "token"),
    [
        ({"public_participant_id": "p", "token": "t"}, "t"),
        ({"data": {"public_participant_id": "p", "token": "t"}}, "t"),
        ({"data": {"participant": {"public_participant_id": "p", "token": "t"}}}, "t"),
        ({"data": {"participant": {"public_participant_id": "p"}, "token": "t"}}, "t"),
        ({"data": {"participant": {"public_participant_id": "p"}}, "token": "t"}, "t"),
        ({"participant": {"public_participant_id": "p"}, "auth": {"token": "t"}}, "t"),
        ({"token": "csrf", "data": {"participant": {"public_participant_id": "p", "token": "t"}}}, "t"),
        ({"data": {"participant": {"public_participant_id": "p", "token": None}, "token": "t"}}, "t"),
        ({"public_participant_id": "p"}, None),
        ({"public_participant_id": "p", "token": ""}, None),
        ({"public_participant_id": "p", "token": {"value": "t"}}, None),
        ({"public_participant_id": "p", "a": {"token": "t"}, "b": {"token": "u"}}, None),
    ],
)
def test_participant(document: object, token: str | None) -> None:
    assert find_participant(answer(document)) == ParticipantFields("p", token)


def test_participant_without_id() -> None:
    assert find_participant(answer({"token": "t"})) is None


@pytest.mark.parametrize(
    ("body", "done"),
    [
        (b"", True),
        (b" ", True),
        (b"{}", True),
        (b"null", True),
        (b"<html>", False),
        (b'{"success": false}', False),
        (b"{", False),
    ],
)
def test_cancellation(body: bytes, done: bool) -> None:
    assert confirms_cancellation(ResponseBody(body)) is done


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        ({"success": False, "message": "No", "error": {"code": "ERR_1"}}, "ERR_1", "No"),
        (
            {"message": "No", "error": {"code": "E", "details": [{"field": "title", "message": "vacío"}]}},
            "E",
            "No: title: vacío",
        ),
        ({"error": {"code": 17, "message": "No"}}, "17", "No"),
        ({"error": "No"}, None, "No"),
        ({"code": "E", "error": "No"}, "E", "No"),
        ({"detail": "No"}, None, "No"),
        ({"detail": [{"loc": ["body", "title"], "msg": "required"}]}, None, "body.title: required"),
        ({"statusCode": 400, "message": ["a", "b"], "error": "Bad Request"}, None, "a; b"),
        ({"title": "Bad", "status": 400}, None, "Bad"),
        ({"errors": ["a", {"message": "b"}]}, None, "a; b"),
        (
            {"message": "Datos inválidos", "error": {"code": "E", "details": {"email": "Correo inválido"}}},
            "E",
            "Datos inválidos: email: Correo inválido",
        ),
        (
            {"message": "No", "error": {"code": "E", "details": {"field": "email", "reason": "inválido"}}},
            "E",
            "No: email: inválido",
        ),
        ({"error": {"code": "E", "details": {"fieldErrors": {"email": ["a", "b"]}}}}, "E", "email: a; b"),
        ({"message": "Invalid.", "errors": {"email": ["Malo"]}}, None, "Invalid: email: Malo"),
        ({"email": ["Malo"], "name": ["Corto"]}, None, "email: Malo; name: Corto"),
        ({"mensaje": "Correo inválido"}, None, "Correo inválido"),
        ({"errors": [{"email": "Malo"}]}, None, "email: Malo"),
        ({"requestId": "abc", "statusCode": "400"}, None, None),
        ("No", None, "No"),
        ({}, None, None),
        ([], None, None),
        ({"message": {"deep": 1}, "error": {"code": ["x"]}}, None, None),
        ({"message": " a\u0000\n\tb\u202e\ud800 "}, None, "a b"),
        ({"message": "x" * 900, "code": "c" * 900}, "c" * 100, "x" * 500),
    ],
)
def test_complaint(document: object, code: str | None, message: str | None) -> None:
    assert parse_error(answer(document)) == (code, message)


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (b"Too many requests", "text/plain", "Too many requests"),
        (b"<html><body>502</body></html>", "text/html", None),
        (b"<html>", "", None),
        (b"page", "text/html", None),
        (b"your token abc is wrong", "text/plain", None),
        (b'{"message": "cut', "application/json", None),
        (b"", "", None),
    ],
)
def test_complaint_in_plain_text(body: bytes, content_type: str, message: str | None) -> None:
    assert parse_error(ResponseBody(body, content_type)) == (None, message)


def read_everything(given_answer: ResponseBody) -> None:
    find_meeting_id(given_answer)
    find_participant(given_answer)
    confirms_cancellation(given_answer)
    parse_error(given_answer)
    kept = given_answer.to_journal()
    stored = json.dumps(kept, allow_nan=False, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert len(stored) < 40_000


@given(JSON)
def test_any_json(document: object) -> None:
    read_everything(ResponseBody(json.dumps(document).encode()))
    read_everything(
        answer({"public_participant_id": document, "token": document, "error": document, "message": document})
    )


@given(st.binary(), st.text())
def test_any_bytes(body: bytes, content_type: str) -> None:
    read_everything(ResponseBody(body, content_type))


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"token":' * 900 + b'"x"' + b"}" * 900,
        b"NaN",
        b'{"a": [NaN, Infinity, -Infinity, 1e999, ' + b"9" * 10_000 + b"]}",
        b'{"token": [' + b",".join(b'"secret%d"' % number for number in range(20_000)) + b"]}",
        b'"' + b"x" * 1_000_000 + b'"',
        b"[" + b"0," * 300_000 + b"0]",
        b"\x1f\x8b\x08\x00garbage",
        b"\xef\xbb\xbf",
        b'"\\ud800"',
    ],
)
def test_monsters(body: bytes) -> None:
    read_everything(ResponseBody(body, "application/json; charset=utf-7"))


@given(JSON, st.lists(KEYS.filter(lambda key: "token" not in key), max_size=6), IDS)
def test_id_is_found_at_any_depth(noise: object, path: list[str], identifier: str) -> None:
    document: object = {"public_meeting_id": identifier}
    for step in reversed(path):
        document = {"noise": noise, step: document}
    assert find_meeting_id(answer(document)) == identifier


@given(st.sampled_from(["", "data", "participant", "data.participant"]), JSON, IDS, IDS)
def test_documented_places_win(place: str, noise: object, identifier: str, token: str) -> None:
    document: object = {"public_participant_id": identifier, "token": token}
    for step in reversed(place.split(".") if place else []):
        document = {"zzz": noise, step: document, "aaa": {"public_participant_id": "other"}}
    assert find_participant(answer(document)) == ParticipantFields(identifier, token)
