"""The pace: what all processes know together of the API's rate limit, which belongs to the key."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Pace(Base):
    """One row, made by the migrations.

    `call_limit` in any `window_seconds` is what the API allows, as far as we know; None while it has said nothing. `announced_window_seconds` is
    the longest wait that it named for that, in whole seconds, of which the last may be nothing but rounding.
    `inferred_at` is the last 429 that it had to be concluded from, None where the headers say it.
    `blocked_until`: nothing goes before. `probing_since`: after trouble, and when a window was full, one call at a
    time until one that began later succeeds.
    `consecutive_failures` and `consecutive_429s` count, in a row, calls that failed and 429s that named no time.
    """

    __tablename__ = "rate_limit_state"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    call_limit: Mapped[int | None]
    window_seconds: Mapped[float | None]
    announced_window_seconds: Mapped[float | None]
    inferred_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    probing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consecutive_failures: Mapped[int] = mapped_column(default=0)
    consecutive_429s: Mapped[int] = mapped_column(default=0)
