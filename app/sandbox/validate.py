"""Strict validation of the three request bodies; every problem is reported."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from .envelope import ApiError
from .records import CANCELLED, ParticipantInput

Check = Callable[[Any], str | None]
Fields = dict[str, Check]

MAX_TEXT_LENGTH = 255
INSTANT = re.compile(r"(\d{4})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def parse_meeting(raw: bytes) -> tuple[str, str]:
    """The title and the start of a new meeting."""
    body = _parse_body(raw, required={"title": _check_text, "datetime": _check_instant})
    return body["title"], body["datetime"]


def parse_participant(raw: bytes) -> ParticipantInput:
    """A new participant."""
    required: Fields = {"preset_name": _choice_check("host", "participant"), "name": _check_text}
    body = _parse_body(raw, required=required, optional={"email": _check_email, "externalId": _check_text})
    return ParticipantInput(body["preset_name"], body["name"], body.get("email"), body.get("externalId"))


def parse_cancellation(raw: bytes) -> None:
    """The one change that a meeting can take."""
    _parse_body(raw, required={"status": _choice_check(CANCELLED)})


def _parse_body(raw: bytes, required: Fields, optional: Fields | None = None) -> dict[str, Any]:
    """The object in the body, each of its keys known and each value right.

    Raises:
        ApiError: 400, with one detail for each key that is missing, unknown or wrong.
    """
    body = _parse_json_object(raw)
    checks = required | (optional or {})
    problems = {key: "es obligatorio" for key in required if key not in body}
    problems |= {_truncate_key(key): "no se conoce" for key in body if key not in checks}
    for key, check in checks.items():
        problem = check(body[key]) if key in body else None
        if problem:
            problems[key] = problem
    if problems:
        details = [{"field": key, "message": problem} for key, problem in problems.items()]
        raise ApiError(400, "ERR_INVALID_DATA", "Los datos no son válidos", details=details)
    return body


def _parse_json_object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        raise ApiError(400, "ERR_INVALID_JSON", "El cuerpo no es JSON válido") from None
    if not isinstance(body, dict):
        raise ApiError(400, "ERR_INVALID_JSON", "El cuerpo debe ser un objeto JSON")
    return body


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _truncate_key(key: str) -> str:
    """The key, sanitized so that an error response can contain it."""
    return key[:40].encode("utf-8", "replace").decode("utf-8")


def _check_text(value: Any) -> str | None:
    if not isinstance(value, str):
        return "debe ser un texto"
    if not value.strip():
        return "no puede estar vacío"
    if len(value) > MAX_TEXT_LENGTH:
        return f"no puede pasar de {MAX_TEXT_LENGTH} caracteres"
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        return "contiene caracteres no permitidos"
    return None


def _check_instant(value: Any) -> str | None:
    message = "debe ser una fecha UTC como 2026-03-15T14:30:00Z"
    match = INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not match or not 2000 <= int(match[1]) < 3000:
        return message
    try:
        datetime.fromisoformat(match[0])
    except ValueError:
        return message
    return None


def _check_email(value: Any) -> str | None:
    if _check_text(value) is not None or len(value) > 254 or not EMAIL.fullmatch(value):
        return "debe ser un correo electrónico válido"
    return None


def _choice_check(*choices: str) -> Check:
    def check(value: Any) -> str | None:
        # Compared as text: a list or an object would not even be hashable.
        return None if isinstance(value, str) and value in choices else f"debe ser {' o '.join(choices)}"

    return check
