"""Calendar files (RFC 5545) of one meeting, with or without a participant's link."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PRODUCT_ID = "-//Convoca//Convoca//ES"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEvent:
    """A meeting as a calendar shows it.

    Attributes:
        uid: the same for every file of the meeting, so that a later file changes the event of an earlier one.
        sequence: grows with each change of the meeting.
        title: of the meeting.
        starts_at: an aware instant.
        duration_minutes: how long it lasts.
        created_at: an aware instant: when this file was made.
        description: plain text, with line breaks; empty for none.
        link: the participant's join link; None in the file without a link, and after a cancellation.
        is_cancelled: whether calendars are to strike the event through.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    duration_minutes: int
    created_at: datetime
    description: str = ""
    link: str | None = None
    is_cancelled: bool = False


def event_uid(public_meeting_id: str, frontend_host: str) -> str:
    """The stable id of a meeting's event: Zelta's id, made globally unique by the frontend's host name."""
    return f"{public_meeting_id}@{frontend_host}"


def build_calendar(event: CalendarEvent) -> bytes:
    """The bytes of an .ics file with this event. Times are in UTC, so it needs no VTIMEZONE."""
    # Imported on first use: it takes 60 ms.
    from icalendar import Calendar, Event  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    component = Event()
    starts_at = event.starts_at.astimezone(UTC)
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.created_at.astimezone(UTC).replace(microsecond=0))
    component.add("dtstart", starts_at)
    component.add("dtend", starts_at + timedelta(minutes=event.duration_minutes))
    component.add("summary", event.title)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.description:
        component.add("description", event.description)
    if event.link and not event.is_cancelled:
        component.add("url", event.link)
    calendar.add_component(component)
    return bytes(calendar.to_ical())
