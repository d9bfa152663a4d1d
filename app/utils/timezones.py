"""Time zones: their names, and local times to UTC.

Local times without a single UTC time raise:

    InvalidLocalTime
    ├── NonexistentTime  the clock skips that time
    ├── AmbiguousTime    the clock shows that time twice, and no fold was given
    └── OutOfRange       the instant lies outside the years 1 to 9999
"""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from flask_babel import gettext as _
from wtforms import SelectChoice  # type: ignore[attr-defined]

from app.utils.text import fold_for_search as folded

ASSUMED_MEETING_DURATION = timedelta(hours=3)
"""The API has no end time: a meeting counts as past this long after its start."""
PAST_TOLERANCE = timedelta(minutes=5)

AMERICAN_CITIES = (
    *("Panama", "Bogota", "Lima", "Guayaquil", "Caracas", "La_Paz", "Santiago", "Asuncion", "Montevideo"),
    *("Argentina/Buenos_Aires", "Sao_Paulo", "Mexico_City", "Guatemala", "El_Salvador", "Tegucigalpa"),
    *("Managua", "Costa_Rica", "Havana", "Santo_Domingo", "Puerto_Rico", "New_York", "Los_Angeles"),
)
COMMON_ZONES = (*(f"America/{city}" for city in AMERICAN_CITIES), "Europe/Madrid", "UTC")


class InvalidLocalTime(Exception):
    """A local time that has no single UTC time."""


class NonexistentTime(InvalidLocalTime):
    """The clock jumps over that time: from `before` to `after`, both in words for people ("02:00")."""

    def __init__(self, jump_from: datetime, jump_to: datetime) -> None:
        super().__init__(jump_from, jump_to)
        self.jump_from, self.jump_to = jump_from, jump_to
        # A whole day can be skipped (Apia, 30 December 2011): then the message needs the dates.
        form = "%H:%M" if jump_from.date() == jump_to.date() else "%Y-%m-%d %H:%M"
        self.before, self.after = jump_from.strftime(form), jump_to.strftime(form)


class AmbiguousTime(InvalidLocalTime):
    """That time comes twice: `first` and `second` are the offsets in words ("UTC−4", "UTC−5")."""

    def __init__(self, first: timedelta, second: timedelta) -> None:
        super().__init__(first, second)
        self.first_offset, self.second_offset = first, second
        self.first, self.second = format_utc_offset(first), format_utc_offset(second)


class OutOfRange(InvalidLocalTime):
    """The instant lies outside the years that UTC can be written in."""


# --- Zones and their names.


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones() - {"localtime"})  # not an IANA name


@lru_cache(maxsize=1)
def _canonical_zones() -> tuple[str, ...]:
    """The canonical zones of IANA's zone.tab, without deprecated names."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    names = (line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(name for name in names if name in _known_zones())


def is_valid_zone(name: str) -> bool:
    """Whether `name` is one of IANA's, exactly as written."""
    return name in _known_zones()


@lru_cache(maxsize=2048)
def _get_zone(name: str) -> ZoneInfo:
    # A stored zone that this machine's tzdata lacks must not break the page.
    return ZoneInfo(name if is_valid_zone(name) else "UTC")


@lru_cache(maxsize=1)
def _zone_aliases() -> dict[str, list[str]]:
    aliases: dict[str, list[str]] = {}
    for old, new in get_global("zone_aliases").items():
        aliases.setdefault(new, []).append(old)
    return aliases


@lru_cache(maxsize=2048)
def timezone_city(zone: str, language: str) -> str:
    """The zone's city in the reader's language: "Panamá"."""
    name = _get_zone(zone).key
    if "/" not in name:
        return name
    # CLDR lists some cities under deprecated names (Asia/Calcutta), and omits obvious ones.
    current = get_global("zone_aliases").get(name, name)
    cities = Locale.parse(language).time_zones
    for candidate in (name, current, *_zone_aliases().get(current, [])):
        city = cities.get(candidate, {}).get("city")
        if city:
            return str(city)
    return name.rpartition("/")[2].replace("_", " ")


