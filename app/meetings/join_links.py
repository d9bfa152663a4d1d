"""Join links, made of Zelta's two ids."""

from urllib.parse import quote

from app.extensions import get_settings


def build_join_link(public_meeting_id: str | None, public_participant_id: str | None) -> str | None:
    """The join link of Zelta's two ids; None if one is missing."""
    if not (public_meeting_id and public_participant_id):
        return None
    meeting_segment, participant_segment = (
        quote(public_meeting_id, safe=""),
        quote(public_participant_id, safe=""),
    )
    return f"{get_settings().zelta_frontend_url}/m/{meeting_segment}?p={participant_segment}"
