"""Parse a response body into typed fields, whatever its envelope.

Pure; never raises: an unreadable body is treated as one without the documented fields. The
vendor documents the names of the fields but not their place (its sibling API wraps responses), so the
names are searched in the known places first, then at the shallowest level with them. If that level has two
different values, the field is ambiguous and the response is not understood.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.zelta import redaction

MAX_ID_LENGTH = 255
MAX_TOKEN_LENGTH = 8192
_FORBIDDEN_ID_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})

_FALSE_VALUES = (False, "false")
_NOT_CANCELLED_STATUSES = frozenset(
    {
        "ERROR",
        "FAIL",
        "FAILED",
        "FAILURE",
        "SCHEDULED",
        "ACTIVE",
        "PENDING",
        "CONFIRMED",
        "OPEN",
        "STARTED",
        "LIVE",
    }
)

JsonObject = dict[str, object]


class _NoJson:
    """Marks a body that is not JSON, as opposed to `null`."""


NO_JSON = _NoJson()


@dataclass(frozen=True)
class ParticipantFields:
    """The fields of an added participant; guests may have no token."""

    public_participant_id: str
    token: str | None


@dataclass(frozen=True)
class ResponseBody:
    """A response body. `secrets` are texts to redact from it, such as the API key."""

    body: bytes
    content_type: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def text(self) -> str:
        """The body as text: UTF-8, else the declared charset, else Latin-1."""
        return _decode(self.body, self.content_type)

    @cached_property
    def document(self) -> object:
        """The body as JSON, or NO_JSON."""
        return _parse_json(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether the body is blank."""
        return not self.text.strip()

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON."""
        return self.document is not NO_JSON

    @property
    def is_failure(self) -> bool:
        """Whether its top level has `success: false`."""
        return isinstance(self.document, dict) and self.document.get("success") in (False, "false")

    @cached_property
    def redacted_document(self) -> object:
        """The document without secrets."""
        return redaction.redact_json(self.document, self.secrets) if self.is_json else NO_JSON

    def to_journal(self) -> dict[str, object] | None:
        """The redacted response for the journal; `None` if it is empty."""
        if self.is_empty:
            return None
        if self.is_json:
            return redaction.to_journal_json(self.redacted_document)
        return redaction.to_journal_text(self.text, len(self.body), self.secrets)


def confirms_cancellation(body: ResponseBody) -> bool:
    """Whether a 2xx to the PATCH confirms it: no field is documented, so accept JSON without a contradiction.

    A false "unknown" costs a harmless retry; a false "done" leaves a
    meeting alive that users believe cancelled.
    """
    if body.is_empty:
        return True
    return body.is_json and body.document is not False and not _contradicts_cancellation(body.document)


def _contradicts_cancellation(value: object, *, is_meeting: bool = False, depth: int = 4) -> bool:
    """Whether the response reports a failure or a live meeting."""
    if isinstance(value, list):
        return depth > 0 and any(
            _contradicts_cancellation(nested_value, depth=depth - 1) for nested_value in value
        )
    if not isinstance(value, dict):
        return False
    code, failure_flags = (
        value.get("statusCode"),
        [value.get(name) in _FALSE_VALUES for name in ("ok", "success")],
    )
    has_error = any(failure_flags) or bool(value.get("error") or value.get("errors"))
    if has_error or (isinstance(code, int) and code >= 400):
        return True
    if _is_live_status(value.get("status"), is_meeting=is_meeting or "public_meeting_id" in value):
        return True
    nested = {name: value.get(name) for name in ("data", "meeting", "result")} if depth else {}
    return any(
        _contradicts_cancellation(one, is_meeting=name == "meeting", depth=depth - 1)
        for name, one in nested.items()
    )


def _is_live_status(status: object, *, is_meeting: bool) -> bool:
    """Whether a status means failure or a live meeting; an envelope has its own, such as "ok" or 200."""
    if isinstance(status, int):
        return status >= 400
    if not isinstance(status, str) or status.upper().startswith("CANCEL"):
        return False
    return is_meeting or status.upper() in _NOT_CANCELLED_STATUSES


def find_meeting_id(body: ResponseBody) -> str | None:
    """The `public_meeting_id`, or `None` if the response is not understood."""
    if body.is_failure:
        return None
    match = _find_field(body.document, "public_meeting_id", "meeting")
    return _parse_identifier(match.value) if match else None


def find_participant(body: ResponseBody) -> ParticipantFields | None:
    """The participant's id and token, or `None` if the response is not understood."""
    if body.is_failure:
        return None
    match = _find_field(body.document, "public_participant_id", "participant")
    identifier = _parse_identifier(match.value) if match else None
    if match is None or identifier is None:
        return None
    token = match.container.get("token")
    if token in (None, ""):
        token_match = _find_field(body.document, "token", "participant")
        token = token_match.value if token_match else None
    return ParticipantFields(identifier, _parse_identifier(token, MAX_TOKEN_LENGTH))


