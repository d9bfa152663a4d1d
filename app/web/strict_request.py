"""Strict parsing of request bodies: a truncated or invalid body is rejected, not treated as an empty form."""

from typing import IO, Any

from flask import Flask, Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class _StrictParser(FormDataParser):
    """Werkzeug's parser, which by default returns an empty form for an invalid body."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"silent": False})

    def parse(self, stream: IO[bytes], *args: Any, **options: Any) -> Any:
        try:
            return super().parse(stream, *args, **options)
        except ValueError as error:
            raise BadRequest from error


class _StrictRequest(Request):
    form_data_parser_class = _StrictParser


def init_app(app: Flask) -> None:
    """Use the strict request class."""
    app.request_class = _StrictRequest
