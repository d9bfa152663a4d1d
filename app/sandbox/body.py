"""Reads the request body up to a limit, whatever Content-Length says."""

from typing import Any

from flask import request

from .envelope import ApiError

MAX_BODY_BYTES = 256 * 1024
MAX_DRAINED_BYTES = 16 * 1024 * 1024


def read_body() -> bytes:
    """The body of a call.

    Raises:
        ApiError: 413 for one that is too large; 400 for one that breaks off or is not called JSON.
    """
    stream: Any = request.environ["wsgi.input"]
    try:
        raw: bytes = stream.read(MAX_BODY_BYTES + 1)
    except OSError:
        raise ApiError(400, "ERR_INVALID_DATA", "El cuerpo no se puede leer") from None
    if len(raw) > MAX_BODY_BYTES:
        drain_body()
        raise ApiError(413, "ERR_TOO_LARGE", "El cuerpo es demasiado grande")
    if request.mimetype != "application/json":
        raise ApiError(400, "ERR_CONTENT_TYPE", "El cuerpo debe ser application/json")
    return raw


def drain_body() -> None:
    """Read and discard the rest: a client that is still sending does not read the response."""
    stream: Any = request.environ["wsgi.input"]
    remaining = MAX_DRAINED_BYTES
    try:
        while remaining > 0 and (chunk := stream.read(64 * 1024)):
            remaining -= len(chunk)
    except OSError:
        return