def _label_zone(zone: str, language: str) -> tuple[str, str]:
    city = timezone_city(zone, language)
    return zone, zone if city == zone else f"{city} ({zone})"


@lru_cache(maxsize=64)
def group_zones(
    language: str, first: str = COMMON_ZONES[0]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """All selectable zones, each once: groups ("usual", "all") of (IANA name, label), `first` on top."""
    usual = dict.fromkeys((first, *COMMON_ZONES) if is_valid_zone(first) else COMMON_ZONES)
    others = [_label_zone(zone, language) for zone in _canonical_zones() if zone not in usual]
    others.sort(key=lambda option: folded(option[1]))
    return ("usual", tuple(_label_zone(zone, language) for zone in usual)), ("all", tuple(others))


def build_zone_choices(language: str, first: str, chosen: str = "") -> list[SelectChoice]:
    """The choices of a form field; they include `chosen` even if that name is deprecated."""
    (_usual, usual), (_all, others) = group_zones(language, first)
    if is_valid_zone(chosen) and chosen not in dict(usual + others):
        usual = (*usual, _label_zone(chosen, language))
    groups = ((_("Usual time zones"), usual), (_("All time zones"), others))
    return [SelectChoice(zone, label, optgroup=group) for group, options in groups for zone, label in options]


# --- From what people type to an instant, and back.


def resolve_local_time(day: date, hour: time, zone: str, fold: int | None = None) -> datetime:
    """The UTC time of a local date and time in `zone`.

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
    first, second = (
        get_utc_offset(naive.replace(tzinfo=_get_zone(zone), fold=fold_value)) for fold_value in (0, 1)
    )
    try:
        if second > first:
            raise _nonexistent_time(naive, first, second, zone)
        if first > second and fold is None:
            raise AmbiguousTime(first, second)
        return (naive - (second if fold else first)).replace(tzinfo=UTC)
    except OverflowError:
        raise OutOfRange from None


def get_utc_offset(moment: datetime) -> timedelta:
    """The offset of an aware datetime from UTC."""
    return moment.utcoffset() or timedelta(0)


def _nonexistent_time(naive: datetime, before: timedelta, after: timedelta, zone: str) -> NonexistentTime:
    # Binary search for the transition, between the two UTC times that the offsets before and after give.
    low, high = naive - after, naive - before
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if get_utc_offset(middle.replace(tzinfo=UTC).astimezone(_get_zone(zone))) == before:
            low = middle
        else:
            high = middle
    jump_at = high.replace(microsecond=0)
    return NonexistentTime(jump_at + before, jump_at + after)


def to_local_time(instant: datetime, zone: str) -> datetime:
    """Convert a time to `zone`; to UTC if the result would be out of range."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    try:
        return aware.astimezone(_get_zone(zone))
    except OverflowError:
        return aware.astimezone(_get_zone("UTC"))


def is_in_past(instant: datetime, now: datetime) -> bool:
    """Whether a meeting may no longer be set to this instant: more than 5 minutes before `now`."""
    return now - instant > PAST_TOLERANCE


def is_past(starts_at: datetime, now: datetime) -> bool:
    """Whether a meeting that began at `starts_at` counts as over."""
    return now - starts_at >= ASSUMED_MEETING_DURATION


# --- In words.


def format_utc_offset(offset: timedelta) -> str:
    """`UTC−5`, `UTC+5:30`, `UTC`; with seconds for the mean solar times of the past."""
    seconds = round(offset.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    if seconds == 0:
        return "UTC"
    rest = f":{minute:02d}:{second:02d}" if second else f":{minute:02d}" if minute else ""
    return f"UTC{'−' if seconds < 0 else '+'}{hours}{rest}"
