"""The UTC time of each date of a series: the local time stays the same across clock changes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.utils.timezones import AmbiguousTime, NonexistentTime, resolve_local_time


class Choice(StrEnum):
    """The answer about a date whose local time comes twice or does not exist."""

    FIRST = "0"
    SECOND = "1"
    AFTER_JUMP = "after"
    LEAVE_OUT = "out"


@dataclass(frozen=True)
class Occurrence:
    """One date of a series. `starts_at` is in UTC: None while the date is asked about, or if it is left out.

    `ambiguous` and `nonexistent` say why the date is asked about; both are None for a plain date.
    """

    day: date
    starts_at: datetime | None
    ambiguous: AmbiguousTime | None = None
    nonexistent: NonexistentTime | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The possible answers; none for a plain date."""
        if self.ambiguous:
            return Choice.FIRST, Choice.SECOND, Choice.LEAVE_OUT
        return (Choice.AFTER_JUMP, Choice.LEAVE_OUT) if self.nonexistent else ()


def resolve_occurrence(day: date, hour: time, zone: str, choice: Choice | None = None) -> Occurrence:
    """Resolve one date of a series.

    Args:
        day: the local date.
        hour: the local time.
        zone: an IANA name.
        choice: the answer, if the date was asked about; another date ignores it.

    Raises:
        OutOfRange: UTC has no such year.
    """
    fold = int(choice) if choice in {Choice.FIRST, Choice.SECOND} else None
    try:
        return Occurrence(day, resolve_local_time(day, hour, zone))
    except AmbiguousTime as ambiguous:
        starts_at = resolve_local_time(day, hour, zone, fold) if fold is not None else None
        return Occurrence(day, starts_at, ambiguous=ambiguous)
    except NonexistentTime as nonexistent:
        after = apply_offset_before_jump(day, hour, zone) if choice == Choice.AFTER_JUMP else None
        return Occurrence(day, after, nonexistent=nonexistent)


def apply_offset_before_jump(day: date, hour: time, zone: str) -> datetime:
    """The UTC time of a local time that the clock skips, by the offset before the jump.

    That is how RFC 5545 (3.3.5) reads it: 02:30 becomes 03:30 where the clock jumps from 02:00 to 03:00.
    """
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).replace(fold=0).astimezone(UTC)
