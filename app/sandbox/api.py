"""The three documented calls. There is no other: no list, no read, no idempotency key."""

import secrets
from collections.abc import Callable
from hmac import compare_digest

from flask import Blueprint, Response, g, request

from . import records, validate
from .body import read_body
from .config import Config
from .envelope import ApiError, meeting_data, participant_data, wrap
from .faults import PROCESSED, Call, Fault, take
from .limit import Window
from .misbehave import exhausted, misbehave
from .storage import Store

Work = Callable[[bytes], Response]


class Api:
    """The calls, on one store and one rate limit."""

    def __init__(self, config: Config, store: Store) -> None:
        self._key = config.api_key.encode()
        self._store = store
        self._window = Window(config.rate)

    def blueprint(self) -> Blueprint:
        """The routes of the API."""
        routes = Blueprint("api", __name__, url_prefix="/public/meetings")
        routes.add_url_rule("", "create", self.create, methods=["POST"])
        routes.add_url_rule("/<meeting_id>/participants", "add", self.add, methods=["POST"])
        routes.add_url_rule("/<meeting_id>", "cancel", self.cancel, methods=["PATCH"])
        routes.register_error_handler(ApiError, lambda error: error.response())
        return routes

    def create(self) -> Response:
        """POST /public/meetings."""

        def work(raw: bytes) -> Response:
            title, starts_utc = validate.meeting_body(raw)
            meeting = records.add_meeting(self._store, title, starts_utc)
            return wrap(201, "Reunión creada", meeting=meeting_data(meeting))

        return self._call(Call.CREATE, work)

    def add(self, meeting_id: str) -> Response:
        """POST /public/meetings/<id>/participants."""

        def work(raw: bytes) -> Response:
            new = validate.participant_body(raw)
            added = records.add_participant(self._store, meeting_id, new)
            if added is None:
                _known(records.find_meeting(self._store, meeting_id))
                raise ApiError(409, "ERR_MEETING_CANCELLED", "La reunión está cancelada")
            data = participant_data(added, secrets.token_urlsafe(48))
            return wrap(201, "Participante agregado", participant=data)

        return self._call(Call.ADD, work)

    def cancel(self, meeting_id: str) -> Response:
        """PATCH /public/meetings/<id>."""

        def work(raw: bytes) -> Response:
            validate.cancel_body(raw)
            meeting = _known(records.cancel_meeting(self._store, meeting_id))
            return wrap(200, "Reunión cancelada", meeting=meeting_data(meeting))

        return self._call(Call.CANCEL, work)

    def limit_headers(self) -> dict[str, str]:
        """The rate limit as this answer should tell it."""
        standing = g.get("standing") or self._window.look()
        headers: dict[str, str] = standing.headers()
        return headers

    def _call(self, call: Call, work: Work) -> Response:
        """What every call goes through: its body, its key, its place in the minute, and a chosen fault."""
        raw = read_body()
        self._check_key()
        self._count()
        fault = take(self._store, call)
        if fault is None:
            return work(raw)
        if fault is Fault.TOO_MANY:
            g.standing = exhausted(g.standing)
        answer = _carried_out(work, raw) if fault in PROCESSED else Response()
        return misbehave(fault, answer)

    def _check_key(self) -> None:
        sent = request.headers.get("x-api-key", "").encode("utf-8", "replace")
        if not compare_digest(sent, self._key):
            raise ApiError(401, "ERR_UNAUTHORIZED", "La clave de API falta o no es válida")

    def _count(self) -> None:
        g.standing = self._window.take()
        if not g.standing.allowed:
            wait: int = g.standing.retry_after
            raise ApiError(429, "ERR_TOO_MANY_REQUESTS", "Demasiadas llamadas por minuto", retry_after=wait)


def _known(meeting: records.Meeting | None) -> records.Meeting:
    if meeting is None:
        raise ApiError(404, "ERR_NOT_FOUND", "La reunión no existe")
    return meeting


def _carried_out(work: Work, raw: bytes) -> Response:
    """The answer that the caller would have had, a refusal included."""
    try:
        return work(raw)
    except ApiError as error:
        return error.response()
