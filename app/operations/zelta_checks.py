"""Checks of Zelta: whether it would hear us, asked when somebody wants to know, and how the last calls ended."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.fittings import settings, zelta
from app.meetings.words import reason as why
from app.models import JournalEntry, Pace
from app.models.journal import CALLS, Ending
from app.operations.check import Check, State, clock
from app.operations.own_checks import skew
from app.pace import OUTAGES_IN_A_ROW
from app.zelta.outcome import Done, Facts, Outcome, Reason

LAST_CALLS = 1000
FAILED = {Ending.NOT_SENT, Ending.UNKNOWN}
KEY_REFUSED = {Reason.API_KEY, Reason.SUSPENDED}
_ENDED = and_(CALLS, JournalEntry.finished_at.is_not(None))
ROUTE = "/public/meetings"
_ADDRESS = _l("Check ZELTA_API_URL: it is the backend's base address, without /public/meetings.")
_ROAD = _l("Check ZELTA_API_URL, this machine's network, and HTTPS_PROXY if a proxy stands between.")
_WAIT = _l("There is nothing to fix here: what is not sent is kept, and lists continue by themselves.")

# What became of the question: how it stands, the sentence, and what to do.
FINDINGS: dict[str, tuple[State, LazyString, LazyString | str]] = {
    "accepted": (State.OK, _l("It answers at %(host)s and accepts the key."), ""),
    Reason.NAME_NOT_RESOLVED: (State.PROBLEM, _l("The name %(host)s leads nowhere."), _ROAD),
    Reason.CONNECTION_REFUSED: (State.PROBLEM, _l("%(host)s accepts no connection."), _ROAD),
    Reason.CONNECT_TIMEOUT: (State.PROBLEM, _l("%(host)s could not be reached in time."), _ROAD),
    Reason.TLS_FAILED: (
        State.PROBLEM,
        _l(
            "The secure connection to %(host)s failed: its certificate is not for that name, has expired, or is not trusted here."
        ),
        _l("Check ZELTA_API_URL and this machine's clock; REQUESTS_CA_BUNDLE names authorities of your own."),
    ),
    Reason.TIMEOUT: (State.PROBLEM, _l("%(host)s took the connection and gave no answer in time."), _WAIT),
    Reason.CONNECTION_LOST: (State.PROBLEM, _l("%(host)s closed the connection without an answer."), _ROAD),
    Reason.SERVER_ERROR: (State.PROBLEM, _l("It answers with an error of its own (%(status)s)."), _WAIT),
    Reason.RATE_LIMITED: (State.ATTENTION, _l("It answers, and takes no more calls for now (429)."), _WAIT),
    Reason.API_KEY: (
        State.PROBLEM,
        _l("It does not accept the key (401)."),
        _l("Set ZELTA_API_KEY to the key that Zelta Meet shows under Integraciones, and restart."),
    ),
    Reason.SUSPENDED: (
        State.PROBLEM,
        _l("It does not allow us anything (403): the key, or the account, may be suspended."),
        _l("Ask whoever administers the account in Zelta Meet."),
    ),
    Reason.REDIRECTED: (
        State.PROBLEM,
        _l("%(host)s leads elsewhere (%(status)s), and we do not follow."),
        _ADDRESS,
    ),
    "not_the_api": (
        State.PROBLEM,
        _l("Something that is not Zelta's API answers at %(host)s (%(status)s)."),
        _ADDRESS,
    ),
    "no_such_route": (State.PROBLEM, _l("It knows no such address (%(status)s)."), _ADDRESS),
    "unclear": (
        State.ATTENTION,
        _l(
            "%(host)s answers that there is no such thing (404), which says nothing of the address or the key."
        ),
        _l("If a call to Zelta has succeeded lately, all is well; if not, check ZELTA_API_URL."),
    ),
}


def of_asking(*, ask: bool) -> Iterator[Check]:
    """Whether it would hear us, and its clock; without `ask`, only that nobody asked."""
    if not ask:
        yield Check("zelta", _title(), State.NOT_ASKED, _("It is asked only when somebody wants to know."))
        return
    outcome = zelta().probe()
    yield answer(outcome)
    if outcome.facts.clock_ahead is not None:
        yield skew("zelta_clock", _("Zelta's clock"), outcome.facts.clock_ahead)


def answer(outcome: Outcome[None]) -> Check:
    """What the answer to `ZeltaClient.probe` says."""
    state, words, advice = FINDINGS[_finding(outcome)]
    host = urlsplit(settings().zelta_api_url).netloc
    told = str(words) % {"host": host, "status": outcome.facts.status or "—"}
    return Check("zelta", _title(), state, told, str(advice))


def of_calls(session: Session) -> Iterator[Check]:
    """How the last real calls ended."""
    query = select(JournalEntry.id, JournalEntry.outcome, JournalEntry.reason).where(_ENDED)
    last = session.execute(query.order_by(JournalEntry.finished_at.desc()).limit(LAST_CALLS)).all()
    good = next((call.id for call in last if call.outcome == Ending.DONE), None)
    bad = next((call.id for call in last if call.outcome in FAILED or call.reason in KEY_REFUSED), None)
    good, bad = (session.get(JournalEntry, found) if found else None for found in (good, bad))
    yield _last_good(good)
    yield _last_bad(bad, good, session.get_one(Pace, 1).consecutive_failures)


def _last_good(call: JournalEntry | None) -> Check:
    title = _("Last call that succeeded")
    if call is None or call.finished_at is None:
        return Check("last_success", title, State.OK, _("None yet."))
    words = _("At %(time)s.", time=clock(call.finished_at))
    return Check("last_success", title, State.OK, words)


def _last_bad(call: JournalEntry | None, good: JournalEntry | None, in_a_row: int) -> Check:
    title = _("Last call that failed")
    if call is None or call.finished_at is None:
        return Check("last_failure", title, State.OK, _("None lately."))
    words = _("At %(time)s: %(why)s", time=clock(call.finished_at), why=why(call))
    if in_a_row >= OUTAGES_IN_A_ROW:
        failed = ngettext(
            "%(num)s call has failed in a row.", "%(num)s calls have failed in a row.", in_a_row
        )
        return Check("last_failure", title, State.PROBLEM, f"{words} {failed}", str(_WAIT))
    newest = good is None or good.finished_at is None or good.finished_at < call.finished_at
    return Check("last_failure", title, State.ATTENTION if newest else State.OK, words)


def _title() -> str:
    return str(_("Zelta's API"))


def _finding(outcome: Outcome[None]) -> str:
    facts = outcome.facts
    if isinstance(outcome, Done):
        return "accepted"
    if facts.reason is not None:
        return facts.reason if facts.reason in FINDINGS else "not_the_api"
    return _refusal(facts)


def _refusal(facts: Facts) -> str:
    """What a plain refusal says: of the meeting, which is right since there is none, or of the address."""
    document = facts.answer or {}
    is_json = bool(document) and "text" not in document and document.get("omitted") != "text"
    if not is_json:
        return "not_the_api"
    said = (facts.message or "").lower()
    if facts.status == 405 or ROUTE in said or said.startswith("cannot patch"):
        return "no_such_route"
    if facts.status == 404 and not facts.code and said in {"", "not found"}:
        return "unclear"
    return "accepted"
