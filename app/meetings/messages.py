"""Localized messages: the problem of a row, and the items of a meeting's activity."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.extensions import get_settings
from app.models import AuditEvent, JournalEntry
from app.utils.outcome import Outcome
from app.utils.timezones import LocalizedDateTime, localize
from app.web.activity_text import OUTCOME_LABELS, NameLookup, describe_event

_NO_ANSWER_MESSAGE = _l("Zelta gave no answer that we could read: it may have done it or not.")

REASON_MESSAGES: dict[str, LazyString] = {
    "name_not_resolved": _l("Zelta's address was not found, so nothing was sent."),
    "connection_refused": _l("Zelta accepted no connection, so nothing was sent."),
    "connect_timeout": _l("Zelta could not be reached in time, so nothing was sent."),
    "tls_failed": _l("The secure connection to Zelta failed, so nothing was sent."),
    "not_started": _l("There was no time left to send it, so nothing was sent."),
    "rate_limited": _l("Zelta takes no more calls for the moment, so it was not processed."),
    "timeout": _l("Zelta did not answer in time: it may have done it or not."),
    "connection_lost": _l("The connection broke before the answer came: Zelta may have done it or not."),
    "server_error": _l("Zelta had an error of its own: it may have done it or not."),
    "redirected": _l(
        "Zelta's address answered with a redirect, which we do not follow: it may have done it or not."
    ),
    "not_understood": _l("Zelta answered, but not with what we need to know: it may have done it or not."),
    "too_large": _l("Zelta's answer was too large to read: it may have done it or not."),
    "interrupted": _l("Convoca stopped before the answer came: Zelta may have done it or not."),
    "restored": _l(
        "A backup was restored, and nobody knows what happened after it was made: it may have been sent or not."
    ),
    "api_key": _l("Zelta does not accept the API key. Ask the administrator of Convoca to check it."),
    "suspended": _l(
        "Zelta does not allow it: the account may be suspended. Ask the administrator of the Zelta account."
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
        entry.error_message,
        entry.error_code,
        localize(entry.retry_after, get_settings().time_zone, language) if entry.retry_after else None,
        has_earlier_call=has_earlier_call and entry.outcome != Outcome.UNKNOWN,
    )


def describe_reason(entry: JournalEntry) -> str:
    """Why a call ended as it did, in one sentence."""
    if entry.reason:
        return str(REASON_MESSAGES.get(entry.reason, _NO_ANSWER_MESSAGE))
    return _("Zelta refused it.") if entry.outcome == Outcome.REFUSED else str(_NO_ANSWER_MESSAGE)


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
        part for part in (entry.error_message, entry.error_code and f"({entry.error_code})") if part
    )
    return (
        _("%(why)s Zelta said: “%(said)s”", why=describe_reason(entry), said=vendor_text)
        if vendor_text
        else describe_reason(entry)
    )
