"""Lists of people: what somebody pasted or uploaded, looked at before it is sent, and held or stopped while it runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, UtcDateTime, utc_now, words
from app.models.states import ListState


class PeopleList(Base):
    """One list for one meeting.

    `rows` are the lines that have not been sent (see `app.people.drafts`); the ones that have are participants with
    this `list_id`. `held_for` is why a running list was paused by itself (a `Reason` of the API's).

    `source` is the file's bytes, or the pasted text in UTF-8 (`source_filename` is None). It is kept so that the
    list can be read again with other `answers` (see `app.people.import_source`). `parse_result` is what the reading
    found beside the rows. Both hold email addresses: they are deleted when the list is sent or stopped.
    """

    __tablename__ = "lists"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    state: Mapped[ListState] = mapped_column(words(ListState, "state"))
    held_for: Mapped[str | None] = mapped_column(Text)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    encoding: Mapped[str | None] = mapped_column(Text)
    # Deferred: a megabyte that only a new reading needs.
    source: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    source_filename: Mapped[str | None] = mapped_column(Text)
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    parse_result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)


Index("ix_lists_meeting_id", PeopleList.meeting_id)
