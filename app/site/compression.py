"""Large pages are sent as gzip where nothing in front of us does it: the page of a thousand people is mostly repetition."""

import gzip

from flask import Flask, Response, request

LARGE_BYTES = 32 * 1024
"""Below it a page fits into a few packets anyway, and compressing would be a good part of what it costs to make."""
_LEVEL = 5


def init_app(app: Flask) -> None:
    """Compress what is large, for whoever takes it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.is_streamed or response.direct_passthrough or response.mimetype != "text/html":
        return response
    body = response.get_data()
    if len(body) >= LARGE_BYTES:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.set_data(gzip.compress(body, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response
