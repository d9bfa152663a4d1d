"""An answer's bytes → typed fields, in whatever envelope they come.

Pure, and never raises: what cannot be read is an answer without the documented fields, and the caller treats it so. The
vendor documents the names of the fields and not where they stand (its sibling API wraps its answers), so the documented
names are looked for in the known places first, and then at the shallowest level that has them. Where that level holds two
different values, nobody can tell which is meant, and nothing was understood.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.zelta import redaction

LONGEST_ID = 255
LONGEST_TOKEN = 8192
_NOT_IN_ID = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})

_NO = (False, "false")
_FAILED_OR_ALIVE = frozenset(
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

Record = dict[str, object]


class _Nothing:
    """Stands for "no JSON came", which `null` is not."""


NOTHING = _Nothing()


@dataclass(frozen=True)
class ParticipantFields:
    """What an answer says about a participant who was added; guests may have no token."""

    public_participant_id: str
    token: str | None


@dataclass(frozen=True)
class Answer:
    """The body of an answer. `secrets` are texts of ours that must not come out of it again, such as the API key."""

    body: bytes
    content_type: str = ""
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def text(self) -> str:
        """The body as text: UTF-8, else what it or its header names, else byte for byte."""
        return _decoded(self.body, self.content_type)

    @cached_property
    def document(self) -> object:
        """The body as JSON, or NOTHING."""
        return _parsed(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether the body says nothing at all."""
        return not self.text.strip()

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON."""
        return self.document is not NOTHING

    @property
    def says_failure(self) -> bool:
        """Whether it says `success: false` at its top."""
        return isinstance(self.document, dict) and self.document.get("success") in (False, "false")

    @cached_property
    def scrubbed(self) -> object:
        """The document without secrets."""
        return redaction.scrubbed(self.document, self.secrets) if self.is_json else NOTHING

    def redacted(self) -> dict[str, object] | None:
        """The answer as the journal may keep it; `None` for an empty one."""
        if self.is_empty:
            return None
        if self.is_json:
            return redaction.for_journal(self.scrubbed)
        return redaction.text_for_journal(self.text, len(self.body), self.secrets)


def cancellation(answer: Answer) -> bool:
    """Whether a 2xx to the PATCH is one: no field is documented, so any JSON will do that does not say otherwise.

    To take a cancellation for unknown costs a repeat, which does no harm; to take it for done when it is not keeps a
    meeting alive that everybody believes cancelled.
    """
    if answer.is_empty:
        return True
    return answer.is_json and answer.document is not False and not _says_otherwise(answer.document)


def _says_otherwise(said: object, *, is_meeting: bool = False, depth: int = 4) -> bool:
    """Whether something in the answer says that it failed, or that the meeting goes on."""
    if isinstance(said, list):
        return depth > 0 and any(_says_otherwise(one, depth=depth - 1) for one in said)
    if not isinstance(said, dict):
        return False
    code, noes = said.get("statusCode"), [said.get(name) in _NO for name in ("ok", "success")]
    failed = any(noes) or bool(said.get("error") or said.get("errors"))
    if failed or (isinstance(code, int) and code >= 400):
        return True
    if _goes_on(said.get("status"), is_meeting=is_meeting or "public_meeting_id" in said):
        return True
    inside = {name: said.get(name) for name in ("data", "meeting", "result")} if depth else {}
    return any(
        _says_otherwise(one, is_meeting=name == "meeting", depth=depth - 1) for name, one in inside.items()
    )


def _goes_on(status: object, *, is_meeting: bool) -> bool:
    """Whether a status is a failure's or a living meeting's; an envelope has a status of its own, such as "ok" or 200."""
    if isinstance(status, int):
        return status >= 400
    if not isinstance(status, str) or status.upper().startswith("CANCEL"):
        return False
    return is_meeting or status.upper() in _FAILED_OR_ALIVE


def meeting_id(answer: Answer) -> str | None:
    """The `public_meeting_id`, or `None` when the answer is not understood."""
    if answer.says_failure:
        return None
    found = _find(answer.document, "public_meeting_id", "meeting")
    return _identifier(found.value) if found else None


def participant(answer: Answer) -> ParticipantFields | None:
    """The participant's id and token, or `None` when the answer is not understood."""
    if answer.says_failure:
        return None
    found = _find(answer.document, "public_participant_id", "participant")
    identifier = _identifier(found.value) if found else None
    if found is None or identifier is None:
        return None
    beside = found.record.get("token")
    if beside in (None, ""):
        elsewhere = _find(answer.document, "token", "participant")
        beside = elsewhere.value if elsewhere else None
    return ParticipantFields(identifier, _identifier(beside, LONGEST_TOKEN))


@dataclass(frozen=True)
class _Found:
    value: object
    record: Record


def _find(document: object, name: str, entity: str) -> _Found | None:
    for record in _documented_places(document, entity):
        if record.get(name) not in (None, ""):
            return _Found(record[name], record)
    for level in _levels(document):
        holders = [record for record in level if record.get(name) not in (None, "")]
        if holders:
            return _Found(holders[0][name], holders[0]) if _all_same(holders, name) else None
    return None


def _documented_places(document: object, entity: str) -> Iterator[Record]:
    top = document if isinstance(document, dict) else {}
    data = top.get("data")
    inside = data.get(entity) if isinstance(data, dict) else None
    yield from (place for place in (top, data, inside, top.get(entity)) if isinstance(place, dict))


def _levels(document: object) -> Iterator[list[Record]]:
    """The records of a document, level by level from the top; a list is a level too."""
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


def _all_same(records: list[Record], name: str) -> bool:
    # By their spelling: 1 equals True, and the number 7 and the text "7" are one id.
    identifiers = {_identifier(record[name], LONGEST_TOKEN) for record in records}
    return len(identifiers) == 1 and None not in identifiers


def _identifier(value: object, longest: int = LONGEST_ID) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    # "." and ".." would climb about in the path of the next call.
    if not 0 < len(text) <= longest or text in {".", ".."}:
        return None
    return None if any(unicodedata.category(char) in _NOT_IN_ID for char in text) else text


def _decoded(body: bytes, content_type: str) -> str:
    for charset in _charsets(body, content_type):
        try:
            return body.decode(charset).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return body.decode("latin-1")


def _charsets(body: bytes, content_type: str) -> Iterable[str]:
    # No other charset is tried: Python knows some whose decoding takes a minute.
    named = re.search(
        r"charset=\"?((?:utf-|iso-8859-|windows-125)[\w-]{1,4})", content_type, re.ASCII | re.IGNORECASE
    )
    # UTF-8 would take the zeros of UTF-16 for text, so JSON's own way of telling them apart comes first.
    return [json.detect_encoding(body), "utf-8", *([named[1]] if named else [])]


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text, parse_int=_integer, parse_constant=lambda _: None, object_pairs_hook=_without_twins
        )
    except (ValueError, RecursionError):
        return NOTHING


def _integer(digits: str) -> int | str:
    # Python refuses to read an integer of thousands of digits, and no database keeps one.
    return int(digits) if len(digits) <= 40 else digits


def _without_twins(pairs: list[tuple[str, object]]) -> Record:
    """A record in which a key that came twice with different values has both of them, in a list: it is ambiguous."""
    record: Record = {}
    for key, value in pairs:
        if key in record and record[key] != value:
            value = [record[key], value]  # noqa: PLW2901
        record[key] = value
    return record
