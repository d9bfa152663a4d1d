"""Time zones, the instants that a date and a time name in them, and instants in words.

What a date and a time do not name plainly is raised:

    Unresolved
    ├── Gap         the clock jumps over that time
    ├── Ambiguous   that time comes twice, and nobody said which
    └── OutOfRange  the instant lies outside the years 1 to 9999
"""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from flask_babel import gettext as _
from wtforms import SelectChoice  # type: ignore[attr-defined]

from app.text import fold as folded

PAST_AFTER = timedelta(hours=3)
"""Zelta knows no end of a meeting: so long after its start it counts as past."""
TOO_LATE_AFTER = timedelta(minutes=5)

AMERICA = (
    *("Panama", "Bogota", "Lima", "Guayaquil", "Caracas", "La_Paz", "Santiago", "Asuncion", "Montevideo"),
    *("Argentina/Buenos_Aires", "Sao_Paulo", "Mexico_City", "Guatemala", "El_Salvador", "Tegucigalpa"),
    *("Managua", "Costa_Rica", "Havana", "Santo_Domingo", "Puerto_Rico", "New_York", "Los_Angeles"),
)
USUAL_ZONES = (*(f"America/{city}" for city in AMERICA), "Europe/Madrid", "UTC")


class Unresolved(Exception):
    """A date, a time and a zone that name no single instant."""


class Gap(Unresolved):
    """The clock jumps over that time: from `before` to `after`, both in words for people ("02:00")."""

    def __init__(self, jump_from: datetime, jump_to: datetime) -> None:
        super().__init__(jump_from, jump_to)
        self.jump_from, self.jump_to = jump_from, jump_to
        # A whole day can be missing (Apia, 30 December 2011): then the times alone would say nothing.
        form = "%H:%M" if jump_from.date() == jump_to.date() else "%Y-%m-%d %H:%M"
        self.before, self.after = jump_from.strftime(form), jump_to.strftime(form)


class Ambiguous(Unresolved):
    """That time comes twice: `first` and `second` are the offsets in words ("UTC−4", "UTC−5")."""

    def __init__(self, first: timedelta, second: timedelta) -> None:
        super().__init__(first, second)
        self.first_offset, self.second_offset = first, second
        self.first, self.second = offset_words(first), offset_words(second)


class OutOfRange(Unresolved):
    """The instant lies outside the years that UTC can be written in."""


# --- Zones and their names.


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime"})  # that one is the machine's, not IANA's


@lru_cache(maxsize=1)
def _canonical() -> tuple[str, ...]:
    """IANA's own list of the zones that people live in, without the names that it has given up."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    names = (line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(name for name in names if name in _known())


def is_zone(name: str) -> bool:
    """Whether `name` is one of IANA's, exactly as written."""
    return name in _known()


@lru_cache(maxsize=2048)
def _zone(name: str) -> ZoneInfo:
    # A stored zone that this machine's tables do not have must not take a page down.
    return ZoneInfo(name if is_zone(name) else "UTC")


@lru_cache(maxsize=1)
def _former_names() -> dict[str, list[str]]:
    former: dict[str, list[str]] = {}
    for old, new in get_global("zone_aliases").items():
        former.setdefault(new, []).append(old)
    return former


@lru_cache(maxsize=2048)
def place(zone: str, language: str) -> str:
    """The zone's city in the reader's language: "Panamá"."""
    name = _zone(zone).key
    if "/" not in name:
        return name
    # CLDR keeps cities under names that IANA has given up (Asia/Calcutta), or under none if the name speaks for itself.
    current = get_global("zone_aliases").get(name, name)
    cities = Locale.parse(language).time_zones
    for candidate in (name, current, *_former_names().get(current, [])):
        city = cities.get(candidate, {}).get("city")
        if city:
            return str(city)
    return name.rpartition("/")[2].replace("_", " ")


def _labelled(zone: str, language: str) -> tuple[str, str]:
    city = place(zone, language)
    return zone, zone if city == zone else f"{city} ({zone})"


