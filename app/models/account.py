"""Accounts: who may sign in and what they may do, their sessions, and what was counted and kept on the way in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, Key, UtcDateTime, utc_now, words
from app.text import email_key


class StaffRole(StrEnum):
    """What an account may do; each may do what those before it may."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    ADMIN = "admin"

    def includes(self, other: "StaffRole") -> bool:
        """Whether this role may do what `other` may."""
        order = list(StaffRole)
        return order.index(self) >= order.index(other)


class Account(Base):
    """Somebody who may sign in.

    `username` is what they sign in with, or what the provider or proxy calls them; it is also what the journal, the audit and
    `created_by` know them by, so it never changes. `oidc_subject` is the provider's own name for them, as `issuer subject`.
    A password with `temporary_password_expires_at` was made by somebody else: it opens nothing but the page that changes it, until then.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(Text)
    username_key: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[StaffRole] = mapped_column(words(StaffRole, "role"))
    password_hash: Mapped[str | None] = mapped_column(Text)
    temporary_password_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())

    @validates("username")
    def _derive_key(self, _key: str, username: str) -> str:
        self.username_key = username_key(username)
        return username


def username_key(username: str) -> str:
    """What two spellings of one user name have in common."""
    return email_key(username)


class AccountSession(Base):
    """One browser in which an account is signed in; without the row, its cookie opens nothing."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


Index("ix_sessions_account_id", AccountSession.account_id)
Index("ix_sessions_last_seen_at", AccountSession.last_seen_at)


class SignInAttempt(Base):
    """A password that was tried and is not known to be right; `name_hash` because what was typed may be a password itself."""

    __tablename__ = "failed_sign_ins"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name_hash: Mapped[str] = mapped_column(Text)
    ip_address: Mapped[str] = mapped_column(Text)
    attempted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())


Index("ix_failed_sign_ins_attempted_at", SignInAttempt.attempted_at)
Index("ix_failed_sign_ins_name_hash_attempted_at", SignInAttempt.name_hash, SignInAttempt.attempted_at)
Index("ix_failed_sign_ins_ip_address_attempted_at", SignInAttempt.ip_address, SignInAttempt.attempted_at)


class HeldForm(Base):
    """What somebody typed into a form that came without a session: kept for a while, sealed, until they have signed in."""

    __tablename__ = "saved_forms"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    data_encrypted: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())


Index("ix_saved_forms_created_at", HeldForm.created_at)
