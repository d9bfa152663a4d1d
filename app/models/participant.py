"""Participants: the people of a meeting, hosts and guests."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, Key, UtcDateTime, utc_now, words
from app.models.states import ParticipantState, Role
from app.text import email_key, fold

IN_TROUBLE = text("participants.state IN ('refused', 'not_sent', 'unknown')")

RESERVED = text(
    "participants.email_key IS NOT NULL AND participants.state <> 'discarded'"
    " AND (participants.state <> 'refused' OR participants.maybe_mailed)"
)
UNDER_WAY = text("participants.state IN ('queued', 'claimed', 'sending')")
TO_HAND_OVER = text(
    "participants.state = 'added' AND participants.public_participant_id IS NOT NULL AND NOT participants.mailed"
    " AND participants.delivery_id IS NULL"
)
WAITING = text("participants.state IN ('queued', 'claimed')")


def derived(name: str, email: str | None) -> dict[str, str | None]:
    """The columns that follow from others: what search looks at, and how an address is compared."""
    return {"folded": fold(f"{name} {email or ''}"), "email_key": email_key(email) if email else None}


class Participant(Base):
    """One person of one meeting.

    `mailed` says that Zelta is asked to mail the invitation: the address goes with the call. `maybe_mailed` remembers
    that a call with this address ended unknown, whatever became of later ones. A person who goes on
    without e-mail keeps the address here, and with it the reservation, but it is not sent. A person who waits in the
    outbox is `claimed_by` one sender until `claimed_until`. `delivery_id` is the newest mark that their link was handed
    over and that nobody took back (see `app.models.delivery`); no foreign key, since deliveries have one to this table.
    """

    __tablename__ = "participants"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    email_key: Mapped[str | None] = mapped_column(Text)
    mailed: Mapped[bool]
    maybe_mailed: Mapped[bool] = mapped_column(default=False)
    external_id: Mapped[str | None] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    state: Mapped[ParticipantState] = mapped_column(words(ParticipantState, "state"))
    public_participant_id: Mapped[str | None] = mapped_column(Text)
    token_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
    list_id: Mapped[int | None] = mapped_column(ForeignKey("lists.id"))
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(BigInteger)

    @validates("name", "email")
    def _derive(self, key: str, value: str | None) -> str | None:
        name = value if key == "name" else self.name
        email = value if key == "email" else self.email
        for column, what_follows in derived(name or "", email).items():
            setattr(self, column, what_follows)
        return value


# Nobody is invited twice to one meeting: the address is reserved before the call, and freed only by a row that a
# person discarded, or that Zelta refused without ever leaving it open whether an invitation went out.
Index(
    "uq_participants_meeting_id_email_key",
    Participant.meeting_id,
    Participant.email_key,
    unique=True,
    sqlite_where=RESERVED,
    postgresql_where=RESERVED,
)
Index("ix_participants_list_id_state", Participant.list_id, Participant.state)
Index("ix_participants_waiting", Participant.id, sqlite_where=WAITING, postgresql_where=WAITING)
Index("ix_participants_meeting_id_changed_at", Participant.meeting_id, Participant.changed_at)
Index("ix_participants_meeting_id_state", Participant.meeting_id, Participant.state)
Index(
    "ix_participants_to_hand_over",
    Participant.meeting_id,
    sqlite_where=TO_HAND_OVER,
    postgresql_where=TO_HAND_OVER,
)
# For the release before: the meetings with somebody in trouble. Today their meeting counts them.
Index(
    "ix_participants_in_trouble",
    Participant.meeting_id,
    Participant.state,
    sqlite_where=IN_TROUBLE,
    postgresql_where=IN_TROUBLE,
)
