"""Instants, zones and words: every zone there is, and the hours that clocks skip or repeat."""

import time as stopwatch
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.utils import timezones
from app.utils.localized_time import localize
from app.utils.timezones import (
    AmbiguousTime,
    InvalidLocalTime,
    NonexistentTime,
    OutOfRange,
    resolve_local_time,
    to_local_time,
)

ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAFE = {"min_value": datetime(2, 1, 1), "max_value": datetime(9998, 12, 31)}  # noqa: DTZ001 - hypothesis asks for it
NEAR = {"min_value": datetime(1880, 1, 1), "max_value": datetime(2045, 12, 31)}  # noqa: DTZ001 - the same
any_zone = st.sampled_from(ZONES)
instants = st.datetimes(**NEAR, timezones=st.just(UTC)) | st.datetimes(**SAFE, timezones=st.just(UTC))


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, datetime]:
    """A zone and an instant within two days of one of its changes, where everything goes wrong that can."""
    zone = draw(any_zone)
    low, high = datetime(draw(st.integers(1900, 2036)), 1, 1, tzinfo=UTC), None
    for week in range(54):
        high = low + timedelta(weeks=week)
        if high.astimezone(ZoneInfo(zone)).utcoffset() != low.astimezone(ZoneInfo(zone)).utcoffset():
            break
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        same = middle.astimezone(ZoneInfo(zone)).utcoffset() == low.astimezone(ZoneInfo(zone)).utcoffset()
        low, high = (middle, high) if same else (low, middle)
    return zone, high.replace(microsecond=0) + timedelta(seconds=draw(st.integers(-172_800, 172_800)))


cases = st.tuples(any_zone, instants) | near_a_change()


@given(cases)
def test_an_instant_on_the_clock_is_that_instant_again(case: tuple[str, datetime]) -> None:
    zone, instant = case
    there = to_local_time(instant, zone)
    found = resolve_local_time(there.date(), there.time(), zone, there.fold)
    assert found == instant
    assert found.tzinfo is UTC


@given(cases)
def test_gaps_and_repeated_times_are_those_of_the_zone(case: tuple[str, datetime]) -> None:
    zone, about = case
    naive = about.replace(tzinfo=None)  # any time on the clock, existing or not
    key = ZoneInfo(zone)
    both = [naive.replace(tzinfo=key, fold=fold).astimezone(UTC) for fold in (0, 1)]
    real = sorted({one for one in both if one.astimezone(key).replace(tzinfo=None) == naive})
    if not real:
        with pytest.raises(NonexistentTime) as gap:
            resolve_local_time(naive.date(), naive.time(), zone, 0)
        assert gap.value.jump_from <= naive < gap.value.jump_to
        jump = gap.value.jump_from.replace(tzinfo=key, fold=0).astimezone(UTC)
        assert jump.astimezone(key).replace(tzinfo=None) == gap.value.jump_to
        before = (jump - timedelta(seconds=1)).astimezone(key).replace(tzinfo=None)
        assert before == gap.value.jump_from - timedelta(seconds=1)
    elif len(real) == 1:
        assert resolve_local_time(naive.date(), naive.time(), zone) == real[0]
    else:
        with pytest.raises(AmbiguousTime) as twice:
            resolve_local_time(naive.date(), naive.time(), zone)
        assert [naive - offset for offset in (twice.value.first_offset, twice.value.second_offset)] == [
            one.replace(tzinfo=None) for one in real
        ]
        assert [resolve_local_time(naive.date(), naive.time(), zone, fold) for fold in (0, 1)] == real


@given(st.dates(), st.times(), any_zone, st.none() | st.integers(0, 1))
def test_any_date_and_time_has_an_answer(day: date, hour: time, zone: str, fold: int | None) -> None:
    try:
        assert resolve_local_time(day, hour, zone, fold).tzinfo is UTC
    except InvalidLocalTime as answer:
        assert type(answer) in {NonexistentTime, AmbiguousTime, OutOfRange}  # noqa: PT017 - which one it is does not matter


