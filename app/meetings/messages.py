"""Localized messages: the problem of a row, and the items of a meeting's activity."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.extensions import get_settings
from app.models import AuditEvent, JournalEntry
from app.utils.localized_time import LocalizedDateTime, localize
from app.utils.outcome import Outcome
from app.web.activity_text import OUTCOME_LABELS, NameLookup, describe_event

_NO_ANSWER_MESSAGE = _l("Zelta gave no answer that could be read. It may or may not have gone through.")

REASON_MESSAGES: dict[str, LazyString] = {
    "name_not_resolved": _l("Zelta's address was not found, so nothing was sent."),
    "connection_refused": _l("Zelta did not accept the connection, so nothing was sent."),
    "connect_timeout": _l("Zelta could not be reached in time, so nothing was sent."),
    "tls_failed": _l("The secure connection to Zelta failed, so nothing was sent."),
    "not_started": _l("There was no time left to send it, so nothing was sent."),
    "rate_limited": _l(
        "Zelta accepts a limited number of requests a minute, and this minute is full: it was not processed."
    ),
    "timeout": _l("Zelta did not answer in time. It may or may not have gone through."),
    "connection_lost": _l(
        "The connection broke before the answer came. It may or may not have gone through."
    ),
    "server_error": _l("Zelta had an error of its own. It may or may not have gone through."),
    "redirected": _l(
        "Zelta's address answered with a redirect, which Convoca does not follow. It may or may not have gone through."
    ),
    "not_understood": _l("Zelta's answer made no sense. It may or may not have gone through."),
    "too_large": _l("Zelta's answer was too large to read. It may or may not have gone through."),
    "interrupted": _l("Convoca stopped before the answer came. It may or may not have gone through."),
    "restored": _l(
        "A backup was restored, and it is not known what happened after it was made. It may or may not have gone through."
    ),
    "api_key": _l("Zelta does not accept the API key. Ask your Convoca administrator to check it."),
    "suspended": _l(
        "Zelta does not allow it: the account may be suspended. Ask the administrator of your Zelta account."
    ),
}


@dataclass(frozen=True)
class Problem:
    """The problem of a row: our message, the vendor's, and when a retry is allowed."""

    message: str
    vendor_message: str | None
    vendor_code: str | None
    retry_at: LocalizedDateTime | None
    has_earlier_call: bool
    """Whether an earlier call is unresolved: the message describes only the latest one."""

    @property
    def is_retry_today(self) -> bool:
        """Whether the time alone is clear."""
        return self.retry_at is not None and self.retry_at.is_today


@dataclass(frozen=True)
class ActivityItem:
    """One line of the activity."""

    at: LocalizedDateTime
    actor: str
    text: str
    ending: Outcome | None
    outcome_text: str
    detail: str


def describe_problem(entry: JournalEntry, language: str, *, has_earlier_call: bool = False) -> Problem | None:
    """The problem of the row whose latest call this is; None if it succeeded or is in flight.

    `has_earlier_call`: an earlier call is unresolved.
    """
    if entry.outcome in {None, Outcome.DONE}:
        return None
    return Problem(
        describe_reason(entry),
        _vendor_message(entry),
        entry.error_code,
        localize(entry.retry_after, get_settings().time_zone, language) if entry.retry_after else None,
        has_earlier_call=has_earlier_call and entry.outcome != Outcome.UNKNOWN,
    )


def describe_reason(entry: JournalEntry) -> str:
    """Why a call ended as it did, in one sentence."""
    if entry.reason:
        return str(REASON_MESSAGES.get(entry.reason, _NO_ANSWER_MESSAGE))
    return _("Zelta refused the request.") if entry.outcome == Outcome.REFUSED else str(_NO_ANSWER_MESSAGE)


def _vendor_message(entry: JournalEntry) -> str | None:
    """The vendor's message, unless it says nothing."""
    return None if entry.error_message == "OK" else entry.error_message


def build_activity_item(
    event: AuditEvent, entry: JournalEntry | None, names: NameLookup, language: str
) -> ActivityItem:
    """Present an audit event as an activity item, with the time of the installation's zone.

    Args:
        event: the audit event.
        entry: its journal entry, if any.
        names: of the participants concerned.
        language: `es` or `en`.
    """
    ending = entry.outcome if entry else Outcome.DONE
    return ActivityItem(
        at=localize(event.created_at, get_settings().time_zone, language),
        actor=names.actor_name(event.actor),
        text=describe_event(event, entry, names),
        ending=ending,
        outcome_text="" if ending == Outcome.DONE else str(OUTCOME_LABELS[ending]),
        detail=_build_detail(entry) if entry else "",
    )


def _build_detail(entry: JournalEntry) -> str:
    if entry.outcome in {None, Outcome.DONE}:
        return ""
    vendor_text = " ".join(
        part for part in (_vendor_message(entry), entry.error_code and f"({entry.error_code})") if part
    )
    return (
        _("%(why)s Zelta said: “%(said)s”", why=describe_reason(entry), said=vendor_text)
        if vendor_text
        else describe_reason(entry)
    )
