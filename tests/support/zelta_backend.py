"""What the fake Zelta Meet knows and does: the three documented calls, in the sibling API's envelope and with its errors."""

import json
import math
import re
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any, Literal

WINDOW = 60.0
TOKEN_PREFIX = "zmt-"
"""Every token that it gives out begins so: what must not be seen anywhere can be searched for."""

Announce = Literal["headers", "retry-after", "nothing"]
"""How the rate limit is made known: in every answer's headers, on a 429 alone, or not at all."""

_PATHS = re.compile(r".*/public/meetings(?:/(?P<meeting>[^/?]+))?(?P<participants>/participants)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass
class Meeting:
    """A meeting as the vendor keeps it."""

    public_meeting_id: str
    title: str
    datetime: str
    status: str = "SCHEDULED"


@dataclass(frozen=True)
class Participant:
    """Someone who was added to a meeting."""

    public_meeting_id: str
    public_participant_id: str
    preset_name: str
    name: str
    email: str | None
    external_id: str | None
    token: str


@dataclass(frozen=True)
class Mail:
    """An invitation that was sent."""

    email: str
    public_meeting_id: str
    public_participant_id: str


@dataclass(frozen=True)
class Reply:
    """A status with a JSON document."""

    status: int
    document: Any
    headers: dict[str, str] = field(default_factory=dict)


class RefusalError(Exception):
    """The sibling API's way of saying no."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.reply = Reply(status, {"success": False, "message": message, "error": {"code": code}})


class Backend:
    """The vendor's state, shared by all connections."""

    def __init__(
        self,
        *,
        api_key: str | None,
        limit: int | None,
        window: float = WINDOW,
        announce: Announce = "headers",
    ) -> None:
        self.api_key = api_key
        self.limit = limit
        self.window = window
        self.announce = announce
        self.limited = 0
        self.meetings: dict[str, Meeting] = {}
        self.participants: list[Participant] = []
        self.mails: list[Mail] = []
        self._lock = threading.Lock()
        self._window: deque[float] = deque()

    def add_meeting(self, title: str) -> str:
        """A meeting that exists without having been asked for; gives its public id."""
        meeting = Meeting(secrets.token_hex(6), title, "2027-01-01T00:00:00Z")
        self.meetings[meeting.public_meeting_id] = meeting
        return meeting.public_meeting_id

    def handle(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Reply:
        """Do what a request asks."""
        with self._lock:
            try:
                pace = self._pace()
                reply = self._dispatch(method, path, headers, raw)
            except RefusalError as refusal:
                pace, reply = self._pace_headers(), refusal.reply
        return Reply(
            reply.status, reply.document, {"Date": format_datetime(datetime.now(UTC), usegmt=True)} | pace
        )

    def _pace(self) -> dict[str, str]:
        now = time.monotonic()
        while self._window and self._window[0] <= now - self.window:
            self._window.popleft()
        if self.limit is not None and len(self._window) >= self.limit:
            self.limited += 1
            raise RefusalError(429, "ERR_TOO_MANY_REQUESTS", "Demasiadas solicitudes")
        self._window.append(now)
        return self._pace_headers()

    def _pace_headers(self) -> dict[str, str]:
        if self.limit is None or self.announce == "nothing":
            return {}
        oldest = self._window[0] if self._window else time.monotonic()
        if self.announce == "retry-after":
            full = len(self._window) >= self.limit
            wait = math.ceil(oldest + self.window - time.monotonic())
            return {"Retry-After": str(max(wait, 1))} if full else {}
        reset = int(time.time() + oldest + self.window - time.monotonic()) + 1
        left = max(self.limit - len(self._window), 0)
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(reset),
        }

    def _dispatch(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Reply:
        key = headers.get("x-api-key")
        if not key or self.api_key not in (None, key):
            raise RefusalError(401, "ERR_UNAUTHORIZED", "API key inválida")
        match = _PATHS.fullmatch(path)
        kind = (
            (method, bool(match and match["meeting"]), bool(match and match["participants"]))
            if match
            else None
        )
        actions = {
            ("POST", False, False): self._create,
            ("POST", True, True): self._add,
            ("PATCH", True, False): self._cancel,
        }
        if kind not in actions or match is None:
            raise RefusalError(404, "ERR_NOT_FOUND", "Ruta no encontrada")
        return actions[kind](_body(headers, raw), match["meeting"] or "")

    def _create(self, body: dict[str, Any], _: str) -> Reply:
        if (
            not isinstance(body.get("title"), str)
            or not body["title"]
            or not _MOMENT.fullmatch(str(body.get("datetime")))
        ):
            raise RefusalError(400, "ERR_VALIDATION", "Datos inválidos")
        meeting = Meeting(f"mtg{secrets.token_hex(8)}", body["title"], body["datetime"])
        self.meetings[meeting.public_meeting_id] = meeting
        return _success(
            201, "meeting", {"public_meeting_id": meeting.public_meeting_id, "title": meeting.title}
        )

    def _add(self, body: dict[str, Any], meeting_id: str) -> Reply:
        meeting = self._meeting(meeting_id)
        if meeting.status == "CANCELLED":
            raise RefusalError(409, "ERR_CANCELLED", "La reunión está cancelada")
        if (
            body.get("preset_name") not in {"host", "participant"}
            or not body.get("name")
            or not all(body.values())
        ):
            raise RefusalError(400, "ERR_VALIDATION", "Datos inválidos")
        person = Participant(
            meeting_id,
            f"prt{secrets.token_hex(8)}",
            body["preset_name"],
            body["name"],
            body.get("email"),
            body.get("externalId"),
            TOKEN_PREFIX + secrets.token_urlsafe(24),
        )
        self.participants.append(person)
        if person.email and person.preset_name == "participant":
            self.mails.append(Mail(person.email, meeting_id, person.public_participant_id))
        entity = {
            "public_participant_id": person.public_participant_id,
            "name": person.name,
            "token": person.token,
        }
        return _success(201, "participant", entity)

    def _cancel(self, body: dict[str, Any], meeting_id: str) -> Reply:
        meeting = self._meeting(meeting_id)
        if body != {"status": "CANCELLED"}:
            raise RefusalError(400, "ERR_VALIDATION", "Datos inválidos")
        meeting.status = "CANCELLED"
        return _success(200, "meeting", {"public_meeting_id": meeting_id, "status": meeting.status})

    def _meeting(self, meeting_id: str) -> Meeting:
        if meeting_id not in self.meetings:
            raise RefusalError(404, "ERR_NOT_FOUND", "La reunión no existe")
        return self.meetings[meeting_id]


def _body(headers: dict[str, str], raw: bytes) -> dict[str, Any]:
    is_json = headers.get("content-type", "").startswith("application/json")
    try:
        body = json.loads(raw) if is_json else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise RefusalError(400, "ERR_VALIDATION", HTTPStatus.BAD_REQUEST.phrase)
    return body


def _success(status: int, entity: str, value: dict[str, Any]) -> Reply:
    document = {
        "success": True,
        "data": {entity: value},
        "message": "OK",
        "timestamp": "2026-11-24T15:00:00Z",
    }
    return Reply(status, document)
