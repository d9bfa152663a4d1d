"""Batches: meetings that are created in the background together, by a move, a repetition, a series or a table."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import BatchKind, BatchState

PAUSED = text("batches.state = 'paused'")


class Batch(Base):
    """The meetings that one submission queued.

    Its meetings have this `batch_id`, and so have the imports that hold their people. `source_meeting_id` is
    the meeting that they were made from; it has no foreign key, since meetings have one to this table.
    `pause_reason` is why it was paused automatically (a `FailureReason`).

    A draft is a table of meetings in review: `source` is the file's bytes or the pasted text, `answers` what
    was answered about it. Both hold emails: they are deleted when the meetings are queued.
    """

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    kind: Mapped[BatchKind] = mapped_column(str_enum_type(BatchKind, "kind"))
    state: Mapped[BatchState] = mapped_column(str_enum_type(BatchState, "state"))
    pause_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    source_meeting_id: Mapped[int | None] = mapped_column(BigInteger)
    # Deferred: a megabyte that only a new reading needs.
    source: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    source_filename: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


# The senders ask for these with each claim.
Index("ix_batches_paused", Batch.id, sqlite_where=PAUSED, postgresql_where=PAUSED)
