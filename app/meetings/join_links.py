"""Join links: built from Zelta's ids of a meeting and of a participant."""

from urllib.parse import quote

from app.extensions import get_settings
from app.models import Meeting, Participant


def participant_join_link(meeting: Meeting, participant: Participant) -> str | None:
    """A participant's join link; None while an id is not known."""
    return build_join_link(meeting.public_meeting_id, participant.public_participant_id)


def build_join_link(public_meeting_id: str | None, public_participant_id: str | None) -> str | None:
    """The join link of Zelta's two ids; None if one is missing."""
    if not (public_meeting_id and public_participant_id):
        return None
    meeting_segment, participant_segment = (
        quote(public_meeting_id, safe=""),
        quote(public_participant_id, safe=""),
    )
    return f"{get_settings().zelta_frontend_url}/m/{meeting_segment}?p={participant_segment}"