@pytest.mark.parametrize(
    ("zone", "typed", "before", "after"),
    [
        ("America/New_York", "2026-03-08 02:30", "02:00", "03:00"),
        ("America/Santiago", "2026-09-06 00:30", "00:00", "01:00"),
        ("Europe/Madrid", "2026-03-29 02:00", "02:00", "03:00"),
        ("Europe/Madrid", "2026-03-29 02:59", "02:00", "03:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "02:00", "02:30"),
        ("Africa/Casablanca", "2026-03-22 02:30", "02:00", "03:00"),
        ("Pacific/Apia", "2011-12-30 17:00", "2011-12-30 00:00", "2011-12-31 00:00"),
    ],
)
def test_a_time_that_does_not_exist(zone: str, typed: str, before: str, after: str) -> None:
    asked = datetime.fromisoformat(typed)
    with pytest.raises(NonexistentTime) as gap:
        resolve_local_time(asked.date(), asked.time(), zone)
    assert (gap.value.before, gap.value.after) == (before, after)


@pytest.mark.parametrize(
    ("zone", "typed", "first", "second", "instant"),
    [
        ("America/New_York", "2026-11-01 01:30", "UTC−4", "UTC−5", "2026-11-01 05:30"),
        ("America/Santiago", "2026-04-04 23:30", "UTC−3", "UTC−4", "2026-04-05 02:30"),
        ("Europe/Madrid", "2026-10-25 02:00", "UTC+2", "UTC+1", "2026-10-25 00:00"),
        ("Europe/London", "2026-10-25 01:30", "UTC+1", "UTC", "2026-10-25 00:30"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "UTC+11", "UTC+10:30", "2026-04-04 14:45"),
        ("Africa/Casablanca", "2026-02-15 02:30", "UTC+1", "UTC", "2026-02-15 01:30"),
    ],
)
def test_a_time_that_comes_twice(zone: str, typed: str, first: str, second: str, instant: str) -> None:
    asked = datetime.fromisoformat(typed)
    with pytest.raises(AmbiguousTime) as twice:
        resolve_local_time(asked.date(), asked.time(), zone)
    assert (twice.value.first, twice.value.second) == (first, second)
    assert resolve_local_time(asked.date(), asked.time(), zone, 0) == datetime.fromisoformat(instant + "Z")
    assert resolve_local_time(asked.date(), asked.time(), zone, 1) > datetime.fromisoformat(instant + "Z")


@pytest.mark.parametrize(("day", "zone"), [(date.min, "Asia/Tokyo"), (date.max, "America/Panama")])
def test_outside_the_years_of_utc(day: date, zone: str) -> None:
    with pytest.raises(OutOfRange):
        resolve_local_time(day, time(0) if day == date.min else time(23, 59), zone)


@pytest.mark.parametrize("name", [*ZONES[::25], "UTC", "America/Panama", "US/Eastern"])
def test_zones_of_iana(name: str) -> None:
    assert timezones.is_valid_zone(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "utc",
        "America/panama",
        "America",
        "../etc/passwd",
        "/etc/localtime",
        "localtime",
        "America/Panama\x00",
        "\ud800",
        " UTC",
    ],
)
def test_no_zones(name: str) -> None:
    assert not timezones.is_valid_zone(name)


@given(st.text(st.characters(categories=None)))
def test_any_text_is_a_zone_or_not(name: str) -> None:
    assert timezones.is_valid_zone(name) == (name in ZONES)
    assert localize(NOW, name, "es").words  # a zone that this machine does not know shows as UTC


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_zone_is_offered_once_with_its_city(language: str) -> None:
    (usual_key, usual), (all_key, others) = timezones.group_zones(language, "Europe/Madrid")
    names = [name for name, _label in usual + others]
    assert (usual_key, all_key) == ("usual", "all")
    assert names[:2] == ["Europe/Madrid", "America/Panama"]
    assert len(names) == len(set(names)) > 400
    assert all(map(timezones.is_valid_zone, names))
    assert {"America/Argentina/Buenos_Aires", "Asia/Kolkata", "UTC"} <= set(names)
    assert not {"America/Buenos_Aires", "Asia/Calcutta", "US/Eastern", "EST"} & set(names)
    assert len({label for _name, label in usual + others}) == len(names)
    assert timezones.group_zones(language, "Europe/Madrid") is timezones.group_zones(
        language, "Europe/Madrid"
    )


