"""The journal: one row per call to Zelta or local decision, written before it happens."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Text, false, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.utils.outcome import Outcome


class Action(StrEnum):
    """The action of a journal entry. The first three are calls to Zelta; the rest are local decisions."""

    CREATE_MEETING = "create_meeting"
    ADD_PARTICIPANT = "add_participant"
    CANCEL_MEETING = "cancel_meeting"
    ADOPT_MEETING = "adopt_meeting"
    MEETING_EXISTS = "meeting_exists"
    DISCARD_MEETING = "discard_meeting"
    KEEP_MEETING = "keep_meeting"
    DISCARD_PARTICIPANT = "discard_participant"
    INVITATION_RECEIVED = "invitation_received"
    IMPORT_PARTICIPANTS = "import_people"
    PAUSE_IMPORT = "pause_list"
    RESUME_IMPORT = "resume_list"
    STOP_IMPORT = "stop_list"
    SEND_LATER = "send_later"
    QUEUE_MEETINGS = "queue_meetings"
    MOVE_MEETING = "move_meeting"
    PAUSE_BATCH = "pause_batch"
    RESUME_BATCH = "resume_batch"
    STOP_BATCH = "stop_batch"
    REVEAL_TOKEN = "reveal_token"  # noqa: S105  (a word, no password)


IMPORT_ACTIONS = (
    Action.IMPORT_PARTICIPANTS,
    Action.PAUSE_IMPORT,
    Action.RESUME_IMPORT,
    Action.STOP_IMPORT,
    Action.SEND_LATER,
)
BATCH_ACTIONS = (
    Action.QUEUE_MEETINGS,
    Action.MOVE_MEETING,
    Action.PAUSE_BATCH,
    Action.RESUME_BATCH,
    Action.STOP_BATCH,
)


class JournalEntry(Base):
    """One intent and its outcome.

    `request` has the exact body that is sent. `from_outbox`: a sender makes the call, not a request. After
    `lease_expires_at`, the process of an entry without an outcome has certainly died. `decision_number` is
    the decision that requested a call to add a participant or create a meeting (see `app.models.duplicate_guard`). `response` is
    the response without tokens; `reason` is the failure reason.
    """

    __tablename__ = "journal_entries"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    action: Mapped[Action] = mapped_column(str_enum_type(Action, "action"))
    actor: Mapped[str] = mapped_column(Text)
    ip_address: Mapped[str | None] = mapped_column(Text)
    submission_id: Mapped[str | None] = mapped_column(Text, unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"))
    is_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    from_outbox: Mapped[bool] = mapped_column(default=False)
    decision_number: Mapped[int | None]
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    lease_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(str_enum_type(Outcome, "outcome"))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    http_status: Mapped[int | None]
    error_code: Mapped[str | None] = mapped_column(Text)
    error_message: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    retry_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int | None]
    duration_ms: Mapped[int | None]
    response: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


IN_FLIGHT = text("journal_entries.outcome IS NULL")
Index(
    "ix_journal_entries_in_flight",
    JournalEntry.lease_expires_at,
    sqlite_where=IN_FLIGHT,
    postgresql_where=IN_FLIGHT,
)
# Untyped: as a boolean it would be `is_call = 1` on SQLite, and match no partial index.
IS_CALL: ColumnElement[bool] = literal_column("journal_entries.is_call")
Index(
    "ix_journal_entries_calls_finished",
    JournalEntry.finished_at,
    sqlite_where=IS_CALL,
    postgresql_where=IS_CALL,
)
Index("ix_journal_entries_meeting_id_id", JournalEntry.meeting_id, JournalEntry.id)
Index("ix_journal_entries_participant_id_id", JournalEntry.participant_id, JournalEntry.id)
# One call per decision: a second one is rejected unless the first was certainly not sent.
UNIQUE_DECISION_CONDITION = text(
    "action = 'add_participant' AND decision_number IS NOT NULL AND (outcome IS NULL OR outcome <> 'not_sent')"
)
Index(
    "uq_journal_entries_participant_id_decision_number",
    JournalEntry.participant_id,
    JournalEntry.decision_number,
    unique=True,
    sqlite_where=UNIQUE_DECISION_CONDITION,
    postgresql_where=UNIQUE_DECISION_CONDITION,
)
UNIQUE_CREATION_CONDITION = text(
    "action = 'create_meeting' AND decision_number IS NOT NULL AND (outcome IS NULL OR outcome <> 'not_sent')"
)
Index(
    "uq_journal_entries_meeting_id_decision_number",
    JournalEntry.meeting_id,
    JournalEntry.decision_number,
    unique=True,
    sqlite_where=UNIQUE_CREATION_CONDITION,
    postgresql_where=UNIQUE_CREATION_CONDITION,
)
