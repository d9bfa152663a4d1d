"""What the journal keeps of an answer lets nobody in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.zelta.redaction import clean_message
from app.zelta.response import ResponseBody

SECRET = "zmt-9f8e7d6c5b4a"
KEY = "zlt_k7a9b2c4d6e8"


def kept(document: Any) -> Any:
    return ResponseBody(json.dumps(document).encode(), secrets=(KEY,)).to_journal()


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "accessToken",
        "TOKEN",
        "client_secret",
        "Authorization",
        "api_key",
        "apiKey",
        "x-api-key",
        "tokens",
    ],
)
def test_secrets_are_left_out(name: str) -> None:
    document = {
        name: SECRET,
        "data": {"participant": {"id": 7, name: {"deep": [SECRET]}}},
        "url": f"https://meet.example/?t={SECRET}",
        f"about {SECRET}": 1,
    }
    stored = kept(document)
    assert SECRET not in json.dumps(stored)
    assert name not in json.dumps(stored)
    assert stored["data"]["participant"]["id"] == 7


def test_value_under_an_innocent_name_is_found_by_a_dropped_one() -> None:
    assert kept({"token": SECRET, "copy": f"({SECRET})", "ok": "fine"}) == {"copy": "…", "ok": "fine"}
    assert kept({"token": "a/b+c=ddd", "url": "https://x/?t=a%2Fb%2Bc%3Dddd"}) == {"url": "…"}
    assert kept({"url": f"https://meet.example/?token={SECRET}"}) == {"url": "…"}


def test_short_values_do_not_empty_the_rest() -> None:
    assert kept({"token": "1", "id": "m1"}) == {"id": "m1"}


def test_api_key_is_never_kept() -> None:
    assert KEY not in json.dumps(kept({"message": f"bad key {KEY}", KEY: 1, "a": [KEY]}))
    assert ResponseBody(f"bad key {KEY}".encode(), secrets=(KEY,)).to_journal() == {
        "omitted": "text",
        "bytes": 24,
    }


def test_text() -> None:
    assert ResponseBody(b"Bad\x00 Gateway").to_journal() == {"text": "Bad Gateway"}
    assert ResponseBody(b"x" * 5000).to_journal() == {"text": "x" * 2000}
    late = b"x" * 5000 + b" Token: abc"
    assert ResponseBody(late).to_journal() == {"omitted": "text", "bytes": len(late)}
    assert ResponseBody(b"").to_journal() is None


def test_what_databases_refuse() -> None:
    body = b'{"a": "x\\u0000y\\ud800z", "b\\u0000": [NaN, 1e999], "c": "\\ud83d\\ude00"}'
    assert ResponseBody(body).to_journal() == {"a": "xyz", "b": [None, None], "c": "😀"}


def test_limits() -> None:
    assert kept({"a": "x" * 20_000}) == {"omitted": "json", "bytes": 20_008}
    deep: object = "bottom"
    for _ in range(60):
        deep = {"a": deep}
    assert "bottom" not in json.dumps(kept(deep))
    assert kept([1]) == {"value": [1]}


VALUES = st.recursive(
    st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=10,
)


@given(VALUES, st.sampled_from(["token", "hostToken", "apikey"]), st.text(min_size=6, max_size=30))
def test_dropped_text_is_nowhere(value: object, name: str, secret: str) -> None:
    document = {"data": {name: secret, "noise": value, "copies": [f"<{secret}>", {secret: secret}]}}
    stored = kept(document)
    assert not [text for text in texts(stored) if secret in text]


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    return [str(value)]


@given(st.text(), st.integers(1, 50))
def test_clean(text: str, longest: int) -> None:
    cleaned = clean_message(text, longest)
    assert len(cleaned) <= longest
    assert cleaned == cleaned.strip()
    assert "\x00" not in cleaned
    cleaned.encode()
