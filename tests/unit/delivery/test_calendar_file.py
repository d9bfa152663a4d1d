"""Calendar files, read by two independent libraries."""

import dataclasses
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.delivery.calendar_file import CalendarEvent, build_calendar, event_uid

LINK = "https://meet.zelta.example/m/98f5?p=c936&x=a,b;c"
EVENT = CalendarEvent(
    uid=event_uid("98f5-abc", "meet.zelta.example"),
    sequence=0,
    title="Capacitación: turnos, guardias; y más \\ fin",
    starts_at=datetime(2027, 3, 20, 15, 0, tzinfo=UTC),
    duration_minutes=90,
    created_at=datetime(2027, 1, 5, 12, 30, 15, 999, tzinfo=UTC),
    description=f"Su enlace:\n{LINK}",
    link=LINK,
)
ZONES = [
    "America/Panama",
    "America/Bogota",
    "America/Mexico_City",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/New_York",
    "America/St_Johns",
    "Europe/Madrid",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
]


def read(**changes: object) -> tuple[Calendar, vobject.base.Component]:
    data = build_calendar(dataclasses.replace(EVENT, **changes))  # type: ignore[arg-type]
    return Calendar.from_ical(data), vobject.readOne(data.decode())


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 3, 7, 10])
def test_both_libraries_read_the_right_instant_in_each_zone(zone: str, month: int) -> None:
    starts_at = datetime(2027, month, 28, 9, 30, tzinfo=ZoneInfo(zone))
    first, second = read(starts_at=starts_at, duration_minutes=45)
    for event_start, event_end in (
        (first.events[0].start, first.events[0].end),
        (second.vevent.dtstart.value, second.vevent.dtend.value),
    ):
        assert event_start.astimezone(UTC) == starts_at.astimezone(UTC)
        assert event_end - event_start == timedelta(minutes=45)
        assert event_start.astimezone(ZoneInfo(zone)).strftime("%H:%M") == "09:30"


def test_duration_is_elapsed_time_over_a_change_of_clocks() -> None:
    before_change = datetime(2027, 3, 14, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    _, calendar = read(starts_at=before_change, duration_minutes=60)
    end = calendar.vevent.dtend.value.astimezone(ZoneInfo("America/New_York"))
    assert end.strftime("%H:%M") == "03:30"


def test_both_libraries_read_the_same_texts() -> None:
    first, second = read()
    event = first.events[0]
    assert str(event["SUMMARY"]) == second.vevent.summary.value == EVENT.title
    assert str(event["DESCRIPTION"]) == second.vevent.description.value == EVENT.description
    assert str(event["URL"]) == second.vevent.url.value == LINK
    assert str(event["UID"]) == second.vevent.uid.value == "98f5-abc@meet.zelta.example"


def test_times_are_written_in_utc_with_whole_seconds() -> None:
    lines = build_calendar(EVENT).decode().split("\r\n")
    assert {"DTSTART:20270320T150000Z", "DTEND:20270320T163000Z", "DTSTAMP:20270105T123015Z"} <= set(lines)


def test_scheduled_and_cancelled_meetings_share_their_uid() -> None:
    _, scheduled = read()
    _, cancelled = read(sequence=1, is_cancelled=True)
    assert scheduled.vevent.uid.value == cancelled.vevent.uid.value
    assert (scheduled.vevent.status.value, scheduled.vevent.sequence.value) == ("CONFIRMED", "0")
    assert (cancelled.vevent.status.value, cancelled.vevent.sequence.value) == ("CANCELLED", "1")


def test_cancelled_meeting_has_no_url() -> None:
    assert b"URL" not in build_calendar(dataclasses.replace(EVENT, is_cancelled=True, description=""))


def test_file_for_everybody_has_no_link() -> None:
    data = build_calendar(dataclasses.replace(EVENT, link=None, description=""))
    assert b"URL" not in data
    assert b"?p=" not in data


def test_file_obeys_rfc_5545() -> None:
    data = build_calendar(dataclasses.replace(EVENT, title="ñ日👩‍👩‍👧‍👦" * 40))
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    vobject.readOne(data.decode()).validate(raiseException=True)
    calendar = Calendar.from_ical(data)
    assert calendar.errors == []
    assert calendar.events[0].errors == []


@settings(deadline=None)
@given(title=st.text(), minutes=st.integers(15, 1440))
def test_any_title_makes_a_file_that_both_libraries_read(title: str, minutes: int) -> None:
    first, second = read(title=title, duration_minutes=minutes)
    assert len(first.events) == len(second.contents["vevent"]) == 1
