"""Checks of Zelta: a probe of the API on request, and the outcomes of recent calls."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.extensions import get_settings, get_zelta_client
from app.http_client.errors import FailureReason
from app.meetings.messages import describe_reason as why
from app.models import JournalEntry, RateLimitState
from app.models.journal import IS_CALL
from app.operations.check import Check, CheckState, format_time
from app.operations.system_checks import check_clock_skew
from app.rate_limit import FAILURE_THRESHOLD
from app.utils.outcome import Outcome
from app.zelta.outcome import CallDetails, CallResult, Done

MAX_RECENT_CALLS = 1000
FAILED_OUTCOMES = {Outcome.NOT_SENT, Outcome.UNKNOWN}
KEY_REJECTED_REASONS = {FailureReason.API_KEY, FailureReason.SUSPENDED}
_IS_FINISHED_CALL = and_(IS_CALL, JournalEntry.finished_at.is_not(None))
MEETINGS_ROUTE = "/public/meetings"
_URL_ADVICE = _l("Check ZELTA_API_URL: it is the backend's base address, without /public/meetings.")
_CONNECTION_ADVICE = _l("Check ZELTA_API_URL, this machine's network, and HTTPS_PROXY if there is a proxy.")
_WAIT_ADVICE = _l("There is nothing to fix here: what is not sent is kept, and lists continue by themselves.")

# Result of the probe: state, message and advice.
PROBE_RESULTS: dict[str, tuple[CheckState, LazyString, LazyString | str]] = {
    "accepted": (CheckState.OK, _l("It answers at %(host)s and accepts the key."), ""),
    FailureReason.NAME_NOT_RESOLVED: (
        CheckState.PROBLEM,
        _l("The name %(host)s was not found."),
        _CONNECTION_ADVICE,
    ),
    FailureReason.CONNECTION_REFUSED: (
        CheckState.PROBLEM,
        _l("%(host)s accepts no connection."),
        _CONNECTION_ADVICE,
    ),
    FailureReason.CONNECT_TIMEOUT: (
        CheckState.PROBLEM,
        _l("%(host)s could not be reached in time."),
        _CONNECTION_ADVICE,
    ),
    FailureReason.TLS_FAILED: (
        CheckState.PROBLEM,
        _l(
            "The secure connection to %(host)s failed: its certificate is not for that name, has expired, or is not trusted here."
        ),
        _l(
            "Check ZELTA_API_URL and this machine's clock; REQUESTS_CA_BUNDLE names your own certificate authorities."
        ),
    ),
    FailureReason.TIMEOUT: (
        CheckState.PROBLEM,
        _l("%(host)s took the connection and gave no answer in time."),
        _WAIT_ADVICE,
    ),
    FailureReason.CONNECTION_LOST: (
        CheckState.PROBLEM,
        _l("%(host)s closed the connection without an answer."),
        _CONNECTION_ADVICE,
    ),
    FailureReason.SERVER_ERROR: (
        CheckState.PROBLEM,
        _l("It answers with an error of its own (%(status)s)."),
        _WAIT_ADVICE,
    ),
    FailureReason.RATE_LIMITED: (
        CheckState.ATTENTION,
        _l("It answers, and takes no more calls for now (429)."),
        _WAIT_ADVICE,
    ),
    FailureReason.API_KEY: (
        CheckState.PROBLEM,
        _l("It does not accept the key (401)."),
        _l("Set ZELTA_API_KEY to the key that Zelta Meet shows under Integraciones, and restart."),
    ),
    FailureReason.SUSPENDED: (
        CheckState.PROBLEM,
        _l("It refuses every call (403): the key or the account may be suspended."),
        _l("Ask the administrator of your Zelta account."),
    ),
    FailureReason.REDIRECTED: (
        CheckState.PROBLEM,
        _l("%(host)s redirects elsewhere (%(status)s), which Convoca does not follow."),
        _URL_ADVICE,
    ),
    "not_the_api": (
        CheckState.PROBLEM,
        _l("Something that is not Zelta's API answers at %(host)s (%(status)s)."),
        _URL_ADVICE,
    ),
    "no_such_route": (CheckState.PROBLEM, _l("It does not know that address (%(status)s)."), _URL_ADVICE),
    "unclear": (
        CheckState.ATTENTION,
        _l("%(host)s answers “not found” (404), which says nothing about the address or the key."),
        _l("If a recent call to Zelta succeeded, all is well; if not, check ZELTA_API_URL."),
    ),
}


def connection_checks(*, call_api: bool) -> Iterator[Check]:
    """Whether the API accepts our calls, and its clock; without `call_api`, only that it was not probed."""
    if not call_api:
        yield Check("zelta", _zelta_title(), CheckState.SKIPPED, _("Only tested on request."))
        return
    outcome = get_zelta_client().probe()
    yield check_probe(outcome)
    if outcome.details.clock_skew is not None:
        yield check_clock_skew("zelta_clock", _("Zelta's clock"), outcome.details.clock_skew)


def check_probe(outcome: CallResult[None]) -> Check:
    """What the answer to `ZeltaClient.probe` says."""
    state, template, advice = PROBE_RESULTS[_classify_probe(outcome)]
    host = urlsplit(get_settings().zelta_api_url).netloc
    message = str(template) % {"host": host, "status": outcome.details.status or "—"}
    return Check("zelta", _zelta_title(), state, message, str(advice))


def recent_call_checks(session: Session) -> Iterator[Check]:
    """How the last real calls ended. A 429 is no failure: lists meet the rate limit every minute."""
    query = select(JournalEntry.id, JournalEntry.outcome, JournalEntry.reason).where(_IS_FINISHED_CALL)
    recent = session.execute(query.order_by(JournalEntry.finished_at.desc()).limit(MAX_RECENT_CALLS)).all()
    last_success = next((call.id for call in recent if call.outcome == Outcome.DONE), None)
    last_failure = next(
        (
            call.id
            for call in recent
            if (call.outcome in FAILED_OUTCOMES and call.reason != FailureReason.RATE_LIMITED)
            or call.reason in KEY_REJECTED_REASONS
        ),
        None,
    )
    last_success, last_failure = (
        session.get(JournalEntry, call_id) if call_id else None for call_id in (last_success, last_failure)
    )
    yield _check_last_success(last_success)
    yield _check_last_failure(
        last_failure, last_success, session.get_one(RateLimitState, 1).consecutive_failures
    )


def _check_last_success(call: JournalEntry | None) -> Check:
    title = _("Last call that succeeded")
    if call is None or call.finished_at is None:
        return Check("last_success", title, CheckState.OK, _("None yet."))
    message = _("At %(time)s.", time=format_time(call.finished_at))
    return Check("last_success", title, CheckState.OK, message)


def _check_last_failure(
    call: JournalEntry | None, last_success: JournalEntry | None, consecutive_failures: int
) -> Check:
    title = _("Last call that failed")
    if call is None or call.finished_at is None:
        return Check("last_failure", title, CheckState.OK, _("None lately."))
    message = _("At %(time)s: %(why)s", time=format_time(call.finished_at), why=why(call))
    if consecutive_failures >= FAILURE_THRESHOLD:
        failed = ngettext(
            "%(num)s call has failed in a row.", "%(num)s calls have failed in a row.", consecutive_failures
        )
        return Check("last_failure", title, CheckState.PROBLEM, f"{message} {failed}", str(_WAIT_ADVICE))
    is_newest = (
        last_success is None
        or last_success.finished_at is None
        or last_success.finished_at < call.finished_at
    )
    return Check("last_failure", title, CheckState.ATTENTION if is_newest else CheckState.INFO, message)


def _zelta_title() -> str:
    return str(_("Zelta's API"))


def _classify_probe(outcome: CallResult[None]) -> str:
    facts = outcome.details
    if isinstance(outcome, Done):
        return "accepted"
    if facts.reason is not None:
        return facts.reason if facts.reason in PROBE_RESULTS else "not_the_api"
    return _classify_refusal(facts)


def _classify_refusal(facts: CallDetails) -> str:
    """Classify a refusal: an unknown meeting is the expected answer; an unknown route means a wrong URL."""
    document = facts.response or {}
    is_json = bool(document) and "text" not in document and document.get("omitted") != "text"
    if not is_json:
        return "not_the_api"
    message = (facts.message or "").lower()
    if facts.status == 405 or MEETINGS_ROUTE in message or message.startswith("cannot patch"):
        return "no_such_route"
    if facts.status == 404 and not facts.code and message in {"", "not found"}:
        return "unclear"
    return "accepted"
