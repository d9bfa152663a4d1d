"""The vendor's API: one typed method for each documented call, each ending as exactly one outcome.

A body is built first (see `app.zelta.bodies`), so that the journal can record the very thing that is then sent. A
POST is repeated only when the attempt before it was certainly not processed; the PATCH also when its answer was lost, as sending
it twice does no harm. All attempts and the waits between them share one deadline.
"""

import time
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import uuid4

from app.zelta import answer as answers
from app.zelta.answer import Answer
from app.zelta.bodies import MeetingBody, ParticipantBody, cancellation_body
from app.zelta.calls import REPEATS, Call, Caller, Understood
from app.zelta.outcome import Facts, NotSent, Outcome, Reason
from app.zelta.transport import Transport


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """What the API assigned to a new meeting."""

    public_meeting_id: str


@dataclass(frozen=True, slots=True)
class NewParticipant:
    """What the API assigned to a new participant. A host always has a token."""

    public_participant_id: str
    token: str | None = field(default=None, repr=False)


class ZeltaClient:
    """The three documented calls, and one that asks whether they would be heard; safe to share between threads.

    Each takes `deadline` (`time.monotonic()` seconds; by default `timeout` from now) and `repeats` (how often it may be tried
    again by itself; by default twice). Nothing is raised for what the vendor or the network does.
    """

    def __init__(self, base_url: str, api_key: str, timeout: float = 10.0) -> None:
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout
        self._transport = Transport(api_key)
        self._caller = Caller(self._transport, (api_key,))

    def __repr__(self) -> str:
        return f"<ZeltaClient {self.base_url}>"

    def create_meeting(
        self, body: MeetingBody, *, deadline: float | None = None, repeats: int = REPEATS
    ) -> Outcome[NewMeeting]:
        """POST /public/meetings."""
        url, by = self._url(), self._deadline(deadline)
        return self._caller.carry_out(Call("POST", url, dict(body), _new_meeting, by, repeats))

    def add_participant(
        self,
        public_meeting_id: str,
        body: ParticipantBody,
        *,
        deadline: float | None = None,
        repeats: int = REPEATS,
    ) -> Outcome[NewParticipant]:
        """POST /public/meetings/<public_meeting_id>/participants."""
        if not _can_stand_in_path(public_meeting_id):
            return _NO_SUCH_PATH
        url, by = self._url(public_meeting_id, "participants"), self._deadline(deadline)
        read = _new_host if body["preset_name"] == "host" else _new_guest
        return self._caller.carry_out(Call("POST", url, dict(body), read, by, repeats))

    def cancel_meeting(
        self, public_meeting_id: str, *, deadline: float | None = None, repeats: int = REPEATS
    ) -> Outcome[None]:
        """PATCH /public/meetings/<public_meeting_id>; sent again also when its answer was lost."""
        if not _can_stand_in_path(public_meeting_id):
            return _NO_SUCH_PATH
        url, by = self._url(public_meeting_id), self._deadline(deadline)
        return self._caller.carry_out(Call("PATCH", url, dict(cancellation_body()), _cancelled, by, repeats))

    def probe(self) -> Outcome[None]:
        """Ask whether the address and the key are good, so that nothing can come of it; one request, never repeated.

        The API documents no call that only reads. Of its three, the POSTs create something. One without a body would be
        refused by an API that checks what it gets, but nothing says that this one does. The PATCH alone makes
        nothing: it changes the meeting that its address names. The address here names none, since Zelta itself
        gives out the ids and no one can have been given these 128 random bits; and the body is the documented one,
        since what another body does is documented nowhere. So whatever comes back, or nothing: no meeting was made, none was
        cancelled and nobody was mailed. (Should an API go so far as to make the meeting that a PATCH names, it would
        have made one that is cancelled and that nobody is in.) That is why this call needs no entry in the journal.

        A 404 in the API's own words is the answer to expect. An API that looks for the meeting before it looks at the
        key would say it to any key; the calls in the journal show the rest.
        """
        return self.cancel_meeting(f"convoca-check-{uuid4().hex}", repeats=0)

    def close(self) -> None:
        """Close the connections that are at rest."""
        self._transport.close()

    def _url(self, *segments: str) -> str:
        path = ("public", "meetings", *(quote(segment, safe="") for segment in segments))
        return "/".join((self.base_url, *path))

    def _deadline(self, given: float | None) -> float:
        return time.monotonic() + self.timeout if given is None else given


_NO_SUCH_PATH = NotSent(Facts(reason=Reason.NOT_STARTED))


def _can_stand_in_path(public_meeting_id: str) -> bool:
    """Whether an id, perhaps typed by hand, addresses a meeting: "" and ".." would address something else."""
    try:
        public_meeting_id.encode()
    except UnicodeEncodeError:
        return False
    return public_meeting_id not in {"", ".", ".."}


def _new_meeting(answer: Answer) -> Understood[NewMeeting] | None:
    found = answers.meeting_id(answer)
    return Understood(NewMeeting(found)) if found else None


def _new_guest(answer: Answer) -> Understood[NewParticipant] | None:
    found = answers.participant(answer)
    return Understood(NewParticipant(found.public_participant_id, found.token)) if found else None


def _new_host(answer: Answer) -> Understood[NewParticipant] | None:
    """A host connects with the token: an answer without one is not understood."""
    added = _new_guest(answer)
    return added if added and added.value.token else None


def _cancelled(answer: Answer) -> Understood[None] | None:
    return Understood(None) if answers.cancellation(answer) else None
