"""Which of the four outcomes each answer means, and what becomes of its words."""

import pytest

from app.http_client.errors import FailureReason
from app.zelta.client import CreatedParticipant, MeetingBody, ParticipantBody, ZeltaClient
from app.zelta.outcome import Done, Refused, Unknown
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, None),
        (401, FailureReason.API_KEY),
        (403, FailureReason.SUSPENDED),
        (404, None),
        (408, None),
        (409, None),
        (422, None),
    ],
)
def test_4xx_is_refused(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, status: int, reason: FailureReason | None
) -> None:
    zelta.next(faults.refuses(status, "ERR_X", "No se puede"))

    outcome = client.create_meeting(meeting)

    assert isinstance(outcome, Refused)
    facts = outcome.details
    assert (facts.status, facts.code, facts.message, facts.reason) == (status, "ERR_X", "No se puede", reason)
    assert len(zelta.calls) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        faults.answers(400),
        faults.answers(422, faults.HTML),
        faults.answers(404, b"\xff\xfe\x00{"),
        faults.floods(status=400),
        faults.cuts_body(status=409),
        faults.answers(400, b"not gzip", {"Content-Encoding": "gzip"}),
        faults.answers(400, b"x", {"Content-Encoding": "br"}),
        faults.drops(sending=b"HTTP/1.1 400 No\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"),
        faults.drops(sending=b"HTTP/1.1 400 Bad Request\r\nContent-"),
        faults.drops(sending=b"HTTP/1.1 422 No\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
    ],
)
def test_4xx_is_refused_whatever_its_body(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, behaviour: faults.Behaviour
) -> None:
    zelta.next(behaviour)
    assert isinstance(client.create_meeting(meeting), Refused)
    assert len(zelta.calls) == 1


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (faults.answers(200), FailureReason.NOT_UNDERSTOOD),
        (faults.answers(204), FailureReason.NOT_UNDERSTOOD),
        (faults.answers(200, faults.HTML), FailureReason.NOT_UNDERSTOOD),
        (faults.answers(200, {"success": True}), FailureReason.NOT_UNDERSTOOD),
        (faults.answers(200, {"success": False, "public_meeting_id": "m"}), FailureReason.NOT_UNDERSTOOD),
        (
            faults.answers(200, {"a": {"public_meeting_id": "m"}, "b": {"public_meeting_id": "n"}}),
            FailureReason.NOT_UNDERSTOOD,
        ),
        (faults.answers(200, {"data": {"public_meeting_id": None}}), FailureReason.NOT_UNDERSTOOD),
        (faults.cuts_body(-3), FailureReason.NOT_UNDERSTOOD),
        (faults.gzips(broken=True), FailureReason.NOT_UNDERSTOOD),
        (faults.gzips(bomb=2_000_000), FailureReason.TOO_LARGE),
        (faults.floods(), FailureReason.TOO_LARGE),
        (faults.floods(1_200_000), FailureReason.TOO_LARGE),
        (faults.breaks(500), FailureReason.SERVER_ERROR),
        (faults.processes_then(503, faults.HTML), FailureReason.SERVER_ERROR),
        (faults.answers(101), FailureReason.NOT_UNDERSTOOD),
        (faults.answers(600), FailureReason.SERVER_ERROR),
        (faults.answers(304), FailureReason.REDIRECTED),
        (faults.drop_after_processing(), FailureReason.CONNECTION_LOST),
        (faults.drops(), FailureReason.CONNECTION_LOST),
        (faults.drops(reset=True), FailureReason.CONNECTION_LOST),
        (faults.drops(sending=b"HTTP/1.1 20"), FailureReason.NOT_UNDERSTOOD),
        (faults.drops(sending=b"HTTP/1.1 201 Created\r\nContent-Le"), FailureReason.CONNECTION_LOST),
        (faults.drops(sending=b"HTTP/1.1 103 Early Hints\r\n\r\n"), FailureReason.CONNECTION_LOST),
        (
            faults.drops(sending=b'HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"public_m'),
            FailureReason.CONNECTION_LOST,
        ),
        (
            faults.drops(sending=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            FailureReason.CONNECTION_LOST,
        ),
        (faults.drops(sending=b"SSH-2.0-OpenSSH_9.2\r\n"), FailureReason.NOT_UNDERSTOOD),
        (faults.drops(sending=b"\x00\xff" * 40_000), FailureReason.NOT_UNDERSTOOD),
    ],
)
def test_post_with_uncertain_answer_is_unknown_and_never_repeated(
    zelta: ZeltaServer,
    client: ZeltaClient,
    meeting: MeetingBody,
    behaviour: faults.Behaviour,
    reason: FailureReason,
) -> None:
    zelta.next(behaviour)

    outcome = client.create_meeting(meeting)

    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is reason
    assert [call.method for call in zelta.calls] == ["POST"]


@pytest.mark.parametrize(
    "behaviour",
    [
        faults.cuts_body(10),
        faults.gzips(),
        faults.says_first(b"100 Continue"),
        faults.says_first(b"100 Continue", b"102 Processing", b"103 Early Hints"),
        faults.floods(500_000),
        faults.late(0.3),
    ],
)
def test_odd_but_whole_answers_are_understood(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, behaviour: faults.Behaviour
) -> None:
    zelta.next(behaviour)
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Done)
    assert list(zelta.meetings) == [outcome.value.public_meeting_id]


def test_host_without_token_is_unknown_and_guest_is_not(
    zelta: ZeltaServer, client: ZeltaClient, host: ParticipantBody, guest: ParticipantBody
) -> None:
    zelta.always(faults.answers(201, {"data": {"public_participant_id": 7}}))
    assert isinstance(client.add_participant("m", host), Unknown)
    added = client.add_participant("m", guest)
    assert isinstance(added, Done)
    assert added.value == CreatedParticipant("7", None)


@pytest.mark.parametrize("body", [b"", b" \r\n", {}, {"ok": 1}, [], {"success": True}])
def test_cancellation_needs_no_field(zelta: ZeltaServer, client: ZeltaClient, body: object) -> None:
    zelta.next(faults.answers(200, body))
    assert isinstance(client.cancel_meeting("m"), Done)


@pytest.mark.parametrize(
    "behaviour",
    [
        faults.answers(200, faults.HTML),
        faults.answers(200, {"success": False}),
        faults.floods(),
        faults.drops(sending=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        faults.drops(sending=b"HTTP/1.1 200 OK\r\nX-Half: "),
        faults.answers(302, b"", {"Location": "/"}),
    ],
)
def test_cancellation_that_is_not_confirmed_is_unknown(
    zelta: ZeltaServer, client: ZeltaClient, behaviour: faults.Behaviour
) -> None:
    zelta.always(behaviour)
    assert isinstance(client.cancel_meeting("m"), Unknown)
