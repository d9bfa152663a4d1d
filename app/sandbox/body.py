"""Reads what was sent, however large it says it is."""

from typing import Any

from flask import request

from .envelope import ApiError

MAX_BODY = 256 * 1024
DRAINED = 16 * 1024 * 1024


def read_body() -> bytes:
    """The body of a call.

    Raises:
        ApiError: 413 for one that is too large; 400 for one that breaks off or is not called JSON.
    """
    stream: Any = request.environ["wsgi.input"]
    try:
        raw: bytes = stream.read(MAX_BODY + 1)
    except OSError:
        raise ApiError(400, "ERR_INVALID_DATA", "El cuerpo no se puede leer") from None
    if len(raw) > MAX_BODY:
        drain()
        raise ApiError(413, "ERR_TOO_LARGE", "El cuerpo es demasiado grande")
    if request.mimetype != "application/json":
        raise ApiError(400, "ERR_CONTENT_TYPE", "El cuerpo debe ser application/json")
    return raw


def drain() -> None:
    """Read the rest and throw it away: a caller that is still sending could not read the answer."""
    stream: Any = request.environ["wsgi.input"]
    left = DRAINED
    try:
        while left > 0 and (piece := stream.read(64 * 1024)):
            left -= len(piece)
    except OSError:
        return
