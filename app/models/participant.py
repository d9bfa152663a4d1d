"""Participants of a meeting: hosts and guests."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import ParticipantState, Role
from app.utils.text import email_key, fold_for_search

HAS_PROBLEM = text("participants.state IN ('refused', 'not_sent', 'unknown')")

EMAIL_RESERVED = text(
    "participants.email_key IS NOT NULL AND participants.state <> 'discarded'"
    " AND (participants.state <> 'refused' OR participants.possibly_mailed)"
)
IN_PROGRESS = text("participants.state IN ('queued', 'claimed', 'sending')")
TO_HAND_OVER = text(
    "participants.state = 'added' AND participants.public_participant_id IS NOT NULL AND NOT participants.send_invitation"
    " AND participants.delivery_id IS NULL"
)
IS_ERASED = text("participants.erased_at IS NOT NULL")
IN_OUTBOX = text("participants.state IN ('queued', 'claimed')")


def derived_columns(name: str, email: str | None) -> dict[str, str | None]:
    """Derived columns: the search text and the normalized email."""
    return {
        "search_text": fold_for_search(f"{name} {email or ''}"),
        "email_key": email_key(email) if email else None,
    }


class Participant(Base):
    """One person of one meeting.

    `send_invitation`: the call includes the email, so that Zelta mails the invitation. `possibly_mailed`: a
    call with this email ended unknown, whatever the outcome of later calls. A participant added without email
    keeps it here, with its reservation, but it is not sent. A participant in the outbox is `claimed_by` one
    sender until `claim_expires_at`. `phone` is in E.164, `phone_typed` as typed: neither is sent to Zelta.
    `delivery_id` is the delivery in force (see `app.models.delivery`); it has no foreign key, since
    deliveries have one to this table. `moved_from_id` is the same person's row in the meeting that was moved.
    `erased_at`: the data of this person was erased; the row only says that
    there was a person, and is never sent or copied (`IS_ERASED`).
    """

    __tablename__ = "participants"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    role: Mapped[Role] = mapped_column(str_enum_type(Role, "role"))
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    email_key: Mapped[str | None] = mapped_column(Text)
    send_invitation: Mapped[bool]
    possibly_mailed: Mapped[bool] = mapped_column(default=False)
    external_id: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    phone_typed: Mapped[str | None] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    state: Mapped[ParticipantState] = mapped_column(str_enum_type(ParticipantState, "state"))
    public_participant_id: Mapped[str | None] = mapped_column(Text)
    token_encrypted: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
    import_id: Mapped[int | None] = mapped_column(ForeignKey("participant_imports.id"))
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claim_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivery_id: Mapped[int | None] = mapped_column(BigInteger)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_from_id: Mapped[int | None] = mapped_column(BigInteger)

    @validates("name", "email")
    def _set_derived_columns(self, key: str, value: str | None) -> str | None:
        name = value if key == "name" else self.name
        email = value if key == "email" else self.email
        for column, derived_value in derived_columns(name or "", email).items():
            setattr(self, column, derived_value)
        return value


# No email is invited twice to one meeting: it is reserved before the call, and freed only when the row is
# discarded, or refused by Zelta with no earlier call whose outcome is unknown.
Index(
    "uq_participants_meeting_id_email_key",
    Participant.meeting_id,
    Participant.email_key,
    unique=True,
    sqlite_where=EMAIL_RESERVED,
    postgresql_where=EMAIL_RESERVED,
)
Index("ix_participants_import_id_state", Participant.import_id, Participant.state)
Index("ix_participants_waiting", Participant.id, sqlite_where=IN_OUTBOX, postgresql_where=IN_OUTBOX)
Index("ix_participants_meeting_id_updated_at", Participant.meeting_id, Participant.updated_at)
Index("ix_participants_meeting_id_state", Participant.meeting_id, Participant.state)
Index(
    "ix_participants_to_hand_over",
    Participant.meeting_id,
    sqlite_where=TO_HAND_OVER,
    postgresql_where=TO_HAND_OVER,
)
# A search finds a pasted id.
for _id in (Participant.public_participant_id, Participant.external_id):
    _is_known = text(f"participants.{_id.key} IS NOT NULL")
    Index(f"ix_participants_{_id.key}", _id, sqlite_where=_is_known, postgresql_where=_is_known)
# Used by the previous release; now the meeting has a counter.
Index(
    "ix_participants_in_trouble",
    Participant.meeting_id,
    Participant.state,
    sqlite_where=HAS_PROBLEM,
    postgresql_where=HAS_PROBLEM,
)
