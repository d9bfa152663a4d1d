"""Everything of a batch as CSV: one row a person, and never a host's key."""

from collections.abc import Iterator, Mapping

from flask_babel import LazyString, lazy_pgettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.batches import queries
from app.delivery.files import STATE_LABELS
from app.delivery.tables import write_csv
from app.meetings.join_links import participant_join_link
from app.models import Meeting, MeetingState, Participant, Role
from app.utils.localized_time import localize
from app.web import i18n

MEETING_STATE_LABELS: Mapping[MeetingState, LazyString] = {
    MeetingState.QUEUED: _l("Waiting"),
    MeetingState.CLAIMED: _l("Waiting"),
    MeetingState.SENDING: _l("Sending"),
    MeetingState.SCHEDULED: lazy_pgettext("meeting", "Scheduled"),
    MeetingState.CANCELLED: lazy_pgettext("meeting", "Cancelled"),
    MeetingState.REFUSED: lazy_pgettext("meeting", "Refused by Zelta"),
    MeetingState.NOT_SENT: lazy_pgettext("meeting", "Not sent"),
    MeetingState.UNKNOWN: _l("Unconfirmed"),
    MeetingState.DISCARDED: lazy_pgettext("meeting", "Discarded"),
}
_PERSON_COLUMNS = 7


def export_batch(batch_id: int) -> bytes:
    """The meetings and people of a batch as CSV, in the order in which they are created."""
    return write_csv(_header(), _rows(batch_id), i18n.get_locale())


def _header() -> list[str]:
    return [
        *(_("Meeting"), _("Date"), _("Time"), _("Time zone"), _("Duration (minutes)"), _("State")),
        *(_("Meeting ID"), _("Role"), _("Name"), _("Email"), _("Phone"), _("Your reference")),
        *(_("State of the person"), _("Link")),
    ]


def _rows(batch_id: int) -> Iterator[list[str]]:
    meetings = sorted(queries.list_meetings(batch_id, 0), key=lambda meeting: meeting.id)
    people = queries.list_people([meeting.id for meeting in meetings])
    for meeting in meetings:
        cells = _meeting_cells(meeting)
        if meeting.id not in people:
            yield cells + [""] * _PERSON_COLUMNS
        for person in people.get(meeting.id, ()):
            yield cells + _person_cells(meeting, person)


def _meeting_cells(meeting: Meeting) -> list[str]:
    start = localize(meeting.starts_at, meeting.time_zone, i18n.get_locale())
    return [
        meeting.title,
        f"{start.clock:%Y-%m-%d}",
        start.time,
        meeting.time_zone,
        str(meeting.duration_minutes),
        str(MEETING_STATE_LABELS[meeting.state]),
        meeting.public_meeting_id or "",
    ]


def _person_cells(meeting: Meeting, person: Participant) -> list[str]:
    return [
        str(_("Host") if person.role == Role.HOST else _("Guest")),
        person.name,
        person.email or "",
        person.phone or "",
        person.external_id or "",
        str(STATE_LABELS[person.state]),
        participant_join_link(meeting, person) or "",
    ]
