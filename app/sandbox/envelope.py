"""The API's response envelope for results and errors."""

from typing import Any

from flask import Response, jsonify

from .records import Meeting, Participant, utc_now


class ApiError(Exception):
    """A call that the API refuses, with the status, code and words that say so."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: list[dict[str, str]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.retry_after = retry_after

    def to_response(self) -> Response:
        """The answer that carries this error."""
        error: dict[str, Any] = {"code": self.code}
        if self.details:
            error["details"] = self.details
        return error_response(self.status, self.message, error, self.retry_after)


def error_response(
    status: int, message: str, error: dict[str, Any], retry_after: int | None = None
) -> Response:
    """An answer that something failed."""
    response = jsonify(success=False, message=message, error=error, timestamp=utc_now())
    response.status_code = status
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def success_response(status: int, message: str, **data: Any) -> Response:
    """An answer that a call succeeded."""
    response = jsonify(success=True, data=data, message=message, timestamp=utc_now())
    response.status_code = status
    return response


def serialize_meeting(meeting: Meeting) -> dict[str, str]:
    """A meeting as the API tells it."""
    return {
        "public_meeting_id": meeting.id,
        "title": meeting.title,
        "datetime": meeting.starts_utc,
        "status": meeting.status,
    }


def serialize_participant(participant: Participant, token: str) -> dict[str, str]:
    """A participant as the API tells it; an optional key without a value is left out here too."""
    data = {
        "public_participant_id": participant.id,
        "token": token,
        "preset_name": participant.preset_name,
        "name": participant.name,
        "email": participant.email,
        "externalId": participant.external_id,
    }
    return {key: value for key, value in data.items() if value is not None}
