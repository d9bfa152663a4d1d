"""What is tried again, how often, when, and what it all amounts to; counted at the server."""

import socket
import time
from collections.abc import Callable

import pytest

from app.http_client.errors import FailureReason
from app.zelta import retries
from app.zelta.client import MeetingBody, ParticipantBody, ZeltaClient
from app.zelta.outcome import Done, NotSent, Refused, Unknown
from tests.support import zelta_faults as faults
from tests.support.zelta_server import ZeltaServer

Connect = Callable[..., ZeltaClient]


def test_post_is_repeated_after_429(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, guest: ParticipantBody
) -> None:
    made = client.create_meeting(meeting)
    assert isinstance(made, Done)
    zelta.next(faults.rate_limits(retry_after="0.3"))
    started = time.monotonic()

    outcome = client.add_participant(made.value.public_meeting_id, guest)

    assert isinstance(outcome, Done)
    assert 0.3 <= time.monotonic() - started < 3
    assert outcome.details.attempts == 2
    assert len(zelta.mails) == 1


def test_at_most_two_repeats(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    zelta.always(faults.rate_limits(retry_after="0.05"))
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, NotSent)
    assert outcome.details.reason is FailureReason.RATE_LIMITED
    assert outcome.details.retry_after_seconds == 0.05
    assert outcome.details.attempts == len(zelta.calls) == 3


@pytest.mark.parametrize(
    "headers", [{}, {"retry_after": "9"}, {"ratelimit_reset": "30"}, {"retry_after": "4.8"}]
)
def test_wait_that_does_not_fit_is_not_begun(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, headers: dict[str, str]
) -> None:
    zelta.always(faults.rate_limits(**headers))
    started = time.monotonic()
    outcome = client.create_meeting(meeting)
    assert time.monotonic() - started < 3
    assert isinstance(outcome, NotSent)
    assert outcome.details.retry_after_seconds == float(next(iter(headers.values()), 60))
    assert len(zelta.calls) == 1


def test_repeats_can_be_turned_off(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    zelta.always(faults.rate_limits(retry_after="0"))
    client.create_meeting(meeting, max_retries=0)
    assert len(zelta.calls) == 1


def test_later_attempt_decides(zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody) -> None:
    for second, verdict in ((faults.refuses(400), Refused), (faults.drop_after_processing(), Unknown)):
        zelta.next(faults.rate_limits(retry_after="0"), second)
        outcome = client.create_meeting(meeting)
        assert isinstance(outcome, verdict)
        assert outcome.details.attempts == 2
    assert len(zelta.calls) == 4


def test_post_after_refused_connection(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first attempt finds nobody, the second a person."""
    resolve, tries = socket.getaddrinfo, []

    def first_fail(*arguments: object) -> object:
        tries.append(arguments)
        if len(tries) == 1:
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return resolve(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", first_fail)
    outcome = client.create_meeting(meeting)
    assert isinstance(outcome, Done)
    assert outcome.details.attempts == 2
    assert len(zelta.meetings) == 1


@pytest.mark.parametrize(
    "trouble", [faults.breaks(500), faults.breaks(503), faults.drops(), faults.drops(reset=True)]
)
def test_patch_is_repeated_after_a_lost_answer(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody, trouble: faults.Behaviour
) -> None:
    made = client.create_meeting(meeting)
    assert isinstance(made, Done)
    zelta.next(trouble, trouble)
    outcome = client.cancel_meeting(made.value.public_meeting_id)
    assert isinstance(outcome, Done)
    assert outcome.details.attempts == 3


def test_patch_is_not_repeated_after_a_refusal(zelta: ZeltaServer, client: ZeltaClient) -> None:
    assert isinstance(client.cancel_meeting("nobody"), Refused)
    assert len(zelta.calls) == 1


def test_patch_that_stays_lost_is_unknown(zelta: ZeltaServer, client: ZeltaClient) -> None:
    zelta.always(faults.breaks(500))
    outcome = client.cancel_meeting("m")
    assert isinstance(outcome, Unknown)
    assert len(zelta.calls) == 3


@pytest.mark.parametrize(
    "second", [faults.refuses(409, "ERR_CANCELLED"), faults.rate_limits(retry_after="30")]
)
def test_nothing_makes_an_unknown_patch_certain_but_a_done(
    zelta: ZeltaServer, client: ZeltaClient, second: faults.Behaviour
) -> None:
    """The first cancellation may have been processed: the second's refusal may come of just that."""
    zelta.next(faults.processes_then(500), second)
    outcome = client.cancel_meeting("m")
    assert isinstance(outcome, Unknown)
    assert outcome.details.reason is FailureReason.SERVER_ERROR
    assert len(zelta.calls) == 2


def test_repeat_has_time_left_or_is_not_begun(
    zelta: ZeltaServer, connect: Connect, meeting: MeetingBody
) -> None:
    zelta.always(faults.rate_limits(retry_after="0.3"))
    client = connect(zelta.url, 0.3 + retries.MIN_RETRY_SECONDS - 0.05)
    assert isinstance(client.create_meeting(meeting), NotSent)
    assert len(zelta.calls) == 1


def test_everyone_is_added_at_most_once_whatever_happens(
    zelta: ZeltaServer, client: ZeltaClient, meeting: MeetingBody
) -> None:
    made = client.create_meeting(meeting)
    assert isinstance(made, Done)
    troubles = [
        faults.drop_after_processing(),
        faults.processes_then(500, faults.HTML),
        faults.processes_then(200, b""),
        faults.rate_limits(retry_after="0"),
        faults.drops(),
        faults.refuses(400),
        faults.cuts_body(-5),
        faults.floods(1_200_000),
    ]
    for number, trouble in enumerate(troubles):
        zelta.next(trouble)
        body: ParticipantBody = {"preset_name": "participant", "name": "G", "email": f"g{number}@example.org"}
        client.add_participant(made.value.public_meeting_id, body)
    mailed = [mail.email for mail in zelta.mails]
    assert len(mailed) == len(set(mailed))
    assert {call.method for call in zelta.calls} == {"POST"}