def test_cities_are_in_the_language() -> None:
    labels = {language: dict(timezones.group_zones(language)[0][1]) for language in ("es", "en")}
    assert labels["es"]["America/Panama"] == "Panamá (America/Panama)"
    assert labels["en"]["America/Panama"] == "Panama (America/Panama)"
    assert labels["es"]["America/New_York"] == "Nueva York (America/New_York)"
    assert labels["es"]["UTC"] == "UTC"
    assert [timezones.timezone_city(zone, "es") for zone in ("Asia/Calcutta", "Asia/Kolkata", "EST")] == [
        "Calcuta",
        "Calcuta",
        "EST",
    ]


def test_choices_hold_the_chosen_zone() -> None:
    values = [choice.value for choice in timezones.build_zone_choices("es", "America/Lima", "US/Eastern")]
    assert values[0] == "America/Lima"
    assert values.count("US/Eastern") == 1
    for chosen in ("", "America/Lima", "Asia/Tokyo", "nonsense"):
        assert len(timezones.build_zone_choices("es", "America/Lima", chosen)) == len(values) - 1
    assert {choice.optgroup for choice in timezones.build_zone_choices("en", "UTC")} == {
        "Usual time zones",
        "All time zones",
    }


@pytest.mark.parametrize(
    ("instant", "zone", "language", "words", "short"),
    [
        *[
            ("2026-11-24T15:00:00", "America/Panama", *rest)
            for rest in [
                ("es", "martes 24 de noviembre de 2026, 10:00 (hora de Panamá)", "mar 24 nov, 10:00"),
                ("en", "Tuesday 24 November 2026, 10:00 (Panama time)", "Tue 24 Nov, 10:00"),
            ]
        ],
        (
            "2027-01-03T02:30:59",
            "Asia/Kolkata",
            "en",
            "Sunday 3 January 2027, 08:00 (Kolkata time)",
            "Sun 3 Jan 2027, 08:00",
        ),
        ("2026-07-01T08:05:00", "UTC", "es", "miércoles 1 de julio de 2026, 08:05 (UTC)", "mié 1 jul, 08:05"),
        (
            "2026-01-01T00:00:00",
            "Europe/London",
            "en",
            "Thursday 1 January 2026, 00:00 (London time, UTC)",
            "Thu 1 Jan, 00:00",
        ),
        (
            "1850-01-01T12:00:00",
            "America/Panama",
            "en",
            "Tuesday 1 January 1850, 06:41 (Panama time)",
            "Tue 1 Jan 1850, 06:41",
        ),
    ],
)
def test_words(instant: str, zone: str, language: str, words: str, short: str) -> None:
    found = localize(datetime.fromisoformat(instant + "Z"), zone, language, NOW)
    assert found.words == words
    assert found.short == short
    assert found.iso == instant + "Z"
    assert found.words.startswith(f"{found.date}, {found.time} (")


def test_the_year_is_that_of_the_zone() -> None:
    new_year = datetime(2027, 1, 1, 2, tzinfo=UTC)
    assert localize(new_year, "America/Panama", "es", new_year).short == "jue 31 dic, 21:00"
    assert localize(new_year, "Europe/Madrid", "es", NOW).short == "vie 1 ene 2027, 03:00"


@given(st.datetimes(timezones=st.just(UTC)), any_zone, st.sampled_from(["es", "en"]))
def test_every_instant_has_words(instant: datetime, zone: str, language: str) -> None:
    found = localize(instant, zone, language, NOW)
    assert found.words
    assert found.short
    assert datetime.fromisoformat(found.iso) == instant.replace(microsecond=0)
    assert localize(instant.replace(tzinfo=None), zone, language, NOW) == found


def test_past_and_too_late() -> None:
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert [timezones.is_past(start, NOW + timedelta(seconds=late)) for late in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]
    limit = NOW - timedelta(minutes=5)
    assert [timezones.is_in_past(limit + timedelta(seconds=early), NOW) for early in (-1, 0, 1)] == [
        True,
        False,
        False,
    ]


def test_a_page_of_words_costs_nothing_that_anybody_feels() -> None:
    starts = [NOW + timedelta(hours=7 * row) for row in range(25)]
    fastest = 1.0
    for _turn in range(50):
        begun = stopwatch.perf_counter()
        for start in starts:
            row = localize(start, "America/Panama", "es", NOW)
            assert row.short
            assert row.words
        fastest = min(fastest, stopwatch.perf_counter() - begun)
    assert fastest < 0.003, "0.2 ms where this was written; Babel's own formatting takes ten times as long"
