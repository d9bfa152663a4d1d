"""Carries out a fault: the wrong answers, the missing ones and the lost connections."""

import select
import socket
import time

from flask import Response, request

from .envelope import ApiError, wrap
from .faults import Fault
from .limit import Standing

HANG_SECONDS = 60.0
RETRY_SECONDS = 20

ERRORS = {
    Fault.REFUSE: ApiError(400, "ERR_INVALID_DATA", "Rechazado porque así se eligió en el sandbox"),
    Fault.WRONG_KEY: ApiError(401, "ERR_UNAUTHORIZED", "La clave de API falta o no es válida"),
    Fault.SUSPENDED: ApiError(403, "ERR_ACCOUNT_SUSPENDED", "La cuenta está suspendida"),
    Fault.TOO_MANY: ApiError(
        429, "ERR_TOO_MANY_REQUESTS", "Demasiadas llamadas por minuto", retry_after=RETRY_SECONDS
    ),
    Fault.SERVER_ERROR: ApiError(500, "ERR_INTERNAL", "Error interno del servidor"),
}
NONSENSE_PAGE = "<!doctype html><html><head><title>OK</title></head><body><h1>Bienvenido</h1></body></html>"


def misbehave(fault: Fault, answer: Response) -> Response:
    """What goes out in place of the answer; for a lost connection, nothing does."""
    if fault in {Fault.HANG_BEFORE, Fault.HANG_AFTER}:
        _stay_silent(HANG_SECONDS)
        return _lost()
    if fault in {Fault.DROP_BEFORE, Fault.DROP_AFTER}:
        return _lost()
    if fault is Fault.NONSENSE:
        return Response(NONSENSE_PAGE, mimetype="text/html")
    if fault is Fault.WITHOUT_IDS:
        return wrap(200, "OK") if answer.status_code < 300 else answer
    return ERRORS[fault].response()


def exhausted(standing: Standing) -> Standing:
    """The standing that goes with the chosen 429."""
    return Standing(
        allowed=False,
        limit=standing.limit,
        remaining=0,
        reset=int(time.time()) + RETRY_SECONDS,
        retry_after=RETRY_SECONDS,
    )


def _stay_silent(seconds: float) -> None:
    """Say nothing for so long, or until the caller hangs up: its thread is then free for others."""
    connection = _connection()
    if connection is None:
        time.sleep(seconds)
        return
    poll = select.poll()
    poll.register(connection, select.POLLIN | select.POLLHUP | select.POLLERR)
    poll.poll(seconds * 1000)


def _lost() -> Response:
    """Shut the connection, so that whatever gunicorn writes after this reaches nobody."""
    connection = _connection()
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return Response(status=502, headers={"Connection": "close"})


def _connection() -> socket.socket | None:
    found: socket.socket | None = request.environ.get("gunicorn.socket")
    return found
