"""How a request's body is read: one that breaks off or cannot be parsed is refused, not taken for an empty form."""

from typing import IO, Any

from flask import Flask, Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser


class _StrictParser(FormDataParser):
    """Werkzeug's parser, which otherwise gives an empty form for what it cannot read."""

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
