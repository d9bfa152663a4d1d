"""The three documented calls. There is no other: no list, no read, no idempotency key."""

import secrets
from collections.abc import Callable
from hmac import compare_digest

from flask import Blueprint, Response, g, request

from . import records, validate
from .body import read_body
from .config import Config
from .envelope import ApiError, serialize_meeting, serialize_participant, success_response
from .fault_responses import fault_response, rate_limited_status
from .faults import PROCESSED_FAULTS, Call, Fault, consume
from .limit import RateLimitWindow
from .storage import Store

CallHandler = Callable[[bytes], Response]


class Api:
    """The calls, on one store and one rate limit."""

    def __init__(self, config: Config, store: Store) -> None:
        self._key = config.api_key.encode()
        self._store = store
        self._window = RateLimitWindow(config.rate)

    def blueprint(self) -> Blueprint:
        """The routes of the API."""
        routes = Blueprint("api", __name__, url_prefix="/public/meetings")
        routes.add_url_rule("", "create", self.create, methods=["POST"])
        routes.add_url_rule("/<meeting_id>/participants", "add", self.add, methods=["POST"])
        routes.add_url_rule("/<meeting_id>", "cancel", self.cancel, methods=["PATCH"])
        routes.register_error_handler(ApiError, lambda error: error.to_response())
        return routes

    def create(self) -> Response:
        """POST /public/meetings."""

        def work(raw: bytes) -> Response:
            title, starts_utc = validate.parse_meeting(raw)
            meeting = records.add_meeting(self._store, title, starts_utc)
            return success_response(201, "Reunión creada", meeting=serialize_meeting(meeting))

        return self._handle(Call.CREATE, work)

    def add(self, meeting_id: str) -> Response:
        """POST /public/meetings/<id>/participants."""

        def work(raw: bytes) -> Response:
            new = validate.parse_participant(raw)
            added = records.add_participant(self._store, meeting_id, new)
            if added is None:
                _require_meeting(records.find_meeting(self._store, meeting_id))
                raise ApiError(409, "ERR_MEETING_CANCELLED", "La reunión está cancelada")
            data = serialize_participant(added, secrets.token_urlsafe(48))
            return success_response(201, "Participante agregado", participant=data)

        return self._handle(Call.ADD, work)

    def cancel(self, meeting_id: str) -> Response:
        """PATCH /public/meetings/<id>."""

        def work(raw: bytes) -> Response:
            validate.parse_cancellation(raw)
            meeting = _require_meeting(records.cancel_meeting(self._store, meeting_id))
            return success_response(200, "Reunión cancelada", meeting=serialize_meeting(meeting))

        return self._handle(Call.CANCEL, work)

    def limit_headers(self) -> dict[str, str]:
        """The RateLimit headers of this response."""
        status = g.get("standing") or self._window.get_status()
        headers: dict[str, str] = status.headers()
        return headers

    def _handle(self, call: Call, handler: CallHandler) -> Response:
        """Common steps of every call: body, API key (constant-time comparison), rate limit, chosen fault."""
        raw = read_body()
        self._check_key()
        self._count_call()
        fault = consume(self._store, call)
        if fault is None:
            return handler(raw)
        if fault is Fault.TOO_MANY:
            g.standing = rate_limited_status(g.standing)
        response = _process(handler, raw) if fault in PROCESSED_FAULTS else Response()
        return fault_response(fault, response)

    def _check_key(self) -> None:
        sent = request.headers.get("x-api-key", "").encode("utf-8", "replace")
        if not compare_digest(sent, self._key):
            raise ApiError(401, "ERR_UNAUTHORIZED", "La clave de API falta o no es válida")

    def _count_call(self) -> None:
        g.standing = self._window.try_acquire()
        if not g.standing.allowed:
            wait: int = g.standing.retry_after
            raise ApiError(429, "ERR_TOO_MANY_REQUESTS", "Demasiadas llamadas por minuto", retry_after=wait)


def _require_meeting(meeting: records.Meeting | None) -> records.Meeting:
    if meeting is None:
        raise ApiError(404, "ERR_NOT_FOUND", "La reunión no existe")
    return meeting


def _process(handler: CallHandler, raw: bytes) -> Response:
    """The response without the fault; an API error counts too."""
    try:
        return handler(raw)
    except ApiError as error:
        return error.to_response()
