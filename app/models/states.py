"""The states of meetings and participants, and the allowed transitions.

A participant (a meeting has the same states, with `scheduled` for `added`):

    sending ──► added | refused | not_sent | unknown
    refused, not_sent ──► sending (again) | discarded
    unknown ──► sending (again, without_email) | received | discarded
    unknown ──► added | refused | not_sent (a late response)

An imported participant is queued in the outbox first, and requeued if nothing was sent:

    queued ──► claimed (by one sender, for a while) ──► sending ──► … | queued
    claimed ──► queued (the sender died) | queued, claimed ──► discarded (stopped)
    not_sent ──► queued (resolution `later`)

A meeting of a batch is queued in the outbox first, too:

    queued ──► claimed ──► sending ──► scheduled | refused | unknown | queued (not sent)
    queued, claimed ──► discarded (its batch was stopped)

A meeting that is scheduled under an id that Zelta does not know may be discarded (`app.meetings.unknown_id`).

A discarded participant may become what they were before, while no call was made (`restore_participant`).

Refused and not_sent may become received (a meeting: scheduled) if an earlier call ended unknown.

A cancellation has its own state, since the meeting stays scheduled until it is confirmed:

    (none), not_sent, unknown ──► sending ──► unknown | not_sent | (none: the meeting is cancelled, or Zelta refused)

It stays unknown, whatever later attempts return, until Zelta confirms it or a coordinator decides.
"""

from enum import StrEnum


class MeetingState(StrEnum):
    """The state of a meeting at Zelta; the meetings table is the outbox of batches."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    DISCARDED = "discarded"


class CancellationState(StrEnum):
    """The state of a requested cancellation that is not confirmed."""

    SENDING = "sending"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


class ParticipantState(StrEnum):
    """The state of a participant at Zelta; the participants table is the outbox."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ADDED = "added"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    RECEIVED = "received"
    DISCARDED = "discarded"


# A meeting, or a participant, in one of these needs a decision.
PROBLEM_MEETING_STATES = frozenset({MeetingState.REFUSED, MeetingState.NOT_SENT, MeetingState.UNKNOWN})
PROBLEM_STATES = frozenset({ParticipantState.REFUSED, ParticipantState.NOT_SENT, ParticipantState.UNKNOWN})


class Role(StrEnum):
    """The role of a participant in a meeting; the values are the API's `preset_name`."""

    HOST = "host"
    PARTICIPANT = "participant"


class IdSource(StrEnum):
    """The source of a meeting's public id: Zelta's response, or manual input."""

    API = "answer"
    MANUAL = "typed"


class Resolution(StrEnum):
    """A coordinator's decision about a row that did not succeed."""

    SEND_AGAIN = "again"
    EXISTS = "exists"
    RECEIVED = "received"
    WITHOUT_EMAIL = "without_email"
    CANCELLED = "cancelled"
    DISCARD = "discard"
    RESTORE = "restore"
    SEND_LATER = "later"
    CORRECT_ID = "correct_id"
    REMOVE = "remove"


class ImportState(StrEnum):
    """The state of an import."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class BatchKind(StrEnum):
    """What a batch of meetings was made for."""

    MOVE = "move"
    REPEAT = "repeat"
    SERIES = "series"
    SPREADSHEET = "spreadsheet"


class BatchState(StrEnum):
    """The state of a batch of meetings."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


_M = MeetingState
_P = ParticipantState
_C = CancellationState

# For each target state, its allowed source states. No other transition is possible.
MEETING_TRANSITIONS: dict[MeetingState, tuple[MeetingState, ...]] = {
    _M.QUEUED: (_M.CLAIMED, _M.SENDING),
    _M.CLAIMED: (_M.QUEUED,),
    _M.SENDING: (_M.CLAIMED, _M.REFUSED, _M.NOT_SENT, _M.UNKNOWN),
    _M.SCHEDULED: (_M.SENDING, _M.UNKNOWN, _M.REFUSED, _M.NOT_SENT),
    _M.REFUSED: (_M.SENDING, _M.UNKNOWN),
    _M.NOT_SENT: (_M.SENDING, _M.UNKNOWN),
    _M.UNKNOWN: (_M.SENDING,),
    _M.CANCELLED: (_M.SCHEDULED,),
    _M.DISCARDED: (_M.QUEUED, _M.CLAIMED, _M.REFUSED, _M.NOT_SENT, _M.UNKNOWN, _M.SCHEDULED),
}

PARTICIPANT_TRANSITIONS: dict[ParticipantState, tuple[ParticipantState, ...]] = {
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

CANCELLATION_TRANSITIONS: dict[CancellationState | None, tuple[CancellationState | None, ...]] = {
    _C.SENDING: (None, _C.NOT_SENT, _C.UNKNOWN),
    _C.NOT_SENT: (_C.SENDING, _C.UNKNOWN),
    _C.UNKNOWN: (_C.SENDING,),
    None: (_C.SENDING, _C.UNKNOWN, _C.NOT_SENT),
}

_L = ImportState

IMPORT_TRANSITIONS: dict[ImportState, tuple[ImportState, ...]] = {
    _L.RUNNING: (_L.DRAFT, _L.PAUSED, _L.STOPPED),
    _L.PAUSED: (_L.RUNNING,),
    _L.STOPPED: (_L.DRAFT, _L.RUNNING, _L.PAUSED, _L.STOPPED),
}

_B = BatchState

BATCH_TRANSITIONS: dict[BatchState, tuple[BatchState, ...]] = {
    _B.RUNNING: (_B.DRAFT, _B.PAUSED),
    _B.PAUSED: (_B.RUNNING,),
    _B.STOPPED: (_B.DRAFT, _B.RUNNING, _B.PAUSED),
}
