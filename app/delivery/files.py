"""Files about a meeting and its participants: calendar files and tables. Never a host's key."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask_babel import LazyString, lazy_pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.delivery.calendar_file import CalendarEvent, build_calendar, event_uid
from app.delivery.presenters import DeliveryView
from app.extensions import get_settings
from app.meetings.join_links import build_join_link
from app.models import Meeting, MeetingState, Participant, ParticipantState

STATE_LABELS: Mapping[ParticipantState, LazyString] = {
    ParticipantState.QUEUED: _l("In the queue"),
    ParticipantState.CLAIMED: _l("In the queue"),
    ParticipantState.SENDING: _l("Sending"),
    ParticipantState.ADDED: lazy_pgettext("person", "Added"),
    ParticipantState.REFUSED: lazy_pgettext("person", "Refused"),
    ParticipantState.NOT_SENT: lazy_pgettext("person", "Not sent"),
    ParticipantState.UNKNOWN: _l("Unconfirmed"),
    ParticipantState.RECEIVED: _l("Has the invitation"),
    ParticipantState.DISCARDED: lazy_pgettext("person", "Discarded"),
}


class NoCalendarEventError(Exception):
    """There is no meeting in Zelta, or no link, that a calendar could show."""


def build_meeting_calendar(meeting: Meeting, participant: Participant | None = None) -> bytes:
    """An .ics file of a meeting, with a participant's link if given; cancelled if the meeting is.

    Raises:
        NoCalendarEventError: the meeting does not exist in Zelta, or the participant has no link.
    """
    is_cancelled = meeting.state == MeetingState.CANCELLED
    if meeting.public_meeting_id is None or meeting.state not in {
        MeetingState.SCHEDULED,
        MeetingState.CANCELLED,
    }:
        raise NoCalendarEventError
    link = _personal_link(meeting, participant) if participant and not is_cancelled else None
    event = CalendarEvent(
        uid=event_uid(
            meeting.public_meeting_id, urlsplit(get_settings().zelta_frontend_url).hostname or "convoca"
        ),
        # What Zelta has accepted changes only by being cancelled.
        sequence=int(is_cancelled),
        title=meeting.title,
        starts_at=meeting.starts_at,
        duration_minutes=meeting.duration_minutes,
        created_at=datetime.now(UTC),
        description=_("Your personal link: %(link)s", link=link) if link else "",
        link=link,
        is_cancelled=is_cancelled,
    )
    return build_calendar(event)


def table_header() -> list[str]:
    """The titles of a table of participants."""
    return [
        *(_("Name"), _("Role"), _("Email"), _("Phone"), _("External ID"), _("State"), _("Link")),
        *(_("Hand-over"), _("When"), _("Who")),
    ]


def table_rows(participants: Sequence[tuple[Participant, DeliveryView]]) -> list[list[str]]:
    """The rows of a table of participants; the time is that of the installation's zone."""
    return [
        [
            *(participant.name, _("Host") if view.is_host else _("Guest"), participant.email or ""),
            *(view.phone or "", participant.external_id or "", str(STATE_LABELS[participant.state])),
            *(view.link or "", view.words, f"{view.at.clock:%Y-%m-%d %H:%M}" if view.at else "", view.actor),
        ]
        for participant, view in participants
    ]


def _personal_link(meeting: Meeting, participant: Participant) -> str:
    link = build_join_link(meeting.public_meeting_id, participant.public_participant_id)
    if link is None:
        raise NoCalendarEventError
    return link
