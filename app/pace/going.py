"""When the next call of the outbox may go, and how long a list will take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from app.models import JournalEntry, Pace
from app.pace.calls import (
    MINUTE,
    anything_under_way,
    calls_under_way,
    counted,
    counted_since,
    everything_known,
    limit_of,
    locked,
    mean_duration,
    somebodys_own,
)

USUAL_SECONDS = 0.5
"""Of one call, while nothing is known of them."""
# While others are under way and the next slot depends on when they end, or somebody waits in front of a page.
SOON_SECONDS = 0.05


def wait_before(session: Session, usual_rate: int) -> float:
    """Seconds that a call of the outbox still has to wait; 0 lets it go, as part of the same transaction.

    Args:
        session: a write transaction; the row stays locked until it ends, so that nobody else takes the same slot.
        usual_rate: calls a minute as long as the API has named no limit; 0 for none.
    """
    pace, now = locked(session)
    return _seconds(session, pace, now, usual_rate)


def wait_now(connection: Connection, usual_rate: int) -> float:
    """Seconds that a call of the outbox would have to wait now; nothing is locked, so it lets nothing go."""
    pace = connection.execute(everything_known()).one()
    return _seconds(connection, pace, pace.now, usual_rate)


def _seconds(reader: Session | Connection, pace: Pace | Row[Any], now: datetime, usual_rate: int) -> float:
    if pace.blocked_until is not None and pace.blocked_until > now:
        return (pace.blocked_until - now).total_seconds()
    # A person's own action goes first; and whatever is under way, while the API is being tried.
    before = anything_under_way() if pace.probing_since else somebodys_own()
    if reader.scalar(before) is not None:
        return SOON_SECONDS
    calls, seconds = limit_of(pace, now, usual_rate)
    return _until_slot(reader, now, calls, seconds) if calls else 0.0


@dataclass(frozen=True)
class Outlook:
    """About how many seconds are left, and until when nothing at all goes, if the API is away or at its limit."""

    seconds: float
    waits_until: datetime | None


def outlook(connection: Connection, remaining: int, usual_rate: int, concurrency: int) -> Outlook:
    """How so many calls of the outbox will get on from now, at the pace that is known."""
    pace = connection.execute(everything_known()).one()
    blocked = max(0.0, (pace.blocked_until - pace.now).total_seconds()) if pace.blocked_until else 0.0
    waits_until = pace.blocked_until if blocked > MINUTE or (blocked and pace.probing_since) else None
    mean = connection.scalar(mean_duration())
    each = (float(mean) / 1000 if mean is not None else USUAL_SECONDS) / concurrency
    calls, seconds = limit_of(pace, pace.now, usual_rate)
    if not calls:
        return Outlook(blocked + remaining * each, waits_until)
    since = pace.now - timedelta(seconds=seconds)
    used, oldest = connection.execute(counted_since(), {"since": since}).one()
    later = remaining - max(0, calls - used)
    if later <= 0:
        return Outlook(blocked + remaining * each, waits_until)
    reopens = (oldest + timedelta(seconds=seconds) - pace.now).total_seconds() if oldest else seconds
    windows, rest = divmod(later - 1, calls)
    return Outlook(max(blocked, reopens) + windows * seconds + (rest + 1) * each, waits_until)


def _until_slot(reader: Session | Connection, now: datetime, calls: int, seconds: float) -> float:
    window = timedelta(seconds=seconds)
    flying = reader.scalar(calls_under_way())
    if (free := calls - (flying or 0)) <= 0:
        return SOON_SECONDS
    # The one whose place is taken next: with `free` later ones, the window is full until it leaves.
    ended = reader.scalar(
        select(JournalEntry.finished_at)
        .where(*counted(now - window))
        .order_by(JournalEntry.finished_at.desc())
        .offset(free - 1)
        .limit(1)
    )
    return max(0.0, (ended + window - now).total_seconds()) if ended is not None else 0.0
