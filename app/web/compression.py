"""Compresses large pages with gzip, if no proxy does."""

import gzip

from flask import Flask, Response, request

MIN_COMPRESSED_BYTES = 32 * 1024
"""Smaller pages fit into a few packets; compressing them would cost more than it saves."""
_GZIP_LEVEL = 6


def init_app(app: Flask) -> None:
    """Compress large pages for clients that accept gzip."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.is_streamed or response.direct_passthrough or response.mimetype != "text/html":
        return response
    body = response.get_data()
    if len(body) >= MIN_COMPRESSED_BYTES:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.set_data(gzip.compress(body, _GZIP_LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response
