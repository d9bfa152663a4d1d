"""Checks of the outbox: sender activity, lost calls, and undecided unknown outcomes.

Senders have no heartbeat: their activity shows in the database. While participants are sendable, each claims
participants every second, and completes calls at the rate limit. So no extra state can be outdated while
participants are sent. While the queue is empty, it cannot tell whether a sender runs, and says so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from app.extensions import get_settings
from app.models import JournalEntry, Meeting, Participant, RateLimitState
from app.models.journal import IS_CALL
from app.models.meeting import IN_OUTBOX as MEETING_IN_OUTBOX
from app.models.participant import IN_OUTBOX
from app.models.sending import has_active_sender
from app.operations.check import Check, CheckState, format_time
from app.operations.metrics import MAX_COUNTED_ROWS, oldest_waiting_since, unknown_outcomes_metric
from app.rate_limit import FAILURE_THRESHOLD
from app.utils.commands import describe_command

MAX_INACTIVE_SECONDS = 30.0
DEFAULT_WINDOW_SECONDS = 60.0
MAX_RECENT_CALLS = 1000


def outbox_checks(session: Session, now: datetime) -> Iterator[Check]:
    """The checks, as things stand."""
    yield check_sender(session, now)
    if lost := check_lost_calls(session, now):
        yield lost
    yield check_unknown_outcomes(session)


def check_sender(session: Session, now: datetime) -> Check:
    """Whether waiting participants are being sent."""
    since = oldest_waiting_since(session)
    if since is None:
        idle = _("Nobody is waiting.")
        return _sender_check(CheckState.OK, f"{idle} {_last_sent_message(session)}")
    state, message, advice = _sender_state(session, since, now)
    return _sender_check(state, f"{_waiting_message(session)} {message}", advice)


def _sender_check(state: CheckState, message: str, advice: str = "") -> Check:
    return Check("sender", _("List sending"), state, message, advice)


def _sender_state(session: Session, since: datetime, now: datetime) -> tuple[CheckState, str, str]:
    """State of the sender while participants have been waiting since `since`."""
    rate_limit = session.get_one(RateLimitState, 1)
    if rate_limit.blocked_until is not None and rate_limit.blocked_until > now:
        until = format_time(rate_limit.blocked_until)
        is_outage = rate_limit.consecutive_failures >= FAILURE_THRESHOLD
        message = (
            _("Zelta is not responding. Next try: %(time)s.", time=until)
            if is_outage
            else _("Zelta's rate limit is reached. Sending goes on by itself: %(time)s.", time=until)
        )
        return CheckState.ATTENTION, message, ""
    tolerance = timedelta(
        seconds=MAX_INACTIVE_SECONDS + (rate_limit.window_seconds or DEFAULT_WINDOW_SECONDS)
    )
    if session.scalar(select(has_active_sender(tolerance.total_seconds()))):
        return CheckState.OK, _("Sending is under way."), ""
    if since > now - tolerance:
        return CheckState.OK, _("They have only just been queued."), ""
    return (
        CheckState.PROBLEM,
        _("They have been waiting since %(time)s and nothing is sending.", time=format_time(since)),
        _start_sender_advice(),
    )


def check_lost_calls(session: Session, now: datetime) -> Check | None:
    """Lost calls: the calling process died, and no process has expired the lease yet."""
    deadline = now - timedelta(seconds=MAX_INACTIVE_SECONDS)
    query = select(func.count()).where(
        JournalEntry.outcome.is_(None), JournalEntry.lease_expires_at < deadline
    )
    lost = session.scalar(query) or 0
    if not lost:
        return None
    message = ngettext(
        "%(num)s call was broken off and is still shown as under way.",
        "%(num)s calls were broken off and are still shown as under way.",
        lost,
    )
    advice = _("Start the dashboard or a sender: either clears that up within seconds.")
    return Check("calls_under_way", _("Calls under way"), CheckState.PROBLEM, message, advice)


def check_unknown_outcomes(session: Session) -> Check:
    """Number of unknown outcomes that wait for a user's decision."""
    total = int(sum(sample.value for sample in unknown_outcomes_metric(session).samples))
    title = _("Unconfirmed outcomes")
    if not total:
        return Check("unknown", title, CheckState.OK, _("None."))
    message = ngettext("%(num)s outcome awaits a decision.", "%(num)s outcomes await a decision.", total)
    return Check("unknown", title, CheckState.ATTENTION, message, _("See “Need attention”."))


def _waiting_message(session: Session) -> str:
    """How many people and meetings wait; the meetings only where there are any."""
    people = select(Participant.id).where(IN_OUTBOX).order_by(Participant.id)
    meetings = select(Meeting.id).where(MEETING_IN_OUTBOX).order_by(Meeting.id)
    waiting_people, waiting_meetings = (_count(session, query) for query in (people, meetings))
    parts = []
    if waiting_people or not waiting_meetings:
        parts.append(ngettext("%(num)s person is waiting.", "%(num)s people are waiting.", waiting_people))
    if waiting_meetings:
        parts.append(
            ngettext("%(num)s meeting is waiting.", "%(num)s meetings are waiting.", waiting_meetings)
        )
    return " ".join(parts)


def _count(session: Session, query: Select[int]) -> int:
    rows = query.limit(MAX_COUNTED_ROWS).subquery()
    return session.scalar(select(func.count()).select_from(rows)) or 0


def _last_sent_message(session: Session) -> str:
    calls = (
        select(JournalEntry.finished_at, JournalEntry.from_outbox)
        .where(IS_CALL, JournalEntry.finished_at.is_not(None))
        .order_by(JournalEntry.finished_at.desc())
        .limit(MAX_RECENT_CALLS)
        .subquery()
    )
    last = session.scalar(select(func.max(calls.c.finished_at)).where(calls.c.from_outbox == true()))
    return str(_("Last sent: %(time)s.", time=format_time(last)) if last else _("Nothing was sent lately."))


def _start_sender_advice() -> str:
    if get_settings().sender == "outside":
        return str(_("Start a sender: %(command)s", command=describe_command("sender")))
    return str(
        _("The dashboard's own processes send (SENDER=inside): check that it is running, and restart it.")
    )
