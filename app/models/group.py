"""Groups: people who are invited together again and again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, BigIntPK, UtcDateTime, str_enum_type, utc_now
from app.models.states import Role


class Group(Base):
    """A named list of people, for all coordinators.

    `version` counts the changes, so that nobody overwrites a change that they have not seen. `submission_id` and
    `request_digest` are of the form that created it.
    """

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    submission_id: Mapped[str | None] = mapped_column(Text, unique=True)
    request_digest: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    created_by: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now(), onupdate=utc_now())

    members: Mapped[list["GroupMember"]] = relationship(
        order_by="GroupMember.id", cascade="all, delete-orphan", lazy="raise"
    )


class GroupMember(Base):
    """One person of a group; `phone` is in E.164, `phone_typed` as typed."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("group_id", "email_key"),)

    id: Mapped[int] = mapped_column(BigIntPK, primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    role: Mapped[Role] = mapped_column(str_enum_type(Role, "role"))
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    email_key: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    phone_typed: Mapped[str | None] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
