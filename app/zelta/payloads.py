"""The request bodies, built before the call so that the journal records exactly what is sent."""

from datetime import UTC, datetime
from typing import Literal, NotRequired, TypedDict

Preset = Literal["host", "participant"]


class MeetingBody(TypedDict):
    """What creates a meeting."""

    title: str
    datetime: str


class ParticipantBody(TypedDict):
    """What adds a participant. A key without a value is left out."""

    preset_name: Preset
    name: str
    email: NotRequired[str]
    externalId: NotRequired[str]


class CancellationBody(TypedDict):
    """What cancels a meeting."""

    status: Literal["CANCELLED"]


def build_meeting_body(title: str, starts_at: datetime) -> MeetingBody:
    """Build the body that creates a meeting; `starts_at` is timezone-aware, and sent as whole seconds of UTC."""
    if starts_at.tzinfo is None:
        raise ValueError("starts_at must be timezone-aware")
    utc = starts_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return {"title": title, "datetime": f"{utc.isoformat()}Z"}


def build_participant_body(
    preset_name: Preset, name: str, *, email: str | None = None, external_id: str | None = None
) -> ParticipantBody:
    """Build the body that adds a participant. With an e-mail, the API mails the invitation at once."""
    body: ParticipantBody = {"preset_name": preset_name, "name": name}
    if email:
        body["email"] = email
    if external_id:
        body["externalId"] = external_id
    return body


def build_cancellation_body() -> CancellationBody:
    """Build the body that cancels a meeting."""
    return {"status": "CANCELLED"}
