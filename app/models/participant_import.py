"""Participant imports: pasted or uploaded, previewed before sending, paused or stopped while running."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import ImportState


class ParticipantImport(Base):
    """One import for one meeting.

    `rows` are the rows that have not been sent (see `app.meetings.imports.rows`); sent rows are participants
    with this `import_id`. `pause_reason` is why it was paused automatically (a `FailureReason`, or
    `DUPLICATE_MEETING` of `app.journal.effects`).

    `source` is the file's bytes, or the pasted text in UTF-8 (`source_filename` is None). It is kept so that
    the list can be read again with other `answers` (see `app.meetings.imports.source`). `parse_result` is
    what the reading found beside the rows. Both hold email addresses: they are deleted when the list is sent
    or stopped. `batch_id`: a batch queued these people together with their meeting.
    """

    __tablename__ = "participant_imports"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    state: Mapped[ImportState] = mapped_column(str_enum_type(ImportState, "state"))
    pause_reason: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    encoding: Mapped[str | None] = mapped_column(Text)
    # Deferred: a megabyte that only a new reading needs.
    source: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    source_filename: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    parse_result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    batch_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("batches.id"))


Index("ix_participant_imports_meeting_id", ParticipantImport.meeting_id)
_OF_BATCH = text("participant_imports.batch_id IS NOT NULL")
Index(
    "ix_participant_imports_batch_id",
    ParticipantImport.batch_id,
    sqlite_where=_OF_BATCH,
    postgresql_where=_OF_BATCH,
)
