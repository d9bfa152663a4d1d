"""The rate limit state, shared by all processes: the API's limit is per key."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class RateLimitState(Base):
    """One row, inserted by the migrations.

    The API allows `call_limit` calls in any `window_seconds`; None while unknown. `announced_window_seconds`
    is the longest window that it announced, in whole seconds, which may be rounded up by one. `inferred_at`:
    the last 429 that the limit was inferred from; None if headers announced it. `blocked_until`: no call
    before. `probing_since`: the circuit breaker is half-open: one call at a time until a call that started
    later succeeds. `consecutive_failures` and `consecutive_429s` count, in a row, calls that failed and 429s
    that named no time.
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
