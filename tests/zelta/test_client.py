"""The three calls as documented: what is sent, what is kept, in every envelope; and every way to be told no."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from app.http_client.errors import FailureReason
from app.utils.outcome import Outcome
from app.zelta.client import CreatedParticipant, ZeltaClient
from app.zelta.outcome import Done, NotSent, Refused, Unknown
from app.zelta.payloads import MeetingBody, ParticipantBody, build_meeting_body, build_participant_body
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer
from tests.zelta.conftest import KEY

Connect = Callable[..., ZeltaClient]
ENVELOPES: list[faults.Envelope] = ["top", "data", "entity", "beside", "deep", "list"]


def test_meeting_is_created(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    outcome = client.create_meeting(meeting)

    assert isinstance(outcome, Done)
    assert [outcome.value.public_meeting_id] == list(zelta.meetings)
    assert outcome.details.status == 201
    assert outcome.details.attempts == 1
    (call,) = zelta.calls
    assert (call.method, call.path) == ("POST", "/public/meetings")
    assert call.json == {"title": "Comité", "datetime": "2026-11-24T15:00:00Z"}


def test_headers(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    client.create_meeting(meeting)

    headers = zelta.calls[0].headers
    assert headers["x-api-key"] == KEY
    assert headers["content-type"] == "application/json"
    assert headers["accept"] == "application/json"
    assert re.fullmatch(r"Convoca/\d+\.\d+\.\d+", headers["user-agent"])
    assert "authorization" not in headers
    assert "cookie" not in headers


def test_guest_is_added(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, guest: ParticipantBody
) -> None:
    meeting_id = created(client, meeting)

    outcome = client.add_participant(meeting_id, guest)

    assert isinstance(outcome, Done)
    assert outcome.value.public_participant_id == zelta.participants[0].public_participant_id
    assert zelta.calls[1].path == f"/public/meetings/{meeting_id}/participants"
    assert zelta.calls[1].json == {
        "preset_name": "participant",
        "name": "Ana Martínez",
        "email": "ana@example.org",
    }
    assert [mail.email for mail in zelta.mails] == ["ana@example.org"]


def test_host_is_added(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, host: ParticipantBody
) -> None:
    outcome = client.add_participant(created(client, meeting), host)

    assert isinstance(outcome, Done)
    token = zelta.participants[0].token
    assert outcome.value == CreatedParticipant(zelta.participants[0].public_participant_id, token)
    assert zelta.calls[1].json == {"preset_name": "host", "name": "Carlos López", "externalId": "carlos-001"}
    assert token not in repr(outcome)


def test_meeting_is_cancelled(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    meeting_id = created(client, meeting)

    outcome = client.cancel_meeting(meeting_id)

    assert isinstance(outcome, Done)
    assert zelta.meetings[meeting_id].status == "CANCELLED"
    assert (zelta.calls[1].method, zelta.calls[1].json) == ("PATCH", {"status": "CANCELLED"})


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_fields_in_every_envelope(
    zelta: ZeltaServer,
    client: ZeltaClient,
    meeting: MeetingBody,
    host: ParticipantBody,
    envelope: faults.Envelope,
) -> None:
    zelta.always(faults.wraps(envelope))

    created_meeting = client.create_meeting(meeting)
    assert isinstance(created_meeting, Done)
    added = client.add_participant(created_meeting.value.public_meeting_id, host)

    assert created_meeting.value.public_meeting_id in zelta.meetings
    person = zelta.participants[0]
    assert isinstance(added, Done)
    assert added.value == CreatedParticipant(person.public_participant_id, person.token)


def test_datetime_is_utc_in_whole_seconds() -> None:
    panama = timezone(timedelta(hours=-5))
    body = build_meeting_body("x", datetime(2026, 11, 24, 10, 0, 59, 999_999, tzinfo=panama))
    assert body["datetime"] == "2026-11-24T15:00:59Z"
    with pytest.raises(ValueError, match="timezone-aware"):
        build_meeting_body("x", datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.mark.parametrize("nothing", [None, ""])
def test_empty_optional_keys_are_left_out(nothing: str | None) -> None:
    body = build_participant_body("participant", "Ana", email=nothing, external_id=nothing)
    assert body == {"preset_name": "participant", "name": "Ana"}


@pytest.mark.parametrize("base", ["", "/", "/backend", "/backend/v1/"])
def test_base_address_may_have_a_path(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody, base: str
) -> None:
    assert isinstance(connect(zelta.url + base).create_meeting(meeting), Done)
    assert zelta.calls[0].path == f"{base.rstrip('/')}/public/meetings"


@pytest.mark.parametrize("odd", ["a/b", "a?b=c", "a#b", "../x", "ñ", "a%2Fb", "a b", "a\r\nX-Evil: 1"])
def test_id_stays_one_segment(zelta: ZeltaServer, client: ZeltaClient, odd: str) -> None:
    outcome = client.cancel_meeting(odd)

    assert isinstance(outcome, Refused)
    assert zelta.calls[0].path.count("/") == 3
    assert "x-evil" not in zelta.calls[0].headers


@pytest.mark.parametrize("nonsense", ["", ".", "..", "\ud800"])
def test_id_that_addresses_nothing_is_not_sent(
    zelta: ZeltaServer, client: ZeltaClient, guest: ParticipantBody, nonsense: str
) -> None:
    assert isinstance(client.cancel_meeting(nonsense), NotSent)
    assert isinstance(client.add_participant(nonsense, guest), NotSent)
    assert zelta.calls == []


def test_redirect_is_not_followed(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    with ZeltaServer() as elsewhere:
        for status in (301, 302, 303, 307, 308):
            zelta.next(faults.redirects(f"{elsewhere.url}/public/meetings", status))
            outcome = client.create_meeting(meeting)
            assert isinstance(outcome, Unknown)
            assert (outcome.details.status, outcome.details.reason) == (status, FailureReason.REDIRECTED)
        assert elsewhere.connections == 0
    assert {call.method for call in zelta.calls} == {"POST"}


@pytest.mark.parametrize("location", ["/elsewhere", "http://[", "http://127.0.0.1:99999/", "\\"])
def test_redirect_with_endless_body(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, location: str
) -> None:
    def behave(exchange: faults.Exchange) -> None:
        exchange.send(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\n\r\n".encode())
        while True:
            exchange.send(faults.PIECE)

    zelta.next(behave)
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.REDIRECTED
    assert outcome.details.duration_seconds < 2


def test_cookies_are_not_kept(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    zelta.next(faults.answers(400, b"", {"Set-Cookie": "session=1; Path=/"}))
    client.create_meeting(meeting)
    client.create_meeting(meeting)
    assert "cookie" not in zelta.calls[1].headers


def test_netrc_is_not_read(
    zelta: ZeltaServer,
    client: ZeltaClient,
    meeting: MeetingBody,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password hidden\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    client.create_meeting(meeting)
    assert "authorization" not in zelta.calls[0].headers


def test_key_is_not_shown(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    zelta.next(faults.refuses(401, "ERR_KEY", f"The key {KEY} is wrong"))
    outcome = client.create_meeting(meeting)
    assert KEY not in repr(client)
    assert KEY not in repr(outcome)
    assert KEY not in caplog.text
    assert isinstance(outcome, Refused)


def test_token_is_not_in_the_facts(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, host: ParticipantBody
) -> None:
    outcome = client.add_participant(created(client, meeting), host)
    assert zelta.participants[0].token not in repr(outcome.details)
    assert zelta.participants[0].public_participant_id in repr(outcome.details.response)


def test_rate_limit_is_told(connect: Connect, meeting: MeetingBody) -> None:
    with ZeltaServer(limit=2) as zelta:
        client = connect(zelta.url)
        done = client.create_meeting(meeting)
        client.create_meeting(meeting)
        limited = client.create_meeting(meeting)
    assert done.details.rate_limit is not None
    assert (done.details.rate_limit.limit, done.details.rate_limit.remaining) == (2, 1)
    assert limited.outcome is Outcome.NOT_SENT
    assert limited.details.retry_after_seconds == pytest.approx(60, abs=3)


def created(client: ZeltaClient, meeting: MeetingBody) -> str:
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Done)
    return outcome.value.public_meeting_id
