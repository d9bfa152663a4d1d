"""Deliveries: who delivered a join link, how and when; and the texts of messages.

`deliveries` is append-only, enforced by the database. A delivery is in force while it is its participant's
`delivery_id` and is about the current link, or about the cancellation. So a participant who gets another
link, or whose meeting is cancelled, becomes pending again.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Row,
    Text,
    UniqueConstraint,
    and_,
    case,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.meeting import Meeting
from app.models.participant import Participant
from app.models.states import CancellationState, MeetingState, ParticipantState


class DeliveryAction(StrEnum):
    """Whether a delivery is marked, or its mark is undone."""

    MARK = "mark"
    UNDO = "undo"


class DeliveryChannel(StrEnum):
    """How a link was delivered."""

    LINK = "link"
    MESSAGE = "message"
    WHATSAPP = "whatsapp"
    EMAIL = "email"
    QR = "qr"
    ICS = "ics"
    OTHER = "other"


class DeliveryPurpose(StrEnum):
    """The content of a delivery: the link, or the cancellation."""

    LINK = "link"
    CANCELLATION = "cancellation"


class DeliveryStatus(StrEnum):
    """The delivery status of a participant; empty if there is nothing to deliver."""

    NONE = ""
    PENDING = "pending"
    HANDED_OVER = "handed_over"
    EMAILED = "emailed"


class Delivery(Base):
    """One mark, or the undoing of one.

    `public_participant_id` identifies the delivered link. The rows of one form share their `submission_id`;
    `request_digest` tells whether a form that came twice asks the same.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("submission_id", "participant_id"),
        Index("ix_deliveries_meeting_id_id", "meeting_id", "id"),
        Index("ix_deliveries_participant_id_id", "participant_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"))
    action: Mapped[DeliveryAction] = mapped_column(str_enum_type(DeliveryAction, "action"))
    purpose: Mapped[DeliveryPurpose] = mapped_column(str_enum_type(DeliveryPurpose, "purpose"))
    channel: Mapped[DeliveryChannel] = mapped_column(str_enum_type(DeliveryChannel, "channel"))
    public_participant_id: Mapped[str | None] = mapped_column(Text)
    undone_delivery_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"), unique=True)
    actor: Mapped[str] = mapped_column(Text)
    submission_id: Mapped[str | None] = mapped_column(Text)
    request_digest: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())


class MessageTemplate(Base):
    """A text of the team's for one kind of message in one language; without a row, the default counts."""

    __tablename__ = "message_templates"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
    updated_by: Mapped[str] = mapped_column(Text)


class MeetingMessage(Base):
    """A kind of message as one meeting has it: in which language, and with which text (None: the team's)."""

    __tablename__ = "meeting_messages"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    language: Mapped[str] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())
    updated_by: Mapped[str] = mapped_column(Text)


def delivery_purpose(meeting: Meeting | Row[Any]) -> DeliveryPurpose | None:
    """The purpose of a delivery now; None while it is unknown whether the links are valid."""
    if meeting.state == MeetingState.CANCELLED:
        return DeliveryPurpose.CANCELLATION
    if meeting.state == MeetingState.SCHEDULED and meeting.cancellation in {None, CancellationState.NOT_SENT}:
        return DeliveryPurpose.LINK
    return None


def delivery_join_condition(purpose: DeliveryPurpose) -> ColumnElement[bool]:
    """The delivery in force of each participant, for an outer join from `participants`."""
    return and_(
        Delivery.id == Participant.delivery_id,
        Delivery.purpose == purpose,
        Delivery.public_participant_id.is_not_distinct_from(Participant.public_participant_id),
    )


def delivery_status_expression(purpose: DeliveryPurpose | None) -> ColumnElement[str]:
    """The delivery status of a participant; needs the outer join of `delivery_join_condition`.

    Args:
        purpose: of a delivery to the meeting's participants now (`delivery_purpose`).
    """
    if purpose is None:
        return literal(DeliveryStatus.NONE.value)
    waiting = DeliveryStatus.PENDING.value
    emailed = DeliveryStatus.EMAILED.value if purpose == DeliveryPurpose.LINK else waiting
    return case(
        (~told_condition(purpose), DeliveryStatus.NONE.value),
        (Delivery.id.is_not(None), DeliveryStatus.HANDED_OVER.value),
        (Participant.send_invitation, emailed),
        else_=waiting,
    )


def told_condition(purpose: DeliveryPurpose) -> ColumnElement[bool]:
    """Who has to be told: of a link, all who have one; of a cancellation, all who may know of the meeting."""
    if purpose == DeliveryPurpose.LINK:
        return and_(
            Participant.state == ParticipantState.ADDED, Participant.public_participant_id.is_not(None)
        )
    # Whatever became of the row: an earlier call may have mailed the invitation.
    return or_(
        Participant.state == ParticipantState.RECEIVED,
        Participant.possibly_mailed,
        and_(
            Participant.state.in_((ParticipantState.ADDED, ParticipantState.UNKNOWN)),
            Participant.send_invitation,
        ),
        _has_handed_over_link(),
    )


def _has_handed_over_link() -> ColumnElement[bool]:
    """Whether a link of the participant was handed over, an earlier one included, and not undone."""
    mark, undo = aliased(Delivery), aliased(Delivery)
    return (
        select(mark.id)
        .where(
            mark.participant_id == Participant.id,
            mark.purpose == DeliveryPurpose.LINK,
            mark.action == DeliveryAction.MARK,
            ~select(undo.id).where(undo.undone_delivery_id == mark.id).exists(),
        )
        .exists()
    )
