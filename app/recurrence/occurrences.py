"""The UTC time of each date of a series: the local time stays the same across clock changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.utils.timezones import AmbiguousTime, NonexistentTime, resolve_local_time


class Choice(StrEnum):
    """An answer about a date whose local time comes twice or does not exist."""

    FIRST = "first"
    SECOND = "second"
    AFTER_JUMP = "after"
    LEAVE_OUT = "out"


@dataclass(frozen=True)
class Occurrence:
    """One date of a series: `starts_at` in UTC, or None where it has to be asked about.

    Then `options` has the UTC time of each answer, and `ambiguous` or `nonexistent` says why.
    """

    day: date
    starts_at: datetime | None = None
    options: Mapping[Choice, datetime] = field(default_factory=dict)
    ambiguous: AmbiguousTime | None = None
    nonexistent: NonexistentTime | None = None

    @property
    def instants(self) -> tuple[datetime, ...]:
        """Every UTC time that it may have."""
        return (self.starts_at,) if self.starts_at else tuple(self.options.values())

    def choose(self, choice: Choice | None) -> datetime | None:
        """The UTC time by an answer, which a plain date does not need; None: left out or not answered."""
        return self.starts_at or (self.options.get(choice) if choice else None)


def resolve_occurrence(day: date, hour: time, zone: str) -> Occurrence:
    """Resolve one date of a series.

    Args:
        day: the local date.
        hour: the local time.
        zone: an IANA name.

    Raises:
        OutOfRange: UTC has no such year.
    """
    try:
        return Occurrence(day, resolve_local_time(day, hour, zone))
    except AmbiguousTime as ambiguous:
        first, second = (resolve_local_time(day, hour, zone, fold) for fold in (0, 1))
        return Occurrence(day, None, {Choice.FIRST: first, Choice.SECOND: second}, ambiguous=ambiguous)
    except NonexistentTime as nonexistent:
        options = {Choice.AFTER_JUMP: apply_offset_before_jump(day, hour, zone)}
        return Occurrence(day, None, options, nonexistent=nonexistent)


def apply_offset_before_jump(day: date, hour: time, zone: str) -> datetime:
    """The UTC time of a local time that the clock skips, by the offset before the jump.

    That is how RFC 5545 (3.3.5) reads it: 02:30 becomes 03:30 where the clock jumps from 02:00 to 03:00.
    """
    return datetime.combine(day, hour.replace(fold=0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
