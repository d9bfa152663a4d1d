"""Lists of people: what somebody pasted or uploaded, looked at before it is sent, and held or stopped while it runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, UtcDateTime, utc_now, words
from app.models.states import ListState


class PeopleList(Base):
    """One list for one meeting.

    `rows` are the lines that have not been sent (see `app.people.drafts`); the ones that have are participants with
    this `import_id`. `pause_reason` is why a running list was paused by itself (a `Reason` of the API's).
    """

    __tablename__ = "participant_imports"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    state: Mapped[ListState] = mapped_column(words(ListState, "state"))
    pause_reason: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    encoding: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)


Index("ix_participant_imports_meeting_id", PeopleList.meeting_id)