@dataclass(frozen=True)
class _FieldMatch:
    value: object
    container: JsonObject


def _find_field(document: object, name: str, entity: str) -> _FieldMatch | None:
    for record in _documented_objects(document, entity):
        if record.get(name) not in (None, ""):
            return _FieldMatch(record[name], record)
    for level in _iterate_levels(document):
        candidates = [record for record in level if record.get(name) not in (None, "")]
        if candidates:
            return (
                _FieldMatch(candidates[0][name], candidates[0])
                if _have_same_value(candidates, name)
                else None
            )
    return None


def _documented_objects(document: object, entity: str) -> Iterator[JsonObject]:
    top = document if isinstance(document, dict) else {}
    data = top.get("data")
    nested = data.get(entity) if isinstance(data, dict) else None
    yield from (
        candidate for candidate in (top, data, nested, top.get(entity)) if isinstance(candidate, dict)
    )


def _iterate_levels(document: object) -> Iterator[list[JsonObject]]:
    """The JSON objects of a document, breadth first; a list is a level too."""
    level = [document]
    while level:
        yield [value for value in level if isinstance(value, dict)]
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
        level = below


def _have_same_value(records: list[JsonObject], name: str) -> bool:
    # Compare as text: in Python 1 == True, and the number 7 and the text "7" are the same id.
    identifiers = {_parse_identifier(record[name], MAX_TOKEN_LENGTH) for record in records}
    return len(identifiers) == 1 and None not in identifiers


def _parse_identifier(value: object, max_length: int = MAX_ID_LENGTH) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    # "." and ".." would change the path of the next call.
    if not 0 < len(text) <= max_length or text in {".", ".."}:
        return None
    return None if any(unicodedata.category(char) in _FORBIDDEN_ID_CATEGORIES for char in text) else text


def _decode(body: bytes, content_type: str) -> str:
    for charset in _candidate_charsets(body, content_type):
        try:
            return body.decode(charset).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return body.decode("latin-1")


def _candidate_charsets(body: bytes, content_type: str) -> Iterable[str]:
    # No other charset is tried: some Python codecs can take a minute.
    declared = re.search(
        r"charset=\"?((?:utf-|iso-8859-|windows-125)[\w-]{1,4})", content_type, re.ASCII | re.IGNORECASE
    )
    # UTF-16 zero bytes are valid UTF-8, so JSON's encoding detection comes first.
    return [json.detect_encoding(body), "utf-8", *([declared[1]] if declared else [])]


def _parse_json(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_int=_parse_integer,
            parse_constant=lambda _: None,
            object_pairs_hook=_keep_duplicate_keys,
        )
    except (ValueError, RecursionError):
        return NO_JSON


def _parse_integer(digits: str) -> int | str:
    # Python limits the digits of an integer, and no database stores one of that size.
    return int(digits) if len(digits) <= 40 else digits


def _keep_duplicate_keys(pairs: list[tuple[str, object]]) -> JsonObject:
    """Collect the values of a duplicate key in a list: the key is ambiguous."""
    record: JsonObject = {}
    for key, value in pairs:
        if key in record and record[key] != value:
            value = [record[key], value]  # noqa: PLW2901
        record[key] = value
    return record
