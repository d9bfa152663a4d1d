"""What `/metrics` says, for Prometheus: what processes counted (`app.metrics`), and how things stand in the database.

The database is asked when somebody looks, by a handful of queries that find their rows in partial indexes: those who wait,
what is in trouble. They cost what is there to be counted, however many meetings and people there are.
"""

import platform
from collections.abc import Iterable, Iterator
from datetime import datetime
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

from flask import Request
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from sqlalchemy import func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import metrics
from app.database import db
from app.fittings import settings
from app.models import (
    Action,
    Cancellation,
    JournalEntry,
    ListState,
    Meeting,
    MeetingState,
    Pace,
    Participant,
    ParticipantState,
    PeopleList,
    utc_now,
)
from app.models.meeting import IN_TROUBLE as MEETING_IN_TROUBLE
from app.models.participant import IN_TROUBLE as PERSON_IN_TROUBLE
from app.models.participant import WAITING
from app.settings import is_loopback
from app.version import version

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
MOST_COUNTED = 100_000
# What sets people to wait, or to wait anew.
SETS_OFF = (
    Action.CREATE_MEETING,
    Action.MEETING_EXISTS,
    Action.KEEP_MEETING,
    Action.IMPORT_PEOPLE,
    Action.RESUME_LIST,
    Action.SEND_LATER,
)


def may_read(request: Request) -> bool:
    """Whether the numbers are for whoever asks: with the token where there is one, else from this machine itself.

    What came through any proxy did not come from this machine, whatever address the proxy, or somebody before it, names.
    """
    token = settings().metrics_token.get_secret_value()
    if token:
        given = request.headers.get("Authorization", "").encode("latin-1", "replace")
        return compare_digest(given, f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDED):
        return False
    return is_loopback(request.remote_addr or "") and is_loopback(urlsplit(request.host_url).hostname or "")


def page() -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    for collector in (_Build(), _Processes(), _Stored()):
        registry.register(collector)
    return metrics.counted() + generate_latest(registry)


class _Build:
    """Which program this is."""

    def collect(self) -> Iterator[Metric]:
        told = {
            "version": version(),
            "python": platform.python_version(),
            "database": db.engine.dialect.name,
        }
        yield InfoMetricFamily("convoca_build", "What is running.", value=told)


class _Processes:
    """What each process of this machine uses: its processor time, memory and open files."""

    def collect(self) -> Iterator[Metric]:
        together: dict[str, Metric] = {}
        for process in metrics.processes():
            for metric in _of_process(process):
                kept = together.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                for sample in metric.samples:
                    kept.add_sample(sample.name, {"pid": str(process)}, sample.value)
        yield from together.values()


class _Stored:
    """What the database holds that should not stay long: who waits, what is unknown, how long Zelta asks to wait."""

    def collect(self) -> Iterator[Metric]:
        reachable = GaugeMetricFamily("convoca_database_up", "Whether the database answers.")
        try:
            with Session(db.engine) as session:
                found = list(_stored(session))
        except SQLAlchemyError:
            found = []
        reachable.add_metric([], float(bool(found)))
        yield from [reachable, *found]


def _of_process(process: int) -> Iterable[Metric]:
    return ProcessCollector("convoca", pid=lambda: process, registry=None).collect()


def _stored(session: Session) -> Iterator[Metric]:
    now, blocked_until = session.execute(select(utc_now(), Pace.blocked_until)).one()
    # In an order, so that SQLite goes through those who wait and not through everybody.
    waiting = select(Participant.id).where(WAITING).order_by(Participant.id).limit(MOST_COUNTED).subquery()
    queued = session.scalar(select(func.count()).select_from(waiting))
    yield _gauge("queue_people", "People of lists who wait to be sent, up to 100,000.", queued)
    since = waits_since(session)
    yield _gauge(
        "queue_oldest_seconds",
        "How long the first of those has waited who could be sent; paused lists do not count.",
        (now - since).total_seconds() if since else 0,
    )
    yield unknown_open(session)
    left = (blocked_until - now).total_seconds() if blocked_until else 0
    yield _gauge("zelta_blocked_seconds", "How long lists wait from now on, since Zelta asked for it.", left)


def waits_since(session: Session) -> datetime | None:
    """When whoever comes first began to wait: when they came, or when somebody last set their meeting's people off."""
    first = (
        select(Participant.meeting_id, Participant.created_at)
        .join(Meeting)
        .outerjoin(PeopleList, Participant.import_id == PeopleList.id)
        .where(
            WAITING,
            Meeting.state == MeetingState.SCHEDULED,
            or_(Meeting.cancellation.is_(None), Meeting.cancellation == Cancellation.NOT_SENT),
            or_(Participant.import_id.is_(None), PeopleList.state != ListState.PAUSED),
        )
        .order_by(Participant.id)
        .limit(1)
    )
    found = session.execute(first).first()
    if found is None:
        return None
    set_off = (
        select(JournalEntry.started_at)
        .where(JournalEntry.meeting_id == found.meeting_id, JournalEntry.action.in_(SETS_OFF))
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    came: datetime = found.created_at
    return max(came, session.scalar(set_off) or came)


def unknown_open(session: Session) -> Metric:
    """Outcomes that are unknown, by what they are about: meetings, cancellations, people."""
    meetings = select(
        func.count().filter(Meeting.state == MeetingState.UNKNOWN),
        func.count().filter(Meeting.cancellation == Cancellation.UNKNOWN),
    ).where(MEETING_IN_TROUBLE)
    people = (
        select(func.count())
        .select_from(Participant)
        .where(PERSON_IN_TROUBLE, Participant.state == ParticipantState.UNKNOWN)
    )
    unknown = GaugeMetricFamily(
        "convoca_unknown_open",
        "Outcomes that are unknown and wait for somebody's decision.",
        labels=["about"],
    )
    created, cancelled = session.execute(meetings).one()
    added = session.scalars(people).one()
    for about, number in (("meetings", created), ("cancellations", cancelled), ("people", added)):
        unknown.add_metric([about], number)
    return unknown


def _gauge(name: str, meaning: str, value: Any) -> Metric:
    return GaugeMetricFamily(f"convoca_{name}", meaning, value=max(0, value))
