"""The vendor's error code and words, out of whatever shape its errors take.

The sibling API answers `{"success": false, "message": …, "error": {"code": …, "details": …}}`; frameworks and gateways have
shapes of their own. Pure; reads the scrubbed document, so that no secret can come out in a message.
"""

from app.zelta import redaction
from app.zelta.answer import NOTHING, Answer

LONGEST_MESSAGE = 500
LONGEST_CODE = 100
_MOST_WORDS = 10

_CODES = ("code", "error_code", "errorCode")
_WORDS = (
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
_CONTAINERS = ("details", "errors", "fieldErrors", "field_errors")
_MACHINES = (
    *_CODES,
    "statusCode",
    "status",
    "requestId",
    "request_id",
    "traceId",
    "timestamp",
    "type",
    "instance",
)
_FIELDS = ("field", "path", "loc", "property", "param")


def complaint(answer: Answer) -> tuple[str | None, str | None]:
    """The error's code and its words, each `None` where the answer has none. HTML has no words for a coordinator."""
    document = answer.scrubbed
    if document is NOTHING:
        return None, _clean(_plain(answer), LONGEST_MESSAGE)
    error = document.get("error") if isinstance(document, dict) else None
    code = _code(error) or _code(document)
    return _clean(code, LONGEST_CODE), _clean(_message(document, error), LONGEST_MESSAGE)


def _code(record: object) -> str:
    if not isinstance(record, dict):
        return ""
    found = (record.get(name) for name in _CODES)
    return next(
        (str(code) for code in found if isinstance(code, str | int) and not isinstance(code, bool)), ""
    )


def _message(document: object, error: object) -> str:
    if not isinstance(document, dict):
        return _words(document)
    words = [_words(document.get("message")), _words(error)]
    if not words[0] and isinstance(document.get("data"), dict):
        words.append(_words({"message": document["data"].get("message")}))
    details = _details(error) or _details(document)
    said = words[0] or _words({**document, "error": None}) or next(filter(None, words), "")
    both = details and said and details not in said
    return f"{said.rstrip('.: ')}: {details}" if both else said or details


def _details(record: object) -> str:
    """What stands beside a general message: a list of errors, or errors by the fields that they are about."""
    if not isinstance(record, dict):
        return ""
    return next(filter(None, (_words(record.get(name)) for name in _CONTAINERS)), "")


def _words(value: object, depth: int = 4) -> str:
    """Everything in a value that reads like words, in one line."""
    if isinstance(value, str):
        return value.strip()
    if depth == 0:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(inner, depth - 1) for inner in value[:_MOST_WORDS])))
    return _words_of_record(value, depth) if isinstance(value, dict) else ""


def _words_of_record(record: dict[str, object], depth: int) -> str:
    said = next(filter(None, (_words(record.get(name), depth - 1) for name in _WORDS)), "")
    about = next(filter(None, (_place(record.get(name)) for name in _FIELDS)), "")
    return f"{about}: {said}" if about and said else said or _by_field(record, depth)


def _by_field(record: dict[str, object], depth: int) -> str:
    """Errors that stand under the names of the fields that they are about."""
    found = []
    for name, value in list(record.items())[:_MOST_WORDS]:
        told = "" if name in (*_MACHINES, *_FIELDS) or name == "error" else _words(value, depth - 1)
        if told:
            found.append(told if name in _CONTAINERS else f"{name}: {told}")
    return "; ".join(found)


def _place(value: object) -> str:
    """Which field an error is about: its name, or the steps that lead to it."""
    steps = value if isinstance(value, list) else [value]
    return ".".join(str(step) for step in steps[:_MOST_WORDS] if isinstance(step, str | int))


def _plain(answer: Answer) -> str:
    text = answer.text.strip()
    kept = redaction.text_for_journal(text, 0, answer.secrets).get("text")
    is_words = "html" not in answer.content_type.lower() and not text.startswith(("<", "{", "["))
    return kept if is_words and isinstance(kept, str) else ""


def _clean(text: str, longest: int) -> str | None:
    return redaction.clean(text, longest) or None
