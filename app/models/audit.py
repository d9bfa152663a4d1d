"""The audit: who did what, when and from where; rows are added and never touched again, which the database enforces."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Key, UtcDateTime, utc_now


class Deed(StrEnum):
    """What is audited beside the journal's actions, which are audited under their own names."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a word, no password)
    PASSWORD_RESET = "password_reset"  # noqa: S105
    COPIED_LINKS = "copied_links"
    HANDED_OVER = "handed_over"
    HAND_OVER_UNDONE = "hand_over_undone"
    CANCELLATION_TOLD = "cancellation_told"
    CANCELLATION_UNTOLD = "cancellation_untold"
    MESSAGE_CHANGED = "message_changed"
    TEMPLATES_CHANGED = "templates_changed"
    EXPORTED = "exported"
    RESTORED = "restored"


class AuditEvent(Base):
    """One thing that somebody did or tried.

    `action` is one of `Action` or `Deed`; of a call to Zelta, `entry_id` leads to how it ended. `actor` is a user name or
    a word for who acts where nobody signs in; None where nobody knows, as of a failed sign-in. `subject` is the account
    that it was done to or tried with, `detail` what else is worth knowing, without secrets.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    action: Mapped[str] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("journal.id"), unique=True)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


Index("ix_audit_meeting_id_id", AuditEvent.meeting_id, AuditEvent.id)
# One for each way to look through it, newest first; the second one also tells when somebody signed in last.
TO_SOMEBODY = text("subject IS NOT NULL")
Index("ix_audit_actor_at", AuditEvent.actor, AuditEvent.at, AuditEvent.id)
Index("ix_audit_actor_action_at", AuditEvent.actor, AuditEvent.action, AuditEvent.at, AuditEvent.id)
Index(
    "ix_audit_subject_at",
    AuditEvent.subject,
    AuditEvent.at,
    AuditEvent.id,
    sqlite_where=TO_SOMEBODY,
    postgresql_where=TO_SOMEBODY,
)
Index("ix_audit_action_at", AuditEvent.action, AuditEvent.at, AuditEvent.id)
Index("ix_audit_at", AuditEvent.at, AuditEvent.id)
