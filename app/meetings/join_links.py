"""Join links, made of Zelta's two ids."""

from typing import Any
from urllib.parse import quote

from sqlalchemy import Row

from app.extensions import get_settings
from app.models import Meeting, MeetingState, Participant


def participant_join_link(meeting: Meeting, participant: Participant | Row[Any]) -> str | None:
    """A participant's join link; None while an id is not known, and once the meeting is cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        return None
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
