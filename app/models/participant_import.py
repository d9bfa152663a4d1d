"""Participant imports: pasted or uploaded, previewed before sending, paused or stopped while running."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import ImportState


class ParticipantImport(Base):
    """One import for one meeting.

    `rows` are the rows that have not been sent (see `app.meetings.imports.rows`); sent rows are participants with
    this `import_id`. `pause_reason` is why a running list was paused by itself (a `Reason` of the API's).
    """

    __tablename__ = "participant_imports"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    state: Mapped[ImportState] = mapped_column(str_enum_type(ImportState, "state"))
    pause_reason: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    encoding: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)


Index("ix_participant_imports_meeting_id", ParticipantImport.meeting_id)
