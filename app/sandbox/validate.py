"""Reads the three bodies as a strict vendor would: whatever is not exactly right is refused with its reasons."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any, NoReturn

from .envelope import ApiError
from .records import CANCELLED, NewParticipant

Check = Callable[[Any], str | None]
Fields = dict[str, Check]

MAX_TEXT = 255
INSTANT = re.compile(r"(\d{4})-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def meeting_body(raw: bytes) -> tuple[str, str]:
    """The title and the start of a new meeting."""
    body = _checked(raw, required={"title": _text, "datetime": _instant})
    return body["title"], body["datetime"]


def participant_body(raw: bytes) -> NewParticipant:
    """A new participant."""
    required: Fields = {"preset_name": _one_of("host", "participant"), "name": _text}
    body = _checked(raw, required=required, optional={"email": _email, "externalId": _text})
    return NewParticipant(body["preset_name"], body["name"], body.get("email"), body.get("externalId"))


def cancel_body(raw: bytes) -> None:
    """The one change that a meeting can take."""
    _checked(raw, required={"status": _one_of(CANCELLED)})


def _checked(raw: bytes, required: Fields, optional: Fields | None = None) -> dict[str, Any]:
    """The object in the body, each of its keys known and each value right.

    Raises:
        ApiError: 400, with one detail for each key that is missing, unknown or wrong.
    """
    body = _object(raw)
    checks = required | (optional or {})
    problems = {key: "es obligatorio" for key in required if key not in body}
    problems |= {_shown(key): "no se conoce" for key in body if key not in checks}
    for key, check in checks.items():
        problem = check(body[key]) if key in body else None
        if problem:
            problems[key] = problem
    if problems:
        details = [{"field": key, "message": problem} for key, problem in problems.items()]
        raise ApiError(400, "ERR_INVALID_DATA", "Los datos no son válidos", details=details)
    return body


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ApiError(400, "ERR_INVALID_JSON", "El cuerpo no es JSON válido") from None
    if not isinstance(body, dict):
        raise ApiError(400, "ERR_INVALID_JSON", "El cuerpo debe ser un objeto JSON")
    return body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _shown(key: str) -> str:
    """A key that can be told in an answer, whatever was in it."""
    return key[:40].encode("utf-8", "replace").decode("utf-8")


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return "debe ser un texto"
    if not value.strip():
        return "no puede estar vacío"
    if len(value) > MAX_TEXT:
        return f"no puede pasar de {MAX_TEXT} caracteres"
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        return "contiene caracteres no permitidos"
    return None


def _instant(value: Any) -> str | None:
    wrong = "debe ser una fecha UTC como 2026-03-15T14:30:00Z"
    match = INSTANT.fullmatch(value) if isinstance(value, str) else None
    if not match or not 2000 <= int(match[1]) < 3000:
        return wrong
    try:
        datetime.fromisoformat(match[0])
    except ValueError:
        return wrong
    return None


def _email(value: Any) -> str | None:
    if _text(value) is not None or len(value) > 254 or not EMAIL.fullmatch(value):
        return "debe ser un correo electrónico válido"
    return None


def _one_of(*choices: str) -> Check:
    def check(value: Any) -> str | None:
        # Compared as text: a list or an object would not even be hashable.
        return None if isinstance(value, str) and value in choices else f"debe ser {' o '.join(choices)}"

    return check
