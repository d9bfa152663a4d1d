"""Responses of injected faults: wrong responses, missing responses, lost connections."""

import select
import socket
import time

from flask import Response, request

from .envelope import ApiError, success_response
from .faults import Fault
from .limit import RateLimitStatus

HANG_SECONDS = 60.0
RETRY_AFTER_SECONDS = 20

FAULT_ERRORS = {
    Fault.REFUSE: ApiError(400, "ERR_INVALID_DATA", "Dato rechazado (falla de prueba)"),
    Fault.WRONG_KEY: ApiError(401, "ERR_UNAUTHORIZED", "La clave de API falta o no es válida"),
    Fault.SUSPENDED: ApiError(403, "ERR_ACCOUNT_SUSPENDED", "La cuenta está suspendida"),
    Fault.TOO_MANY: ApiError(
        429, "ERR_TOO_MANY_REQUESTS", "Demasiadas llamadas por minuto", retry_after=RETRY_AFTER_SECONDS
    ),
    Fault.SERVER_ERROR: ApiError(500, "ERR_INTERNAL", "Error interno del servidor"),
}
NONSENSE_PAGE = "<!doctype html><html><head><title>OK</title></head><body><h1>Bienvenido</h1></body></html>"


def fault_response(fault: Fault, response: Response) -> Response:
    """The response of the fault; for a lost connection, nothing is sent."""
    if fault in {Fault.HANG_BEFORE, Fault.HANG_AFTER}:
        _hang(HANG_SECONDS)
        return _drop_connection()
    if fault in {Fault.DROP_BEFORE, Fault.DROP_AFTER}:
        return _drop_connection()
    if fault is Fault.NONSENSE:
        return Response(NONSENSE_PAGE, mimetype="text/html")
    if fault is Fault.WITHOUT_IDS:
        return success_response(200, "OK") if response.status_code < 300 else response
    return FAULT_ERRORS[fault].to_response()


def rate_limited_status(status: RateLimitStatus) -> RateLimitStatus:
    """The rate limit status of the injected 429."""
    return RateLimitStatus(
        allowed=False,
        limit=status.limit,
        remaining=0,
        reset=int(time.time()) + RETRY_AFTER_SECONDS,
        retry_after=RETRY_AFTER_SECONDS,
    )


def _hang(seconds: float) -> None:
    """Hang for this time, or until the client disconnects, which frees the thread."""
    connection = _get_client_socket()
    if connection is None:
        time.sleep(seconds)
        return
    poll = select.poll()
    poll.register(connection, select.POLLIN | select.POLLHUP | select.POLLERR)
    poll.poll(seconds * 1000)


def _drop_connection() -> Response:
    """Shut the connection down, so that what gunicorn writes afterwards is not delivered."""
    connection = _get_client_socket()
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return Response(status=502, headers={"Connection": "close"})


def _get_client_socket() -> socket.socket | None:
    client_socket: socket.socket | None = request.environ.get("gunicorn.socket")
    return client_socket
