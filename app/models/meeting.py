"""Meetings: what was asked for, and what is known of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, Key, UtcDateTime, utc_now, words
from app.models.states import Cancellation, IdSource, MeetingState
from app.text import fold

MIN_DURATION_MINUTES = 15
MAX_DURATION_MINUTES = 24 * 60
DEFAULT_DURATION_MINUTES = 60

# Literal, so that both databases see that a query may use the partial index of the same condition.
KEPT = text("meetings.state <> 'discarded'")
LISTED = text("meetings.state NOT IN ('cancelled', 'discarded')")
CANCELLED = text("meetings.state = 'cancelled'")
_ITSELF = (
    "meetings.state IN ('refused', 'not_sent', 'unknown') OR meetings.cancellation IN ('unknown', 'not_sent')"
)
IN_TROUBLE = text(f"({_ITSELF})")
ATTENTION = text(f"({_ITSELF} OR meetings.people_in_trouble > 0) AND meetings.state <> 'discarded'")


class Meeting(Base):
    """One meeting, made here or taken in from elsewhere.

    `people_in_trouble` is how many of its people were refused, not sent, or are unknown. Nobody writes it but the database's
    own triggers (see migration 0002). `duration_minutes` is for calendars; Zelta knows no end of a meeting.
    """

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    title_folded: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(Text)
    state: Mapped[MeetingState] = mapped_column(words(MeetingState, "state"))
    cancellation: Mapped[Cancellation | None] = mapped_column(words(Cancellation, "cancellation"))
    public_meeting_id: Mapped[str | None] = mapped_column(Text)
    id_source: Mapped[IdSource | None] = mapped_column(words(IdSource, "id_source"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    people_in_trouble: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    duration_minutes: Mapped[int] = mapped_column(
        CheckConstraint(
            f"duration_minutes BETWEEN {MIN_DURATION_MINUTES} AND {MAX_DURATION_MINUTES}",
            name="duration_minutes",
        ),
        default=DEFAULT_DURATION_MINUTES,
        server_default=text(str(DEFAULT_DURATION_MINUTES)),
    )

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_folded = fold(title)
        return title


# Each view in its order, for everybody's meetings and for those of one person.
for _view, _of in {"kept": KEPT, "listed": LISTED, "cancelled": CANCELLED, "attention": ATTENTION}.items():
    _order = (Meeting.starts_at, Meeting.id)
    Index(f"ix_meetings_{_view}", *_order, sqlite_where=_of, postgresql_where=_of)
    Index(f"ix_meetings_{_view}_mine", Meeting.created_by, *_order, sqlite_where=_of, postgresql_where=_of)
# For the release before, which asks for those in trouble in its own way.
Index("ix_meetings_in_trouble", Meeting.id, sqlite_where=IN_TROUBLE, postgresql_where=IN_TROUBLE)
Index("ix_meetings_public_meeting_id", Meeting.public_meeting_id)
_TYPED = text("id_source = 'typed'")
# Two coordinators cannot take in the same meeting twice. Ids from Zelta's own answers are not held to this:
# a vendor that repeated one must not cost us the answer.
Index(
    "uq_meetings_public_meeting_id_typed",
    Meeting.public_meeting_id,
    unique=True,
    sqlite_where=_TYPED,
    postgresql_where=_TYPED,
)
