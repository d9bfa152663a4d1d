"""The states of meetings and people, and which may follow which.

A person (a meeting's own state has the same shape, with `scheduled` for `added`):

    sending ──► added | refused | not_sent | unknown
    refused, not_sent ──► sending (again) | discarded
    unknown ──► sending (again, without_email) | received | discarded
    unknown ──► added | refused | not_sent (the answer came after all)

A person of a long list waits in the outbox first, and goes back to it when nothing was sent:

    queued ──► claimed (by one sender, for a while) ──► sending ──► … | queued
    claimed ──► queued (the sender died) | queued, claimed ──► discarded (stopped)
    not_sent ──► queued (as soon as it can go)

Refused and not sent lead to received too (a meeting: to scheduled), where an earlier call had been left unknown.

A cancellation has a state of its own, since an unconfirmed one leaves the meeting scheduled:

    (none), not_sent, unknown ──► sending ──► unknown | not_sent | (none: the meeting is cancelled, or Zelta refused)

It stays unknown, whatever later tries are told, until Zelta says that it is done or somebody decides.
"""

from enum import StrEnum


class MeetingState(StrEnum):
    """Where a meeting stands with Zelta."""

    SENDING = "sending"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    DISCARDED = "discarded"


class Cancellation(StrEnum):
    """A cancellation that was asked for and is not confirmed."""

    SENDING = "sending"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


class ParticipantState(StrEnum):
    """Where a person stands with Zelta; the table of people is the outbox."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ADDED = "added"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    RECEIVED = "received"
    DISCARDED = "discarded"


class Role(StrEnum):
    """What a person may do in a meeting; the words are the API's `preset_name`."""

    HOST = "host"
    PARTICIPANT = "participant"


class IdSource(StrEnum):
    """Who says that a meeting's public id is right: Zelta's answer, or a person who typed it."""

    ANSWER = "answer"
    TYPED = "typed"


class Choice(StrEnum):
    """What a coordinator may decide about a row that did not simply succeed."""

    AGAIN = "again"
    EXISTS = "exists"
    RECEIVED = "received"
    WITHOUT_EMAIL = "without_email"
    CANCELLED = "cancelled"
    DISCARD = "discard"
    LATER = "later"


class ListState(StrEnum):
    """Where a list of people stands: being looked at, on its way, or held."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


_M = MeetingState
_P = ParticipantState
_C = Cancellation

# Into each state: the states that it may be entered from. A move that is not here does not happen.
MEETING_FROM: dict[MeetingState, tuple[MeetingState, ...]] = {
    _M.SENDING: (_M.REFUSED, _M.NOT_SENT, _M.UNKNOWN),
    _M.SCHEDULED: (_M.SENDING, _M.UNKNOWN, _M.REFUSED, _M.NOT_SENT),
    _M.REFUSED: (_M.SENDING, _M.UNKNOWN),
    _M.NOT_SENT: (_M.SENDING, _M.UNKNOWN),
    _M.UNKNOWN: (_M.SENDING,),
    _M.CANCELLED: (_M.SCHEDULED,),
    _M.DISCARDED: (_M.REFUSED, _M.NOT_SENT, _M.UNKNOWN),
}

PARTICIPANT_FROM: dict[ParticipantState, tuple[ParticipantState, ...]] = {
    _P.QUEUED: (_P.CLAIMED, _P.SENDING, _P.NOT_SENT, _P.REFUSED),
    _P.CLAIMED: (_P.QUEUED,),
    _P.SENDING: (_P.CLAIMED, _P.REFUSED, _P.NOT_SENT, _P.UNKNOWN),
    _P.ADDED: (_P.SENDING, _P.UNKNOWN),
    _P.REFUSED: (_P.SENDING, _P.UNKNOWN),
    _P.NOT_SENT: (_P.SENDING, _P.UNKNOWN),
    _P.UNKNOWN: (_P.SENDING,),
    _P.RECEIVED: (_P.UNKNOWN, _P.REFUSED, _P.NOT_SENT),
    _P.DISCARDED: (_P.QUEUED, _P.CLAIMED, _P.REFUSED, _P.NOT_SENT, _P.UNKNOWN),
}

CANCELLATION_FROM: dict[Cancellation | None, tuple[Cancellation | None, ...]] = {
    _C.SENDING: (None, _C.NOT_SENT, _C.UNKNOWN),
    _C.NOT_SENT: (_C.SENDING, _C.UNKNOWN),
    _C.UNKNOWN: (_C.SENDING,),
    None: (_C.SENDING, _C.UNKNOWN, _C.NOT_SENT),
}

_L = ListState

LIST_FROM: dict[ListState, tuple[ListState, ...]] = {
    _L.RUNNING: (_L.DRAFT, _L.PAUSED, _L.STOPPED),
    _L.PAUSED: (_L.RUNNING,),
    _L.STOPPED: (_L.DRAFT, _L.RUNNING, _L.PAUSED, _L.STOPPED),
}
