"""What happened, in the reader's words: the trouble a row is in, and the lines of a meeting's activity."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.fittings import settings
from app.meetings.when import Moment, moment
from app.models import AuditEvent, JournalEntry
from app.models.journal import Ending
from app.site.words import ENDINGS, Names, in_words

_NOTHING_CAME = _l("Zelta gave no answer that we could read: it may have done it or not.")

REASONS: dict[str, LazyString] = {
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
    "api_key": _l("Zelta does not accept the API key. Ask whoever administers Convoca to check it."),
    "suspended": _l(
        "Zelta does not allow it: the account may be suspended. Ask whoever administers the Zelta account."
    ),
}


@dataclass(frozen=True)
class Trouble:
    """Why a row did not simply succeed: our words, the vendor's, and when it may be sent again."""

    words: str
    vendor_message: str | None
    vendor_code: str | None
    retry_at: Moment | None
    earlier: bool
    """Whether these words are of the last attempt only, and an earlier one was left open."""

    @property
    def retry_today(self) -> bool:
        """Whether the hour alone says when: the reader's clock says it too, and it is still today."""
        at = self.retry_at
        return at is not None and at.zone == settings().time_zone and at.is_today


@dataclass(frozen=True)
class Line:
    """One line of the activity."""

    at: Moment
    actor: str
    text: str
    ending: Ending | None
    outcome: str
    detail: str


def trouble(entry: JournalEntry, time_zone: str, language: str, *, earlier: bool = False) -> Trouble | None:
    """What to say about the row whose newest call this is; None where all is well or still open.

    `earlier`: a call before it was left open.
    """
    if entry.outcome in {None, Ending.DONE}:
        return None
    return Trouble(
        reason(entry),
        entry.error_message,
        entry.error_code,
        moment(entry.retry_after, time_zone, language) if entry.retry_after else None,
        earlier=earlier and entry.outcome != Ending.UNKNOWN,
    )


def reason(entry: JournalEntry) -> str:
    """Why a call ended as it did, in one sentence."""
    if entry.reason:
        return str(REASONS.get(entry.reason, _NOTHING_CAME))
    return _("Zelta refused it.") if entry.outcome == Ending.REFUSED else str(_NOTHING_CAME)


def line(event: AuditEvent, entry: JournalEntry | None, names: Names, time_zone: str, language: str) -> Line:
    """What was done with a meeting, as a line of its activity.

    Args:
        event: what the audit says.
        entry: the journal's entry of it, where there is one.
        names: of the people concerned.
        time_zone: the zone to tell the time in.
        language: `es` or `en`.
    """
    ending = entry.outcome if entry else Ending.DONE
    return Line(
        at=moment(event.created_at, time_zone, language),
        actor=names.of_actor(event.actor),
        text=in_words(event, entry, names),
        ending=ending,
        outcome="" if ending == Ending.DONE else str(ENDINGS[ending]),
        detail=_detail(entry) if entry else "",
    )


def _detail(entry: JournalEntry) -> str:
    if entry.outcome in {None, Ending.DONE}:
        return ""
    said = " ".join(
        part for part in (entry.error_message, entry.error_code and f"({entry.error_code})") if part
    )
    return _("%(why)s Zelta said: “%(said)s”", why=reason(entry), said=said) if said else reason(entry)
