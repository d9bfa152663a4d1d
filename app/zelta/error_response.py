"""Extract the vendor's error code and message from any error format.

The sibling API answers `{"success": false, "message": …, "error": {"code": …, "details": …}}`; frameworks and
gateways have their own formats. Pure; reads the redacted document, so that no message contains a secret.
"""

from app.zelta import redaction
from app.zelta.response import NO_JSON, ResponseBody

MAX_MESSAGE_LENGTH = 500
MAX_CODE_LENGTH = 100
_MAX_ITEMS = 10

_CODE_FIELDS = ("code", "error_code", "errorCode")
_TEXT_FIELDS = (
    "message",
    "msg",
    "detail",
    "details",
    "error_description",
    "description",
    "title",
    "reason",
    "mensaje",
    "detalle",
    "descripcion",
    "issues",
    "errors",
)
_DETAIL_FIELDS = ("details", "errors", "fieldErrors", "field_errors")
_NON_TEXT_FIELDS = (
    *_CODE_FIELDS,
    "statusCode",
    "status",
    "requestId",
    "request_id",
    "traceId",
    "timestamp",
    "type",
    "instance",
)
_FIELD_NAME_KEYS = ("field", "path", "loc", "property", "param")


def parse_error(body: ResponseBody) -> tuple[str | None, str | None]:
    """The error's code and message, each `None` if missing. HTML bodies have no usable message."""
    document = body.redacted_document
    if document is NO_JSON:
        return None, _clean_text(_plain_text(body), MAX_MESSAGE_LENGTH)
    error = document.get("error") if isinstance(document, dict) else None
    code = _find_code(error) or _find_code(document)
    return _clean_text(code, MAX_CODE_LENGTH), _clean_text(
        _build_message(document, error), MAX_MESSAGE_LENGTH
    )


def _find_code(record: object) -> str:
    if not isinstance(record, dict):
        return ""
    candidates = (record.get(name) for name in _CODE_FIELDS)
    return next(
        (str(code) for code in candidates if isinstance(code, str | int) and not isinstance(code, bool)), ""
    )


def _build_message(document: object, error: object) -> str:
    if not isinstance(document, dict):
        return _extract_text(document)
    texts = [_extract_text(document.get("message")), _extract_text(error)]
    if not texts[0] and isinstance(document.get("data"), dict):
        texts.append(_extract_text({"message": document["data"].get("message")}))
    details = _find_details(error) or _find_details(document)
    summary = texts[0] or _extract_text({**document, "error": None}) or next(filter(None, texts), "")
    needs_both = details and summary and details not in summary
    return f"{summary.rstrip('.: ')}: {details}" if needs_both else summary or details


def _find_details(record: object) -> str:
    """The details beside a general message: a list of errors, or errors by field."""
    if not isinstance(record, dict):
        return ""
    return next(filter(None, (_extract_text(record.get(name)) for name in _DETAIL_FIELDS)), "")


def _extract_text(value: object, depth: int = 4) -> str:
    """All text in a value, in one line."""
    if isinstance(value, str):
        return value.strip()
    if depth == 0:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_extract_text(inner, depth - 1) for inner in value[:_MAX_ITEMS])))
    return _extract_object_text(value, depth) if isinstance(value, dict) else ""


def _extract_object_text(record: dict[str, object], depth: int) -> str:
    text = next(filter(None, (_extract_text(record.get(name), depth - 1) for name in _TEXT_FIELDS)), "")
    field = next(filter(None, (_format_field_path(record.get(name)) for name in _FIELD_NAME_KEYS)), "")
    return f"{field}: {text}" if field and text else text or _extract_field_errors(record, depth)


def _extract_field_errors(record: dict[str, object], depth: int) -> str:
    """Errors that are keyed by field name."""
    errors = []
    for name, value in list(record.items())[:_MAX_ITEMS]:
        text = (
            ""
            if name in (*_NON_TEXT_FIELDS, *_FIELD_NAME_KEYS) or name == "error"
            else _extract_text(value, depth - 1)
        )
        if text:
            errors.append(text if name in _DETAIL_FIELDS else f"{name}: {text}")
    return "; ".join(errors)


def _format_field_path(value: object) -> str:
    """The field of an error: its name or path."""
    steps = value if isinstance(value, list) else [value]
    return ".".join(str(step) for step in steps[:_MAX_ITEMS] if isinstance(step, str | int))


def _plain_text(body: ResponseBody) -> str:
    text = body.text.strip()
    excerpt = redaction.to_journal_text(text, 0, body.secrets).get("text")
    is_plain_text = "html" not in body.content_type.lower() and not text.startswith(("<", "{", "["))
    return excerpt if is_plain_text and isinstance(excerpt, str) else ""


def _clean_text(text: str, max_length: int) -> str | None:
    return redaction.clean_message(text, max_length) or None
