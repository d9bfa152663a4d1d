"""Checks of what waits: the sender, by what it does, and the outcomes that nobody has decided about.

A sender says nothing of itself; that it is at work shows in what it leaves in the database. While somebody could be sent, each claims
people every second, and ends calls at the pace that Zelta allows. So there is nothing to keep up beside it and nothing that
can be wrong while people are sent; what it cannot tell is whether a sender runs while nobody waits, and it says so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import exists, func, or_, select, true
from sqlalchemy.orm import Session

from app.fittings import settings
from app.models import JournalEntry, Pace, Participant, ParticipantState
from app.models.journal import CALLS
from app.models.participant import WAITING
from app.operations.check import Check, State, clock
from app.operations.metrics import MOST_COUNTED, unknown_open, waits_since

PATIENCE_SECONDS = 30.0
USUAL_WINDOW = 60.0
LAST_CALLS = 1000


def of_outbox(session: Session, now: datetime) -> Iterator[Check]:
    """The checks, as things stand."""
    yield sender(session, now)
    if lost := abandoned(session, now):
        yield lost
    yield unknown(session)


def sender(session: Session, now: datetime) -> Check:
    """Whether those who wait are being sent."""
    since = waits_since(session)
    if since is None:
        idle = _("Nobody is waiting to be sent.")
        return _sender(State.OK, f"{idle} {_last_sent(session)}")
    people = ngettext("%(num)s person is waiting.", "%(num)s people are waiting.", _waiting(session))
    state, words, advice = _sending(session, since, now)
    return _sender(state, f"{people} {words}", advice)


def _sender(state: State, words: str, advice: str = "") -> Check:
    return Check("sender", _("Sender"), state, words, advice)


def _sending(session: Session, since: datetime, now: datetime) -> tuple[State, str, str]:
    """How it is with those who have waited since then."""
    pace = session.get_one(Pace, 1)
    if pace.blocked_until is not None and pace.blocked_until > now:
        until = clock(pace.blocked_until)
        words = _(
            "Zelta does not answer, or takes no more for now: it is tried again at %(time)s.", time=until
        )
        return State.ATTENTION, words, ""
    patience = timedelta(seconds=PATIENCE_SECONDS + (pace.window_seconds or USUAL_WINDOW))
    if _at_work(session, now - patience, now):
        return State.OK, _("It is sending."), ""
    if since > now - patience:
        return State.OK, _("They have only just been queued."), ""
    return (
        State.PROBLEM,
        _("They have been waiting since %(time)s, and nothing sends them.", time=clock(since)),
        _start_one(),
    )


def abandoned(session: Session, now: datetime) -> Check | None:
    """Calls that nobody looks after: whoever made them has died, and no process of ours has noticed."""
    late = now - timedelta(seconds=PATIENCE_SECONDS)
    query = select(func.count()).where(JournalEntry.outcome.is_(None), JournalEntry.lease_expires_at < late)
    lost = session.scalar(query) or 0
    if not lost:
        return None
    words = ngettext(
        "%(num)s call was broken off and is still shown as under way.",
        "%(num)s calls were broken off and are still shown as under way.",
        lost,
    )
    advice = _("Start the dashboard or a sender: either clears that up within seconds.")
    return Check("calls_under_way", _("Calls under way"), State.PROBLEM, words, advice)


def unknown(session: Session) -> Check:
    """How many outcomes wait for somebody's decision."""
    total = int(sum(sample.value for sample in unknown_open(session).samples))
    title = _("Unknown outcomes")
    if not total:
        return Check("unknown", title, State.OK, _("None."))
    words = ngettext("%(num)s awaits a decision.", "%(num)s await a decision.", total)
    return Check(
        "unknown", title, State.ATTENTION, words, _("They are among the meetings that need attention.")
    )


def _waiting(session: Session) -> int:
    some = select(Participant.id).where(WAITING).order_by(Participant.id).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _at_work(session: Session, since: datetime, now: datetime) -> bool:
    """Whether a sender has claimed somebody, or a call of one was under way, since then."""
    calls = (JournalEntry.from_outbox == true(), CALLS)
    called = exists().where(*calls, or_(JournalEntry.outcome.is_(None), JournalEntry.finished_at > since))
    claimed = exists().where(
        Participant.state == ParticipantState.CLAIMED, Participant.claim_expires_at > now
    )
    return bool(session.scalar(select(or_(claimed, called))))


def _last_sent(session: Session) -> str:
    calls = (
        select(JournalEntry.finished_at, JournalEntry.from_outbox)
        .where(CALLS, JournalEntry.finished_at.is_not(None))
        .order_by(JournalEntry.finished_at.desc())
        .limit(LAST_CALLS)
        .subquery()
    )
    last = session.scalar(select(func.max(calls.c.finished_at)).where(calls.c.from_outbox == true()))
    return str(_("Last sent: %(time)s.", time=clock(last)) if last else _("Nothing sent lately."))


def _start_one() -> str:
    if settings().sender == "outside":
        return str(_("Start one: flask --app wsgi sender"))
    return str(_("The dashboard's own processes send (SENDER=inside): see that it runs, and restart it."))
