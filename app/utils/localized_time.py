"""Datetimes localized to a time zone and a language, as text."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale

from app.utils.timezones import format_utc_offset, get_utc_offset, timezone_city, to_local_time


class _CalendarNames(NamedTuple):
    days: dict[int, str]
    months: dict[int, str]


@lru_cache(maxsize=8)
def _calendar_names(language: str, width: str) -> _CalendarNames:
    # Babel's date formatting is too slow for list rows; cache its name tables.
    locale = Locale.parse(language)
    return _CalendarNames(
        dict(locale.days["format"][width].items()), dict(locale.months["format"][width].items())
    )


def get_day_names(language: str) -> dict[int, str]:
    """The names of the days of the week: 0 is Monday."""
    return _calendar_names(language, "wide").days


@dataclass(frozen=True)
class LocalizedDateTime:
    """A datetime localized to a time zone and language."""

    instant: datetime
    """In UTC."""
    clock: datetime
    """The local time in the zone."""
    zone: str
    language: str
    this_year: int

    @property
    def date(self) -> str:
        """`martes 24 de noviembre de 2026`, `Tuesday 24 November 2026`."""
        local_time, names = self.clock, _calendar_names(self.language, "wide")
        separator = " de " if self.language == "es" else " "
        return f"{names.days[local_time.weekday()]} {local_time.day}{separator}{names.months[local_time.month]}{separator}{local_time.year}"

    @property
    def time(self) -> str:
        """`10:42`."""
        return f"{self.clock.hour:02d}:{self.clock.minute:02d}"

    @property
    def is_today(self) -> bool:
        """Whether the local date is today, so that the time alone is clear."""
        return self.clock.date() == datetime.now(self.clock.tzinfo).date()

    @property
    def place(self) -> str:
        """`hora de Panamá`; `hora de Nueva York, UTC−4` where the clock changes; or `UTC`."""
        city, offset = timezone_city(self.zone, self.language), get_utc_offset(self.clock)
        if city == "UTC":
            return city
        place = f"hora de {city}" if self.language == "es" else f"{city} time"
        is_constant = all(
            get_utc_offset(self.clock.replace(month=month, day=1)) == offset for month in (1, 7)
        )
        return place if is_constant else f"{place}, {format_utc_offset(offset)}"

    @property
    def words(self) -> str:
        """`martes 24 de noviembre de 2026, 10:00 (hora de Panamá)`."""
        return f"{self.date}, {self.time} ({self.place})"

    @property
    def short(self) -> str:
        """`mar 24 nov, 10:00`, with its year when that is not this one."""
        return f"{self.day}, {self.time}"

    @property
    def day(self) -> str:
        """`mar 24 nov`, with its year when that is not this one."""
        local_time, names = self.clock, _calendar_names(self.language, "abbreviated")
        year = "" if local_time.year == self.this_year else f" {local_time.year}"
        day = f"{names.days[local_time.weekday()]} {local_time.day} {names.months[local_time.month]}"
        return f"{day}{year}"

    @property
    def iso(self) -> str:
        """For machines, in UTC: `2026-11-24T15:00:00Z`."""
        return f"{self.instant.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def localize(instant: datetime, zone: str, language: str, now: datetime | None = None) -> LocalizedDateTime:
    """Localize an instant; a naive one is UTC. `now` determines the current year."""
    local_time = to_local_time(instant, zone)
    zone_key = local_time.tzinfo.key if isinstance(local_time.tzinfo, ZoneInfo) else "UTC"
    this_year = to_local_time(now or datetime.now(UTC), zone_key).year
    return LocalizedDateTime(local_time.astimezone(UTC), local_time, zone_key, language, this_year)
