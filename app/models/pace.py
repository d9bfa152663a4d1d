"""The pace: what all processes know together of the API's rate limit, which belongs to the key."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Pace(Base):
    """One row, made by the migrations.

    `calls` in any `seconds` is what the API allows, as far as we know; None while it has said nothing. `announced` is
    the longest wait that it named for that, in whole seconds, of which the last may be nothing but rounding.
    `inferred_at` is the last 429 that it had to be concluded from, None where the headers say it.
    `blocked_until`: nothing goes before. `probing_since`: after trouble, and when a window was full, one call at a
    time until one that began later succeeds.
    `outages` and `strikes` count, in a row, calls that failed and 429s that named no time.
    """

    __tablename__ = "pace"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    calls: Mapped[int | None]
    seconds: Mapped[float | None]
    announced: Mapped[float | None]
    inferred_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    probing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outages: Mapped[int] = mapped_column(default=0)
    strikes: Mapped[int] = mapped_column(default=0)