@lru_cache(maxsize=64)
def zones(language: str, first: str = USUAL_ZONES[0]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """All zones to choose from, each once: groups ("usual", "all") of (IANA name, label), `first` before all others."""
    usual = dict.fromkeys((first, *USUAL_ZONES) if is_zone(first) else USUAL_ZONES)
    others = [_labelled(zone, language) for zone in _canonical() if zone not in usual]
    others.sort(key=lambda option: folded(option[1]))
    return ("usual", tuple(_labelled(zone, language) for zone in usual)), ("all", tuple(others))


def zone_choices(language: str, first: str, chosen: str = "") -> list[SelectChoice]:
    """The options of a form's field; `chosen` is among them even if it is a name that IANA has given up."""
    (_usual, usual), (_all, others) = zones(language, first)
    if is_zone(chosen) and chosen not in dict(usual + others):
        usual = (*usual, _labelled(chosen, language))
    groups = ((_("Usual time zones"), usual), (_("All time zones"), others))
    return [SelectChoice(zone, label, optgroup=group) for group, options in groups for zone, label in options]


# --- From what people type to an instant, and back.


def resolve(day: date, hour: time, zone: str, fold: int | None = None) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `day` and `hour`.

    Args:
        day: The date on the calendar there.
        hour: The time on the clock there; its own zone and fold do not count.
        zone: An IANA name.
        fold: Of a time that comes twice, 0 for the first and 1 for the second.

    Raises:
        Gap: Clocks there jump over that time.
        Ambiguous: It comes twice, and `fold` is None.
        OutOfRange: UTC has no such year.
    """
    naive = datetime.combine(day, hour.replace(tzinfo=None, fold=0))
    first, second = (_offset(naive.replace(tzinfo=_zone(zone), fold=turn)) for turn in (0, 1))
    try:
        if second > first:
            raise _gap(naive, first, second, zone)
        if first > second and fold is None:
            raise Ambiguous(first, second)
        return (naive - (second if fold else first)).replace(tzinfo=UTC)
    except OverflowError:
        raise OutOfRange from None


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _gap(naive: datetime, before: timedelta, after: timedelta, zone: str) -> Gap:
    # The jump lies between the two instants that the skipped time would be by the clock before and after it.
    low, high = naive - after, naive - before
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if _offset(middle.replace(tzinfo=UTC).astimezone(_zone(zone))) == before:
            low = middle
        else:
            high = middle
    jump = high.replace(microsecond=0)
    return Gap(jump + before, jump + after)


def local(instant: datetime, zone: str) -> datetime:
    """The same instant on the clocks of `zone`; on UTC's where that would leave the calendar's years."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    try:
        return aware.astimezone(_zone(zone))
    except OverflowError:
        return aware.astimezone(_zone("UTC"))


def too_late(instant: datetime, now: datetime) -> bool:
    """Whether a meeting may no longer be set to this instant: more than 5 minutes before `now`."""
    return now - instant > TOO_LATE_AFTER


def is_past(starts_at: datetime, now: datetime) -> bool:
    """Whether a meeting that began at `starts_at` counts as over."""
    return now - starts_at >= PAST_AFTER


# --- In words.


def offset_words(offset: timedelta) -> str:
    """`UTC−5`, `UTC+5:30`, `UTC`; with seconds for the mean solar times of the past."""
    seconds = round(offset.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    if seconds == 0:
        return "UTC"
    rest = f":{minute:02d}:{second:02d}" if second else f":{minute:02d}" if minute else ""
    return f"UTC{'−' if seconds < 0 else '+'}{hours}{rest}"


class _Names(NamedTuple):
    days: dict[int, str]
    months: dict[int, str]


@lru_cache(maxsize=8)
def _names(language: str, width: str) -> _Names:
    # Babel takes longer to format one date than a whole row of the list should; its tables, read once, cost nothing.
    locale = Locale.parse(language)
    return _Names(dict(locale.days["format"][width].items()), dict(locale.months["format"][width].items()))


@dataclass(frozen=True)
class Moment:
    """An instant as people in one zone, who read one language, say it."""

    instant: datetime
    """In UTC."""
    clock: datetime
    """The same instant on the zone's clocks."""
    zone: str
    language: str
    this_year: int

    @property
    def date(self) -> str:
        """`martes 24 de noviembre de 2026`, `Tuesday 24 November 2026`."""
        clock, names = self.clock, _names(self.language, "wide")
        of = " de " if self.language == "es" else " "
        return f"{names.days[clock.weekday()]} {clock.day}{of}{names.months[clock.month]}{of}{clock.year}"

    @property
    def time(self) -> str:
        """`10:42`."""
        return f"{self.clock.hour:02d}:{self.clock.minute:02d}"

    @property
    def is_today(self) -> bool:
        """Whether the zone's clocks show that day now, so that the hour alone names the instant."""
        return self.clock.date() == datetime.now(self.clock.tzinfo).date()

    @property
    def place(self) -> str:
        """`Panamá (UTC−5)`, or `UTC` alone."""
        offset = offset_words(_offset(self.clock))
        city = place(self.zone, self.language)
        return city if city == offset else f"{city} ({offset})"

    @property
    def words(self) -> str:
        """`martes 24 de noviembre de 2026, 10:00, Panamá (UTC−5)`."""
        return f"{self.date}, {self.time}, {self.place}"

    @property
    def short(self) -> str:
        """`mar 24 nov, 10:00`, with its year when that is not this one."""
        clock, names = self.clock, _names(self.language, "abbreviated")
        year = "" if clock.year == self.this_year else f" {clock.year}"
        day = f"{names.days[clock.weekday()]} {clock.day} {names.months[clock.month]}"
        return f"{day}{year}, {self.time}"

    @property
    def iso(self) -> str:
        """For machines, in UTC: `2026-11-24T15:00:00Z`."""
        return f"{self.instant.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def moment(instant: datetime, zone: str, language: str, now: datetime | None = None) -> Moment:
    """Prepares an instant for the page; without a zone of its own it is taken as UTC, and `now` says which year it is."""
    clock = local(instant, zone)
    shown = clock.tzinfo.key if isinstance(clock.tzinfo, ZoneInfo) else "UTC"
    this_year = local(now or datetime.now(UTC), shown).year
    return Moment(clock.astimezone(UTC), clock, shown, language, this_year)
