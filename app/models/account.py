"""Accounts, their roles and sessions, failed sign-ins and saved forms."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.utils.text import email_key


class AccountRole(StrEnum):
    """The role of an account; each includes the roles before it."""

    VIEWER = "viewer"
    COORDINATOR = "coordinator"
    ADMIN = "admin"

    def includes(self, other: "AccountRole") -> bool:
        """Whether this role may do what `other` may."""
        order = list(AccountRole)
        return order.index(self) >= order.index(other)


class Account(Base):
    """An account that may sign in.

    `username` is the sign-in name, or the name from the provider or proxy. The journal, the audit and
    `created_by` refer to it, so it never changes. `oidc_subject` is the provider's identifier, as
    `issuer subject`. A password with `temporary_password_expires_at` is temporary: until then it gives access
    to the page that changes it, and to no other.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    username: Mapped[str] = mapped_column(Text)
    username_key: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[AccountRole] = mapped_column(str_enum_type(AccountRole, "role"))
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
    """Normalize a user name for comparison."""
    return email_key(username)


class AccountSession(Base):
    """A signed-in browser session; without the row, its cookie is invalid."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


Index("ix_sessions_account_id", AccountSession.account_id)
Index("ix_sessions_last_seen_at", AccountSession.last_seen_at)


class FailedSignIn(Base):
    """A failed sign-in; the user name is hashed, since users may type their password into that field."""

    __tablename__ = "failed_sign_ins"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    name_hash: Mapped[str] = mapped_column(Text)
    ip_address: Mapped[str] = mapped_column(Text)
    attempted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())


Index("ix_failed_sign_ins_attempted_at", FailedSignIn.attempted_at)
Index("ix_failed_sign_ins_name_hash_attempted_at", FailedSignIn.name_hash, FailedSignIn.attempted_at)
Index("ix_failed_sign_ins_ip_address_attempted_at", FailedSignIn.ip_address, FailedSignIn.attempted_at)


class SavedForm(Base):
    """The data of a form submitted without a session: saved encrypted until the user has signed in."""

    __tablename__ = "saved_forms"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    data_encrypted: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())


Index("ix_saved_forms_created_at", SavedForm.created_at)
