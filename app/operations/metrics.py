"""The metrics of `/metrics`: process counters (`app.observability.metrics`), and gauges from the database.

Each scrape runs a few queries that use partial indexes (waiting participants, open problems).
Their cost depends on the rows counted, not on the number of meetings and participants.
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
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.config import is_loopback
from app.database import db
from app.extensions import get_settings
from app.models import (
    Action,
    CancellationState,
    JournalEntry,
    Meeting,
    MeetingState,
    Participant,
    ParticipantImport,
    ParticipantState,
    RateLimitState,
    utc_now,
)
from app.models.meeting import HAS_PROBLEM as MEETING_IN_TROUBLE
from app.models.meeting import IN_OUTBOX as MEETING_IN_OUTBOX
from app.models.participant import HAS_PROBLEM as PERSON_IN_TROUBLE
from app.models.participant import IN_OUTBOX
from app.models.sending import batch_may_send, sendable_conditions
from app.observability import metrics
from app.utils.version import get_version

FORWARDING_HEADERS = (
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-IP",
    "Forwarded",
    "Via",
)
MAX_COUNTED_ROWS = 100_000
# Actions that (re)queue a meeting's participants.
REQUEUEING_ACTIONS = (
    Action.CREATE_MEETING,
    Action.MEETING_EXISTS,
    Action.CANCEL_MEETING,
    Action.KEEP_MEETING,
    Action.IMPORT_PARTICIPANTS,
    Action.RESUME_IMPORT,
    Action.SEND_LATER,
)


def is_authorized(request: Request) -> bool:
    """Whether the request may read metrics: by bearer token (constant-time comparison), else from loopback.

    A request with a forwarding header is never local, whatever IP address the header names.
    """
    token = get_settings().metrics_token.get_secret_value()
    if token:
        authorization = request.headers.get("Authorization", "").encode("latin-1", "replace")
        return compare_digest(authorization, f"Bearer {token}".encode())
    if any(name in request.headers for name in FORWARDING_HEADERS):
        return False
    return is_loopback(request.remote_addr or "") and is_loopback(urlsplit(request.host_url).hostname or "")


def render_metrics() -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    for collector in (_BuildCollector(), _ProcessesCollector(), _DatabaseCollector()):
        registry.register(collector)
    return metrics.render() + generate_latest(registry)


class _BuildCollector:
    """Which program this is."""

    def collect(self) -> Iterator[Metric]:
        labels = {
            "version": get_version(),
            "python": platform.python_version(),
            "database": db.engine.dialect.name,
        }
        yield InfoMetricFamily("convoca_build", "What is running.", value=labels)


class _ProcessesCollector:
    """CPU time, memory and open files of each process."""

    def collect(self) -> Iterator[Metric]:
        merged: dict[str, Metric] = {}
        for process in metrics.get_live_pids():
            for metric in _collect_process(process):
                target = merged.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                for sample in metric.samples:
                    target.add_sample(sample.name, {"pid": str(process)}, sample.value)
        yield from merged.values()


class _DatabaseCollector:
    """Gauges from the database: waiting participants, unknown outcomes, the wait for the API."""

    def collect(self) -> Iterator[Metric]:
        reachable = GaugeMetricFamily("convoca_database_up", "Whether the database answers.")
        try:
            with Session(db.engine) as session:
                gauges = list(_collect_database(session))
        except SQLAlchemyError:
            gauges = []
        reachable.add_metric([], float(bool(gauges)))
        yield from [reachable, *gauges]


def _collect_process(process: int) -> Iterable[Metric]:
    return ProcessCollector("convoca", pid=lambda: process, registry=None).collect()


def _collect_database(session: Session) -> Iterator[Metric]:
    now, blocked_until = session.execute(select(utc_now(), RateLimitState.blocked_until)).one()
    # ORDER BY makes SQLite use the partial index of waiting participants.
    waiting = (
        select(Participant.id).where(IN_OUTBOX).order_by(Participant.id).limit(MAX_COUNTED_ROWS).subquery()
    )
    queued = session.scalar(select(func.count()).select_from(waiting))
    yield _gauge("queue_people", "People of lists who wait to be sent, up to 100,000.", queued)
    meetings = select(Meeting.id).where(MEETING_IN_OUTBOX).order_by(Meeting.id).limit(MAX_COUNTED_ROWS)
    waiting_meetings = session.scalar(select(func.count()).select_from(meetings.subquery()))
    yield _gauge(
        "queue_meetings", "Meetings of batches that wait to be created, up to 100,000.", waiting_meetings
    )
    oldest_since = oldest_waiting_since(session)
    yield _gauge(
        "queue_oldest_seconds",
        "How long the first of those has waited who could be sent; paused lists do not count.",
        (now - oldest_since).total_seconds() if oldest_since else 0,
    )
    yield unknown_outcomes_metric(session)
    blocked_seconds = (blocked_until - now).total_seconds() if blocked_until else 0
    yield _gauge(
        "zelta_blocked_seconds", "How long lists wait from now on, since Zelta asked for it.", blocked_seconds
    )


def oldest_waiting_since(session: Session) -> datetime | None:
    """Since when the first sendable participant, or meeting of a batch, waits."""
    found = (_oldest_waiting_person_since(session), _oldest_waiting_meeting_since(session))
    return min((since for since in found if since is not None), default=None)


def _oldest_waiting_meeting_since(session: Session) -> datetime | None:
    """Since when the first meeting that can be created waits: queued, or its batch resumed."""
    oldest_query = (
        select(Meeting.batch_id, Meeting.created_at)
        .where(MEETING_IN_OUTBOX, batch_may_send(Meeting.batch_id))
        .order_by(Meeting.id)
        .limit(1)
    )
    oldest = session.execute(oldest_query).first()
    if oldest is None:
        return None
    # The decisions about a batch are entries of its first meeting.
    first_id = select(func.min(Meeting.id)).where(Meeting.batch_id == oldest.batch_id)
    resumed_query = select(func.max(JournalEntry.started_at)).where(
        JournalEntry.meeting_id == first_id.scalar_subquery(), JournalEntry.action == Action.RESUME_BATCH
    )
    queued_at: datetime = oldest.created_at
    return max(queued_at, session.scalar(resumed_query) or queued_at)


def _oldest_waiting_person_since(session: Session) -> datetime | None:
    """Since when the first sendable participant waits: created, or its meeting last (re)queued."""
    oldest_query = (
        select(Participant.meeting_id, Participant.created_at)
        .join(Meeting)
        .outerjoin(ParticipantImport, Participant.import_id == ParticipantImport.id)
        .where(IN_OUTBOX, *sendable_conditions())
        .order_by(Participant.id)
        .limit(1)
    )
    oldest = session.execute(oldest_query).first()
    if oldest is None:
        return None
    requeued_query = (
        select(JournalEntry.started_at)
        .where(JournalEntry.meeting_id == oldest.meeting_id, JournalEntry.action.in_(REQUEUEING_ACTIONS))
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    queued_at: datetime = oldest.created_at
    return max(queued_at, session.scalar(requeued_query) or queued_at)


def unknown_outcomes_metric(session: Session) -> Metric:
    """Outcomes that are unknown, by what they are about: meetings, cancellations, people."""
    meetings = select(
        func.count().filter(Meeting.state == MeetingState.UNKNOWN),
        func.count().filter(Meeting.cancellation == CancellationState.UNKNOWN),
    ).where(MEETING_IN_TROUBLE)
    people = (
        select(func.count())
        .select_from(Participant)
        .join(Meeting)
        .where(
            PERSON_IN_TROUBLE,
            Participant.state == ParticipantState.UNKNOWN,
            Meeting.state != MeetingState.CANCELLED,
        )
    )
    unknown = GaugeMetricFamily(
        "convoca_unknown_open",
        "Outcomes that are unknown and wait for a person's decision.",
        labels=["about"],
    )
    created, cancelled = session.execute(meetings).one()
    added = session.scalars(people).one()
    for about, number in (("meetings", created), ("cancellations", cancelled), ("people", added)):
        unknown.add_metric([about], number)
    return unknown


def _gauge(name: str, documentation: str, value: Any) -> Metric:
    return GaugeMetricFamily(f"convoca_{name}", documentation, value=max(0, value))
