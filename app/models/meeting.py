"""Meetings: the requested values and the state at Zelta."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import CancellationState, IdSource, MeetingState
from app.utils.text import fold_for_search

MIN_DURATION_MINUTES = 15
MAX_DURATION_MINUTES = 24 * 60
DEFAULT_DURATION_MINUTES = 60

# Literal SQL, so that both planners match the queries to the partial indexes.
NOT_DISCARDED = text("meetings.state <> 'discarded'")
IN_OUTBOX = text("meetings.state IN ('queued', 'claimed')")
MOVE_PENDING = text("meetings.move_pending AND meetings.state = 'scheduled'")
ACTIVE = text("meetings.state NOT IN ('cancelled', 'discarded')")
CANCELLED = text("meetings.state = 'cancelled'")
_MEETING_HAS_PROBLEM = (
    "meetings.state IN ('refused', 'not_sent', 'unknown') OR meetings.cancellation IN ('unknown', 'not_sent')"
)
HAS_PROBLEM = text(f"({_MEETING_HAS_PROBLEM})")
# A cancelled meeting needs no decision.
NEEDS_ATTENTION = text(
    f"({_MEETING_HAS_PROBLEM} OR meetings.problem_count > 0 OR meetings.cancellation_refused"
    " OR meetings.draft_row_count > 0 OR meetings.kept_row_count > 0)"
    " AND meetings.state NOT IN ('cancelled', 'discarded')"
)
_PREVIOUS_NEEDS_ATTENTION = text(
    f"({_MEETING_HAS_PROBLEM} OR meetings.problem_count > 0) AND meetings.state <> 'discarded'"
)


class Meeting(Base):
    """One meeting, created here or adopted.

    `problem_count` is how many of its participants are refused, not sent or unknown; only database triggers
    write it (see migration 0002). `draft_row_count` and `kept_row_count` are how many rows of its imports wait
    in drafts that were never sent, and were kept back to be corrected; triggers too (migration 0011).
    `cancellation_refused`: Zelta refused the latest cancellation, and no decision followed.
    `duration_minutes` is for calendar files; Zelta has no end of a meeting.

    A meeting of a batch (`batch_id`) is created by the outbox: it is `claimed_by` one sender until
    `claim_expires_at`. `moved_from_id` is the meeting that this one replaces at another time, and
    `move_pending`: that meeting is still to be cancelled (see `app.models.moves`). `series_id` is the batch of
    its series, and `series_position` its place there, from 1; a meeting that is moved keeps both.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint(
            f"duration_minutes BETWEEN {MIN_DURATION_MINUTES} AND {MAX_DURATION_MINUTES}",
            name="duration_minutes",
        ),
    )

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    title_search: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(Text)
    state: Mapped[MeetingState] = mapped_column(str_enum_type(MeetingState, "state"))
    cancellation: Mapped[CancellationState | None] = mapped_column(
        str_enum_type(CancellationState, "cancellation")
    )
    public_meeting_id: Mapped[str | None] = mapped_column(Text)
    id_source: Mapped[IdSource | None] = mapped_column(str_enum_type(IdSource, "id_source"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    problem_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    draft_row_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    kept_row_count: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    cancellation_refused: Mapped[bool] = mapped_column(default=False, server_default=false())
    duration_minutes: Mapped[int] = mapped_column(
        default=DEFAULT_DURATION_MINUTES, server_default=text(str(DEFAULT_DURATION_MINUTES))
    )

    batch_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("batches.id"))
    series_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("batches.id"))
    series_position: Mapped[int | None]
    moved_from_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("meetings.id"))
    move_pending: Mapped[bool] = mapped_column(default=False, server_default=false())
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claim_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def is_over(self, now: datetime) -> bool:
        """Whether the meeting has ended."""
        return now - self.starts_at >= timedelta(minutes=self.duration_minutes)

    @validates("title")
    def _fold_title(self, _key: str, title: str) -> str:
        self.title_search = fold_for_search(title)
        return title


# One keyset index per filter, for all meetings and for those of one account.
for _view, _of in {
    "kept": NOT_DISCARDED,
    "listed": ACTIVE,
    "cancelled": CANCELLED,
    "needs_attention": NEEDS_ATTENTION,
    # Used by the previous release.
    "attention": _PREVIOUS_NEEDS_ATTENTION,
}.items():
    _order = (Meeting.starts_at, Meeting.id)
    Index(f"ix_meetings_{_view}", *_order, sqlite_where=_of, postgresql_where=_of)
    Index(f"ix_meetings_{_view}_mine", Meeting.created_by, *_order, sqlite_where=_of, postgresql_where=_of)
# Used by the previous release.
Index("ix_meetings_in_trouble", Meeting.id, sqlite_where=HAS_PROBLEM, postgresql_where=HAS_PROBLEM)
Index("ix_meetings_public_meeting_id", Meeting.public_meeting_id)
_IS_MANUAL_ID = text("id_source = 'typed'")
# The same meeting cannot be adopted twice. Ids from Zelta's responses are exempt:
# if the vendor repeated an id, we must still be able to store the response.
Index(
    "uq_meetings_public_meeting_id_typed",
    Meeting.public_meeting_id,
    unique=True,
    sqlite_where=_IS_MANUAL_ID,
    postgresql_where=_IS_MANUAL_ID,
)
Index("ix_meetings_waiting", Meeting.id, sqlite_where=IN_OUTBOX, postgresql_where=IN_OUTBOX)
Index("ix_meetings_move_pending", Meeting.id, sqlite_where=MOVE_PENDING, postgresql_where=MOVE_PENDING)
for _columns in (
    (Meeting.batch_id, Meeting.id),
    (Meeting.series_id, Meeting.series_position),
    (Meeting.moved_from_id,),
):
    _is_set = text(f"meetings.{_columns[0].key} IS NOT NULL")
    _name = "_".join(column.key for column in _columns)
    Index(f"ix_meetings_{_name}", *_columns, sqlite_where=_is_set, postgresql_where=_is_set)
# A meeting is moved once: another move needs the new meeting to be given up first.
_IS_MOVE = text("meetings.moved_from_id IS NOT NULL AND meetings.state NOT IN ('cancelled', 'discarded')")
Index(
    "uq_meetings_moved_from_id",
    Meeting.moved_from_id,
    unique=True,
    sqlite_where=_IS_MOVE,
    postgresql_where=_IS_MOVE,
)
