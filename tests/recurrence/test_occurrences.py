"""Local dates to UTC: the same time on the clock across the changes of Santiago, Asunción, Madrid, and any zone."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.recurrence import Choice, Frequency, Occurrence, Rule, expand, resolve_occurrence

ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})


def weekly(zone: str, start: str, hour: time, count: int = 12) -> list[Occurrence]:
    first = date.fromisoformat(start)
    rule = Rule(Frequency.WEEKLY, first, weekdays=frozenset({first.weekday()}), count=count)
    return [resolve_occurrence(day, hour, zone) for day in expand(rule)]


@pytest.mark.parametrize("zone", ["America/Santiago", "America/Asuncion", "Europe/Madrid"])
@pytest.mark.parametrize("start", ["2023-08-02", "2024-02-27", "2026-08-05", "2027-02-25"])
def test_a_weekly_series_keeps_its_local_time(zone: str, start: str) -> None:
    found = weekly(zone, start, time(10), 40)
    assert len(found) == 40
    for one in found:
        assert one.starts_at is not None
        local = one.starts_at.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (one.day, time(10))


@pytest.mark.parametrize(
    ("zone", "start", "offsets"),
    [
        ("America/Santiago", "2026-08-05", {-4, -3}),
        ("Europe/Madrid", "2026-10-01", {2, 1}),
        ("America/Asuncion", "2023-09-06", {-4, -3}),
        # What tzdata says since Law 7354: UTC-3 all the year.
        ("America/Asuncion", "2025-09-03", {-3}),
    ],
)
def test_the_utc_time_moves_with_the_clock(zone: str, start: str, offsets: set[int]) -> None:
    hours = {one.starts_at.hour for one in weekly(zone, start, time(10)) if one.starts_at}
    assert hours == {10 - offset for offset in offsets}


@pytest.mark.parametrize(
    ("zone", "day", "hour", "choice", "instant"),
    [
        ("America/Santiago", "2026-09-06", "00:30", Choice.AFTER_JUMP, "2026-09-06 04:30"),
        ("Europe/Madrid", "2026-03-29", "02:30", Choice.AFTER_JUMP, "2026-03-29 01:30"),
        ("Europe/Madrid", "2026-10-25", "02:30", Choice.FIRST, "2026-10-25 00:30"),
        ("Europe/Madrid", "2026-10-25", "02:30", Choice.SECOND, "2026-10-25 01:30"),
        ("America/Santiago", "2026-04-04", "23:30", Choice.SECOND, "2026-04-05 03:30"),
        ("America/Asuncion", "2024-03-23", "23:30", Choice.FIRST, "2024-03-24 02:30"),
    ],
)
def test_a_date_in_doubt_is_asked_about_and_then_has_a_time(
    zone: str, day: str, hour: str, choice: Choice, instant: str
) -> None:
    asked = resolve_occurrence(date.fromisoformat(day), time.fromisoformat(hour), zone)
    assert (asked.starts_at, asked.choose(None), asked.choose(Choice.LEAVE_OUT)) == (None, None, None)
    assert asked.choose(choice) == datetime.fromisoformat(f"{instant}Z")
    assert asked.choose(choice) in asked.instants


@given(st.sampled_from(ZONES), st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.times())
def test_any_date_has_the_time_asked_for_or_a_question(zone: str, day: date, hour: time) -> None:
    found = resolve_occurrence(day, hour, zone)
    asked_for = datetime.combine(day, hour)
    assert all(instant.tzinfo is UTC for instant in found.instants)
    local = [instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for instant in found.instants]
    if found.nonexistent:
        assert timedelta(0) < local[0] - asked_for <= timedelta(days=1)
    else:
        assert set(local) == {asked_for}
    assert (found.starts_at is None) == bool(found.options)
    assert found.choose(Choice.LEAVE_OUT) == found.starts_at
