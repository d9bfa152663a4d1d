"""The API client: one typed method per documented call, each with exactly one outcome.

A body is built first (see `app.zelta.payloads`), so that the journal records exactly what is sent. A
POST is retried only if it was certainly not processed; the PATCH also if its response was lost,
since it is idempotent. All attempts and delays share one deadline.
"""

import time
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import uuid4

from app.http_client.errors import FailureReason
from app.zelta import response as answers
from app.zelta.outcome import CallDetails, CallResult, NotSent
from app.zelta.payloads import MeetingBody, ParticipantBody, build_cancellation_body
from app.zelta.response import ResponseBody
from app.zelta.retries import MAX_RETRIES, Call, Parsed, RetryingClient
from app.zelta.transport import Transport


@dataclass(frozen=True, slots=True)
class CreatedMeeting:
    """What the API assigned to a new meeting."""

    public_meeting_id: str


@dataclass(frozen=True, slots=True)
class CreatedParticipant:
    """What the API assigned to a new participant. A host always has a token."""

    public_participant_id: str
    token: str | None = field(default=None, repr=False)


class ZeltaClient:
    """The three documented calls and a connection check; thread-safe.

    Each takes `deadline` (`time.monotonic()` seconds; default: `timeout` from now) and `max_retries`
    (default: 2). Vendor and network failures become outcomes; none is raised.
    """

    def __init__(self, base_url: str, api_key: str, timeout: float = 10.0) -> None:
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout
        self._transport = Transport(api_key)
        self._retrying_client = RetryingClient(self._transport, (api_key,))

    def __repr__(self) -> str:
        return f"<ZeltaClient {self.base_url}>"

    def create_meeting(
        self, body: MeetingBody, *, deadline: float | None = None, max_retries: int = MAX_RETRIES
    ) -> CallResult[CreatedMeeting]:
        """POST /public/meetings."""
        url, call_deadline = self._build_url(), self._resolve_deadline(deadline)
        return self._retrying_client.send_with_retries(
            Call("POST", url, dict(body), _parse_meeting, call_deadline, max_retries)
        )

    def add_participant(
        self,
        public_meeting_id: str,
        body: ParticipantBody,
        *,
        deadline: float | None = None,
        max_retries: int = MAX_RETRIES,
    ) -> CallResult[CreatedParticipant]:
        """POST /public/meetings/<public_meeting_id>/participants."""
        if not _is_safe_path_segment(public_meeting_id):
            return _INVALID_MEETING_ID
        url, call_deadline = (
            self._build_url(public_meeting_id, "participants"),
            self._resolve_deadline(deadline),
        )
        parse = _parse_host if body["preset_name"] == "host" else _parse_guest
        return self._retrying_client.send_with_retries(
            Call("POST", url, dict(body), parse, call_deadline, max_retries)
        )

    def cancel_meeting(
        self, public_meeting_id: str, *, deadline: float | None = None, max_retries: int = MAX_RETRIES
    ) -> CallResult[None]:
        """PATCH /public/meetings/<public_meeting_id>; also retried if its response was lost."""
        if not _is_safe_path_segment(public_meeting_id):
            return _INVALID_MEETING_ID
        url, call_deadline = self._build_url(public_meeting_id), self._resolve_deadline(deadline)
        return self._retrying_client.send_with_retries(
            Call(
                "PATCH", url, dict(build_cancellation_body()), _parse_cancellation, call_deadline, max_retries
            )
        )

    def probe(self) -> CallResult[None]:
        """Check the URL and the API key without side effects; one request, no retry.

        The API documents no read call, and its POSTs create something, perhaps even without a body. The PATCH
        creates nothing: it changes the meeting of its URL. This URL has a random 128-bit id, which Zelta has
        not assigned, and the body is the documented one. So whatever the response: no meeting was created or
        cancelled, and no invitation was mailed. (If the API created the meeting that a PATCH names, it would
        be cancelled and without participants.) So this call needs no journal entry.

        The expected response is a 404 in the API's own format. An API that looks up the meeting before it
        checks the key returns it for any key; the calls in the journal show whether the key is valid.
        """
        return self.cancel_meeting(f"convoca-check-{uuid4().hex}", max_retries=0)

    def close(self) -> None:
        """Close idle connections."""
        self._transport.close()

    def _build_url(self, *segments: str) -> str:
        path = ("public", "meetings", *(quote(segment, safe="") for segment in segments))
        return "/".join((self.base_url, *path))

    def _resolve_deadline(self, deadline: float | None) -> float:
        return time.monotonic() + self.timeout if deadline is None else deadline


_INVALID_MEETING_ID = NotSent(CallDetails(reason=FailureReason.NOT_STARTED))


def _is_safe_path_segment(public_meeting_id: str) -> bool:
    """Whether an id is a safe path segment: "" and ".." would address another resource."""
    try:
        public_meeting_id.encode()
    except UnicodeEncodeError:
        return False
    return public_meeting_id not in {"", ".", ".."}


def _parse_meeting(body: ResponseBody) -> Parsed[CreatedMeeting] | None:
    public_meeting_id = answers.find_meeting_id(body)
    return Parsed(CreatedMeeting(public_meeting_id)) if public_meeting_id else None


def _parse_guest(body: ResponseBody) -> Parsed[CreatedParticipant] | None:
    fields = answers.find_participant(body)
    return Parsed(CreatedParticipant(fields.public_participant_id, fields.token)) if fields else None


def _parse_host(body: ResponseBody) -> Parsed[CreatedParticipant] | None:
    """A host needs the token: a response without one is not understood."""
    parsed = _parse_guest(body)
    return parsed if parsed and parsed.value.token else None


def _parse_cancellation(body: ResponseBody) -> Parsed[None] | None:
    return Parsed(None) if answers.confirms_cancellation(body) else None
