"""The audit log: who did what, when and from where. Append-only, enforced by database triggers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, BigIntPK, UtcDateTime, utc_now


class AuditAction(StrEnum):
    """Audited actions that have no journal entry; journal actions are audited under their own names."""

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
    GROUP_CREATED = "group_created"
    GROUP_CHANGED = "group_changed"
    GROUP_DELETED = "group_deleted"
    PERSON_ERASED = "person_erased"
    EXPORTED = "exported"
    RESTORED = "restored"


class AuditEvent(Base):
    """One action that was done or attempted.

    `action` is one of `Action` or `AuditAction`; `entry_id` leads to a call's outcome. `actor` is a
    user name, or a fixed word where authentication is off; None: unknown, as for a failed sign-in.
    `target_username` is the account that the action changed or tried; `detail` holds further facts, without
    secrets.
    """

    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    action: Mapped[str] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(Text)
    ip_address: Mapped[str | None] = mapped_column(Text)
    target_username: Mapped[str | None] = mapped_column(Text)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participants.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("journal_entries.id"), unique=True)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


Index("ix_audit_events_meeting_id_id", AuditEvent.meeting_id, AuditEvent.id)
# One index per filter, newest first; the second one also serves the last sign-in of an account.
HAS_TARGET = text("target_username IS NOT NULL")
Index("ix_audit_events_actor_created_at", AuditEvent.actor, AuditEvent.created_at, AuditEvent.id)
Index(
    "ix_audit_events_actor_action_created_at",
    AuditEvent.actor,
    AuditEvent.action,
    AuditEvent.created_at,
    AuditEvent.id,
)
Index(
    "ix_audit_events_target_username_created_at",
    AuditEvent.target_username,
    AuditEvent.created_at,
    AuditEvent.id,
    sqlite_where=HAS_TARGET,
    postgresql_where=HAS_TARGET,
)
Index("ix_audit_events_action_created_at", AuditEvent.action, AuditEvent.created_at, AuditEvent.id)
Index("ix_audit_events_created_at", AuditEvent.created_at, AuditEvent.id)
